"""The stages of a night, each a function of the run and what it works on; Airflow and laptops share them.

A stage passes on paths and ids, never data. Every stage may be run again at any time: fetch keeps what
it has, the others write the same files and rows anew.
"""

from __future__ import annotations

import errno
import itertools
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from extractors.errors import CommuniqueError, SourceError, StageError
from extractors.home import Home, write_atomically
from extractors.pipeline.journal import Clock, Journal, StageLog, State
from extractors.settings import Settings
from extractors.sources.config import load_sources
from extractors.sources.model import Source

if TYPE_CHECKING:
    from extractors.articles.workers import Workers
    from extractors.events.coders import ArticleCoder
    from extractors.fetch.manifest import FetchReport
    from extractors.warehouse.gates import GateReport


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Run:
    """One night on one home folder. `night` is the UTC day that the run's data interval starts on."""

    settings: Settings
    night: date
    clock: Clock = utc_now

    @property
    def home(self) -> Home:
        return Home(self.settings.home.absolute())

    @property
    def journal(self) -> Journal:
        return Journal(self.home.run(self.night) / "journal.jsonl", self.clock)

    @property
    def batch_plan(self) -> Path:
        return self.home.run(self.night) / "batches.json"

    @property
    def token_ledger(self) -> Path:
        """What the night's processes have asked of a language model so far."""
        return self.home.run(self.night) / "tokens.json"


def begin(run: Run) -> list[str]:
    """Open the night's journal; returns the names of the sources to fetch."""
    names = [source.name for source in load_sources(run.settings.sources).sources]
    run.journal.begin()
    run.token_ledger.unlink(missing_ok=True)
    return names


def fetch(run: Run, names: Sequence[str]) -> list[str]:
    """Fetch the sources into WARC files; what is already there is kept. Returns the names of those fetched.

    Raises:
        SourceError: some could not be read at all; the others are there all the same.
        StageError: the archive of one could not be written.
    """
    return fetch_into(run, [_source(run, name) for name in names])


def fetch_into(run: Run, sources: Sequence[Source]) -> list[str]:
    """Fetch sources into the night's folder, with what the sources file says of each beside its pages."""
    from extractors.fetch.crawl import fetch_sources

    fetching = _Fetching(run, {source.name: source for source in sources})
    try:
        fetch_sources(
            sources,
            night=run.night,
            home=run.home,
            settings=run.settings,
            on_end=fetching.ended,
            on_progress=fetching.progress,
        )
    finally:
        fetching.break_off()
    return fetching.fetched()


class _Fetching:
    """The journal of several sources that are fetched at the same time."""

    def __init__(self, run: Run, sources: dict[str, Source]) -> None:
        self._run = run
        self._sources = sources
        self._logs: dict[str, StageLog] = {}
        self._failed: dict[str, CommuniqueError] = {}
        self._fetched: list[str] = []

    def progress(self, name: str, done: int, total: int) -> None:
        self._log(name).progress(done, total)

    def ended(self, name: str, outcome: FetchReport | CommuniqueError) -> None:
        log = self._log(name)
        del self._logs[name]
        if isinstance(outcome, CommuniqueError):
            self._failed[name] = outcome
            log.close(State.FAILED, str(outcome))
            return
        facts = self._run.home.warc(self._run.night, name) / "source.json"
        text = self._sources[name].without_credentials().model_dump_json(exclude_defaults=True)
        write_atomically(facts, lambda path: path.write_text(text))
        log.counts |= asdict(outcome)
        self._fetched.append(name)
        log.close(State.FINISHED)

    def break_off(self) -> None:
        """Sources that were neither read nor failed when the fetching itself ended."""
        for log in self._logs.values():
            log.close(State.FAILED, "broken off; run the night again, it goes on from there")
        self._logs.clear()

    def fetched(self) -> list[str]:
        """The names of what was fetched, when that is all; else the worst error."""
        for error in self._failed.values():
            if not isinstance(error, SourceError):
                raise error
        if self._failed:
            names = ", ".join(sorted(self._failed))
            raise SourceError(
                f"{len(self._failed)} of {len(self._sources)} sources could not be read: {names}",
                where=f"night {self._run.night}",
                next_step="see the reason of each in `communique status` or above; the night goes on without "
                "them, and running it again reads what is missing",
            ) from next(iter(self._failed.values()))
        return self._fetched

    def _log(self, name: str) -> StageLog:
        if name not in self._logs:
            self._logs[name] = StageLog(self._run.journal, "fetch", name)
        return self._logs[name]


