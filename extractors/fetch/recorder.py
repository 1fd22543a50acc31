"""Every response that comes in, errors and redirects too, as a WARC record out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Headers, Response

if TYPE_CHECKING:
    from extractors.fetch.spider import NightSpider

RECORD = "warc_record_id"
FETCHED_AT = "fetched_at"
# The body is stored decoded, so these no longer describe it; they are kept as Common Crawl keeps them.
RENAMED = {"content-encoding", "content-length", "transfer-encoding"}


class Recorder(HttpCompressionMiddleware):
    """Decodes the body (gzip, deflate, brotli, zstd) and records the exchange; bombs end at DOWNLOAD_MAXSIZE.

    It stands nearest to the network, so it sees what retries and redirects swallow.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler=crawler)
        self._crawler = crawler

    def process_response(  # type: ignore[override]  # the superclass has a deprecated `spider` argument
        self, request: Request, response: Response
    ) -> Request | Response:
        received = response.headers.copy()
        decoded = super().process_response(request, response)
        if isinstance(decoded, Response):
            self._record(request, decoded, received)
        return decoded

    def _record(self, request: Request, response: Response, received: Headers) -> None:
        spider = cast("NightSpider", self._crawler.spider)
        at = datetime.now(UTC)
        request.meta[FETCHED_AT] = at
        try:
            request.meta[RECORD] = spider.archive.response(
                response.url,
                status=response.status,
                headers=_stored_headers(received, len(response.body)),
                body=response.body,
                at=at,
                ip=str(response.ip_address) if response.ip_address else None,
                request_headers=_pairs(request.headers),
            )
        except OSError as error:  # disk full: a night with holes must not pass for a whole one
            spider.abort(error)


def _stored_headers(received: Headers, length: int) -> list[tuple[str, str]]:
    headers = [
        (f"X-Crawl-{name}" if name.lower() in RENAMED else name, value) for name, value in _pairs(received)
    ]
    return [*headers, ("Content-Length", str(length))]


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values
    ]
