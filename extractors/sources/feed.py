"""RSS, Atom and JSON Feed bytes in, listing out. feedparser reads bytes that we fetched; it never fetches."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from extractors.sources.json_feed import is_json, read_json_feed
from extractors.sources.kinds import Entry, Listing, Location, UnreadableListingError
from extractors.sources.xml_limits import first_items, within_limits
from extractors.times import parse_moment

if TYPE_CHECKING:
    from extractors.sources.model import Source

MAX_ENTRIES = 5_000
HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)


class Feed:
    """`kind: feed`: an RSS or Atom feed, or a JSON Feed, at `url`; which of them, the content tells."""

    location: Location = "url"

    def start(self, source: Source) -> Listing:
        return Listing(listings=(Entry(str(source.url)),))

    def read(self, body: bytes, *, url: str) -> Listing:
        if is_json(body):
            return Listing(entries=read_json_feed(body, url=url)[:MAX_ENTRIES])
        if HTML.match(body.removeprefix(b"\xef\xbb\xbf")[:4096]):
            raise UnreadableListingError(
                "an HTML page instead of a feed; `communique sources check --url` finds the feeds of a site"
            )
        parsed = _parse(body, url)
        if not parsed.entries:
            _check_empty(parsed)
        entries = (_entry(item, url) for item in parsed.entries[:MAX_ENTRIES])
        return Listing(entries=tuple(entry for entry in entries if entry))


def _parse(body: bytes, url: str) -> Any:
    import feedparser
    from feedparser.encodings import convert_to_utf8

    # The limits look at bytes, which in UTF-16 are others. feedparser's own choice of encoding is kept.
    try:
        text = convert_to_utf8({}, body, {}) if body else body
        limited = first_items(within_limits(text), b"item|entry", MAX_ENTRIES)
        # A stream, not bytes: feedparser takes a string for a URL or a file name.
        return feedparser.parse(
            io.BytesIO(limited),
            response_headers={"content-location": url},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except UnreadableListingError:
        raise
    except Exception as error:  # on bytes beyond repair it raises what its parsers raise
        raise UnreadableListingError(f"too broken to read ({type(error).__name__}: {error})") from error


def _check_empty(parsed: Any) -> None:
    """A feed without entries is a quiet outlet's, unless it broke off before them."""
    from xml.sax import SAXException

    problem = parsed.get("bozo_exception")
    if not parsed.get("version"):
        why = problem or "no such root element"
        raise UnreadableListingError(f"neither RSS, Atom nor JSON Feed ({why})")
    if isinstance(problem, SAXException):
        raise UnreadableListingError(f"broken before its first entry ({problem})")


def _entry(item: Any, base: str) -> Entry | None:
    link = item.get("feedburner_origlink") or item.get("link")
    if not link:
        return None
    # dict.get: feedparser's own lookup of `updated` falls back to `published` with a warning.
    stated = (parse_moment(dict.get(item, name)) for name in ("updated", "published"))
    updated_at = next((moment.in_utc(None) for moment in stated if moment), None)
    try:
        return Entry(urljoin(base, link.strip()), updated_at, item.get("title"))
    except ValueError:  # a link such as http://[ that is no URL
        return None