def fetched_sources(run: Run) -> list[Source]:
    """The sources whose pages of the night are there, also those that the sources file no longer has."""
    facts = sorted(run.home.warc_night(run.night).glob("*/source.json"))
    return [Source.model_validate_json(file.read_text()) for file in facts]


def parse(run: Run) -> list[str]:
    """Parse what all sources brought into the landing folder; returns the ids of the coder's batches.

    Raises:
        StageError: no source could be fetched.
    """
    from extractors.articles.workers import workers

    fetched = [source.name for source in fetched_sources(run)]
    if not fetched:
        raise StageError(
            "no source could be read",
            where=f"night {run.night}, {run.settings.sources}",
            next_step="see the reason of each source above; check the network, then run the night again; "
            "the published snapshot is unchanged",
        )
    _drop_other_files(run.home.articles(run.night), keep={f"{name}.parquet" for name in fetched})
    _drop_other_files(run.home.fetches(run.night), keep={f"{name}.parquet" for name in fetched})
    with workers(run.settings.processes) as pool:
        for name in fetched:
            _parse_into(run, name, pool)
    return _plan_batches(run)


def _parse_into(run: Run, name: str, pool: Workers) -> None:
    from extractors.articles.night import parse_source

    pages = json.loads((run.home.warc(run.night, name) / "report.json").read_text())["fetched"]
    with _stage(run, "parse", name) as log:
        report = parse_source(
            night=run.night,
            source=name,
            home=run.home,
            settings=run.settings,
            now=run.clock(),
            on_progress=partial(_progress_to, log, pages),
            pool=pool,
        )
        log.counts |= {"pages": report.pages, **report.kinds, "other responses": sum(report.skipped.values())}


def code(run: Run, batch: str) -> str:
    """Code the events of one batch of articles; returns the batch's id."""
    from extractors.events.batch import code_batch

    coder = _coder(run)
    article_ids = frozenset(json.loads(run.batch_plan.read_text())[batch])
    done = itertools.count(1)
    with _stage(run, "code", batch) as log:
        report = code_batch(
            articles=sorted(run.home.articles(run.night).glob("*.parquet")),
            article_ids=article_ids,
            night=run.night,
            out=run.home.mentions(run.night) / f"{batch}.parquet",
            coder=coder,
            languages=run.settings.languages,
            on_progress=lambda _: log.progress(next(done), len(article_ids)),
        )
        log.counts |= {"articles": report.articles, "mentions": report.mentions, "not coded": report.skipped}
        if report.failed:
            log.counts["could not be coded"] = len(report.failed)
            log.counts["failures"] = [f"{article}: {why}" for article, why in sorted(report.failed.items())]
    return batch


def load(run: Run) -> None:
    """Merge the night's landing files into the schema raw of the build database."""
    from extractors.warehouse.load import load_night

    with _writing_stage(run, "load") as log:
        report = load_night(home=run.home, night=run.night, sources=fetched_sources(run), now=run.clock())
        log.counts |= report.rows


def check_raw(run: Run) -> None:
    """Gate on raw: bad rows to quarantine, and a GateError when the night as a whole is not fit."""
    from extractors.warehouse.gates import check_raw as gate

    _check(run, "check_raw", gate)


def build(run: Run) -> None:
    """Build the dbt models from all nights that passed the gate on raw."""
    from extractors.warehouse.models import build_models

    with _writing_stage(run, "build") as log:
        report = build_models(home=run.home, now=run.clock(), on_progress=log.progress)
        log.counts |= {"nodes": report.nodes, "tests": report.tests, "build_id": report.build_id}


