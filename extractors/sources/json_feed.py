"""JSON Feed bytes (jsonfeed.org, versions 1.0 and 1.1) in, entries out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from extractors.sources.kinds import Entry, UnreadableListingError
from extractors.times import parse_moment

VERSION = "jsonfeed.org/version/"


def is_json(body: bytes) -> bool:
    """Told by content: servers send JSON feeds as application/feed+json, application/json or text/plain."""
    return body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def read_json_feed(body: bytes, *, url: str) -> tuple[Entry, ...]:
    """The entries in the order of the feed; items without a URL are left out.

    Raises:
        UnreadableListingError: the body is no JSON, or not that of a feed.
    """
    try:
        feed = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise UnreadableListingError(f"no JSON ({error})") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise UnreadableListingError("JSON, but no JSON Feed: it has no list `items`")
    if VERSION not in str(feed.get("version")):
        raise UnreadableListingError(f"JSON, but no JSON Feed: its version is {feed.get('version')!r}"[:200])
    return tuple(_entries(items, url))


def _entries(items: list[Any], base: str) -> Iterator[Entry]:
    for item in items:
        link = _link(item) if isinstance(item, dict) else None
        if link is None:
            continue
        stated = (parse_moment(_text(item.get(name))) for name in ("date_modified", "date_published"))
        updated_at = next((moment.in_utc(None) for moment in stated if moment), None)
        try:
            yield Entry(urljoin(base, link), updated_at, _text(item.get("title")))
        except ValueError:
            continue


def _link(item: dict[str, Any]) -> str | None:
    """`url`; else an `id` that is an address. `external_url` leads to another site's page."""
    if link := _text(item.get("url")):
        return link
    name = _text(item.get("id")) or ""
    return name if name.startswith(("http://", "https://")) else None


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
