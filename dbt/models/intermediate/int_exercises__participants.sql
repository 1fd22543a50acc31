with mentions as (

    select * from {{ ref('int_mentions__linked') }}
    where exercise_id is not null

),

reports as (

    select * from {{ ref('int_exercises__reports') }}

),

changes as (

    select * from {{ ref('int_exercises__status_changes') }}

),

current_status as (

    select
        exercise_id,
        {{ value_at_highest('status', 'change_number') }} as status
    from changes
    group by exercise_id

),

lineups as (

    select
        mentions.exercise_id,
        reports.participants,
        coalesce(mentions.exercise_status = current_status.status, false) as is_of_current_status,
        count(*) as mention_count,
        max(mentions.arrival) as last_arrival
    from mentions
    inner join reports on mentions.mention_id = reports.mention_id
    left join current_status on mentions.exercise_id = current_status.exercise_id
    where not ({{ is_empty('reports.participants') }})
    group by
        mentions.exercise_id,
        reports.participants,
        coalesce(mentions.exercise_status = current_status.status, false)

),

-- Who takes part now: the line-up that most reports of the current status give, the latest of equals.
ranked as (

    select
        *,
        row_number() over (
            partition by exercise_id
            order by is_of_current_status desc, mention_count desc, last_arrival desc
        ) as lineup_rank
    from lineups

),

final as (

    select
        exercise_id,
        {{ value_at_lowest('participants', 'lineup_rank') }} as participant_codes,
        {{ union_of('participants') }} as ever_participant_codes
    from ranked
    group by exercise_id

)

select * from final
