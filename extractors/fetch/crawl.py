"""Sources and a night in, what each showed that night on disk and its report out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import monotonic

from extractors.errors import CommuniqueError
from extractors.fetch.history import read_history
from extractors.fetch.job import Batch, Job
from extractors.fetch.limits import LOG
from extractors.fetch.manifest import MANIFEST, REPORT, FetchReport, cannot_write, read_manifest
from extractors.fetch.process import Message, as_error, run_batch
from extractors.fetch.stored import take_over
from extractors.home import Home, write_atomically
from extractors.settings import Settings
from extractors.sources.model import Source

Outcome = FetchReport | CommuniqueError


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
    """Read one source as `fetch_sources` does.

    Raises:
        SourceError: the source could not be read at all (feed down, folder missing, worker crashed).
        StageError: the archive could not be written, or an earlier manifest is broken.
    """
    ends: dict[str, Outcome] = {}
    fetch_sources(
        [source],
        night=night,
        home=home,
        settings=settings,
        on_end=ends.__setitem__,
        on_progress=lambda _, done, total: on_progress(done, total),
    )
    end = ends[source.name]
    if isinstance(end, CommuniqueError):
        raise end
    return end


def fetch_sources(
    sources: Iterable[Source],
    *,
    night: date,
    home: Home,
    settings: Settings,
    on_end: Callable[[str, Outcome], None],
    on_progress: Callable[[str, int, int], None],
) -> None:
    """Read each source into home.warc(night, its name): pages.warc.gz, manifest.jsonl, report.json.

    One worker process reads all sources of the web, so that the limits of hosts and of the settings
    hold over them. A source's folder appears whole or not at all, as soon as the source is done; where it
    stands already, its report is given without any request. A run that was killed is gone on with.

    `on_end` hears of each source once, with its report or the error that ended it; `on_progress` hears
    (name, pages done, pages known so far).
    """
    work = _Night(night, home, settings, on_end, on_progress)
    to_fetch: list[Source] = []
    for source in sources:
        report = home.warc(night, source.name) / REPORT
        if report.exists():
            on_end(source.name, FetchReport.read(report))
        elif source.is_web:
            to_fetch.append(source)
        else:
            work.take_over(source)
    for allow_loopback in (True, False):
        work.fetch([source for source in to_fetch if source.allow_loopback is allow_loopback])


@dataclass(frozen=True)
class _Night:
    night: date
    home: Home
    settings: Settings
    on_end: Callable[[str, Outcome], None]
    on_progress: Callable[[str, int, int], None]

    def fetch(self, sources: list[Source]) -> None:
        """The sources of the web, which are alike in whether they may lead to this machine."""
        if not sources:
            return
        jobs = tuple(self._job(source) for source in sources)
        batch = Batch.of(jobs, night=self.night, home=self.home.root.absolute(), settings=self.settings)
        run_batch(batch, self.home.run(self.night) / LOG, self._hear)

    def take_over(self, source: Source) -> None:
        """A source whose pages lie on disk."""
        started = monotonic()

        def fill(folder: Path) -> None:
            folder.mkdir(parents=True)
            take_over(
                source,
                folder,
                night=self.night,
                history=read_history(self.home, source.name, self.night),
                settings=self.settings,
                on_progress=lambda done, total: self.on_progress(source.name, done, total),
            )
            _report(source.name, folder, monotonic() - started)

        target = self.home.warc(self.night, source.name)
        try:
            write_atomically(target, fill)
        except CommuniqueError as error:
            self.on_end(source.name, error)
        except OSError as error:
            self.on_end(source.name, cannot_write(target, error))
        else:
            self.on_end(source.name, FetchReport.read(target / REPORT))

    def _job(self, source: Source) -> Job:
        timeout = source.timeout_seconds or self.settings.download_timeout_seconds
        return Job(source=source, folder=self._partial(source.name), timeout_seconds=timeout)

    def _partial(self, name: str) -> Path:
        """Where a source's files grow until they are whole."""
        target = self.home.warc(self.night, name).absolute()
        return target.with_name(f".{name}.partial")

    def _hear(self, message: Message) -> None:
        name = message["source"]
        if "finished" in message:
            self.on_end(name, self._publish(name, message["finished"]))
        elif "error" in message:
            self.on_end(name, as_error(message["error"]))
        else:
            self.on_progress(name, message["done"], message["total"])

    def _publish(self, name: str, seconds: float) -> Outcome:
        folder, target = self._partial(name), self.home.warc(self.night, name)
        try:
            report = _report(name, folder, seconds)
            folder.replace(target)
        except OSError as error:
            return cannot_write(target, error)
        return report


def _report(name: str, folder: Path, seconds: float) -> FetchReport:
    report = FetchReport.of(name, read_manifest(folder / MANIFEST), seconds=seconds)
    report.write(folder / REPORT)
    return report
