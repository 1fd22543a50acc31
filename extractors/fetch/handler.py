"""HTTP requests in, responses out: Scrapy's handler with a bound on the header that a server sends."""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler

from extractors.fetch.limits import MAX_HEADER_BYTES

IDLE_CONNECTION_SECONDS = 10.0  # thousands of hosts a night must not use up the open files


class HeaderFloodError(Exception):
    """The header of a response is larger than any honest one; Twisted itself reads on without end."""


class _BoundedParser(_LenientHTTPClientParser):
    header_bytes = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802  the superclass's name
        self.header_bytes += len(line)
        if self.header_bytes > MAX_HEADER_BYTES:
            raise HeaderFloodError(f"the header is larger than {MAX_HEADER_BYTES:,} bytes")
        super().lineReceived(line)


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    def request(self, request: Any) -> Any:
        answer = super().request(request)
        self._parser.__class__ = _BoundedParser  # as the superclass itself puts in its lenient one
        return answer


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802  the superclass's name
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class BoundedHandler(HTTP11DownloadHandler):
    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _BoundedFactory
        self._pool.cachedConnectionTimeout = IDLE_CONNECTION_SECONDS
