"""Airflow's scheduler, DAG processor and UI as child processes on loopback, until the caller stops them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from extractors.errors import StageError
from extractors.pipeline.airflow import prepare, run_airflow
from extractors.settings import Settings

# Logs are read from the disk that all components share: the log servers, which would listen on every
# interface, stay off. No task defers, so there is no triggerer.
COMPONENTS = {
    "scheduler": ["scheduler", "--skip-serve-logs"],
    "dag-processor": ["dag-processor"],
    "api-server": ["api-server"],
}
SECONDS_TO_START = 180.0
SECONDS_TO_STOP = 20.0


@dataclass(frozen=True)
class Airflow:
    """A running Airflow: where its UI is, who may log in, the environment for `airflow` commands."""

    url: str
    password_file: Path
    environment: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]]

    def passwords(self) -> dict[str, str]:
        """User name → password, as Airflow generated them."""
        users: dict[str, str] = json.loads(self.password_file.read_text())
        return users

    def wait(self) -> None:
        """Block until a component ends, which is an error.

        Raises:
            StageError: always, with the component and its log.
        """
        while True:
            self.check()
            time.sleep(1.0)

    def check(self) -> None:
        for name, process in self.processes.items():
            if process.poll() is not None:
                raise StageError(
                    f"{name} ended with exit code {process.returncode}",
                    where=str(Path(self.environment["AIRFLOW_HOME"]) / f"{name}.log"),
                    next_step="read the log; is the port taken? COMMUNIQUE_AIRFLOW_PORT names another",
                )


@contextmanager
def running(settings: Settings) -> Iterator[Airflow]:
    """Airflow, up and healthy, with the nightly schedule switched on.

    Raises:
        StageError: a component ended, or all were not healthy within three minutes.
    """
    environment = prepare(settings)
    home = Path(environment["AIRFLOW_HOME"])
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, arguments in COMPONENTS.items():
            with (home / f"{name}.log").open("ab") as log:
                processes[name] = subprocess.Popen(
                    [sys.executable, "-m", "airflow", *arguments],
                    env=environment,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
        airflow = Airflow(
            url=environment["AIRFLOW__API__BASE_URL"],
            password_file=home / "simple_auth_manager_passwords.json.generated",
            environment=environment,
            processes=processes,
        )
        _wait_until_healthy(airflow)
        run_airflow(["dags", "unpause", "nightly_events", "--yes"], environment, home / "prepare.log")
        yield airflow
    finally:
        _stop(processes)


def _wait_until_healthy(airflow: Airflow) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        airflow.check()
        if _is_healthy(f"{airflow.url}/api/v2/monitor/health"):
            return
        time.sleep(1.0)
    raise StageError(
        f"not healthy after {SECONDS_TO_START:.0f} s",
        where=airflow.url,
        next_step=f"read the logs in {airflow.environment['AIRFLOW_HOME']}",
    )


def _is_healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            health = json.load(answer)
    except (urllib.error.URLError, OSError, ValueError):
        return False
    return all(health[part]["status"] == "healthy" for part in ("metadatabase", "scheduler", "dag_processor"))


def _stop(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    for process in processes.values():
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + SECONDS_TO_STOP
    for process in processes.values():
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
