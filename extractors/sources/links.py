"""An HTML page in, its links within the site out, each once, with its words and the places it stands at."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

from extractors.sources.urls import canonical_url, is_web_url

if TYPE_CHECKING:
    from tldextract import TLDExtract

MAX_ANCHORS = 5_000
MAX_ANCESTORS = 12
MAX_TEXT = 400
WHOLE_PAGE = {"html", "body"}


@dataclass(frozen=True, slots=True)
class Link:
    """`path` and `text` (the longest of its anchors) in lower case for rules, `title` as it stands.

    `places`: for each anchor the names, classes and ids of the elements around it, outermost first.
    """

    url: str
    path: str
    text: str
    title: str
    places: tuple[str, ...]


def page_links(tree: Any, *, url: str) -> list[Link]:
    """Links to pages of the same site, in the order of the page."""
    base = _base(tree, url)
    site = site_of(url)
    found: dict[str, Link] = {}
    for anchor in list(tree.iter("a"))[:MAX_ANCHORS]:
        target = _target(anchor, base)
        if target is None or site_of(target) != site:
            continue
        key = canonical_url(target)
        found[key] = _merged(found.get(key), _link(anchor, target))
    own = canonical_url(url)
    return [link for key, link in found.items() if key != own]


def site_of(url: str) -> str:
    """The registered domain: pages of www.a.org and news.a.org are one site's."""
    host = urlsplit(url).hostname or ""
    return _suffixes()(host).top_domain_under_public_suffix or host


@functools.cache
def _suffixes() -> TLDExtract:
    from tldextract import TLDExtract

    return TLDExtract(cache_dir=None, suffix_list_urls=())  # the list that the package ships, no download


def _base(tree: Any, url: str) -> str:
    stated = tree.xpath("//base/@href")
    try:
        return urljoin(url, str(stated[0]).strip()) if stated else url
    except ValueError:
        return url


def _target(anchor: Any, base: str) -> str | None:
    href = (anchor.get("href") or "").strip()
    if not href or href.startswith("#"):
        return None
    try:
        target = urljoin(base, href).partition("#")[0]
        canonical_url(target)
    except ValueError:
        return None
    return target if is_web_url(target) else None


def _link(anchor: Any, target: str) -> Link:
    title = " ".join("".join(anchor.itertext()).split())[:MAX_TEXT]
    title = title or " ".join((anchor.get("title") or anchor.get("aria-label") or "").split())[:MAX_TEXT]
    parts = urlsplit(target)
    path = unquote(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    return Link(target, path.casefold(), title.casefold(), title, (" ".join(_around(anchor)).casefold(),))


def _around(anchor: Any) -> Iterator[str]:
    """`main`, `div`, `story-card`, `h3`, `a`; headings within the anchor count as around it."""
    ancestors = [node for node in anchor.iterancestors() if node.tag not in WHOLE_PAGE][:MAX_ANCESTORS]
    for node in [*reversed(ancestors), anchor]:
        yield str(node.tag)
        yield from (value for name in ("class", "id", "role") if (value := node.get(name)))
    yield from (str(node.tag) for node in anchor.iter("h1", "h2", "h3", "h4", "h5"))


def _merged(known: Link | None, link: Link) -> Link:
    if known is None:
        return link
    best = link if len(link.text) > len(known.text) else known
    return Link(known.url, known.path, best.text, best.title, known.places + link.places)
