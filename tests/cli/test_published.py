"""What people see of a published night: the summary, `query`, `status`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from extractors.cli import app
from extractors.pipeline.summary import print_summary
from tests.pipeline.nights import NIGHTS, night_run

pytestmark = pytest.mark.pipeline


def _run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--home", str(home)], env={"COLUMNS": "200"})


def test_query_writes_json(last_night_home: Path) -> None:
    result = _run(last_night_home, "query", "select count(*) as n from fct_events", "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)[0]["n"] > 100


def test_a_wrong_query_names_the_tables(last_night_home: Path) -> None:
    result = _run(last_night_home, "query", "select * from fct_treaties")
    assert result.exit_code == 6
    assert "fct_threats" in result.stderr


def test_a_query_cannot_write(last_night_home: Path) -> None:
    result = _run(last_night_home, "query", "delete from fct_events")
    assert result.exit_code == 6
    assert "read-only" in result.stderr


def test_a_query_before_the_first_night_says_what_to_do(tmp_path: Path) -> None:
    result = _run(tmp_path, "query", "select 1")
    assert result.exit_code == 6
    assert "communique run" in result.stderr


def test_status_tells_night_snapshot_and_quarantine(last_night_home: Path) -> None:
    result = _run(last_night_home, "status")
    assert result.exit_code == 0
    assert str(NIGHTS[-1]) in result.stdout
    assert "published" in result.stdout
    assert "Quarantine" in result.stdout


def test_status_before_the_first_night(tmp_path: Path) -> None:
    result = _run(tmp_path, "status")
    assert result.exit_code == 0
    assert "no night has run yet" in result.stdout


def test_the_summary_shows_counts_families_and_evidence(
    last_night_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from rich.console import Console

    print_summary(night_run(last_night_home, NIGHTS[-1]), Console(width=200))
    shown = capsys.readouterr().out
    for part in ("fetched", "concession", "threat", "military_exercise", "Published snapshot", "Query it"):
        assert part in shown
