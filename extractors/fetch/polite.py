"""robots.txt, slow hosts and "come back later" in, the pace of our requests out."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Any, cast

from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from extractors.fetch.downloader import SharedDownloader
from extractors.fetch.guard import RefusedError
from extractors.fetch.limits import MAX_BACKOFF, MAX_CRAWL_DELAY, MAX_RETRY_AFTER
from extractors.fetch.recorder import BodyLeftOutError
from extractors.fetch.visit import VISIT, Visit, request_meta, visit_of


class ForbiddenError(IgnoreRequest):
    """robots.txt does not allow the URL."""


class RobotsUnreadableError(IgnoreRequest):
    """The host's robots.txt could not be read, which forbids everything until it can (RFC 9309)."""


class HostRestsError(IgnoreRequest):
    """The host asked for a rest that is longer than we wait."""


class PoliteRobots(RobotsTxtMiddleware):
    """Obeys robots.txt as RFC 9309 has it: 4xx allows all, 5xx or no answer forbids all for now."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._unreadable: dict[str, str] = {}
        self._refused: dict[str, str] = {}
        self._askers: dict[str, Visit] = {}

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Scrapy's request for a robots.txt names no source: it goes to the one that asks first."""
        host = urlparse_cached(request).netloc
        if VISIT not in request.meta:
            request.meta.update(request_meta(self._askers[host]))
        elif not request.meta.get("dont_obey_robotstxt"):
            self._askers.setdefault(host, visit_of(request))
        try:
            await super().process_request(request)
        finally:
            if not request.meta.get("dont_obey_robotstxt"):
                self._askers.pop(host, None)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        host = urlparse_cached(request).netloc
        if why := self._refused.get(host):
            raise RefusedError(f"robots.txt of {host} may not be asked for, {why}")
        if why := self._unreadable.get(host):
            raise RobotsUnreadableError(f"robots.txt of {host} cannot be read ({why})")
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as error:
            raise ForbiddenError("forbidden by robots.txt") from error

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            self._unreadable[netloc] = f"HTTP {response.status}"
        body = response.body if response.status == 200 else b""
        await super()._parse_robots(response.replace(body=body), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if isinstance(exc, RefusedError):
            self._refused[netloc] = str(exc)
        elif not isinstance(exc, IgnoreRequest) or isinstance(exc, BodyLeftOutError | HostRestsError):
            self._unreadable[netloc] = str(exc) or type(exc).__name__
        super()._robots_error(exc, netloc)


class PoliteThrottle(AutoThrottle):
    """AutoThrottle for each host's own limits, never below the Crawl-delay of its robots.txt."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._agent = crawler.settings["ROBOTSTXT_USER_AGENT"]
        crawler.signals.connect(self._robots_parsed, signal=signals.robots_parsed)

    @property
    def _downloader(self) -> SharedDownloader:
        return cast("SharedDownloader", self.crawler.engine.downloader)

    def _robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        host = urlparse_cached(request).hostname or ""
        delay = min(robotparser.crawl_delay(self._agent) or 0.0, MAX_CRAWL_DELAY)
        if delay > visit_of(request).source.delay_seconds:
            self._downloader.tighten(host, delay=delay, concurrency=1)

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        self.mindelay = self._downloader.least_delay(urlparse_cached(response).hostname or "")
        self.target_concurrency = float(slot.concurrency)
        super()._adjust_delay(slot, latency, response)


class PatientRetry(RetryMiddleware):
    """Tries again what can heal, each time after a longer wait; a Retry-After holds the whole host back."""

    def __init__(self, settings: Any) -> None:
        super().__init__(settings)
        self._resting: dict[str, float] = {}
        self._closed: dict[str, float] = {}

    async def process_request(self, request: Request) -> None:
        host = urlparse_cached(request).netloc
        rest = self._resting.get(host, 0.0) - monotonic()
        if rest > 0:
            await asyncio.sleep(rest)
        if asked := self._closed.get(host):
            raise HostRestsError(f"not asked: {host} wants to be left alone for {asked:.0f} s")

    async def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        if response.status not in self.retry_http_codes:
            return response
        host = urlparse_cached(request).netloc
        asked = retry_after(response.headers.get("Retry-After"), now=datetime.now(UTC))
        if asked > MAX_RETRY_AFTER:
            self._closed[host] = asked
            return response
        self._resting[host] = monotonic() + asked
        retry = self._retry(request, f"HTTP {response.status}")
        if retry:
            await asyncio.sleep(max(asked, self._backoff(request)))
        return retry or response

    async def process_exception(  # type: ignore[override]
        self, request: Request, exception: Exception
    ) -> Request | None:
        if not isinstance(exception, self.exceptions_to_retry):
            return None
        retry = self._retry(request, exception)
        if retry:
            await asyncio.sleep(self._backoff(request))
        return retry

    def _backoff(self, request: Request) -> float:
        first = visit_of(request).source.retry_wait_seconds
        return backoff(first, request.meta.get("retry_times", 0))


def backoff(first: float, times: int) -> float:
    """Seconds to wait before a further try: doubled each time, a quarter more or less by chance."""
    doubled: float = first * 2**times
    return min(doubled * random.uniform(0.75, 1.25), MAX_BACKOFF)


def retry_after(value: bytes | None, *, now: datetime) -> float:
    """Seconds that a Retry-After header asks for, given in seconds or as an HTTP date; 0 when it does not."""
    text = (value or b"").decode("latin-1").strip()
    if text.isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (ValueError, TypeError):
        return 0.0
