-- One row: what is wrong with the changes of status, each measure null when nothing is.
with changes as (
    select
        changes.*,
        exercises.exercise_id is not null as has_exercise,
        evidence.exercise_id as exercise_of_evidence,
        lag(changes.status) over in_order as status_before,
        row_number() over in_order as place
    from marts.fct_military_exercise_status_changes as changes
    left join marts.fct_military_exercises as exercises using (exercise_id)
    left join marts.fct_event_mentions as evidence on evidence.mention_id = changes.evidence_mention_id
    window in_order as (partition by changes.exercise_id order by changes.change_number)
)

select
    count(*) as row_count,
    repeated(status_change_id) as repeated_keys,
    failing(not has_exercise, status_change_id) as lost_exercises,
    failing(exercise_of_evidence is distinct from exercise_id, status_change_id) as lost_evidence,
    failing(not coalesce(list_contains($exercise_statuses, status), false), status_change_id) as unknown_statuses,
    failing(change_number is distinct from place, status_change_id) as gaps_in_order,
    failing(previous_status is distinct from status_before, status_change_id) as broken_chains,
    failing(status is not distinct from status_before, status_change_id) as changes_of_nothing
from changes
