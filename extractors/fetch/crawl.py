"""A source and a night in, what the source showed that night on disk and its report out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import monotonic

from extractors.errors import StageError
from extractors.fetch.history import read_history
from extractors.fetch.job import Job
from extractors.fetch.manifest import MANIFEST, REPORT, FetchReport, read_manifest
from extractors.fetch.process import run_worker
from extractors.fetch.stored import take_over
from extractors.home import Home, write_atomically
from extractors.settings import Settings
from extractors.sources.model import Source


def silent(done: int, total: int) -> None:
    """Hears of progress and says nothing."""
    del done, total


def fetch_source(
    source: Source,
    *,
    night: date,
    home: Home,
    settings: Settings,
    on_progress: Callable[[int, int], None] = silent,
) -> FetchReport:
    """Read the source into home.warc(night, source.name): pages.warc.gz, manifest.jsonl, report.json.

    The folder appears whole or not at all. Where it stands already, its report is given without any
    request. `on_progress` hears (pages done, pages known so far).

    Raises:
        SourceError: the source could not be read at all (feed down, folder missing, worker crashed).
        StageError: the archive could not be written, or an earlier manifest is broken.
    """
    target = home.warc(night, source.name)
    if (target / REPORT).exists():
        return FetchReport.read(target / REPORT)
    work = _Night(source=source, night=night, home=home, settings=settings, on_progress=on_progress)
    try:
        write_atomically(target, work.fill)
    except OSError as error:
        raise StageError(
            f"the archive cannot be written: {error.strerror or error}",
            where=str(target),
            next_step="free space on that disk or correct its rights, then run the night again",
        ) from error
    return FetchReport.read(target / REPORT)


@dataclass(frozen=True)
class _Night:
    source: Source
    night: date
    home: Home
    settings: Settings
    on_progress: Callable[[int, int], None]

    def fill(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        started = monotonic()
        history = read_history(self.home, self.source.name, self.night)
        if self.source.is_web:
            job = Job.of(self.source, night=self.night, history=history, settings=self.settings)
            run_worker(job, folder, self.on_progress)
        else:
            take_over(
                self.source,
                folder,
                night=self.night,
                history=history,
                settings=self.settings,
                on_progress=self.on_progress,
            )
        lines = read_manifest(folder / MANIFEST)
        report = FetchReport.of(self.source.name, lines, seconds=monotonic() - started)
        report.write(folder / REPORT)