def check_marts(run: Run) -> None:
    """Gate on the marts: a GateError keeps them from being published."""
    from extractors.warehouse.gates import check_marts as gate

    _check(run, "check_marts", gate)


def publish(run: Run) -> str:
    """Swap the checked build in as the snapshot that readers open; returns its path."""
    from extractors.warehouse.publish import publish as swap

    with _writing_stage(run, "publish") as log:
        path = swap(home=run.home, night=run.night, keep=run.settings.snapshots_kept, now=run.clock())
        log.counts["snapshot"] = str(path)
    return str(path)


def _check(run: Run, stage: str, gate: Callable[..., GateReport]) -> None:
    with _writing_stage(run, stage) as log:
        report = gate(
            home=run.home,
            night=run.night,
            settings=run.settings,
            now=run.clock(),
            on_progress=log.progress,
        )
        log.counts |= {"expectations": report.evaluated, "rows held back": sum(report.held.values())}


def _coder(run: Run) -> ArticleCoder:
    if run.settings.coder == "llm":
        return _llm_coder(run.settings, run.token_ledger)
    return _grammar_coder(run.settings.spacy_model)


@cache
def _grammar_coder(model: str) -> ArticleCoder:
    """One coder a process: the language model is not loaded again for each batch."""
    from extractors.events.coder import Coder

    return Coder(model)


@cache
def _llm_coder(settings: Settings, ledger: Path) -> ArticleCoder:
    from extractors.events.coders import make_coder

    return make_coder(settings, ledger=ledger)


def _progress_to(log: StageLog, total: int, done: int) -> None:
    log.progress(done, max(done, total))


def _source(run: Run, name: str) -> Source:
    sources = {source.name: source for source in load_sources(run.settings.sources).sources}
    if name not in sources:
        raise SourceError(
            f"no source named {name!r}",
            where=str(run.settings.sources),
            next_step=f"one of: {', '.join(sorted(sources))}",
        )
    return sources[name]


def _plan_batches(run: Run) -> list[str]:
    ids = sorted(
        {
            article_id
            for file in run.home.articles(run.night).glob("*.parquet")
            for article_id in pq.read_table(file, columns=["article_id"])["article_id"].to_pylist()
        }
    )
    size = run.settings.batch_articles
    batches = {f"batch-{start // size:04d}": ids[start : start + size] for start in range(0, len(ids), size)}
    _drop_other_files(run.home.mentions(run.night), keep={f"{batch}.parquet" for batch in batches})
    write_atomically(run.batch_plan, lambda path: path.write_text(json.dumps(batches)))
    return list(batches)


def _drop_other_files(folder: Path, *, keep: set[str]) -> None:
    for file in folder.glob("*.parquet"):
        if file.name not in keep:
            file.unlink()


@contextmanager
def _stage(run: Run, name: str, key: str = "") -> Iterator[StageLog]:
    with run.journal.stage(name, key) as log:
        try:
            yield log
        except Exception as error:
            if not _is_disk_full(error):
                raise
            raise StageError(
                f"no space left on the disk: {error}",
                where=f"night {run.night}, stage {name}, {run.home.root}",
                next_step="free space and run the night again; the published snapshot is unchanged",
            ) from error


def _is_disk_full(error: BaseException) -> bool:
    """Told by the number of an OSError, or by the words that DuckDB passes on."""
    number = error.errno if isinstance(error, OSError) else None
    return number in (errno.ENOSPC, errno.EDQUOT) or os.strerror(errno.ENOSPC) in str(error)


@contextmanager
def _writing_stage(run: Run, name: str) -> Iterator[StageLog]:
    with hold_home(run, f"night {run.night}, stage {name}"), _stage(run, name) as log:
        yield log


@contextmanager
def hold_home(run: Run, purpose: str) -> Iterator[None]:
    """Keep other writers out of the home folder; says so in the journal while it waits."""

    def waiting(message: str) -> None:
        with run.journal.stage("wait", message):
            pass

    with run.home.lock(purpose=purpose, wait_seconds=run.settings.lock_wait_seconds, on_wait=waiting):
        yield
