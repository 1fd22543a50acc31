with mentions as (

    select * from {{ ref('int_mentions__resolved') }}

),

exercises as (

    select * from {{ ref('int_exercises__linked') }}

),

final as (

    select
        mentions.mention_id,
        case
            when exercises.exercise_id is not null then 'exercise|' || exercises.exercise_id
            else
                coalesce(mentions.family, mentions.cameo_root) || '|'
                || case when mentions.is_counted then 'counted' else mentions.modality end || '|'
                || {{ joined('mentions.source_keys', '+') }}
        end as link_block,
        mentions.family,
        case when exercises.exercise_id is null then mentions.target_keys else [] end as target_keys,
        case mentions.family
            when 'concession' then mentions.concession_kind
            when 'threat' then nullif(mentions.threat_kind, 'other')
            when 'military_exercise' then mentions.exercise_status
        end as kind,
        -- Where a threat is voiced or a concession made is told in many ways; it does not tell two apart.
        case when mentions.family is null then mentions.place_country_code end as place_country_code,
        mentions.date_precision,
        mentions.event_date,
        mentions.arrival
    from mentions
    left join exercises on mentions.mention_id = exercises.mention_id

)

select * from final
