with exercises as (

    select * from {{ ref('int_exercises__summarised') }}

),

participants as (

    select * from {{ ref('int_exercises__participants') }}

),

changes as (

    select * from {{ ref('int_exercises__status_changes') }}

),

statuses as (

    select
        exercise_id,
        {{ value_at_highest('status', 'change_number') }} as status,
        {{ value_at_highest('reason', 'change_number') }} as reason,
        {{ value_at_highest('evidence_text', 'change_number') }} as evidence_text,
        {{ value_at_highest('article_id', 'change_number') }} as evidence_article_id,
        count(*) as status_change_count,
        min(case when status = 'ongoing' then event_date end) as first_ongoing_date,
        max(case when status in ('completed', 'cancelled') then event_date end) as ended_date
    from changes
    group by exercise_id

),

final as (

    select
        exercises.exercise_id,
        coalesce(statuses.evidence_article_id, exercises.evidence_article_id) as evidence_article_id,
        exercises.exercise_name,
        exercises.exercise_series,
        statuses.status,
        exercises.host,
        participants.participant_codes,
        participants.ever_participant_codes,
        {{ without('participants.ever_participant_codes', 'participants.participant_codes') }}
            as dropped_participant_codes,
        exercises.directed_at_codes,
        exercises.domains,
        exercises.assets,
        exercises.place_country_code,
        exercises.location,
        statuses.reason,
        coalesce(statuses.evidence_text, exercises.evidence_text) as evidence_text,
        exercises.personnel,
        exercises.mention_count,
        exercises.article_count,
        exercises.article_group_count,
        exercises.outlet_count,
        coalesce(statuses.status_change_count, 0) as status_change_count,
        exercises.is_live_fire,
        exercises.is_command_post,
        exercises.start_date,
        exercises.end_date,
        statuses.first_ongoing_date,
        statuses.ended_date,
        exercises.first_seen_at,
        exercises.last_seen_at
    from exercises
    left join participants on exercises.exercise_id = participants.exercise_id
    left join statuses on exercises.exercise_id = statuses.exercise_id

)

select * from final
