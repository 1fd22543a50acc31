"""A page in, its main text (trafilatura) and the day it was published (htmldate) out."""

from __future__ import annotations

import copy
from collections import Counter
from datetime import timedelta
from typing import Any

from lxml.html import HtmlElement, document_fromstring

from extractors.articles.container import article_container, prose_by_element
from extractors.articles.document import Document
from extractors.articles.readers.base import Silent
from extractors.times import Moment, parse_moment

_BREAK = "\n\n"
# trafilatura's own choice of the article's element stands if it holds this share of the prose (one piece of
# several, or any), and is not so many times wider than one inside it that holds nearly all of it.
_HELD, _LEAST, _ALL, _WIDER = 0.7, 0.3, 0.95, 1.5
_SHORT_LINE = 50
_BLOCKS = frozenset({"p", "head", "item", "quote", "code", "row", "list", "table", "div", "ab"})


class TrafilaturaReader(Silent):
    """`fast` reads with trafilatura's own rules; without it readability and justext are asked too."""

    def __init__(self, name: str, *, fast: bool, focus: str) -> None:
        self.name = name
        self._fast = fast
        self._focus = focus

    def title(self, document: Document) -> str | None:
        from trafilatura.metadata import extract_title

        title: str | None = extract_title(copy.deepcopy(document.tree))
        return title

    def published_at(self, document: Document) -> Moment | None:
        """htmldate's day. Where it read only a month it says the first: that day must be found twice."""
        found = _day(document, extensive=True)
        if found and found.endswith("-01") and _day(document, extensive=False) != found:
            return None
        return parse_moment(found)

    def text(self, document: Document) -> tuple[str, ...]:
        from trafilatura import bare_extraction

        try:
            found = bare_extraction(
                document.once("trafilatura.page", _with_container),
                url=document.url or None,
                fast=self._fast,
                favor_precision=self._focus == "precision",
                favor_recall=self._focus == "recall",
                include_comments=False,
                include_tables=False,
            )
        except (ValueError, TypeError, AttributeError, RecursionError):
            return ()
        body = getattr(found, "body", None)
        return () if body is None else paragraphs_of(body)


def _with_container(document: Document) -> HtmlElement:
    """The page, or only its article's element where trafilatura would read another, a part or far more.

    trafilatura reads the first element that is named like an article's.
    """
    content = document.content
    weights = prose_by_element(content)
    container = article_container(content, weights)
    if container is None or container.tag in ("html", "body"):
        return content
    named = _first_named(content, weights)
    if named is not None and not _is_wrong(named, container, weights):
        return content
    page: HtmlElement = document_fromstring('<article class="article-body"></article>')
    page.find(".//article").append(copy.deepcopy(container))
    return page


def _first_named(content: HtmlElement, weights: Counter[HtmlElement]) -> HtmlElement | None:
    from trafilatura.xpaths import BODY_XPATH

    firsts = (found[0] for expression in BODY_XPATH if (found := expression(content)))
    return next((named for named in firsts if weights[named]), None)


def _is_wrong(named: HtmlElement, container: HtmlElement, weights: Counter[HtmlElement]) -> bool:
    if weights[named] < (_HELD if _has_twins(named, container) else _LEAST) * weights[container]:
        return True
    is_inside = any(outer is named for outer in container.iterancestors())
    holds_all = weights[container] >= _ALL * weights[named]
    return is_inside and holds_all and _characters(named) > _WIDER * _characters(container)


def _has_twins(named: HtmlElement, container: HtmlElement) -> bool:
    """Whether the article's element holds more of its kind: the text comes in pieces."""
    name = named.get("class")
    twins = [other for other in container.iter(named.tag) if other.get("class") == name]
    return len(twins) > 1


def _characters(element: HtmlElement) -> int:
    return sum(len(text) for text in element.itertext())


def _day(document: Document, *, extensive: bool) -> str | None:
    from htmldate import find_date

    try:
        day: str | None = find_date(
            copy.deepcopy(document.tree),
            extensive_search=extensive,
            original_date=True,
            url=document.url or None,
            max_date=(document.now + timedelta(days=1)).strftime("%Y-%m-%d"),
        )
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None
    return day


def paragraphs_of(body: HtmlElement) -> tuple[str, ...]:
    """trafilatura's result tree as paragraphs: each block, list item and double line break ends one."""
    parts: list[str] = []
    _collect(body, parts)
    blocks = "".join(parts).split(_BREAK)
    return tuple(" ".join(block.split()) for block in blocks if block.strip())


def _collect(element: Any, parts: list[str]) -> None:
    is_block = element.tag in _BLOCKS
    if is_block:
        parts.append(_BREAK)
    parts.append(_flat(element.text))
    for child in element:
        if child.tag == "lb":
            parts.append(_line_break(parts))
        else:
            _collect(child, parts)
        parts.append(_flat(child.tail))
    if is_block:
        parts.append(_BREAK)


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ")


def _line_break(parts: list[str]) -> str:
    """A break after a full stop or short line, or a second in a row, parts paragraphs; others are spaces."""
    before = next((part for part in reversed(parts) if part.strip(" ")), "").rstrip(" ")
    line = "".join(parts[-_SHORT_LINE:]).rsplit("\n", 1)[-1].strip()
    is_end = before.endswith(("\n", ".", "!", "?", "”", '"', ":", "。"))
    return _BREAK if not before or is_end or len(line) < _SHORT_LINE else "\n"
