"""A page as a person sees it in: its heading, byline, printed date and paragraphs out.

For pages without any metadata: "By Jane Roe", "Published: 18 May 2018, 14:30 KST", `<time>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from extractors.articles.document import Document
from extractors.articles.readers.base import Silent
from extractors.articles.titles import title_key
from extractors.times import Moment, parse_moment

_BYLINE_CLASS = re.compile(
    r"(^|[\s_-])(by-?line|authors?|auteur|autor|autore|writer|reporter)(-?names?)?([\s_-]|$)"
)
_NOT_BYLINE = re.compile(
    r"bio|date|time|image|photo|avatar|social|share|follow|desc|about|related|email|twitter"
)
_BY = re.compile(
    r"^\s*(?:(?:written|reported|story|submitted|posted|published)\s+)?(?:by|por|par|von|di|door|av|przez|oleh)[:\s]\s*(?=\S)",
    re.I,
)
_DATE_CLASS = re.compile(
    r"(^|[\s_-])(date|datetime|pub-?date|published|timestamp|time|posted|dateline)([\s_-]|$)|publish"
)
_MODIFIED = re.compile(r"updat|modif|edited", re.I)
_MONTH = r"(?:de\s+)?[^\W\d_]{3,10}\.?"  # any word: parse_moment knows which are months
_CLOCK = (
    r"(?:,?\s*(?:at\s*)?\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?"
    r"\s*(?:\(?[A-Z]{2,4}\)?(?:[+-]\d{1,2})?)?)?"
)
_PRINTED = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|\.)?\s+{_MONTH},?\s+(?:de\s+)?\d{{4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}){_CLOCK}",
    re.I,
)
_ORDINAL = re.compile(r"(\d)(?:st|nd|rd|th)\b", re.I)
_CLOCK_DOT = re.compile(r"(?<=[\s,])(\d{1,2})\.(\d{2})(?!\.?\d)")
_HEAD_BLOCKS = 12  # blocks after the heading that may hold byline and date
_SHORT = 160
_MOST_TIMES = 20
_MOST_HEADINGS, _HEADING = 5, 15
_MOST_BYLINES, _NEAR = 8, 2


class BylineReader(Silent):
    name = "byline"

    def title(self, document: Document) -> str | None:
        """The `<h1>` that the window's title repeats, else the longest: logos and boxes have one too."""
        headings = [text for h1 in document.content.iter("h1") if (text := _words(h1))][:_MOST_HEADINGS]
        title = document.tree.find(".//title")
        window = _words(title) if title is not None else ""
        repeated = (
            text for text in headings if len(text) >= _HEADING and title_key(text) in title_key(window)
        )
        return next(repeated, max(headings, key=len, default=window)) or None

    def authors(self, document: Document) -> tuple[str, ...]:
        marked = tuple(dict.fromkeys(document.once("byline.marked", _marked_bylines)))
        if marked:
            return marked
        blocks = (text for text in head_blocks(document) if len(text) < _SHORT and _BY.match(text))
        return tuple(_until_date(text) for text in blocks)[:1]

    def published_at(self, document: Document) -> Moment | None:
        return next(
            (moment for moment, modified in document.once("byline.times", _times) if not modified), None
        )

    def modified_at(self, document: Document) -> Moment | None:
        return next((moment for moment, modified in document.once("byline.times", _times) if modified), None)

    def text(self, document: Document) -> tuple[str, ...]:
        return tuple(text for p in document.content.iter("p") if (text := _words(p)))


def head_blocks(document: Document) -> list[str]:
    """The short blocks of text that follow the page's heading, or open the page if it has none."""
    blocks: list[str] = []
    for element in document.content.iter(
        "h1", "h2", "p", "div", "span", "time", "address", "li", "td", "small", "i", "em"
    ):
        if element.tag == "h1":
            blocks.clear()
        elif (own := " ".join((element.text or "").split())) or element.tag == "p":
            blocks.append(_words(element)[: _SHORT * 2] or own)
        if len(blocks) >= _HEAD_BLOCKS * 4:
            break
    return blocks[:_HEAD_BLOCKS]


def _marked_bylines(document: Document) -> list[str]:
    """The first byline that markup calls one, after the heading if there is one, and those beside it.

    Further down are the bylines of teasers, columnists and commenters.
    """
    found: list[HtmlElement] = []
    is_after, before = False, 0
    for element in document.tree.iter("h1", "a", "span", "p", "div", "address", "li", "em", "strong"):
        if len(found) >= _MOST_BYLINES:
            break
        if element.tag == "h1" and not is_after:
            is_after, before = True, len(found)
        elif _is_byline(element) and not any(outer in found for outer in element.iterancestors()):
            found.append(element)
    ordered = [element for element in found[before:] + found[:before] if 4 < len(_words(element)) < _SHORT]
    return [_until_date(_words(element)) for element in ordered if _are_near(ordered[0], element)]


def _are_near(first: HtmlElement, other: HtmlElement) -> bool:
    """Whether they stand in one block: a byline of several authors is written as several elements."""
    around = list(islice(first.iterancestors(), _NEAR))
    return any(outer in around for outer in islice(other.iterancestors(), _NEAR)) or first is other


def _is_byline(element: HtmlElement) -> bool:
    if (
        element.get("rel") == "author"
        or (element.get("class") or "").lower() == "fn"
        or "author" in (element.get("itemprop") or "")
    ):
        return True
    names = (element.get("class") or "")[:200].lower()
    return bool(names and _BYLINE_CLASS.search(names) and not _NOT_BYLINE.search(names))


def _until_date(text: str) -> str:
    found = _PRINTED.search(text)
    return (text[: found.start()] if found else text).strip(" |,-–—•·")


def _times(document: Document) -> list[tuple[Moment, bool]]:
    return list(islice(_stated_times(document), _MOST_TIMES))


def _stated_times(document: Document) -> Iterator[tuple[Moment, bool]]:
    """Times in the order of trust: `<time datetime>`, elements called date, dates printed near the top."""
    for element in document.tree.iter("time", "abbr"):
        if moment := parse_moment(element.get("datetime") or element.get("title")):
            yield moment, _is_update(element)
    for element in document.tree.iter("span", "p", "div", "li", "small", "time"):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"[:200].lower()
        if len(names) > 1 and _DATE_CLASS.search(names) and (text := _words(element)) and len(text) < _SHORT:
            yield from _printed(text)
    for text in head_blocks(document):
        if len(text) < _SHORT:
            yield from _printed(text)


def _printed(text: str) -> Iterator[tuple[Moment, bool]]:
    for found in _PRINTED.finditer(text):
        plain = _CLOCK_DOT.sub(r"\1:\2", _ORDINAL.sub(r"\1", found[0])).replace("(", "").replace(")", "")
        if moment := parse_moment(plain):
            yield moment, bool(_MODIFIED.search(text[max(0, found.start() - 25) : found.start()]))


def _is_update(element: HtmlElement) -> bool:
    names = " ".join(str(element.get(key) or "") for key in ("class", "itemprop", "id"))
    parent = element.getparent()
    before = f"{names} {(parent.text or '') if parent is not None else ''} {element.text or ''}"
    return bool(_MODIFIED.search(before))


def _words(element: HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())
