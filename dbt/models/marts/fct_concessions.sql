with events as (

    select * from {{ ref('int_events__summarised') }}
    where family = 'concession' and is_counted

),

final as (

    select
        event_id,
        evidence_mention_id,
        evidence_article_id,
        cameo_code,
        source_country_code,
        target_country_code,
        source_actor_code,
        target_actor_code,
        source_country_codes,
        target_country_codes,
        modality,
        concession_kind as kind,
        concession_stage as stage,
        concession_demanded_by as demanded_by,
        concession_conceded as conceded,
        concession_in_exchange_for as in_exchange_for,
        concession_reason as reason,
        evidence_text,
        mention_count,
        article_count,
        article_group_count,
        outlet_count,
        confidence,
        concession_is_conditional as is_conditional,
        event_date,
        first_seen_at,
        last_seen_at
    from events

)

select * from final
