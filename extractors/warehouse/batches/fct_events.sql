-- One row: what is wrong with the events, each measure null when nothing is.
with mentions as (
    select event_id, count(*) as mention_count, count(distinct article_id) as article_count
    from marts.fct_event_mentions
    group by event_id
),

evidence as (select mention_id, event_id from marts.fct_event_mentions),

events as (
    select
        events.*,
        cameo.cameo_root as code_root,
        cameo.quad_class as code_quad_class,
        cameo.goldstein as code_goldstein,
        mentions.mention_count as mentions_found,
        mentions.article_count as articles_found,
        evidence.event_id as event_of_evidence
    from marts.fct_events as events
    left join cameo using (cameo_code)
    left join mentions using (event_id)
    left join evidence on evidence.mention_id = events.evidence_mention_id
)

select
    count(*) as row_count,
    repeated(event_id) as repeated_keys,
    failing(code_root is null, event_id) as unknown_codes,
    failing(
        (cameo_root, quad_class, goldstein) is distinct from (code_root, code_quad_class, code_goldstein), event_id
    ) as wrong_scores,
    failing(not list_contains($families, family), event_id) as unknown_families,
    failing(not coalesce(list_contains($modalities, modality), false), event_id) as unknown_modalities,
    failing(not coalesce(list_contains($date_precisions, date_precision), false), event_id) as unknown_precisions,
    failing(
        not list_contains($countries, source_country_code)
        or not list_contains($countries, target_country_code)
        or not list_contains($countries, place_country_code)
        or unknown_in(source_country_codes, $countries)
        or unknown_in(target_country_codes, $countries),
        event_id
    ) as unknown_countries,
    failing(
        not coalesce(
            event_date between $earliest_event_date
            and greatest($night, last_seen_at::date) + to_days($event_horizon_days),
            false
        ),
        event_id
    ) as dates_out_of_range,
    failing(not coalesce(confidence between 0 and 1, false), event_id) as confidence_out_of_range,
    failing(
        not coalesce(place_lat between -90 and 90, true) or not coalesce(place_lon between -180 and 180, true), event_id
    ) as places_out_of_range,
    failing(first_seen_at > last_seen_at, event_id) as seen_backwards,
    failing(
        mention_count < article_count or article_count < article_group_count or article_group_count < 1
        or outlet_count < 1,
        event_id
    ) as impossible_counts,
    failing(
        mention_count is distinct from mentions_found or article_count is distinct from articles_found, event_id
    ) as wrong_counts,
    failing(event_of_evidence is distinct from event_id, event_id) as lost_evidence,
    failing(coalesce(trim(evidence_text), '') = '', event_id) as empty_evidence
from events
