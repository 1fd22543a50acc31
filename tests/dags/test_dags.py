"""Every DAG file imports, is documented and thin, and retries with limits."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

pytest.importorskip("airflow", reason="needs the airflow extra")

DAGS = Path(__file__).resolve().parents[2] / "dags"
DAG_FILES = sorted(path for path in DAGS.glob("*.py") if path.name != "shared.py")
DOC_HEADINGS = (
    "**Purpose**",
    "**Inputs**",
    "**Outputs**",
    "**Owner**",
    "**Idempotence**",
    "**When it fails**",
)


@pytest.fixture(scope="module")
def dag_bag(tmp_path_factory: pytest.TempPathFactory):
    home = tmp_path_factory.mktemp("airflow")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AIRFLOW_HOME", str(home))
        patch.setenv("AIRFLOW__CORE__LOAD_EXAMPLES", "false")
        patch.setenv("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", f"sqlite:///{home}/airflow.db")
        patch.syspath_prepend(str(DAGS))  # as Airflow does
        from airflow.dag_processing.dagbag import DagBag

        yield DagBag(dag_folder=str(DAGS))


def test_no_import_errors(dag_bag) -> None:
    assert dag_bag.import_errors == {}
    assert set(dag_bag.dags) == {path.stem for path in DAG_FILES}


@pytest.mark.parametrize("path", DAG_FILES, ids=lambda path: path.stem)
def test_dags_are_thin(path: Path) -> None:
    code = (
        path.read_text().split("DOC = ")[0].splitlines()
        + path.read_text().split('"""\n\n\n@dag')[-1].splitlines()
    )
    assert len(code) < 100


@pytest.mark.parametrize("name", [path.stem for path in DAG_FILES])
def test_dags_are_documented_and_bounded(dag_bag, name: str) -> None:
    dag = dag_bag.dags[name]
    assert all(heading in dag.doc_md for heading in DOC_HEADINGS)
    assert "communique" in dag.tags
    assert dag.catchup is False
    assert dag.max_active_runs == 1
    assert dag.start_date.utcoffset() == timedelta(0)
    for task in dag.tasks:
        assert task.retries >= 1, task.task_id
        assert task.execution_timeout, task.task_id


def test_only_writers_share_the_warehouse_pool(dag_bag) -> None:
    pools = {task.task_id: task.pool for task in dag_bag.dags["nightly_events"].tasks}
    writers = {name for name, pool in pools.items() if pool == "communique_warehouse"}
    assert writers == {"load", "check_raw", "build", "check_marts", "publish"}


def test_the_snapshot_is_an_asset(dag_bag) -> None:
    for name in ("nightly_events", "backfill"):
        publish = dag_bag.dags[name].get_task("publish")
        assert [outlet.name for outlet in publish.outlets] == ["communique_snapshot"]
