"""The journal keeps whole lines of many writers, and the views add them up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from extractors.pipeline.display import stage_views
from extractors.pipeline.journal import Journal, State


class Ticking:
    """A clock that moves on one second at each look."""

    def __init__(self) -> None:
        self.now = datetime(2018, 5, 18, 3, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "runs" / "journal.jsonl", Ticking())


def test_a_stage_writes_start_progress_and_end(journal: Journal) -> None:
    with journal.stage("fetch", "courier") as log:
        log.progress(3, 10)
        log.counts["bytes"] = 7
    states = [entry.state for entry in journal.entries()]
    assert states == [State.STARTED, State.RUNNING, State.FINISHED]
    last = journal.entries()[-1]
    assert (last.done, last.total, last.seconds, last.counts) == (3, 10, 2.0, {"bytes": 7})


def test_a_failed_stage_says_why(journal: Journal) -> None:
    with pytest.raises(ValueError, match="bad page"), journal.stage("parse"):
        raise ValueError("bad page")
    assert journal.entries()[-1].state is State.FAILED
    assert journal.entries()[-1].error == "bad page"


def test_half_a_line_of_a_killed_process_is_left_out(journal: Journal) -> None:
    with journal.stage("load"):
        pass
    with journal.path.open("a") as file:
        file.write('{"stage": "buil')
    assert [entry.stage for entry in journal.entries()] == ["load", "load"]


def test_views_add_up_the_latest_line_of_each_key(journal: Journal) -> None:
    for source, pages in (("courier", 4), ("wire", 6)):
        with journal.stage("fetch", source) as log:
            log.progress(1, pages)
            log.progress(pages, pages)
    with pytest.raises(RuntimeError), journal.stage("code", "batch-0000"):
        raise RuntimeError("x")
    fetch, code = stage_views(journal.entries())
    assert (fetch.stage, fetch.done, fetch.total, fetch.finished) == ("fetch", 10, 10, 2)
    assert fetch.rate == pytest.approx(10 / fetch.seconds)
    assert [entry.key for entry in code.failed] == ["batch-0000"]


def test_begin_starts_a_new_account(journal: Journal) -> None:
    with journal.stage("fetch"):
        pass
    journal.begin()
    assert journal.entries() == []
