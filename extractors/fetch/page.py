"""One URL in, its page out, fetched by the rules that every source obeys: robots.txt, addresses, limits."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from extractors.errors import SourceError
from extractors.fetch.archive import read_pages
from extractors.fetch.crawl import fetch_source
from extractors.fetch.manifest import MANIFEST, read_manifest
from extractors.home import Home
from extractors.records import Page
from extractors.settings import Settings
from extractors.sources.model import Kind, Ownership, Source

NAME = "one-page"


def fetch_page(url: str, *, settings: Settings, night: date, allow_loopback: bool = False) -> Page:
    """Fetch the page and keep nothing of it on disk.

    Raises:
        SourceError: it could not be fetched, or may not be; says why.
    """
    with tempfile.TemporaryDirectory(prefix="communique-page-") as folder:
        listing = Path(folder) / "urls.txt"
        listing.write_text(f"{url}\n", encoding="utf-8")
        home = Home(Path(folder) / "home")
        source = one_page_source(listing, allow_loopback=allow_loopback)
        fetch_source(source, night=night, home=home, settings=settings)
        found = home.warc(night, NAME)
        for _, page in read_pages(found):
            return page
        reasons = [line.reason for line in read_manifest(found / MANIFEST) if line.reason]
    raise SourceError(
        reasons[0] if reasons else "this is no URL",
        where=url,
        next_step="correct the URL, or save the article as a text file and name that",
    )


def one_page_source(listing: Path, *, allow_loopback: bool) -> Source:
    """A source that is no outlet: the URLs of a file, fetched once, by the rules of every source."""
    return Source(
        name=NAME,
        title=NAME,
        kind=Kind.URL_LIST,
        path=listing,
        language="en",
        ownership=Ownership.ARCHIVE,
        allow_loopback=allow_loopback,
        delay_seconds=0,
        time_limit_seconds=120,
    )
