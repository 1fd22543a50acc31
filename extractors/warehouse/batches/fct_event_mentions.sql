-- One row: what is wrong with the evidence, each measure null when nothing is.
with held as (
    select row_key as mention_id, night as night_date
    from quarantine.rows
    where table_name = 'raw.mentions' and not is_released
    group by all
),

articles as (select article_id, text_length, outlet_id from marts.dim_articles),

mentions as (
    select
        mentions.*,
        articles.article_id is not null as has_article,
        articles.text_length,
        articles.outlet_id as outlet_of_article,
        events.event_id is not null as has_event,
        outlets.outlet_id is not null as has_outlet,
        held.mention_id is not null as is_held,
        cameo.cameo_code is not null as has_code
    from marts.fct_event_mentions as mentions
    left join articles using (article_id)
    left join marts.fct_events as events using (event_id)
    left join marts.dim_outlets as outlets on outlets.outlet_id = mentions.outlet_id
    left join held on held.mention_id = mentions.mention_id and held.night_date = mentions.night_date
    left join cameo on cameo.cameo_code = mentions.cameo_code
)

select
    count(*) as row_count,
    repeated(mention_id) as repeated_keys,
    failing(not has_event, mention_id) as lost_events,
    failing(not has_article, mention_id) as lost_articles,
    failing(not has_outlet or outlet_id is distinct from outlet_of_article, mention_id) as lost_outlets,
    failing(not has_code, mention_id) as unknown_codes,
    failing(not list_contains($families, family), mention_id) as unknown_families,
    failing(not coalesce(list_contains($modalities, modality), false), mention_id) as unknown_modalities,
    failing(
        not list_contains($countries, place_country_code)
        or unknown_in(source_country_codes, $countries)
        or unknown_in(target_country_codes, $countries),
        mention_id
    ) as unknown_countries,
    failing(is_held, mention_id) as held_rows,
    failing(
        not coalesce(sentence_start >= 0 and sentence_end > sentence_start and sentence_end <= text_length, false),
        mention_id
    ) as sentences_outside_text,
    failing(
        length(sentence_text) is distinct from sentence_end - sentence_start
        or trigger_text is distinct from
        substring(sentence_text, trigger_start - sentence_start + 1, trigger_end - trigger_start),
        mention_id
    ) as wrong_offsets,
    failing(not coalesce(confidence between 0 and 1, false), mention_id) as confidence_out_of_range,
    failing(event_date is null, mention_id) as undated
from mentions
