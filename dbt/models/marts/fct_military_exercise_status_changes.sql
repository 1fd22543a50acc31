with changes as (

    select * from {{ ref('int_exercises__status_changes') }}

),

final as (

    select
        exercise_id || '-' || change_number as status_change_id,
        exercise_id,
        mention_id as evidence_mention_id,
        article_id as evidence_article_id,
        outlet_id,
        status,
        previous_status,
        reason,
        evidence_text,
        change_number,
        event_date,
        reported_at
    from changes

)

select * from final
