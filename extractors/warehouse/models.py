"""The raw tables into marts: one `dbt build` in a process of its own, and what came of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from textwrap import shorten
from typing import Any

from extractors.errors import StageError
from extractors.home import Home
from extractors.records import stable_id
from extractors.settings import PROJECT_ROOT
from extractors.warehouse.database import connect_build
from extractors.warehouse.digests import digest_tables

DBT_PROJECT = PROJECT_ROOT / "dbt"
FAILED = frozenset({"error", "fail", "runtime error", "warn", "partial success"})

Progress = Callable[[int, int], None]
"""Called with nodes done and nodes in all."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """A build's id is the digest of its marts: the same rows, the same id."""

    build_id: str
    nodes: int
    tests: int
    seconds: float
    rows: dict[str, int]


def build_models(
    *,
    home: Home,
    now: datetime,
    on_progress: Progress | None = None,
    full_refresh: bool = False,
    unit_tests: bool = False,
) -> BuildReport:
    """Run seeds, models and the tests of their rows; note the build in `ops.builds`, its gate still closed.

    `unit_tests` of the models need no night's rows: the test suite asks for them, a night does not.

    Raises:
        StageError: a model or a test of dbt failed; the published snapshot is not touched.
    """
    with connect_build(home.build_database):
        pass  # dbt's sources exist even before the first load
    folder = home.build_database.parent / "dbt"
    options = ["--full-refresh"] * full_refresh
    if not unit_tests:
        options += ["--exclude-resource-type", "unit_test"]
    results = _run_dbt(home, folder, on_progress, options)
    with connect_build(home.build_database) as connection:
        digests = digest_tables(connection, schema="marts")
        build_id = stable_id(*(part for item in sorted(digests.items()) for part in item))
        connection.execute(
            "insert or replace into ops.builds (build_id, built_at, is_checked, checked_at) "
            "values (?, ?, false, null)",
            [build_id, now],
        )
        rows = {
            name: int(connection.execute(f"select count(*) from marts.{name}").fetchall()[0][0])
            for name in digests
        }
    kinds = [str(result["unique_id"]).split(".")[0] for result in results["results"]]
    tests = sum(kind in ("test", "unit_test") for kind in kinds)
    return BuildReport(build_id, len(kinds) - tests, tests, float(results["elapsed_time"]), rows)


def _run_dbt(home: Home, folder: Path, on_progress: Progress | None, options: list[str]) -> dict[str, Any]:
    results_file = folder / "target" / "run_results.json"
    results_file.unlink(missing_ok=True)
    log = folder / "logs" / "dbt.log"
    command = [sys.executable, "-m", "extractors.warehouse.dbt_process", "build", *options]
    with subprocess.Popen(
        command,
        cwd=DBT_PROJECT,
        env=_environment(home, folder),
        stdin=subprocess.PIPE,  # open as long as this process lives
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        last_lines = list(_follow(process.stdout, on_progress))[-10:]
        code = process.wait()
    results = json.loads(results_file.read_text()) if results_file.exists() else None
    _refuse_failures(code, results, last_lines, log)
    assert results is not None
    return dict(results)


def _environment(home: Home, folder: Path) -> dict[str, str]:
    """dbt's own: everything it writes goes under the home folder, and it calls nobody.

    `PYTHONPATH` is for the models in Python, which import the linking from this package.
    """
    python_path = os.pathsep.join(filter(None, (str(PROJECT_ROOT), os.environ.get("PYTHONPATH"))))
    return {
        **os.environ,
        "PYTHONPATH": python_path,
        "COMMUNIQUE_BUILD_DB": str(home.build_database.resolve()),
        "DBT_PROFILES_DIR": str(DBT_PROJECT),
        "DBT_TARGET_PATH": str((folder / "target").resolve()),
        "DBT_LOG_PATH": str((folder / "logs").resolve()),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
    }


def _follow(lines: Iterator[str], on_progress: Progress | None) -> Iterator[str]:
    """What dbt complains of; finished nodes go to `on_progress` on the way."""
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            yield line.rstrip()
            continue
        if "problem" in event:
            yield str(event["problem"])
        elif on_progress:
            on_progress(event["done"], event["total"])


def _refuse_failures(code: int, results: dict[str, Any] | None, last_lines: list[str], log: Path) -> None:
    failed = [
        f"{result['unique_id'].split('.')[2]}: {_first_words(result['message'])}"
        for result in (results or {}).get("results", ())
        if result["status"] in FAILED
    ]
    if code == 0 and results is not None and not failed:
        return
    raise StageError(
        "; ".join(failed) or " ".join(last_lines) or f"dbt ended with code {code}",
        where="dbt build",
        next_step=f"read {log}; the published snapshot is untouched",
    )


def _first_words(message: str | None) -> str:
    return shorten(" ".join((message or "").split()), width=600, placeholder=" ...")
