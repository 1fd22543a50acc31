with mentions as (

    select * from {{ ref('int_mentions__resolved') }}

),

events as (

    select * from {{ ref('int_events__linked') }}

),

exercises as (

    select * from {{ ref('int_exercises__linked') }}

),

final as (

    select
        mentions.*,
        events.event_id,
        exercises.exercise_id,
        row_number() over (
            partition by events.event_id
            -- a code such as 130 says no more than its root: a mention that tells more stands for the event
            order by
                mentions.cameo_code like '__0' asc, mentions.confidence desc, mentions.is_representative desc,
                mentions.arrival asc
        ) as evidence_rank
    from mentions
    inner join events on mentions.mention_id = events.mention_id
    left join exercises on mentions.mention_id = exercises.mention_id

)

select * from final
