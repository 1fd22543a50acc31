"""RSS and Atom bytes in, listing out. feedparser reads bytes that we fetched; it never fetches."""

from __future__ import annotations

import calendar
import io
from datetime import UTC, datetime
from time import struct_time
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from extractors.sources.kinds import Entry, Listing, Location, UnreadableListingError

if TYPE_CHECKING:
    from extractors.sources.model import Source

MAX_ENTRIES = 5_000


class Feed:
    """`kind: feed`: an RSS or Atom feed at `url`."""

    location: Location = "url"

    def start(self, source: Source) -> Listing:
        return Listing(listings=(Entry(str(source.url)),))

    def read(self, body: bytes, *, url: str) -> Listing:
        parsed = _parse(body, url)
        if not parsed.get("version") and not parsed.entries:
            problem = parsed.get("bozo_exception")
            raise UnreadableListingError(f"neither RSS nor Atom{f' ({problem})' if problem else ''}")
        entries = (_entry(item, url) for item in parsed.entries[:MAX_ENTRIES])
        return Listing(entries=tuple(entry for entry in entries if entry))


def _parse(body: bytes, url: str) -> Any:
    import feedparser

    # A stream, not bytes: feedparser takes a string for a URL or a file name.
    try:
        return feedparser.parse(io.BytesIO(body), response_headers={"content-location": url})
    except Exception as error:  # on bytes beyond repair it raises what its parsers raise
        raise UnreadableListingError(f"too broken to read ({type(error).__name__}: {error})") from error


def _entry(item: Any, base: str) -> Entry | None:
    link = item.get("feedburner_origlink") or item.get("link")
    if not link:
        return None
    try:
        return Entry(urljoin(base, link.strip()), _updated_at(item), item.get("title"))
    except ValueError:  # a link such as http://[ that is no URL
        return None


def _updated_at(item: Any) -> datetime | None:
    # dict.get: feedparser's own lookup of `updated` falls back to `published` with a warning.
    times = (dict.get(item, name) for name in ("updated_parsed", "published_parsed"))
    return next((_as_utc(value) for value in times if value), None)


def _as_utc(value: struct_time) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(value), UTC)
    except (ValueError, OverflowError, OSError):
        return None
