"""Past nights again from their WARC files, or other WARC files as a night: wiring only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import Param, dag, task
from shared import WAREHOUSE_POOL, build, check_marts, publish, run_of

from extractors.pipeline import backfill as work

DOC = """
**Purpose** Parse and code again what was fetched on a range of nights (after the coder or the parser
learned something), or take in WARC files from elsewhere, such as CC-NEWS, as one night.

**Inputs** `first_night` and `last_night`, or `warc_files` and `first_night` as the night they land in.
No page is fetched. **Outputs** as of `nightly_events`: one build and one publication after all nights.

**Owner** the engineer on call for Communique.

**Idempotence** Each night replaces its own rows; running it twice changes nothing.

**When it fails** Yesterday's snapshot stays published; nights already landed stay landed. Correct the
cause that the task's log names and clear the failed tasks.
"""


@dag(
    schedule=None,
    start_date=datetime(2018, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args={
        "owner": "communique",
        "retries": 1,
        "retry_delay": timedelta(seconds=30),
        "execution_timeout": timedelta(hours=12),
    },
    params={
        "first_night": Param("2018-05-14", type="string", format="date"),
        "last_night": Param(None, type=["null", "string"], format="date"),
        "warc_files": Param([], type="array", items={"type": "string"}),
    },
    tags=["communique", "backfill"],
    doc_md=DOC,
)
def backfill() -> None:
    @task
    def plan(params: dict[str, object] | None = None) -> list[str]:
        given = params or {}
        return work.plan(run_of(str(given["first_night"])), given["last_night"], given["warc_files"])

    @task(max_active_tis_per_dag=1)
    def land(night: str) -> str:
        return work.land(run_of(night))

    @task(pool=WAREHOUSE_POOL)
    def take_in(nights: list[str]) -> str:
        return work.take_in([run_of(night) for night in nights])

    last = take_in(land.expand(night=plan()))
    build(last) >> check_marts(last) >> publish(last)


backfill()
