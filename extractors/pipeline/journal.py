"""What the stages of a night say of themselves, as lines of JSON that people and displays read.

Every process of a run appends to one file, `runs/night=D/journal.jsonl`; a line is written in one
call, so lines of different processes do not mix.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

Clock = Callable[[], datetime]

STAGES = ("fetch", "parse", "code", "load", "check_raw", "build", "check_marts", "publish")
SECONDS_BETWEEN_PROGRESS_LINES = 0.2


class State(StrEnum):
    STARTED = "started"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"


@dataclass(frozen=True)
class Entry:
    """One line. `key` tells mapped parts of a stage apart (a source, a batch)."""

    at: datetime
    stage: str
    key: str
    state: State
    done: int = 0
    total: int = 0
    seconds: float = 0.0
    counts: dict[str, Any] = field(default_factory=dict)
    error: str = ""


class StageLog:
    """Handed to a running stage: progress goes out at once, `counts` with the closing line."""

    def __init__(self, journal: Journal, stage: str, key: str) -> None:
        self.counts: dict[str, Any] = {}
        self._journal, self._stage, self._key = journal, stage, key
        self.started = self._last = journal.clock()
        self._done = self._total = 0
        journal.write(Entry(self.started, stage, key, State.STARTED))

    def progress(self, done: int, total: int) -> None:
        self._done, self._total = done, total
        now = self._journal.clock()
        if (now - self._last).total_seconds() >= SECONDS_BETWEEN_PROGRESS_LINES:
            self._last = now
            self._journal.write(Entry(now, self._stage, self._key, State.RUNNING, done, total))

    def close(self, state: State, error: str = "") -> None:
        now = self._journal.clock()
        seconds = round((now - self.started).total_seconds(), 3)
        total = max(self._total, self._done)
        self._journal.write(
            Entry(now, self._stage, self._key, state, self._done, total, seconds, self.counts, error)
        )


@dataclass(frozen=True)
class Journal:
    path: Path
    clock: Clock

    def begin(self) -> None:
        """Start a new account of the night; the tables, not the journal, are its history."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text("")

    def write(self, entry: Entry) -> None:
        line = json.dumps({**entry.__dict__, "at": entry.at.isoformat()}, default=str)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab", buffering=0) as file:
            file.write(f"{line}\n".encode())

    def entries(self) -> list[Entry]:
        """All whole lines; the half line of a killed process is left out."""
        if not self.path.exists():
            return []
        return list(filter(None, map(_entry, self.path.read_text().splitlines())))

    @contextmanager
    def stage(self, name: str, key: str = "") -> Iterator[StageLog]:
        log = StageLog(self, name, key)
        try:
            yield log
        except BaseException as error:
            log.close(State.FAILED, str(error) or type(error).__name__)
            raise
        log.close(State.FINISHED)


def _entry(line: str) -> Entry | None:
    try:
        given = json.loads(line)
    except ValueError:
        return None
    return Entry(**{**given, "at": datetime.fromisoformat(given["at"]), "state": State(given["state"])})
