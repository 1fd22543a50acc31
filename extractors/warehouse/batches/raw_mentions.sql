-- One row per event mention of the night beside the article that it points into, with what the row-level
-- expectations look at. Offsets count characters, from 0, the end exclusive; null means not applicable.
with mentions as (
    select
        *,
        list_concat(coalesce(sources, []), coalesce(targets, [])) as actors
    from raw.mentions
    where night = $night
),

articles as (
    select article_id, any_value(text) as text, any_value(published_at) as published_at
    from raw.articles
    where night = $night
    group by article_id
),

joined as (
    select
        mentions.*,
        case when mentions.article_id is not null then articles.article_id is not null end as has_article,
        length(articles.text) as text_length,
        articles.text as article_text,
        greatest($night, coalesce(articles.published_at::date, $night))
            + to_days($event_horizon_days) as latest_date,
        held_articles.reasons as article_hold,
        cameo.cameo_root as code_root,
        cameo.quad_class as code_quad_class,
        cameo.goldstein as code_goldstein,
        cameo.plover as code_plover,
        coalesce(
            sentence_start >= 0 and sentence_end > sentence_start and sentence_end <= length(articles.text), false
        ) as is_sentence_inside,
        coalesce(
            trigger_start >= sentence_start and trigger_end > trigger_start and trigger_end <= sentence_end, false
        ) as is_trigger_inside
    from mentions
    left join articles using (article_id)
    left join held_articles using (article_id)
    left join cameo using (cameo_code)
)

select
    mention_id,
    article_id,
    family,
    cameo_code,
    cameo_root,
    quad_class,
    goldstein,
    plover,
    code_root,
    code_quad_class,
    code_goldstein,
    code_plover,
    modality,
    date_precision,
    event_date,
    latest_date::date as latest_date,
    exercise_start_date,
    exercise_end_date,
    place_country,
    place_lat,
    place_lon,
    confidence,
    trigger_text,
    trigger_start,
    trigger_end,
    sentence_start,
    sentence_end,
    text_length,
    concession_kind,
    concession_stage,
    threat_kind,
    exercise_status,
    exercise_personnel,
    article_hold,
    has_article,
    cameo_root = code_root as is_root_of_code,
    quad_class = code_quad_class as is_quad_class_of_code,
    goldstein = code_goldstein as is_goldstein_of_code,
    coalesce(plover, '') = code_plover as is_plover_of_code,
    (event_date between $earliest_event_date and latest_date) as is_event_date_in_range,
    coalesce(exercise_start_date between $earliest_event_date and latest_date, true)
        and coalesce(exercise_end_date between $earliest_event_date and latest_date, true)
        and coalesce(exercise_start_date <= exercise_end_date, true) as is_exercise_dated_in_range,
    case when has_article then is_sentence_inside end as is_sentence_inside_text,
    case when is_sentence_inside then coalesce(
        sentence_text = substring(article_text, sentence_start + 1, sentence_end - sentence_start), false
    ) end as is_sentence_of_text,
    is_trigger_inside as is_trigger_inside_sentence,
    case when is_trigger_inside then coalesce(
        trigger_text = substring(sentence_text, trigger_start - sentence_start + 1, trigger_end - trigger_start),
        false
    ) end as is_trigger_of_sentence,
    (place_lat is null) = (place_lon is null) as is_place_complete,
    nullif(array_to_string(list_filter(
        list_distinct(list_transform(actors, lambda a: a.country)),
        lambda c: not list_contains($countries, c)
    ), ', '), '') as unknown_actor_countries,
    nullif(array_to_string(list_filter(
        list_distinct(list_transform(actors, lambda a: a.code)),
        lambda c: c <> '' and not regexp_full_match(c, '([A-Z]{3}){1,5}')
    ), ', '), '') as malformed_actor_codes,
    nullif(array_to_string(list_filter(
        list_distinct(list_transform(actors, lambda a: a.sector)),
        lambda s: s <> '' and not list_contains($actor_types, s)
    ), ', '), '') as unknown_actor_sectors,
    nullif(array_to_string(list_filter(
        list_distinct(coalesce(exercise_participants, [])),
        lambda c: not list_contains($countries, c)
    ), ', '), '') as unknown_participants,
    nullif(array_to_string(list_filter(
        list_distinct(coalesce(exercise_domains, [])),
        lambda d: not list_contains($exercise_domains, d)
    ), ', '), '') as unknown_domains,
    not coalesce(family = 'concession', false) or concession_kind is not null and concession_stage is not null
        as has_needed_concession_fields,
    not coalesce(family = 'threat', false) or threat_kind is not null as has_needed_threat_fields,
    not coalesce(family = 'military_exercise', false) or exercise_status is not null
        as has_needed_exercise_fields,
    concession_kind is null and concession_stage is null or coalesce(family = 'concession', false)
        as has_concession_fields_in_place,
    threat_kind is null or coalesce(family = 'threat', false) as has_threat_fields_in_place,
    exercise_status is null or coalesce(family = 'military_exercise', false) as has_exercise_fields_in_place,
    len(actors) > 0 as has_actor
from joined
order by article_id, sentence_start, mention_id
