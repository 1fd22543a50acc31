"""What the DAGs share: the Asset that readers hang on, the pools, the tasks that build and publish."""

from __future__ import annotations

from datetime import date

from airflow.sdk import Asset, task
from airflow.timetables.interval import CronDataIntervalTimetable

from extractors.pipeline import stages
from extractors.pipeline.stages import Run
from extractors.settings import load_settings

SNAPSHOT = Asset(name="communique_snapshot", uri="x-communique://published/snapshot")
WAREHOUSE_POOL = "communique_warehouse"  # one slot: DuckDB takes one writer


def nightly_schedule() -> CronDataIntervalTimetable | None:
    cron = load_settings().schedule
    return None if cron == "none" else CronDataIntervalTimetable(cron, timezone="UTC")


def run_of(night: str) -> Run:
    return Run(load_settings(), date.fromisoformat(night))


@task(pool=WAREHOUSE_POOL)
def build(night: str) -> None:
    stages.build(run_of(night))


@task(pool=WAREHOUSE_POOL)
def check_marts(night: str) -> None:
    stages.check_marts(run_of(night))


@task(pool=WAREHOUSE_POOL, outlets=[SNAPSHOT])
def publish(night: str) -> str:
    return stages.publish(run_of(night))
