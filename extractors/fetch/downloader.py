"""Requests of many sources in, no more of them under way than each host and all hosts together bear."""

from __future__ import annotations

from collections import deque
from time import monotonic
from typing import Any

from scrapy import Request
from scrapy.core.downloader import Downloader, Slot
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.asyncio import call_later
from scrapy.utils.defer import _schedule_coro
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred

from extractors.fetch.visit import visit_of


class SharedDownloader(Downloader):
    """Scrapy's downloader with limits over all hosts, and those of a host shared by the sources that use it.

    Where two sources name one host, the longer delay and the smaller concurrency hold. The limits over
    all hosts come before a host's own clock, so that waiting for the one cannot shorten the other.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._most = self.settings.getint("FETCH_CONCURRENCY")
        self._pause = 1 / self.settings.getfloat("FETCH_REQUESTS_PER_SECOND")
        self._under_way = 0
        self._next_start = 0.0
        self._held: deque[Slot] = deque()
        self._unsent: dict[Slot, Request] = {}

    def tighten(self, host: str, *, delay: float, concurrency: int) -> None:
        """From now on at least this delay and at most this many requests at a time for the host."""
        known = self.per_slot_settings.get(host, {"delay": 0.0, "concurrency": concurrency})
        limits: dict[str, Any] = {
            "delay": max(delay, known["delay"]),
            "concurrency": min(concurrency, known["concurrency"]),
        }
        self.per_slot_settings[host] = limits
        if slot := self.slots.get(host):
            slot.delay = max(slot.delay, limits["delay"])
            slot.concurrency = limits["concurrency"]

    def least_delay(self, host: str) -> float:
        return float(self.per_slot_settings.get(host, {}).get("delay", 0.0))

    def sent(self, host: str) -> None:
        """A request has gone out to the host: its delay counts from now, not from the connecting."""
        if slot := self.slots.get(host):
            slot.lastseen = monotonic()
            self._unsent.pop(slot, None)
            self._process_queue(slot)

    def get_slot_key(self, request: Request) -> str:
        """The host, whatever slot a redirected request brings along from the host before."""
        return urlparse_cached(request).hostname or ""

    async def _enqueue_request(self, request: Request) -> Response:
        source = visit_of(request).source
        host = self.get_slot_key(request)
        self.tighten(host, delay=source.delay_seconds, concurrency=source.concurrency)
        return await super()._enqueue_request(request)

    def _process_queue(self, slot: Slot) -> None:
        # Scrapy's own counts a request only when its task has begun to run, and so starts a whole queue
        # at once where there is no delay.
        while slot.queue and not slot.latercall and slot.free_transfer_slots() > 0:
            if slot.delay and slot in self._unsent:
                return
            now = monotonic()
            wait = max(slot.lastseen + slot.download_delay(), self._next_start) - now
            if self._under_way >= self._most:
                if slot not in self._held:
                    self._held.append(slot)
                return
            if wait > 0:
                slot.latercall = call_later(wait, self._latercall, slot)
                return
            slot.lastseen, self._next_start = now, max(now, self._next_start + self._pause)
            self._under_way += 1
            request, answer = slot.queue.popleft()
            slot.transferring.add(request)
            self._unsent[slot] = request
            _schedule_coro(self._wait_for_download(slot, request, answer))

    async def _wait_for_download(self, slot: Slot, request: Request, queue_dfd: Deferred[Response]) -> None:
        try:
            await super()._wait_for_download(slot, request, queue_dfd)
        finally:
            self._under_way -= 1
            if self._unsent.get(slot) is request:  # it could not connect
                del self._unsent[slot]
            self._process_queue(slot)
            self._let_in()

    def _let_in(self) -> None:
        for _ in range(len(self._held)):
            if self._under_way >= self._most:
                return
            self._process_queue(self._held.popleft())
