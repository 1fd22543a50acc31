-- One row: what is wrong with the exercises, each measure null when nothing is.
with mentions as (
    select exercise_id, count(*) as mention_count
    from marts.fct_event_mentions
    where exercise_id is not null
    group by exercise_id
),

changes as (
    select exercise_id, count(*) as change_count, arg_max(status, change_number) as last_status
    from marts.fct_military_exercise_status_changes
    group by exercise_id
),

exercises as (
    select
        exercises.*,
        mentions.mention_count as mentions_found,
        coalesce(changes.change_count, 0) as changes_found,
        changes.last_status
    from marts.fct_military_exercises as exercises
    left join mentions using (exercise_id)
    left join changes using (exercise_id)
),

missing as (
    select failing(true, exercise_id) as missing_rows
    from mentions
    where exercise_id not in (select exercise_id from marts.fct_military_exercises)
)

select
    count(*) as row_count,
    repeated(exercise_id) as repeated_keys,
    failing(not list_contains($exercise_statuses, status), exercise_id) as unknown_statuses,
    failing(status is distinct from last_status, exercise_id) as outdated_statuses,
    failing(status_change_count is distinct from changes_found, exercise_id) as wrong_change_counts,
    failing(mention_count is distinct from mentions_found, exercise_id) as wrong_mention_counts,
    failing(
        unknown_in(participant_codes, $countries)
        or unknown_in(ever_participant_codes, $countries)
        or not list_contains($countries, place_country_code),
        exercise_id
    ) as unknown_countries,
    failing(unknown_in(domains, $exercise_domains), exercise_id) as unknown_domains,
    failing(not list_has_all(ever_participant_codes, participant_codes), exercise_id) as forgotten_participants,
    failing(
        start_date > end_date
        or start_date < $earliest_event_date
        or end_date > greatest($night, last_seen_at::date) + to_days($event_horizon_days),
        exercise_id
    ) as dates_out_of_range,
    failing(personnel < 1, exercise_id) as personnel_out_of_range,
    (select missing_rows from missing) as missing_rows
from exercises
