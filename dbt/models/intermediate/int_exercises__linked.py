"""Reports of exercises linked to exercises. One row per counted exercise mention."""

import pyarrow as pa

from extractors.warehouse.exercises import ExerciseReport, link_exercises


def model(dbt, session):
    dbt.config(materialized="table")
    reports = dbt.ref("int_exercises__reports").order("arrival").to_arrow_table().to_pylist()
    linked = list(link_exercises(_report(row) for row in reports))
    return pa.table(
        {
            "mention_id": pa.array([mention for mention, _ in linked], pa.string()),
            "exercise_id": pa.array([exercise for _, exercise in linked], pa.string()),
        }
    )


def _report(row):
    return ExerciseReport(
        mention_id=row["mention_id"],
        article_id=row["article_id"],
        event_date=row["exercise_date"],
        names=frozenset(filter(None, (row["exercise_name"], row["exercise_series"]))),
        participants=frozenset(row["participants"]),
        domains=frozenset(row["domains"]),
        signals=frozenset(filter(None, (*row["assets"], *row["directed_at"], row["place_country_code"]))),
    )
