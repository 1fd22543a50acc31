"""A fetched page in, a document out that every reader can ask: tree, metas, JSON-LD, content part."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from extractors.articles.addresses import normalised
from extractors.articles.bounds import Bounds, bounded_tree
from extractors.articles.decoding import decode
from extractors.articles.layout import in_blocks
from extractors.articles.prune import pruned
from extractors.records import Page

_META_CHARACTERS = 2_000  # some sites put whole articles into a meta tag
_LD_NODES = 5_000
_LD_OTHERS = frozenset({"citation", "comment", "isBasedOn", "itemListElement", "liveBlogUpdate", "mentions"})
T = TypeVar("T")
_LD_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)
_LD_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/', re.S)  # strings too: they may hold slashes
_LD_TRAILING_COMMA = re.compile(r",\s*([}\]])")


@dataclass(frozen=True)
class Document:
    """A page ready to be read. Readers must not change `tree` or `content`; they take a copy.

    `url` is in normal form, or empty when the page's is no web address.
    """

    url: str
    tree: HtmlElement
    characters: int
    cut: str | None
    now: datetime

    def once(self, key: str, find: Callable[[Document], T]) -> T:
        """What a reader found for one field and needs again for the next: looked for only once."""
        if key not in self._found:
            self._found[key] = find(self)
        found: T = self._found[key]
        return found

    @cached_property
    def _found(self) -> dict[str, Any]:
        return {}

    @property
    def host(self) -> str:
        return (urlsplit(self.url).hostname or "").lower()

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """`name` or `property` of each meta tag, lower case → its contents in page order.

        `itemprop` too where the tag is in the head and so can only be about the page.
        """
        found: dict[str, list[str]] = {}
        for meta in self.tree.iter("meta"):
            content = (meta.get("content") or "").strip()[:_META_CHARACTERS]
            in_head = meta.getparent() is not None and meta.getparent().tag == "head"
            item = meta.get("itemprop") if in_head else None
            for key in {meta.get("property"), meta.get("name"), item}:
                if key and content:
                    found.setdefault(key.strip().lower(), []).append(content)
        return found

    def meta(self, *names: str) -> str | None:
        """The first content of the first of these meta tags that the page has."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)

    @cached_property
    def linked_data(self) -> tuple[dict[str, Any], ...]:
        """Every typed JSON-LD object about the page itself, outer before inner, in page order."""
        scripts = self.tree.xpath("//script[contains(@type, 'ld+json')]")
        nodes: list[dict[str, Any]] = []
        for script in scripts:
            for node in _typed_nodes(_loads(script.text or "")):
                if len(nodes) >= _LD_NODES:
                    break
                nodes.append(node)
        return tuple(nodes)

    @cached_property
    def content(self) -> HtmlElement:
        """The tree without scripts, captions, navigation, boxes and banners (prune.yml)."""
        return in_blocks(pruned(copy.deepcopy(self.tree)))


def open_page(page: Page, *, now: datetime, bounds: Bounds) -> Document | None:
    """Decode and parse a page within bounds; None when it has no HTML at all."""
    html = decode(page.html, page.content_type)
    bounded = bounded_tree(html, bounds)
    if bounded is None:
        return None
    return Document(normalised(page.url) or "", bounded.tree, len(html), bounded.cut, now)


def _loads(text: str) -> Any:
    """JSON as sites write it: in comments or with some inside, with raw line breaks or commas too many."""
    plain = _LD_WRAPPING.sub("", text.strip())
    uncommented = _LD_COMMENT.sub(lambda part: part[0] if part[0][0] == '"' else " ", plain)
    for attempt in (plain, _LD_TRAILING_COMMA.sub(r"\1", uncommented)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _typed_nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Breadth first, so that an article comes before what is embedded in it."""
    queue = [value]
    for seen, item in enumerate(queue):
        if seen > _LD_NODES:
            return
        if isinstance(item, list):
            queue.extend(item)
        elif isinstance(item, dict):
            if "@type" in item:
                yield item
            queue.extend(
                inner
                for key, inner in item.items()
                if isinstance(inner, dict | list) and key not in _LD_OTHERS
            )
