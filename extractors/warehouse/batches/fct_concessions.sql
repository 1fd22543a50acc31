-- One row: what is wrong with the concessions, each measure null when nothing is.
with events as (
    select event_id, family, modality, is_counted, evidence_mention_id, event_date, confidence
    from marts.fct_events
),

concessions as (
    select
        concessions.*,
        events.family as event_family,
        events.is_counted as is_counted_event,
        (events.modality, events.evidence_mention_id, events.event_date, events.confidence)
            is not distinct from (
                concessions.modality, concessions.evidence_mention_id, concessions.event_date, concessions.confidence
            ) as is_as_event
    from marts.fct_concessions as concessions
    left join events using (event_id)
),

missing as (
    select failing(true, event_id) as missing_rows
    from events
    where family = 'concession' and is_counted and event_id not in (select event_id from marts.fct_concessions)
)

select
    count(*) as row_count,
    repeated(event_id) as repeated_keys,
    failing(coalesce(event_family, '') <> 'concession' or not is_counted_event, event_id) as strange_rows,
    failing(not is_as_event, event_id) as unlike_their_events,
    failing(not list_contains($concession_kinds, kind), event_id) as unknown_kinds,
    failing(not list_contains($concession_stages, stage), event_id) as unknown_stages,
    failing(
        not list_contains($countries, source_country_code) or not list_contains($countries, target_country_code),
        event_id
    ) as unknown_countries,
    (select missing_rows from missing) as missing_rows
from concessions
