"""The nightly DAG through the real scheduler, and in the foreground: the same tables as without Airflow."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extractors.settings import load_settings
from tests.pipeline.nights import NIGHTS, free_port, newsroom, published

pytest.importorskip("airflow", reason="needs the airflow extra")
pytestmark = [pytest.mark.airflow, pytest.mark.timeout(600)]
NIGHT = NIGHTS[-1]
POSTGRES = os.environ.get("COMMUNIQUE_TEST_POSTGRES")


def _airflow(*arguments: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "airflow", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout


def _state(run_id: str, environment: dict[str, str]) -> str:
    listed = _airflow("dags", "list-runs", "nightly_events", "--output", "json", environment=environment)
    runs = json.loads(listed[listed.index("[") :])
    return next(run["state"] for run in runs if run["run_id"] == run_id)


def test_in_the_foreground(last_night_home: Path, tmp_path: Path) -> None:
    from extractors.pipeline.airflow import run_dag_once

    home = tmp_path / "home"
    with newsroom(NIGHT):
        run_dag_once(load_settings(home=home), NIGHT)
    assert published(home) == published(last_night_home)


def test_the_backfill_in_the_foreground(last_night_home: Path, tmp_path: Path) -> None:
    from extractors.pipeline.airflow import prepare

    home = tmp_path / "home"
    shutil.copytree(last_night_home / "warc", home / "warc")
    conf = json.dumps({"first_night": str(NIGHTS[0]), "last_night": str(NIGHT)})
    environment = prepare(load_settings(home=home))
    _airflow("dags", "test", "backfill", "2018-06-01", "--conf", conf, environment=environment)
    assert published(home) == published(last_night_home)


def test_through_the_scheduler(
    last_night_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extractors.pipeline.scheduler import running

    monkeypatch.setenv("COMMUNIQUE_AIRFLOW_PORT", str(free_port()))
    monkeypatch.setenv("COMMUNIQUE_SCHEDULE", "none")  # else the last real night would run too
    home = tmp_path / "home"
    with newsroom(NIGHT), running(load_settings(home=home)) as airflow:
        conf = json.dumps({"night": NIGHT.isoformat()})
        _airflow(
            "dags", "trigger", "nightly_events", "--run-id", "test", "--conf", conf,
            environment=airflow.environment,
        )  # fmt: skip
        deadline = time.monotonic() + 400
        while (state := _state("test", airflow.environment)) in ("queued", "running"):
            airflow.check()
            assert time.monotonic() < deadline, f"still {state}"
            time.sleep(3)
    assert state == "success"
    assert published(home) == published(last_night_home)


@pytest.mark.skipif(POSTGRES is None, reason="COMMUNIQUE_TEST_POSTGRES names no empty database")
def test_on_postgresql(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractors.pipeline.scheduler import running

    monkeypatch.setenv("COMMUNIQUE_AIRFLOW_DATABASE", str(POSTGRES))
    monkeypatch.setenv("COMMUNIQUE_AIRFLOW_PORT", str(free_port()))
    monkeypatch.setenv("COMMUNIQUE_SCHEDULE", "none")
    with running(load_settings(home=tmp_path / "home")) as airflow:
        listed = json.loads(_airflow("dags", "list", "--output", "json", environment=airflow.environment))
    assert {dag["dag_id"] for dag in listed} == {"nightly_events", "backfill"}
    assert {dag["dag_id"]: dag["is_paused"] for dag in listed}["nightly_events"] in (False, "False")
    assert not (tmp_path / "home" / "airflow" / "airflow.db").exists()
