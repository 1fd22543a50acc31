"""A folder of saved HTML pages in, stored pages out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from extractors.errors import SourceError
from extractors.sources.kinds import Location, Remote, StoredPage, UnreadablePage
from extractors.sources.urls import canonical_url, is_web_url

if TYPE_CHECKING:
    from extractors.sources.model import Source

SUFFIXES = {".html", ".htm", ".xhtml"}
HEAD_BYTES = 400_000  # where a page names its own address


class Folder:
    """`kind: folder`: the *.html and *.htm files at and below `path`, with the time of the file."""

    location: Location = "path"

    def pages(
        self, source: Source, *, max_bytes: int, remote: Remote | None = None
    ) -> Iterator[StoredPage | UnreadablePage]:
        del remote  # a folder is on this disk
        root = Path(str(source.path))
        taken: set[str] = set()
        for file in _html_files(root, source.name):
            page = _page(file, root, max_bytes)
            if isinstance(page, StoredPage) and canonical_url(page.url) in taken:
                page = StoredPage(_file_url(file, root), page.saved_at, page.headers, page.body)
            taken.add(canonical_url(page.url))
            yield page


def _html_files(root: Path, name: str) -> list[Path]:
    if not root.is_dir():
        raise SourceError(
            "there is no such folder",
            where=f"{name} ({root})",
            next_step="correct `path:` of the source; it is relative to the sources file",
        )
    return sorted(path for path in root.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())


def _page(file: Path, root: Path, max_bytes: int) -> StoredPage | UnreadablePage:
    try:
        size, modified = file.stat().st_size, file.stat().st_mtime
        if size > max_bytes:
            return UnreadablePage(_file_url(file, root), f"{size:,} bytes, more than {max_bytes:,}")
        body = file.read_bytes()
    except OSError as error:
        return UnreadablePage(_file_url(file, root), f"cannot be read: {error.strerror}")
    saved_at = datetime.fromtimestamp(int(modified), UTC)
    headers = (("Content-Type", "text/html"), ("Content-Length", str(len(body))))
    return StoredPage(own_url(body) or _file_url(file, root), saved_at, headers, body)


def own_url(body: bytes) -> str | None:
    """The address a page gives itself: <link rel="canonical">, else og:url; None when there is neither."""
    from lxml import etree, html

    try:
        tree: Any = html.document_fromstring(body[:HEAD_BYTES])
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    named = [
        *tree.xpath("//link[@rel='canonical']/@href"),
        *tree.xpath("//meta[@property='og:url']/@content"),
    ]
    return next((str(url).strip() for url in named if is_web_url(str(url).strip())), None)


def _file_url(file: Path, root: Path) -> str:
    """Relative to the source's folder, so that the same folder gives the same ids on every machine."""
    return f"file:///{quote(file.relative_to(root).as_posix())}"
