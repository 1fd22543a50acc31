with mentions as (

    select * from {{ ref('int_mentions__linked') }}

),

confidence as (

    select * from {{ ref('int_events__confidence') }}

),

outlets as (

    select * from {{ ref('int_outlets__current') }}

),

summarised as (

    select
        mentions.event_id,
        min(mentions.exercise_id) as exercise_id,
        {{ value_at_lowest('mentions.mention_id', 'mentions.evidence_rank') }} as evidence_mention_id,
        {{ value_at_lowest('mentions.article_id', 'mentions.evidence_rank') }} as evidence_article_id,
        {{ value_at_lowest('case when mentions.source_actor_code is not null then mentions.mention_id end',
            'mentions.evidence_rank') }} as source_mention_id,
        {{ value_at_lowest('case when mentions.target_actor_code is not null then mentions.mention_id end',
            'mentions.evidence_rank') }} as target_mention_id,
        {{ value_at_lowest('case when mentions.place_name is not null then mentions.mention_id end',
            'mentions.evidence_rank') }} as place_mention_id,
        min(mentions.family) as family,
        {{ value_at_lowest('mentions.cameo_code', 'mentions.evidence_rank') }} as cameo_code,
        {{ union_of('mentions.source_country_codes') }} as source_country_codes,
        {{ union_of('mentions.target_country_codes') }} as target_country_codes,
        case
            when bool_or(mentions.is_counted and mentions.modality = 'asserted') then 'asserted'
            when bool_or(mentions.is_counted and mentions.modality = 'planned') then 'planned'
            else min(mentions.modality)
        end as modality,
        {{ value_at_lowest('mentions.sentence_text', 'mentions.evidence_rank') }} as evidence_text,
        {{ value_at_lowest('mentions.concession_kind', 'mentions.evidence_rank') }} as concession_kind,
        {{ value_at_lowest('mentions.concession_conceded', 'mentions.evidence_rank') }} as concession_conceded,
        {{ value_at_highest('mentions.concession_stage', 'mentions.arrival') }} as concession_stage,
        {{ union_of('mentions.concession_demanded_by') }} as concession_demanded_by,
        {{ value_at_lowest('mentions.concession_in_exchange_for', 'mentions.evidence_rank') }}
            as concession_in_exchange_for,
        {{ value_at_lowest('mentions.concession_reason', 'mentions.evidence_rank') }} as concession_reason,
        -- `other` is what the coder says when it cannot tell.
        coalesce(
            {{ value_at_lowest("nullif(mentions.threat_kind, 'other')", 'mentions.evidence_rank') }},
            min(mentions.threat_kind)
        ) as threat_kind,
        {{ value_at_lowest('mentions.threat_threatened_action', 'mentions.evidence_rank') }}
            as threat_threatened_action,
        {{ value_at_lowest('mentions.threat_condition', 'mentions.evidence_rank') }} as threat_condition,
        {{ value_at_lowest('mentions.threat_demand', 'mentions.evidence_rank') }} as threat_demand,
        {{ value_at_lowest('mentions.threat_deadline', 'mentions.evidence_rank') }} as threat_deadline,
        {{ value_at_lowest('mentions.threat_speaker', 'mentions.evidence_rank') }} as threat_speaker,
        {{ value_at_lowest('mentions.exercise_status', 'mentions.evidence_rank') }} as exercise_status,
        count(*) as mention_count,
        count(distinct mentions.article_id) as article_count,
        count(distinct mentions.article_group_id) as article_group_count,
        count(distinct mentions.outlet_id) as outlet_count,
        count(distinct outlets.country_code) as outlet_country_count,
        bool_or(mentions.is_counted) as is_counted,
        coalesce(bool_or(mentions.concession_is_conditional), false) as concession_is_conditional,
        coalesce(bool_or(mentions.threat_is_ultimatum), false) as threat_is_ultimatum,
        {{ value_at_lowest('mentions.date_precision', 'mentions.arrival') }} as date_precision,
        {{ value_at_lowest('mentions.event_date', 'mentions.arrival') }} as event_date,
        min(mentions.first_told_date) as first_night_date,
        min(mentions.reported_at) as first_seen_at,
        max(mentions.reported_at) as last_seen_at
    from mentions
    left join outlets on mentions.outlet_id = outlets.outlet_id
    group by mentions.event_id

),

-- Code and country of a side, and name and coordinates of a place, come from one mention each.
final as (

    select
        summarised.*,
        source_mentions.source_actor_code,
        source_mentions.source_country_code,
        target_mentions.target_actor_code,
        target_mentions.target_country_code,
        place_mentions.place_country_code,
        place_mentions.place_name,
        place_mentions.place_lat,
        place_mentions.place_lon,
        confidence.witness_count,
        confidence.confidence
    from summarised
    inner join confidence on summarised.event_id = confidence.event_id
    left join mentions as source_mentions on summarised.source_mention_id = source_mentions.mention_id
    left join mentions as target_mentions on summarised.target_mention_id = target_mentions.mention_id
    left join mentions as place_mentions on summarised.place_mention_id = place_mentions.mention_id

)

select * from final
