"""One night's news in, the published snapshot out: wiring only, `extractors.pipeline` does the work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import Param, TriggerRule, dag, task
from shared import WAREHOUSE_POOL, build, check_marts, nightly_schedule, publish, run_of

from extractors.pipeline import stages

NIGHT = "{{ params.night or (data_interval_start | ds) }}"

DOC = """
**Purpose** Turn one night's news into coded diplomatic events and publish them.

**Inputs** The sources file (`COMMUNIQUE_SOURCES`), the network. **Outputs** WARC files, landed Parquet,
the build database and the published snapshot under `COMMUNIQUE_HOME`; the Asset `communique_snapshot`.

**Owner** the engineer on call for Communique.

**Idempotence** A run is keyed by its data interval: the night is the UTC day on which the interval starts
(or the parameter `night`). Clearing any task, or the whole run, ends in the same tables; pages already
fetched for the night are not fetched again.

**When it fails** Yesterday's snapshot stays published. `communique status` names the stage and the reason.
A red `fetch` means sources that could not be read, named in its log: the night goes on without them, and
clearing the task and all downstream adds them; what was fetched is kept, even of half a source.
A red `check_raw` or `check_marts` names the expectation, the value found and the limit: see
docs/quality.md. Anything else: read the task's log, correct the cause, clear the task.
"""


@dag(
    schedule=nightly_schedule(),
    start_date=datetime(2018, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=8),
    default_args={
        "owner": "communique",
        "retries": 2,
        "retry_delay": timedelta(seconds=30),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(minutes=20),
        "execution_timeout": timedelta(hours=2),
    },
    params={"night": Param(None, type=["null", "string"], format="date")},
    tags=["communique", "nightly"],
    doc_md=DOC,
)
def nightly_events() -> None:
    @task(execution_timeout=timedelta(minutes=5))
    def begin(night: str) -> list[str]:
        return stages.begin(run_of(night))

    # one task: the limits of hosts and of the settings hold over all sources
    @task(execution_timeout=timedelta(hours=6))
    def fetch(night: str, sources: list[str]) -> list[str]:
        return stages.fetch(run_of(night), sources)

    @task(trigger_rule=TriggerRule.ALL_DONE)
    def parse(night: str) -> list[str]:
        return stages.parse(run_of(night))

    @task
    def code(night: str, batch: str) -> str:
        return stages.code(run_of(night), batch)

    # an empty night has no batches: the mapped task is skipped, and load must still run
    @task(pool=WAREHOUSE_POOL, trigger_rule=TriggerRule.NONE_FAILED)
    def load(night: str) -> None:
        stages.load(run_of(night))

    @task(pool=WAREHOUSE_POOL)
    def check_raw(night: str) -> None:
        stages.check_raw(run_of(night))

    batches = parse(NIGHT)
    fetch(NIGHT, begin(NIGHT)) >> batches
    coded = code.partial(night=NIGHT).expand(batch=batches)
    coded >> load(NIGHT) >> check_raw(NIGHT) >> build(NIGHT) >> check_marts(NIGHT) >> publish(NIGHT)


nightly_events()
