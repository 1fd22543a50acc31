"""One source of a batch in, its requests and in the end its archive and manifest out."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any, BinaryIO

from scrapy import Request

from extractors.errors import CommuniqueError, SourceError
from extractors.fetch.archive import ArchiveWriter
from extractors.fetch.history import History, Seen, read_history
from extractors.fetch.job import Batch, Job
from extractors.fetch.ledger import Answer, Ledger
from extractors.fetch.manifest import MANIFEST, PAGES, FetchLine, Outcome, Role, cannot_write, write_manifest
from extractors.fetch.partial import Stock, take_stock
from extractors.fetch.plan import Page, make_plan, page_of
from extractors.home import Home
from extractors.sources.kinds import Entry, Listing, UnreadableListingError, WebKind
from extractors.sources.model import Source
from extractors.sources.registry import WEB_KINDS
from extractors.sources.urls import credentials

VISIT = "visit"
MAX_LISTINGS = 200
LOCK_TRIES = 50
LOCK_PAUSE_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Ask:
    """A request to make: what for, to which page."""

    role: Role
    page: Page
    seen: Seen


class Visit:
    """Reads the listings of one source, then its pages, as many at a time as its window is wide.

    It goes on from what an earlier worker left in the folder: the answers in the archive are not asked
    for again. `error` is set when the source could not be read at all or not be written down.
    """

    def __init__(self, job: Job, *, batch: Batch, history: History, stock: Stock, stream: BinaryIO) -> None:
        self.job = job
        self.source: Source = job.source
        self.stock = stock
        self.error: CommuniqueError | None = None
        self.archive = ArchiveWriter(stream, night=batch.night, source=job.source.name, written=stock.written)
        self.started = monotonic()
        self._night = batch.night
        self._stream = stream
        self._history = history
        self._kind: WebKind = WEB_KINDS[job.source.kind]
        self._ledger = Ledger(source=job.source, night=batch.night, history=history)
        self._start: Listing = self._kind.start(job.source)
        self._entries = list(self._start.entries)
        self._asked: set[str] = set()
        self._queue: deque[Ask] = deque()
        self._under_way = 0
        self._open_listings = 0
        self._is_planned = False
        if not stock.written:
            self.archive.info(user_agent=batch.user_agent, started_at=datetime.now(UTC))
        self._queue_listings(self._start)

    @property
    def progress(self) -> tuple[int, int]:
        return self._ledger.progress

    @property
    def is_over(self) -> bool:
        return self._under_way == 0 and not self._queue

    @property
    def is_overdue(self) -> bool:
        return monotonic() - self.started > self.job.overdue_seconds

    def next_asks(self) -> Iterator[Ask]:
        """What to request now; nothing more when the source's time is over or an error has ended it."""
        if self.error or monotonic() - self.started > self.source.time_limit_seconds:
            self._queue.clear()
        while self._queue and self._under_way < self.job.window:
            self._under_way += 1
            yield self._queue.popleft()

    def answered(self, ask: Ask, answer: Answer, body: bytes) -> None:
        self._under_way -= 1
        line = self._ledger.answered(ask.role, ask.page, answer)
        if ask.role is Role.LISTING:
            self._listing_answered(ask.page, line, body)

    def failed(self, ask: Ask, outcome: Outcome, reason: str) -> None:
        self._under_way -= 1
        self._ledger.failed(ask.role, ask.page, outcome, reason)
        if ask.role is Role.LISTING:
            self._open_listings -= 1
            self._listing_failed(ask.page, reason)
            self._queue_next()

    def authorization(self, url: str) -> tuple[str, str] | None:
        """User and password of the source's own URL, for requests to the same place only."""
        own = self.source.url or ""
        known = credentials(own)
        start = page_of(Entry(own))
        return known if known and start and _origin(start.url) == _origin(url) else None

    def break_off(self, error: CommuniqueError) -> None:
        """End the source with this error; the requests under way are still heard."""
        self.error = self.error or error

    def close(self) -> CommuniqueError | None:
        """Write the manifest; gives the error that ended the source, None when it is whole.

        A source that could not be read leaves nothing, one that could not be written down what there is.
        """
        if not self._is_planned:
            self.break_off(self._out_of_time())
        try:
            if self.error is None:
                write_manifest(self.job.folder / MANIFEST, self._ledger.lines())
            elif isinstance(self.error, SourceError):
                shutil.rmtree(self.job.folder, ignore_errors=True)
            self._stream.close()
        except OSError as error:
            self.break_off(cannot_write(self.job.folder, error))
            with suppress(OSError):
                self._stream.close()
        return self.error

    def _listing_answered(self, page: Page, line: FetchLine, body: bytes) -> None:
        self._open_listings -= 1
        found = Listing()
        if line.outcome is Outcome.FETCHED:
            try:
                found = self._kind.read(body, url=line.final_url or page.url)
            except UnreadableListingError as error:
                self._listing_failed(page, f"unreadable: {error}")
        elif line.outcome is Outcome.ERROR:
            self._listing_failed(page, str(line.reason))
        self._entries += found.entries
        self._queue_listings(found)

    def _queue_listings(self, found: Listing) -> None:
        for page in filter(None, map(page_of, found.listings)):
            if page.url not in self._asked and len(self._asked) < MAX_LISTINGS:
                self._asked.add(page.url)
                self._open_listings += 1
                seen = self._history.listings.get(page.url)
                self._queue.append(Ask(Role.LISTING, page, seen or Seen()))
        self._queue_next()

    def _queue_next(self) -> None:
        """When the last listing is read, the pages that are due."""
        if self._open_listings or self.error or self._is_planned:
            return
        plan = make_plan(self._entries, source=self.source, history=self._history, night=self._night)
        self._ledger.adopt(plan)
        self._is_planned = True
        self._entries.clear()
        for page in plan.due:
            self._queue.append(Ask(Role.ARTICLE, page, self._history.pages.get(page.key) or Seen()))

    def _listing_failed(self, page: Page, reason: str) -> None:
        """The source's own listing ends the night for it; one sitemap of an index only gets its line."""
        if page.url in {known.url for known in filter(None, map(page_of, self._start.listings))}:
            self.break_off(
                SourceError(
                    f"the {self.source.kind} gave nothing: {reason}",
                    where=f"{self.source.name} ({page.url})",
                    next_step="open the address in a browser; correct `url:` of the source if it has moved, "
                    "else run again later",
                )
            )
        else:
            self._ledger.unreadable(page, reason)

    def _out_of_time(self) -> SourceError:
        start = page_of(Entry(self.source.url or ""))
        return SourceError(
            f"its listing was not read within time_limit_seconds ({self.source.time_limit_seconds:g})",
            where=f"{self.source.name} ({start.url if start else self.source.path})",
            next_step="run again later, or raise the limit in the sources file",
        )


