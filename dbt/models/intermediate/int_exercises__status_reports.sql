with mentions as (

    select * from {{ ref('int_mentions__linked') }}
    where exercise_id is not null and exercise_status is not null

),

statuses as (

    select * from {{ ref('exercise_statuses') }}

),

-- News comes first, how it came to be after it: an article stands for the first status that it tells, and
-- a sentence like "the drill, planned for May, has begun" for its most decisive one.
ranked as (

    select
        mentions.*,
        row_number() over (
            partition by mentions.exercise_id, mentions.article_id, mentions.reported_at
            order by mentions.sentence_start asc, statuses.decisiveness desc, mentions.arrival asc
        ) as status_rank
    from mentions
    inner join statuses on mentions.exercise_status = statuses.status

),

final as (

    select
        exercise_id,
        mention_id,
        article_id,
        outlet_id,
        exercise_status,
        exercise_reason,
        sentence_text,
        row_number() over (partition by exercise_id order by first_told_date, reported_at, article_id)
            as report_number,
        event_date,
        reported_at
    from ranked
    where status_rank = 1

)

select * from final
