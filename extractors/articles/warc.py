"""A night's WARC file in, its pages out, each with where it came from; what is no page is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from extractors.errors import StageError
from extractors.records import Page

_HTML = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class WarcPage:
    page: Page
    record_id: str


def warc_pages(path: Path, *, max_bytes: int, skipped: Counter[str]) -> Iterator[WarcPage]:
    """Every 2xx HTML response of the file, in file order; `skipped` counts the others by reason.

    A page longer than `max_bytes` after decompression is cut there.

    Raises:
        StageError: the file is no WARC, or ends in the middle of a record.
    """
    try:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                if record.rec_type != "response":
                    continue
                reason = _reason_to_skip(record)
                if reason:
                    skipped[reason] += 1
                else:
                    yield _warc_page(record, max_bytes)
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        raise StageError(
            f"cannot be read as WARC: {error}",
            where=str(path),
            next_step="fetch the source again for this night",
        ) from error


def _reason_to_skip(record: Any) -> str | None:
    status = record.http_headers.get_statuscode() if record.http_headers else "none"
    if not str(status).startswith("2"):
        return f"status {status}"
    content_type = (record.http_headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    if content_type and content_type not in _HTML:
        return f"content type {content_type}"
    return None


def _warc_page(record: Any, max_bytes: int) -> WarcPage:
    record_id = str(record.rec_headers.get_header("WARC-Record-ID"))
    page = Page(
        id=record_id,
        url=str(record.rec_headers.get_header("WARC-Target-URI")),
        html=_body(record, max_bytes),
        content_type=record.http_headers.get_header("Content-Type"),
        fetched_at=_warc_date(record.rec_headers.get_header("WARC-Date")),
    )
    return WarcPage(page, record_id)


def _body(record: Any, max_bytes: int) -> bytes:
    body: bytes = record.content_stream().read(max_bytes)
    record.raw_stream.read()
    if record.raw_stream.limit > 0:  # warcio takes the end of the file for the end of the record
        raise EOFError(f"ends {record.raw_stream.limit} bytes before its last record does")
    return body


def _warc_date(stated: str | None) -> datetime | None:
    if not stated:
        return None
    at = datetime.fromisoformat(stated)
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
