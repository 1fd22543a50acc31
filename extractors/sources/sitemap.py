"""Sitemap, news sitemap and sitemap index bytes in, listing out; gzip allowed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from extractors.sources.kinds import Entry, Listing, Location, UnreadableListingError

if TYPE_CHECKING:
    from extractors.sources.model import Source

MAX_BYTES = 50_000_000  # the protocol's own limit for one uncompressed sitemap
MAX_ENTRIES = 50_000
MAX_CHILDREN = 50  # of an index, the latest first


class Sitemap:
    """`kind: sitemap`: a sitemap, news sitemap or sitemap index at `url`."""

    location: Location = "url"

    def start(self, source: Source) -> Listing:
        return Listing(listings=(Entry(str(source.url)),))

    def read(self, body: bytes, *, url: str) -> Listing:
        root = _root(_unzipped(body))
        match _local_name(root):
            case "urlset":
                return Listing(entries=tuple(_entries(root, "url", url)))
            case "sitemapindex":
                children = sorted(_entries(root, "sitemap", url), key=_latest_first)
                return Listing(listings=tuple(children[:MAX_CHILDREN]))
            case other:
                raise UnreadableListingError(f"no sitemap: the root element is <{other}>")


def _unzipped(body: bytes) -> bytes:
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


def _root(body: bytes) -> Any:
    from lxml import etree

    # Without huge_tree libxml2 itself stops at a depth of 256 and at oversized text nodes.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(body.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableListingError(f"no XML ({error})") from error
    if root is None:
        raise UnreadableListingError("no XML (nothing could be read)")
    return root


def _entries(root: Any, item_name: str, base: str) -> Iterator[Entry]:
    for item in list(root)[:MAX_ENTRIES]:
        if _local_name(item) != item_name:
            continue
        fields = {_local_name(node): (node.text or "").strip() for node in item.iterdescendants()}
        if fields.get("loc"):
            updated_at = _as_utc(fields.get("lastmod")) or _as_utc(fields.get("publication_date"))
            try:
                yield Entry(urljoin(base, fields["loc"]), updated_at, fields.get("title"))
            except ValueError:
                continue


def _local_name(node: Any) -> str:
    # Comments and entity references have a function for a tag.
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


def _as_utc(text: str | None) -> datetime | None:
    """W3C date-times: `2018-05-16`, `2018-05-16T09:30Z`, `2018-05-16T09:30:00+01:00`; no zone is UTC."""
    try:
        if text and len(text) == len("2018-05-16"):
            return datetime.combine(date.fromisoformat(text), time(), UTC)
        moment = datetime.fromisoformat(text or "")
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _latest_first(entry: Entry) -> float:
    return -entry.updated_at.timestamp() if entry.updated_at else 0.0