def open_visit(job: Job, batch: Batch) -> Visit:
    """The visit of a source, on from what an earlier worker left in its folder.

    Raises:
        SourceError: its list of URLs cannot be read, or another process is fetching the source.
        StageError: the folder cannot be written, or an earlier manifest is broken.
    """
    history = read_history(Home(batch.home), job.source.name, batch.night)
    path = job.folder / PAGES
    try:
        job.folder.mkdir(parents=True, exist_ok=True)
        stream = path.open("ab")
        _hold(stream, path, job.source.name)
        try:
            return Visit(job, batch=batch, history=history, stock=take_stock(path), stream=stream)
        except SourceError:
            shutil.rmtree(job.folder, ignore_errors=True)
            raise
    except OSError as error:
        raise cannot_write(job.folder, error) from error


def visit_of(request: Request) -> Visit:
    """The visit that a request belongs to."""
    visit: Visit = request.meta[VISIT]
    return visit


def request_meta(visit: Visit) -> dict[str, Any]:
    """What Scrapy's parts need to know of the source that a request is for."""
    return {
        VISIT: visit,
        "download_timeout": visit.job.timeout_seconds,
        "max_retry_times": visit.source.retries,
    }


def _hold(stream: BinaryIO, path: Path, name: str) -> None:
    """Two workers must not write one archive; the lock goes with the process that holds it.

    The worker of a run that was killed needs a moment to notice.
    """
    for _ in range(LOCK_TRIES):
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(stream.fileno()).st_ino == path.stat().st_ino:
                return
            break
        except BlockingIOError:
            sleep(LOCK_PAUSE_SECONDS)
        except FileNotFoundError:
            break
    stream.close()
    raise SourceError(
        "another process is fetching it",
        where=name,
        next_step="wait for that run to end, or stop it, then run the night again",
    )


def _origin(url: str) -> str:
    return "/".join(url.split("/", 3)[:3])
