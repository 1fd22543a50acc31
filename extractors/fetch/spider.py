"""A job in, requests to listings and then to the pages they name out; answers go to the ledger."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from scrapy import Request, Spider
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from extractors.errors import SourceError
from extractors.fetch.archive import ArchiveWriter
from extractors.fetch.guard import RefusedError
from extractors.fetch.history import Seen
from extractors.fetch.job import Job
from extractors.fetch.ledger import Answer, Ledger
from extractors.fetch.manifest import FetchLine, Outcome, Role
from extractors.fetch.plan import Page, make_plan, page_of
from extractors.fetch.polite import ForbiddenError
from extractors.fetch.recorder import FETCHED_AT, RECORD
from extractors.sources.kinds import Listing, UnreadableListingError
from extractors.sources.registry import WEB_KINDS

MAX_LISTINGS = 200


class NightSpider(Spider):
    """Reads the listings of one source, then its pages.

    `problem` is set when the source could not be read at all, `broken` when the archive could not be
    written, `is_planned` once all listings are read; the worker keeps nothing of a night without a plan.
    """

    name = "night"

    def __init__(self, *, job: Job, start: Listing, ledger: Ledger, archive: ArchiveWriter) -> None:
        super().__init__()
        self.archive = archive
        self.problem: SourceError | None = None
        self.is_planned = False
        self.broken: OSError | None = None
        self._job = job
        self._kind = WEB_KINDS[job.source.kind]
        self._start = start
        self._ledger = ledger
        self._entries = list(start.entries)
        self._asked: set[str] = set()
        self._open_listings = 0

    async def start(self) -> AsyncIterator[Request]:
        for request in self._next_requests(self._start):
            yield request

    def abort(self, error: OSError) -> None:
        self.broken = error
        self.crawler.stop()

    def on_listing(self, response: Response, page: Page) -> Iterator[Request]:
        line = self._answered(Role.LISTING, response, page)
        found = Listing()
        if line.outcome is Outcome.FETCHED:
            try:
                found = self._kind.read(response.body, url=response.url)
            except UnreadableListingError as error:
                self._listing_failed(page, f"unreadable: {error}")
        elif line.outcome is Outcome.ERROR:
            self._listing_failed(page, str(line.reason))
        self._open_listings -= 1
        self._entries += found.entries
        yield from self._next_requests(found)

    def on_listing_error(self, failure: Failure) -> Iterator[Request]:
        page: Page = failure.request.cb_kwargs["page"]  # type: ignore[attr-defined]
        outcome, reason = _why(failure)
        self._ledger.failed(Role.LISTING, page, outcome, reason)
        self._listing_failed(page, reason)
        self._open_listings -= 1
        yield from self._next_requests(Listing())

    def on_page(self, response: Response, page: Page) -> None:
        self._answered(Role.ARTICLE, response, page)

    def on_page_error(self, failure: Failure) -> None:
        page: Page = failure.request.cb_kwargs["page"]  # type: ignore[attr-defined]
        self._ledger.failed(Role.ARTICLE, page, *_why(failure))

    def _next_requests(self, found: Listing) -> Iterator[Request]:
        """Further listings first; when the last one is read, the pages that are due."""
        for page in filter(None, map(page_of, found.listings)):
            if page.url not in self._asked and len(self._asked) < MAX_LISTINGS:
                self._asked.add(page.url)
                self._open_listings += 1
                yield self._request(Role.LISTING, page)
        if self._open_listings == 0 and self.problem is None:
            job = self._job
            plan = make_plan(self._entries, source=job.source, history=job.history, night=job.night)
            self._ledger.adopt(plan)
            self.is_planned = True
            for page in plan.due:
                yield self._request(Role.ARTICLE, page)

    def _request(self, role: Role, page: Page) -> Request:
        is_listing = role is Role.LISTING
        history = self._job.history
        seen = (history.listings.get(page.url) if is_listing else history.pages.get(page.key)) or Seen()
        conditions = {"If-None-Match": seen.etag, "If-Modified-Since": seen.last_modified}
        return Request(
            page.url,
            callback=self.on_listing if is_listing else self.on_page,
            errback=self.on_listing_error if is_listing else self.on_page_error,
            cb_kwargs={"page": page},
            headers={name: value for name, value in conditions.items() if value},
            priority=10 if is_listing else 0,
            dont_filter=True,
        )

    def _answered(self, role: Role, response: Response, page: Page) -> FetchLine:
        answer = Answer(
            final_url=response.url,
            status=response.status,
            size=len(response.body),
            at=response.meta.get(FETCHED_AT),
            record_id=response.meta.get(RECORD),
            etag=_text(response.headers.get("ETag")),
            last_modified=_text(response.headers.get("Last-Modified")),
            location=_text(response.headers.get("Location")),
        )
        return self._ledger.answered(role, page, answer)

    def _listing_failed(self, page: Page, reason: str) -> None:
        """The source's own listing ends the night for it; one sitemap of an index only gets its line."""
        if page.url in {known.url for known in filter(None, map(page_of, self._start.listings))}:
            self.problem = SourceError(
                f"the {self._job.source.kind} gave nothing: {reason}",
                where=f"{self._job.source.name} ({page.url})",
                next_step="open the address in a browser; correct `url:` of the source if it has moved, "
                "else run again later",
            )
        else:
            self._ledger.unreadable(page, reason)


def _why(failure: Failure) -> tuple[Outcome, str]:
    error = failure.value
    if isinstance(error, ForbiddenError | RefusedError):
        return Outcome.DISALLOWED, str(error)
    if isinstance(error, DownloadTimeoutError):
        return Outcome.ERROR, "no complete answer within the time limit of a page"
    if isinstance(error, DownloadCancelledError):
        return Outcome.ERROR, "larger than max_page_bytes"
    if isinstance(error, IgnoreRequest):
        return Outcome.ERROR, str(error)[:500]
    return Outcome.ERROR, f"{type(error).__name__}: {error}"[:500]


def _text(value: bytes | None) -> str | None:
    return value.decode("latin-1") if value else None
