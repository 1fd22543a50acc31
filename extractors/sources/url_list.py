"""A file with one URL a line in, listing out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from extractors.errors import SourceError
from extractors.sources.kinds import Entry, Listing, Location

if TYPE_CHECKING:
    from extractors.sources.model import Source


class UrlList:
    """`kind: url_list`: a text file at `path`; empty lines and lines that begin with # are left out."""

    location: Location = "path"

    def start(self, source: Source) -> Listing:
        path = Path(str(source.path))
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise SourceError(
                f"the list of URLs cannot be read: {error}",
                where=f"{source.name} ({path})",
                next_step="correct `path:` of the source, or make the file readable as UTF-8 text",
            ) from error
        return self.read(text.encode(), url=path.as_uri())

    def read(self, body: bytes, *, url: str) -> Listing:
        del url  # every line is an absolute URL
        lines = (line.strip() for line in body.decode(errors="replace").splitlines())
        return Listing(entries=tuple(Entry(line) for line in lines if line and not line.startswith("#")))
