"""Mentions linked to events. One row per mention of a current article."""

import pyarrow as pa

from extractors.warehouse.linking import Report, link


def model(dbt, session):
    dbt.config(materialized="table")
    reports = dbt.ref("int_events__reports").order("arrival").to_arrow_table().to_pylist()
    linked = list(link(_report(row) for row in reports))
    return pa.table(
        {
            "mention_id": pa.array([mention for mention, _ in linked], pa.string()),
            "event_id": pa.array([event for _, event in linked], pa.string()),
        }
    )


def _report(row):
    return Report(
        mention_id=row["mention_id"],
        block=row["link_block"],
        family=row["family"],
        event_date=row["event_date"],
        date_precision=row["date_precision"],
        targets=frozenset(row["target_keys"]),
        kind=row["kind"],
        place=row["place_country_code"],
    )
