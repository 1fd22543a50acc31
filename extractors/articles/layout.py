"""A page laid out with tables, line breaks or links in, the same page in plain paragraphs out.

Ministries' and old agencies' pages hold their text in table cells, parted by `<br><br>`. Readers take a
table for data, run such lines together, and drop a sentence that is mostly a link.
"""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import Element, HtmlElement

_CELL_CHARACTERS = 400  # a cell that holds more than this, in blocks or lines, is no datum
_FEWEST_BREAKS = 3
_PARAGRAPH_SHARE = 0.2
_SENTENCE_CHARACTERS = 40
_SENTENCE_END = re.compile(r"[.!?…。؟।][\"'”’»)\]]*$")
_OUTSIDE_CHARACTERS = 6
_LINK_LINE, _PROSE = 12, 80
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "center", "div", "dl", "figure", "footer", "form", "h1",
        "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table",
        "ul",
    }
)  # fmt: skip
_BLANK_LINE = re.compile(r"\n\s*\n")


def in_blocks(tree: HtmlElement) -> HtmlElement:
    """The tree itself, changed in place."""
    for table in list(tree.iter("table")):
        if _is_layout(table):
            _as_divisions(table)
    for typed in list(tree.iter("pre")):
        _as_paragraphs(typed)
    for container in list(tree.iter("div", "td", "section", "article", "center", "font", "span")):
        if len(container.findall("br")) >= _FEWEST_BREAKS:
            _split_at_breaks(container)
    paragraphs = sum(_length(paragraph) for paragraph in tree.iter("p"))
    if paragraphs < _PARAGRAPH_SHARE * _length(tree):
        _divisions_to_paragraphs(tree)
    _unlink_prose(tree)
    _drop_link_lines(tree)
    return tree


def _drop_link_lines(tree: HtmlElement) -> None:
    """Paragraphs between an article's that are a link and no sentence lead to other articles."""
    for paragraph in list(tree.iter("p")):
        links = list(paragraph.iter("a"))
        words = "".join(paragraph.itertext()).strip()
        if not links or len(words) < _LINK_LINE or _SENTENCE_END.search(words):
            continue
        outside = len(words) - sum(len("".join(link.itertext())) for link in links)
        parent = paragraph.getparent()
        if outside < _OUTSIDE_CHARACTERS and parent is not None and _has_prose(parent):
            paragraph.drop_tree()


def _has_prose(parent: HtmlElement) -> bool:
    beside = (words for item in islice(parent.iterchildren("p"), 50) if (words := "".join(item.itertext())))
    return sum(len(words) >= _PROSE and bool(_SENTENCE_END.search(words.strip())) for words in beside) >= 2


def _unlink_prose(tree: HtmlElement) -> None:
    """Links inside a sentence become plain words: a sentence that is mostly link is still a sentence.

    trafilatura takes "It also <a>holds joint exercises with its neighbours</a>." for a list of links.
    """
    for paragraph in list(tree.iter("p")):
        links = list(paragraph.iter("a"))
        if not links:
            continue
        words = "".join(paragraph.itertext()).strip()
        outside = len(words) - sum(len("".join(link.itertext())) for link in links)
        if _SENTENCE_END.search(words) and outside >= _OUTSIDE_CHARACTERS:
            for link in links:
                link.drop_tag()


def _divisions_to_paragraphs(tree: HtmlElement) -> None:
    """Divisions that hold a sentence and no block, on a page that has hardly any paragraphs."""
    for division in list(tree.iter("div")):
        is_leaf = not any(inner.tag in _BLOCKS for inner in division.iterdescendants())
        if is_leaf and _length(division) >= _SENTENCE_CHARACTERS:
            division.tag = "p"


def _length(element: HtmlElement) -> int:
    return sum(len(text) for text in element.itertext())


def _split_at_breaks(container: HtmlElement) -> None:
    """Two line breaks in a row end a paragraph, and so does a block; a single one stays."""
    parts = [_paragraph(container.text)]
    breaks: list[HtmlElement] = []
    for child in list(container):
        tail, child.tail = child.tail, None
        container.remove(child)
        if child.tag in _BLOCKS:
            parts += [child, _paragraph(tail)]
            breaks = []
            continue
        if child.tag == "br":
            breaks.append(child)
            if not (tail or "").strip():
                continue
        parts, breaks = _after(parts, breaks), []
        if child.tag != "br":
            parts[-1].append(child)
        _add_text(parts[-1], tail)
    container.text = None
    container.extend(part for part in parts if len(part) or (part.text or "").strip() or part.tag in _BLOCKS)


def _after(parts: list[HtmlElement], breaks: list[HtmlElement]) -> list[HtmlElement]:
    if len(breaks) > 1:
        return [*parts, _paragraph(None)]
    parts[-1].extend(breaks)
    return parts


def _paragraph(text: str | None) -> HtmlElement:
    paragraph = Element("p")
    paragraph.text = text
    return paragraph


def _add_text(paragraph: HtmlElement, text: str | None) -> None:
    if len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "") + (text or "")
    else:
        paragraph.text = (paragraph.text or "") + (text or "")


def _is_layout(table: HtmlElement) -> bool:
    return any(
        cell.find(".//p") is not None or cell.find(".//br") is not None or cell.find(".//table") is not None
        for cell in table.iter("td")
        if _length(cell) > _CELL_CHARACTERS
    )


def _as_divisions(table: HtmlElement) -> None:
    """The table's own rows and cells become `div`; a table of data inside it stays one."""
    for part in list(table.iter("tbody", "thead", "tr", "td", "th")):
        if next(part.iterancestors("table"), None) is table:
            part.tag = "div"
    table.tag = "div"


def _as_paragraphs(typed: HtmlElement) -> None:
    if len(typed) or not typed.text:
        return
    typed.extend([_paragraph(block) for block in _BLANK_LINE.split(typed.text)])
    typed.text, typed.tag = None, "div"
