with events as (

    select * from {{ ref('int_events__summarised') }}
    where family = 'threat' and is_counted

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
        threat_kind as kind,
        threat_threatened_action as threatened_action,
        threat_condition as condition,
        threat_demand as demand,
        threat_deadline as deadline,
        threat_speaker as speaker,
        evidence_text,
        mention_count,
        article_count,
        article_group_count,
        outlet_count,
        confidence,
        threat_is_ultimatum as is_ultimatum,
        event_date,
        first_seen_at,
        last_seen_at
    from events

)

select * from final
