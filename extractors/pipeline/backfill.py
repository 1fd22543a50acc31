"""Past nights, or WARC files from elsewhere, in; one build and one publication out; no network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from extractors.errors import SettingsError
from extractors.pipeline import stages
from extractors.pipeline.run import code_all, model_and_publish
from extractors.pipeline.stages import Run
from extractors.records import stable_id
from extractors.sources.model import Kind, Ownership, Source


def plan(run: Run, last_night: str | None, warc_files: Sequence[str]) -> list[str]:
    """The nights to land, as ISO dates. With `warc_files`, those are taken in as pages of `run.night` first.

    Raises:
        SettingsError: no night in the range has been fetched, or the range runs backwards.
    """
    if warc_files:
        stages.fetch_into(run, [_archive(Path(file).absolute()) for file in warc_files])
        return [run.night.isoformat()]
    last = date.fromisoformat(str(last_night)) if last_night else run.night
    nights = [run.night + timedelta(days=day) for day in range((last - run.night).days + 1)]
    fetched = [night for night in nights if stages.fetched_sources(replace(run, night=night))]
    if not fetched:
        raise SettingsError(
            "no night in the range has pages",
            where=f"{run.night} to {last}, {run.home.root / 'warc'}",
            next_step="name nights that were fetched, or pass WARC files",
        )
    return [night.isoformat() for night in fetched]


def _archive(file: Path) -> Source:
    name = f"archive-{stable_id(file, length=8)}"
    return Source(
        name=name, title=file.name, kind=Kind.WARC, path=file, language="en", ownership=Ownership.ARCHIVE
    )


def land(run: Run) -> str:
    """Parse and code one night again; returns it as an ISO date."""
    run.journal.begin()
    code_all(run, stages.parse(run))
    return run.night.isoformat()


def take_in(runs: Sequence[Run]) -> str:
    """Load and check the landed nights, oldest first; returns the last as an ISO date."""
    ordered = sorted(runs, key=lambda run: run.night)
    for run in ordered:
        stages.load(run)
        stages.check_raw(run)
    return ordered[-1].night.isoformat()


def run_backfill(run: Run, last_night: str | None, warc_files: Sequence[str]) -> Run:
    """The whole backfill in one process tree; returns the run of its last night."""
    with stages.hold_home(run, f"communique backfill {run.night}"):
        runs = [replace(run, night=date.fromisoformat(night)) for night in plan(run, last_night, warc_files)]
        for one in runs:
            land(one)
        last = replace(run, night=date.fromisoformat(take_in(runs)))
        model_and_publish(last)
    return last
