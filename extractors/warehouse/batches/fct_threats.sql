-- One row: what is wrong with the threats, each measure null when nothing is.
with events as (
    select event_id, family, modality, is_counted, evidence_mention_id, event_date, confidence
    from marts.fct_events
),

threats as (
    select
        threats.*,
        events.family as event_family,
        events.is_counted as is_counted_event,
        (events.modality, events.evidence_mention_id, events.event_date, events.confidence)
            is not distinct from (
                threats.modality, threats.evidence_mention_id, threats.event_date, threats.confidence
            ) as is_as_event
    from marts.fct_threats as threats
    left join events using (event_id)
),

missing as (
    select failing(true, event_id) as missing_rows
    from events
    where family = 'threat' and is_counted and event_id not in (select event_id from marts.fct_threats)
)

select
    count(*) as row_count,
    repeated(event_id) as repeated_keys,
    failing(coalesce(event_family, '') <> 'threat' or not is_counted_event, event_id) as strange_rows,
    failing(not is_as_event, event_id) as unlike_their_events,
    failing(not list_contains($threat_kinds, kind), event_id) as unknown_kinds,
    failing(
        not list_contains($countries, source_country_code) or not list_contains($countries, target_country_code),
        event_id
    ) as unknown_countries,
    (select missing_rows from missing) as missing_rows
from threats
