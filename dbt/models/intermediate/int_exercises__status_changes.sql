with reports as (

    select * from {{ ref('int_exercises__status_reports') }}

),

rules as (

    select * from {{ ref('exercise_status_rules') }}

),

-- "Suspended" is news again once the exercise has resumed.
reopened as (

    select
        reports.mention_id,
        max(earlier.report_number) as reopened_at
    from reports
    inner join rules
        on reports.exercise_status = rules.status and rules.effect = 'reopens'
    inner join reports as earlier
        on
            reports.exercise_id = earlier.exercise_id
            and rules.other_status = earlier.exercise_status
            and reports.report_number > earlier.report_number
    group by reports.mention_id

),

-- A report is no news when its status, or one that closes it, was told before: "planned" after "ongoing".
stale as (

    select distinct reports.mention_id
    from reports
    inner join reports as earlier
        on
            reports.exercise_id = earlier.exercise_id
            and reports.report_number > earlier.report_number
    left join reopened on reports.mention_id = reopened.mention_id
    left join rules
        on
            reports.exercise_status = rules.status
            and earlier.exercise_status = rules.other_status
            and rules.effect = 'closes'
    where
        earlier.report_number > coalesce(reopened.reopened_at, 0)
        and (earlier.exercise_status = reports.exercise_status or rules.status is not null)

),

final as (

    select
        reports.exercise_id,
        reports.mention_id,
        reports.article_id,
        reports.outlet_id,
        reports.exercise_status as status,
        lag(reports.exercise_status) over by_report as previous_status,
        reports.exercise_reason as reason,
        reports.sentence_text as evidence_text,
        row_number() over by_report as change_number,
        reports.event_date,
        reports.reported_at
    from reports
    left join stale on reports.mention_id = stale.mention_id
    where stale.mention_id is null
    window by_report as (partition by reports.exercise_id order by reports.report_number)

)

select * from final
