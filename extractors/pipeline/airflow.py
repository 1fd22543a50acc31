"""Airflow around the pipeline: its environment, one DAG run in the foreground, the scheduler with its UI."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path

from extractors.errors import SettingsError, StageError
from extractors.settings import PROJECT_ROOT, Settings

DAGS = PROJECT_ROOT / "dags"
SCHEDULE_HOUR_UTC = 3


def airflow_environment(settings: Settings) -> dict[str, str]:
    """Environment of every Airflow process: all state under the home folder, nothing listening but loopback.

    Values that the caller has set already stay as they are, so a deployment keeps its own.
    """
    home = settings.home.absolute()
    port = os.environ.get("COMMUNIQUE_AIRFLOW_PORT", "8080")
    defaults = {
        "AIRFLOW_HOME": str(home / "airflow"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "false",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": str(max(2, settings.processes)),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": os.environ.get(
            "COMMUNIQUE_AIRFLOW_DATABASE", f"sqlite:///{home / 'airflow' / 'airflow.db'}"
        ),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": port,
        "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
        "AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK": "false",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "false",
        "PYTHONWARNINGS": "ignore",
    }
    ours = {
        "COMMUNIQUE_HOME": str(home),
        "COMMUNIQUE_CODER": settings.coder,
        "COMMUNIQUE_SOURCES": str(settings.sources.absolute()),
        "PYTHONPATH": os.pathsep.join(filter(None, (str(PROJECT_ROOT), os.environ.get("PYTHONPATH")))),
    }
    return {**defaults, **os.environ, **ours}


def prepare(settings: Settings) -> dict[str, str]:
    """Bring Airflow's database and pools up to date; returns the environment to run in.

    Raises:
        SettingsError: Airflow is not installed.
        StageError: its database could not be migrated.
    """
    if find_spec("airflow") is None:
        raise SettingsError(
            "Apache Airflow is not installed",
            where=sys.prefix,
            next_step="uv sync --extra airflow, or run the night without it: communique run",
        )
    environment = airflow_environment(settings)
    log = Path(environment["AIRFLOW_HOME"]) / "prepare.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    for arguments in (["db", "migrate"], ["pools", "import", str(DAGS / "pools.json")]):
        run_airflow(arguments, environment, log)
    return environment


def run_dag_once(settings: Settings, night: date) -> None:
    """Run `nightly_events` for one night in the foreground, without a scheduler; its log goes to a file.

    Raises:
        StageError: the DAG run failed.
    """
    environment = prepare(settings)
    log = Path(environment["AIRFLOW_HOME"]) / f"nightly_events-{night}.log"
    logical_date = f"{night + timedelta(days=1)}T{SCHEDULE_HOUR_UTC:02d}:00:00+00:00"
    conf = json.dumps({"night": night.isoformat()})
    run_airflow(["dags", "test", "nightly_events", logical_date, "--conf", conf], environment, log)


def run_airflow(arguments: list[str], environment: dict[str, str], log: Path) -> None:
    """Run one `airflow` command; its output goes to `log`.

    Raises:
        StageError: the command failed; the message ends with the last lines of its log.
    """
    command = [sys.executable, "-m", "airflow", *arguments]
    with log.open("wb") as out:
        done = subprocess.run(command, env=environment, stdout=out, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
        raise StageError(
            f"airflow {' '.join(arguments[:3])} ended with exit code {done.returncode}\n{tail}",
            where=str(log),
            next_step="read the log; `communique status` names the stage that failed",
        )
