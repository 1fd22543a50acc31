"""WARC files in, stored pages out: the HTML responses of a file, or of all files of a folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.errors import SourceError
from extractors.sources.kinds import Location, StoredPage, UnreadablePage

if TYPE_CHECKING:
    from extractors.sources.model import Source

SUFFIXES = (".warc", ".warc.gz")
HTML_TYPES = ("text/html", "application/xhtml+xml")
RECODED = {"content-encoding", "transfer-encoding", "content-length"}


class Warc:
    """`kind: warc`: a .warc or .warc.gz file, or a folder of them, at `path`, as CC-NEWS has them."""

    location: Location = "path"

    def pages(self, source: Source, *, max_bytes: int) -> Iterator[StoredPage | UnreadablePage]:
        for file in _files(Path(str(source.path)), source.name):
            yield from _pages_of(file, max_bytes)


def _files(path: Path, name: str) -> list[Path]:
    files = [path] if path.is_file() else sorted(path.rglob("*")) if path.is_dir() else []
    files = [file for file in files if file.name.endswith(SUFFIXES)]
    if not files:
        raise SourceError(
            "there is no .warc or .warc.gz file",
            where=f"{name} ({path})",
            next_step="correct `path:` of the source; it is relative to the sources file",
        )
    return files


def _pages_of(file: Path, max_bytes: int) -> Iterator[StoredPage | UnreadablePage]:
    """A broken file gives what stands before the break, and a line that says so."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    with file.open("rb") as stream:
        try:
            for record in ArchiveIterator(stream):
                if _is_html(record):
                    yield _page(record, max_bytes)
        except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
            yield UnreadablePage(file.name, f"the file is broken from byte {stream.tell():,} on: {error}")


def _is_html(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    content_type = (record.http_headers.get_header("Content-Type") or "").lower()
    return record.http_headers.get_statuscode() == "200" and content_type.startswith(HTML_TYPES)


def _is_cut_off(record: Any) -> bool:
    """Fewer bytes stand in the file than the record's length says; warcio does not mind."""
    left = getattr(record.raw_stream, "limit", 0)
    return left > 0 and not record.raw_stream.read(1)


def _page(record: Any, max_bytes: int) -> StoredPage | UnreadablePage:
    url = record.rec_headers.get_header("WARC-Target-URI")
    try:
        body = record.content_stream().read(max_bytes + 1)
        saved_at = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")).astimezone(UTC)
    except Exception as error:  # the decoders of warcio raise what zlib and brotli raise
        return UnreadablePage(url, f"cannot be decoded: {error}")
    if len(body) > max_bytes:
        return UnreadablePage(url, f"more than {max_bytes:,} bytes")
    if _is_cut_off(record):
        return UnreadablePage(url, "the file ends in the middle of the page")
    kept = [(name, value) for name, value in record.http_headers.headers if name.lower() not in RECODED]
    headers = (*kept, ("Content-Length", str(len(body))))
    return StoredPage(url, saved_at, headers, body, record_id=record.rec_headers.get_header("WARC-Record-ID"))
