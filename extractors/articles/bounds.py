"""Any HTML in, a tree out that no reader can get lost in: limited in size, depth and number of nodes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.etree import ParserError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

# libxml2 stops at 256 levels and drops what follows; pages that deep are flattened and read again.
_DEEP = "Excessive depth"
_CONTAINERS = re.compile(
    r"</?(?:div|span|font|section|center|b|i|em|strong|u|small|big)(?:\s[^<>]*)?/?>", re.I
)
_ALL_BUT_BLOCKS = re.compile(
    r"</?(?!(?:html|head|body|title|meta|link|script|style|h[1-6]|p|time|article|main)\b)[a-z][^<>]*>", re.I
)
# libxml2 and htmldate compare every attribute of a tag with every other: 100,000 of them cost 26 s each.
_LONG_TAG = re.compile(r"<([a-zA-Z][\w-]*)\s[^<>]{4000,}>")
_MOST_ATTRIBUTES = 200
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.I)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits on a page; a long news page has a few thousand tags."""

    characters: int = 5_000_000
    tags: int = 30_000
    seconds: float = 20.0  # what a worker may spend on one page before it is killed


@dataclass(frozen=True, slots=True)
class Bounded:
    tree: HtmlElement
    cut: str | None  # what was done to the page to keep it within bounds


def bounded_tree(html: str, bounds: Bounds) -> Bounded | None:
    """The parsed page, or None when there is nothing in it."""
    kept, cut = _shortened(html, bounds)
    kept = _LONG_TAG.sub(_without_stuffing, _CONTROLS.sub(" ", _XML_DECLARATION.sub("", kept)))
    tree, is_deep = _parsed(kept)
    for flatten in (_CONTAINERS, _ALL_BUT_BLOCKS):
        if not is_deep:
            break
        cut = "nested too deep: flattened"
        tree, is_deep = _parsed(flatten.sub(" ", kept))
    return None if tree is None else Bounded(tree, cut)


def _shortened(html: str, bounds: Bounds) -> tuple[str, str | None]:
    if len(html) > bounds.characters:
        return _shortened(html[: bounds.characters], bounds)[
            0
        ], f"longer than {bounds.characters} characters: cut"
    if html.count("<") <= bounds.tags:
        return html, None
    end = 0
    for _ in range(bounds.tags):
        end = html.index("<", end) + 1
    return html[: end - 1], f"more than {bounds.tags} tags: cut"


def _without_stuffing(tag: re.Match[str]) -> str:
    return f"<{tag[1]}>" if tag[0].count("=") > _MOST_ATTRIBUTES else tag[0]


def _parsed(html: str) -> tuple[HtmlElement | None, bool]:
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (ParserError, ValueError, AssertionError):
        return None, False
    return tree, any(_DEEP in entry.message for entry in parser.error_log)
