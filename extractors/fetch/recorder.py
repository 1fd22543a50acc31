"""Every response that comes in, errors and redirects too, as a WARC record out; what is recorded, back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from weakref import WeakKeyDictionary

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from extractors.fetch.manifest import cannot_write
from extractors.fetch.partial import Stored
from extractors.fetch.visit import visit_of

RECORD = "warc_record_id"
FETCHED_AT = "fetched_at"
REPLAYED = "replayed"
# The body is stored decoded, so these no longer describe it; they are kept as Common Crawl keeps them.
RENAMED = {"content-encoding", "content-length", "transfer-encoding"}
UNDECODABLE = "unspecified"  # the WARC standard has no word of its own for it
WHY_NO_BODY = {
    "length": "larger than max_page_bytes",
    UNDECODABLE: "the body cannot be unpacked as its Content-Encoding says",
}


class BodyLeftOutError(IgnoreRequest):
    """The response is recorded without its body, which is too large or cannot be decoded."""


class Recorder(HttpCompressionMiddleware):
    """Decodes the body (gzip, deflate, brotli, zstd) and records the exchange.

    It stands nearest to the network, so it sees what retries and redirects swallow, and gives what an
    earlier worker recorded before it was killed as the answer instead of asking again. A body that is
    too large, as it comes or once unpacked, is not read to its end.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler=crawler)
        self._can_heal = {int(status) for status in crawler.settings.getlist("RETRY_HTTP_CODES")}
        self._received: WeakKeyDictionary[Request, int] = WeakKeyDictionary()
        crawler.signals.connect(self._headers_received, signal=signals.headers_received)
        crawler.signals.connect(self._bytes_received, signal=signals.bytes_received)

    def process_request(self, request: Request) -> Response | None:  # type: ignore[override]
        super().process_request(request)
        stored = visit_of(request).stock.responses.get(request.url)
        if stored is None or stored.status in self._can_heal:
            return None
        return _replayed(request, stored)

    def process_response(  # type: ignore[override]  # the superclass has a deprecated `spider` argument
        self, request: Request, response: Response
    ) -> Request | Response:
        if REPLAYED in response.flags:
            return response
        if "download_stopped" in response.flags:
            raise self._left_out(request, response, "length")
        received = response.headers.copy()
        try:
            decoded = super().process_response(request, response)
        except IgnoreRequest as error:
            raise self._left_out(request, response, "length") from error
        except Exception as error:  # what zlib, brotli and zstd raise
            raise self._left_out(request, response, UNDECODABLE) from error
        if isinstance(decoded, Response):
            self._record(request, decoded, received)
        return decoded

    def _headers_received(self, body_length: object) -> None:
        if isinstance(body_length, int) and body_length > self._max_size:
            raise StopDownload(fail=False)

    def _bytes_received(self, data: bytes, request: Request) -> None:
        received = self._received.get(request, 0) + len(data)
        self._received[request] = received
        if received > self._max_size:
            raise StopDownload(fail=False)

    def _left_out(self, request: Request, response: Response, why: str) -> BodyLeftOutError:
        self._record(request, response.replace(body=b""), response.headers, truncated=why)
        return BodyLeftOutError(WHY_NO_BODY[why])

    def _record(
        self, request: Request, response: Response, received: Headers, truncated: str | None = None
    ) -> None:
        visit = visit_of(request)
        if visit.error:
            return
        request.meta[FETCHED_AT] = at = datetime.now(UTC)
        try:
            request.meta[RECORD] = visit.archive.response(
                response.url,
                status=response.status,
                headers=_stored_headers(received, len(response.body)),
                body=response.body,
                at=at,
                ip=str(response.ip_address) if response.ip_address else None,
                request_headers=[pair for pair in _pairs(request.headers) if pair[0] != "Authorization"],
                truncated=truncated,
            )
        except OSError as error:  # disk full: a night with holes must not pass for a whole one
            visit.break_off(cannot_write(visit.job.folder, error))


def _replayed(request: Request, stored: Stored) -> Response:
    if stored.truncated:
        raise BodyLeftOutError(WHY_NO_BODY.get(stored.truncated, stored.truncated))
    body = visit_of(request).stock.body(stored)
    headers = Headers()
    for name, value in stored.headers:
        headers.appendlist(name, value)
    request.meta[FETCHED_AT], request.meta[RECORD] = stored.at, stored.id
    kind = responsetypes.from_args(headers=headers, url=request.url, body=body)
    return kind(request.url, status=stored.status, headers=headers, body=body, flags=[REPLAYED])


def _stored_headers(received: Headers, length: int) -> list[tuple[str, str]]:
    headers = [
        (f"X-Crawl-{name}" if name.lower() in RENAMED else name, value) for name, value in _pairs(received)
    ]
    return [*headers, ("Content-Length", str(length))]


def _pairs(headers: Any) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values
    ]
