"""WARC files in, stored pages out: the HTML responses of files on this disk or at URLs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urljoin

from extractors.errors import SourceError
from extractors.sources.kinds import (
    ArchiveFile,
    BrokenFileError,
    Location,
    Remote,
    Stored,
    StoredPage,
    UnreadableListingError,
    UnreadablePage,
    UnreadFile,
)
from extractors.sources.sitemap import unzipped

if TYPE_CHECKING:
    from extractors.sources.model import Source

SUFFIXES = (".warc", ".warc.gz")
LISTS = (".paths", ".paths.gz")
MAX_LIST_BYTES = 5_000_000
HTML_TYPES = ("text/html", "application/xhtml+xml")
RECODED = {"content-encoding", "transfer-encoding", "content-length"}


class Warc:
    """`kind: warc`: .warc and .warc.gz files as CC-NEWS has them.

    `path` leads to a file or a folder of them, `url` to one; either may lead to a list of files
    (warc.paths, warc.paths.gz) whose lines are relative to `base_url`.
    """

    location: Location = "either"

    def pages(self, source: Source, *, max_bytes: int, remote: Remote | None = None) -> Iterator[Stored]:
        if source.url is None and not is_list(str(source.path)):
            for file in _files(Path(str(source.path)), source.name):
                with file.open("rb") as stream:
                    yield from _pages_of(stream, file.name, max_bytes)
        elif remote is not None:
            for url in listed_files(source, remote):
                yield from _remote_pages(url, max_bytes, remote)


def is_list(location: str) -> bool:
    return location.endswith(LISTS)


def listed_files(source: Source, remote: Remote) -> list[str]:
    """The URLs of the files to read: the source's own, or those of its list.

    Raises:
        SourceError: the list cannot be read, or names no file.
    """
    location = str(source.url or source.path)
    if not is_list(location):
        return [location]
    try:
        with remote.open(location) if source.url else Path(location).open("rb") as stream:
            text = unzipped(stream.read(MAX_LIST_BYTES)).decode(errors="replace")
    except (OSError, UnreadableListingError) as error:
        raise _unreadable(source, f"its list cannot be read: {error}") from error
    base = source.base_url or urljoin(location, "/")
    urls = [urljoin(base, line.strip()) for line in text.splitlines() if line.strip().endswith(SUFFIXES)]
    if not urls:
        raise _unreadable(source, "its list names no .warc or .warc.gz file")
    return list(dict.fromkeys(urls))


def _unreadable(source: Source, what: str) -> SourceError:
    return SourceError(
        what,
        where=f"{source.name} ({source.url or source.path})",
        next_step="correct `url:` or `path:` of the source; docs/sources.md tells what they may lead to",
    )


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


def _remote_pages(url: str, max_bytes: int, remote: Remote) -> Iterator[Stored]:
    """The pages of one file, then that it was read to its end, or why it was not."""
    if remote.has_read(url):
        yield ArchiveFile(url, is_known=True)
        return
    try:
        with remote.open(url) as stream:
            for page in _pages_of(stream, url, max_bytes):
                if isinstance(page, UnreadablePage) and page.url == url:
                    yield UnreadFile(url, page.reason)
                    return
                yield page
    except BrokenFileError as error:
        yield UnreadFile(url, str(error))
    else:
        yield ArchiveFile(url)


def _pages_of(stream: BinaryIO, name: str, max_bytes: int) -> Iterator[StoredPage | UnreadablePage]:
    """A broken file gives what stands before the break, and a line that says so."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    records = ArchiveIterator(stream)
    try:
        for record in records:
            if _is_html(record):
                yield _page(record, max_bytes)
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        yield UnreadablePage(name, f"the file is broken from byte {records.offset:,} on: {error}")


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
    except BrokenFileError:
        raise
    except Exception as error:  # the decoders of warcio raise what zlib and brotli raise
        return UnreadablePage(url, f"cannot be decoded: {error}")
    if len(body) > max_bytes:
        return UnreadablePage(url, f"more than {max_bytes:,} bytes")
    if _is_cut_off(record):
        return UnreadablePage(url, "the file ends in the middle of the page")
    kept = [(name, value) for name, value in record.http_headers.headers if name.lower() not in RECODED]
    headers = (*kept, ("Content-Length", str(len(body))))
    return StoredPage(url, saved_at, headers, body, record_id=record.rec_headers.get_header("WARC-Record-ID"))
