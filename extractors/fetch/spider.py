"""A batch of sources in, their requests out, some sources at a time; answers go to each one's visit."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from scrapy import Request, Spider
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure
from w3lib.http import basic_auth_header

from extractors.errors import CommuniqueError, SourceError
from extractors.fetch.guard import RefusedError
from extractors.fetch.job import Batch, Job
from extractors.fetch.ledger import Answer
from extractors.fetch.limits import LOG
from extractors.fetch.manifest import Outcome, Role
from extractors.fetch.polite import ForbiddenError
from extractors.fetch.recorder import FETCHED_AT, RECORD
from extractors.fetch.visit import VISIT, Ask, Visit, open_visit, request_meta, visit_of

HEARTBEAT_SECONDS = 2.0
Say = Callable[..., None]

logger = logging.getLogger(__name__)


class NightSpider(Spider):
    """Keeps the sources of a batch apart: each has its own folder, limits and end."""

    name = "night"

    def __init__(self, *, batch: Batch, say: Say) -> None:
        super().__init__()
        self._batch = batch
        self._say = say
        self._places = asyncio.Semaphore(batch.sources_at_once)
        self._visits: set[Visit] = set()

    async def start(self) -> AsyncIterator[Request]:
        self._heart = asyncio.create_task(self._beat())
        for job in self._batch.jobs:
            await self._places.acquire()
            if visit := await self._open(job):
                for request in self._next(visit):
                    yield request

    def closed(self, reason: str) -> None:
        del reason
        self._heart.cancel()

    def on_answer(self, response: Response, ask: Ask) -> Iterator[Request]:
        visit: Visit = response.meta[VISIT]
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
        with _apart(visit):
            visit.answered(ask, answer, response.body)
        yield from self._next(visit)

    def on_error(self, failure: Failure) -> Iterator[Request]:
        request: Request = failure.request  # type: ignore[attr-defined]
        visit = visit_of(request)
        with _apart(visit):
            visit.failed(request.cb_kwargs["ask"], *_why(failure))
        yield from self._next(visit)

    async def _open(self, job: Job) -> Visit | None:
        try:
            visit = await asyncio.to_thread(open_visit, job, self._batch)
        except CommuniqueError as error:
            self._places.release()
            self._say(source=job.source.name, error=error_parts(error))
            return None
        self._visits.add(visit)
        return visit

    def _next(self, visit: Visit) -> Iterator[Request]:
        """The visit's next requests; after the last answer, its end."""
        for ask in visit.next_asks():
            yield self._request(visit, ask)
        done, total = visit.progress
        self._say(source=visit.source.name, done=done, total=total)
        if visit.is_over and visit in self._visits:
            self._visits.remove(visit)
            self._places.release()
            self._close(visit)

    def _close(self, visit: Visit) -> None:
        if error := visit.close():
            self._say(source=visit.source.name, error=error_parts(error))
        else:
            self._say(source=visit.source.name, finished=round(monotonic() - visit.started, 3))

    def _request(self, visit: Visit, ask: Ask) -> Request:
        language = visit.source.language
        headers = {
            "Accept-Language": "en" if language == "en" else f"{language},en;q=0.5",
            "If-None-Match": ask.seen.etag,
            "If-Modified-Since": ask.seen.last_modified,
        }
        if known := visit.authorization(ask.page.url):
            headers["Authorization"] = basic_auth_header(*known).decode()
        return Request(
            ask.page.url,
            callback=self.on_answer,
            errback=self.on_error,
            cb_kwargs={"ask": ask},
            headers={name: value for name, value in headers.items() if value},
            meta=request_meta(visit),
            priority=10 if ask.role is Role.LISTING else 0,
            dont_filter=True,
        )

    async def _beat(self) -> None:
        """Tell the parent that we live; one that hears nothing for long takes us for hung."""
        while True:
            overdue = [visit.source.name for visit in self._visits if visit.is_overdue]
            if overdue:
                logger.error("overdue, so that the worker is to be ended: %s", ", ".join(overdue))
            else:
                self._say(alive=True)
            await asyncio.sleep(HEARTBEAT_SECONDS)


def error_parts(error: CommuniqueError) -> list[str]:
    return [type(error).__name__, error.what, error.where, error.next_step]


@contextmanager
def _apart(visit: Visit) -> Iterator[None]:
    """A fault of ours with one source must not end the others."""
    try:
        yield
    except Exception as error:
        logger.exception("fault with %s", visit.source.name)
        visit.break_off(
            SourceError(
                f"a fault of the crawler: {type(error).__name__}: {error}",
                where=visit.source.name,
                next_step=f"report it with the traceback in {LOG}",
            )
        )


def _why(failure: Failure) -> tuple[Outcome, str]:
    error = failure.value
    if isinstance(error, ForbiddenError | RefusedError):
        return Outcome.DISALLOWED, str(error)
    if isinstance(error, DownloadTimeoutError):
        return Outcome.ERROR, "no complete answer within the time limit of a page"
    if isinstance(error, IgnoreRequest):
        return Outcome.ERROR, str(error)[:500]
    return Outcome.ERROR, f"{type(error).__name__}: {error}"[:500]


def _text(value: bytes | None) -> str | None:
    return value.decode("latin-1") if value else None
