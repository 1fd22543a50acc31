"""Sitemap, news sitemap and sitemap index bytes in, listing out; gzip allowed."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from extractors.sources.kinds import Entry, Listing, Location, UnreadableListingError
from extractors.sources.xml_limits import MAX_BYTES
from extractors.times import parse_moment

if TYPE_CHECKING:
    from extractors.sources.model import Source

MAX_ENTRIES = 50_000  # the protocol's own limit
MAX_CHILDREN = 50  # of an index, the latest first
ITEMS = {"urlset": "url", "sitemapindex": "sitemap"}


class Sitemap:
    """`kind: sitemap`: a sitemap, news sitemap or sitemap index at `url`."""

    location: Location = "url"

    def start(self, source: Source) -> Listing:
        return Listing(listings=(Entry(str(source.url)),))

    def read(self, body: bytes, *, url: str) -> Listing:
        parser = _parser(unzipped(body).strip())
        events = _events(parser)
        root = _root_name(events)
        if root not in ITEMS:
            raise UnreadableListingError(f"no sitemap: the root element is <{root}>")
        entries = list(islice(_entries(events, ITEMS[root], url), MAX_ENTRIES))
        if not entries and len(parser.error_log):
            raise UnreadableListingError(f"broken before its first entry ({parser.error_log[0].message})")
        if root == "urlset":
            return Listing(entries=tuple(entries))
        return Listing(listings=tuple(sorted(entries, key=_latest_first)[:MAX_CHILDREN]))


def unzipped(body: bytes) -> bytes:
    """The body, unpacked when it is gzip; what was cut off gives what stands before the cut.

    Raises:
        UnreadableListingError: broken gzip, or more than MAX_BYTES.
    """
    if len(body) > MAX_BYTES:
        raise UnreadableListingError(f"{len(body):,} bytes, more than {MAX_BYTES:,}")
    if not body.startswith(b"\x1f\x8b"):
        return body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(body, MAX_BYTES)
    except zlib.error as error:
        raise UnreadableListingError(f"broken gzip ({error})") from error
    if unpacker.unconsumed_tail:
        raise UnreadableListingError(f"more than {MAX_BYTES:,} bytes when unpacked")
    return unpacked


def _parser(body: bytes) -> Any:
    """Elements as they open and close. Without huge_tree libxml2 stops at 256 levels, 10 MB of text."""
    from lxml import etree

    return etree.iterparse(
        io.BytesIO(body),
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )


def _events(parser: Any) -> Iterator[tuple[str, Any]]:
    from lxml import etree

    try:
        yield from parser
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableListingError(f"no XML ({error})") from error


def _root_name(events: Iterator[tuple[str, Any]]) -> str:
    first = next(events, None)
    if first is None:
        raise UnreadableListingError("no XML (nothing could be read)")
    return _local_name(first[1])


def _entries(events: Iterator[tuple[str, Any]], item_name: str, base: str) -> Iterator[Entry]:
    """One entry an item, each forgotten once it is read: memory does not grow with the file."""
    for event, item in events:
        if event != "end" or _local_name(item) != item_name:
            continue
        if entry := _entry(item, base):
            yield entry
        item.clear()
        while item.getprevious() is not None:
            del item.getparent()[0]


def _entry(item: Any, base: str) -> Entry | None:
    """What the item says itself; a <loc> or <title> of its images and videos is not the page's."""
    own = _texts(item)
    news = next((_texts(child) for child in item if _local_name(child) == "news"), {})
    stated = (parse_moment(own.get("lastmod")), parse_moment(news.get("publication_date")))
    updated_at = next((moment.in_utc(None) for moment in stated if moment), None)
    try:
        return Entry(urljoin(base, own["loc"]), updated_at, news.get("title")) if own.get("loc") else None
    except ValueError:
        return None


def _texts(node: Any) -> dict[str, str]:
    return {_local_name(child): (child.text or "").strip() for child in node}


def _local_name(node: Any) -> str:
    # Comments and entity references have a function for a tag.
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


def _latest_first(entry: Entry) -> float:
    return -entry.updated_at.timestamp() if entry.updated_at else 0.0
