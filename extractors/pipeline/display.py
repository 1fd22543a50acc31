"""The journal of a running night, shown in the terminal: bars where there is a terminal, lines where not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from extractors.pipeline.journal import STAGES, Entry, Journal, State

SECONDS_BETWEEN_LOOKS = 0.25
UNITS = {"fetch": "pages", "parse": "pages", "code": "articles", "build": "models and tests"}


@dataclass(frozen=True)
class StageView:
    """What a stage's lines add up to over its keys."""

    stage: str
    done: int
    total: int
    seconds: float
    finished: int
    failed: tuple[Entry, ...]
    running: int

    @property
    def rate(self) -> float:
        return self.done / self.seconds if self.seconds else 0.0


def stage_views(entries: list[Entry]) -> list[StageView]:
    """One view per stage that has begun, in the order of the pipeline; the latest line of a key counts."""
    latest: dict[tuple[str, str], Entry] = {(entry.stage, entry.key): entry for entry in entries}
    views = []
    for stage in STAGES:
        of_stage = [entry for (name, _), entry in latest.items() if name == stage]
        if of_stage:
            views.append(_view(stage, of_stage, [entry for entry in entries if entry.stage == stage]))
    return views


def _view(stage: str, latest: list[Entry], all_lines: list[Entry]) -> StageView:
    times = [entry.at for entry in all_lines]
    return StageView(
        stage=stage,
        done=sum(entry.done for entry in latest),
        total=sum(entry.total for entry in latest),
        seconds=(max(times) - min(times)).total_seconds(),
        finished=sum(entry.state is State.FINISHED for entry in latest),
        failed=tuple(entry for entry in latest if entry.state is State.FAILED),
        running=sum(entry.state in (State.STARTED, State.RUNNING) for entry in latest),
    )


@contextmanager
def showing(journal: Journal, console: Console) -> Iterator[None]:
    """Show the journal until the block ends."""
    stop = threading.Event()
    follow = _bars if console.is_terminal else _lines
    thread = threading.Thread(target=follow, args=(journal, console, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _bars(journal: Journal, console: Console, stop: threading.Event) -> None:
    columns = (
        TextColumn("{task.description:<12}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[note]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        tasks: dict[str, int] = {}
        while True:
            last_look = stop.is_set()
            for view in stage_views(journal.entries()):
                if view.stage not in tasks:
                    tasks[view.stage] = progress.add_task(view.stage, total=None, note="")
                _update(progress, tasks[view.stage], view)
            if last_look:
                return
            stop.wait(SECONDS_BETWEEN_LOOKS)


def _update(progress: Progress, task: int, view: StageView) -> None:
    over = not view.running
    total = max(view.total, 1) if over or view.total else None
    progress.update(
        task,  # type: ignore[arg-type]
        total=total,
        completed=total if over and total else view.done,
        note=_note(view),
    )


def _note(view: StageView) -> str:
    parts = []
    if view.done and view.stage in UNITS:
        parts.append(f"{UNITS[view.stage]}, {view.rate:.0f}/s")
    if view.failed:
        parts.append(f"[red]{len(view.failed)} failed[/red]")
    return ", ".join(parts)


def _lines(journal: Journal, console: Console, stop: threading.Event) -> None:
    told: set[tuple[str, str, str]] = set()
    while True:
        last_look = stop.is_set()
        for entry in journal.entries():
            line = (entry.stage, entry.key, entry.at.isoformat())
            if entry.state in (State.FINISHED, State.FAILED) and line not in told:
                told.add(line)
                console.print(_line(entry), markup=False, highlight=False, soft_wrap=True)
        if last_look:
            return
        stop.wait(SECONDS_BETWEEN_LOOKS)


def _line(entry: Entry) -> str:
    what = f"{entry.stage} {entry.key}".strip()
    if entry.state is State.FAILED:
        return f"{what}: FAILED after {entry.seconds:.1f} s: {entry.error}"
    unit = UNITS.get(entry.stage, "")
    work = f"{entry.done}/{entry.total} {unit}".strip() + ", " if entry.total else ""
    return f"{what}: {work}{entry.seconds:.1f} s"
