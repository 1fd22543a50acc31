"""HTTP exchanges in, WARC records out; and the pages of a night's archive back again."""

from __future__ import annotations

import io
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extractors import __version__
from extractors.fetch.manifest import MANIFEST, PAGES, FetchLine, Outcome, Role, read_manifest
from extractors.fetch.partial import record_name
from extractors.records import Page

Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Response:
    """One response as the archive holds it, its body decoded."""

    id: str
    url: str
    status: int
    body: bytes
    content_type: str | None
    at: datetime


class ArchiveWriter:
    """Writes pages.warc.gz. Record ids follow from night, source, URL and count, so a rerun has the same.

    An exchange is handed to the system in one piece as soon as it is there: a killed process leaves at
    most one torn record, the last. `written` counts the records that the stream has from before.
    """

    def __init__(
        self, stream: BinaryIO, *, night: date, source: str, written: Mapping[str, int] | None = None
    ) -> None:
        self._stream = stream
        self._piece = io.BytesIO()
        self._writer = WARCWriter(self._piece, gzip=True, warc_version="1.1")
        self._prefix = f"communique:{night}:{source}"
        self._written: Counter[str] = Counter(written)

    def info(self, *, user_agent: str, started_at: datetime) -> None:
        """The first record: which program wrote the file, as whom, how."""
        fields = {
            "software": f"communique/{__version__}",
            "format": "WARC File Format 1.1",
            "http-header-user-agent": user_agent,
            "robots": "obey",
        }
        record = self._writer.create_warcinfo_record(PAGES, fields)
        record.rec_headers.replace_header("WARC-Date", _warc_date(started_at))
        record.rec_headers.replace_header("WARC-Record-ID", self._record_id("warcinfo"))
        self._writer.write_record(record)
        self._hand_over()

    def response(
        self,
        url: str,
        *,
        status: int,
        headers: Headers,
        body: bytes,
        at: datetime,
        ip: str | None = None,
        request_headers: Headers | None = None,
        record_id: str | None = None,
        truncated: str | None = None,
    ) -> str:
        """One response, with the request that led to it where there was one; gives the response's id.

        `truncated` is the reason (as the WARC standard has it) why the body is not whole.
        """
        identity = record_id or self._record_id(url)
        warc_headers = {"WARC-Record-ID": identity, "WARC-Date": _warc_date(at)}
        warc_headers |= {"WARC-IP-Address": ip} if ip else {}
        warc_headers |= {"WARC-Truncated": truncated} if truncated else {}
        response = self._writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(body),
            length=len(body),
            warc_headers_dict=warc_headers,
            http_headers=StatusAndHeaders(_status_line(status), list(headers), protocol="HTTP/1.1"),
        )
        if request_headers is None:
            self._writer.write_record(response)
        else:
            self._writer.write_request_response_pair(self._request(url, request_headers), response)
        self._hand_over()
        return identity

    def _hand_over(self) -> None:
        self._stream.write(self._piece.getvalue())
        self._stream.flush()
        self._piece.seek(0)
        self._piece.truncate()

    def _request(self, url: str, headers: Headers) -> Any:
        parts = urlsplit(url)
        target = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
        return self._writer.create_warc_record(
            url,
            "request",
            warc_headers_dict={"WARC-Record-ID": self._record_id(record_name("request", url))},
            http_headers=StatusAndHeaders(
                f"GET {target} HTTP/1.1", [("Host", parts.netloc), *headers], is_http_request=True
            ),
        )

    def _record_id(self, name: str) -> str:
        self._written[name] += 1
        identity = uuid.uuid5(uuid.NAMESPACE_URL, f"{self._prefix}:{name}:{self._written[name]}")
        return f"<urn:uuid:{identity}>"


def read_pages(folder: Path) -> Iterator[tuple[FetchLine, Page]]:
    """The pages that a night fetched from one source, each with its manifest line, in the archive's order.

    Listings, redirects, robots.txt and error responses stand in the archive too; they are left out here.
    `Page.id` is the WARC record id, `Page.url` the URL after redirects.
    """
    lines = {
        line.warc_record_id: line
        for line in read_manifest(folder / MANIFEST)
        if line.role is Role.ARTICLE and line.outcome is Outcome.FETCHED
    }
    for response in read_responses(folder):
        if line := lines.get(response.id):
            page = Page(response.id, response.url, response.body, response.content_type, response.at)
            yield line, page


def read_responses(folder: Path) -> Iterator[Response]:
    """Every response of a night's archive, in its order."""
    with (folder / PAGES).open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                yield _response(record)


def _response(record: Any) -> Response:
    return Response(
        id=record.rec_headers.get_header("WARC-Record-ID"),
        url=record.rec_headers.get_header("WARC-Target-URI"),
        status=int(record.http_headers.get_statuscode()),
        body=record.content_stream().read(),
        content_type=record.http_headers.get_header("Content-Type"),
        at=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")).astimezone(UTC),
    )


def _warc_date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} Unknown"
