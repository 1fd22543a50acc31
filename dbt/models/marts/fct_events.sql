with events as (

    select * from {{ ref('int_events__summarised') }}

),

event_types as (

    select * from {{ ref('dim_event_types') }}

),

final as (

    select
        events.event_id,
        events.exercise_id,
        events.evidence_mention_id,
        events.evidence_article_id,
        events.family,
        events.cameo_code,
        event_types.cameo_root,
        event_types.plover_code,
        event_types.quad_class,
        events.source_country_code,
        events.target_country_code,
        events.source_actor_code,
        events.target_actor_code,
        events.source_country_codes,
        events.target_country_codes,
        events.modality,
        events.place_country_code,
        events.place_name,
        events.evidence_text,
        event_types.goldstein,
        events.place_lat,
        events.place_lon,
        events.mention_count,
        events.article_count,
        events.article_group_count,
        events.outlet_count,
        events.outlet_country_count,
        events.witness_count,
        events.confidence,
        events.is_counted,
        events.date_precision,
        events.event_date,
        events.first_night_date,
        events.first_seen_at,
        events.last_seen_at
    from events
    inner join event_types on events.cameo_code = event_types.cameo_code

)

select * from final
