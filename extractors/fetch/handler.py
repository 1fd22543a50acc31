"""HTTP requests in, responses out: Scrapy's handler with a bound on the header that a server sends."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler

from extractors.fetch.limits import MAX_HEADER_BYTES

IDLE_CONNECTION_SECONDS = 10  # thousands of hosts a night must not use up the open files


if TYPE_CHECKING:
    from extractors.fetch.downloader import SharedDownloader


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
    on_sent: Callable[[str], None]

    def request(self, request: Any) -> Any:
        answer = super().request(request)
        self._parser.__class__ = _BoundedParser  # as the superclass itself puts in its lenient one
        _flush(self.transport)
        host = request.headers.getRawHeaders(b"host", [b""])[0].decode("latin-1")
        self.on_sent(urlsplit(f"//{host}").hostname or "")
        return answer


def _flush(transport: Any) -> None:
    """Send now: in a busy process the next turn of the reactor can be as late as a host's whole delay."""
    below_tls = getattr(transport, "transport", transport)
    if hasattr(below_tls, "doWrite"):
        below_tls.doWrite()


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def __init__(self, *rest: Any, on_sent: Callable[[str], None]) -> None:
        super().__init__(*rest)  # type: ignore[no-untyped-call]
        self._on_sent = on_sent

    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802  the superclass's name
        del addr
        protocol = _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
        protocol.on_sent = self._on_sent
        return protocol


class BoundedHandler(HTTP11DownloadHandler):
    """Also tells the downloader when a request really goes out."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = partial(  # type: ignore[assignment]  # it is called, never subclassed
            _BoundedFactory, on_sent=self._sent
        )
        self._pool.cachedConnectionTimeout = IDLE_CONNECTION_SECONDS

    def _sent(self, host: str) -> None:
        cast("SharedDownloader", self._crawler.engine.downloader).sent(host)
