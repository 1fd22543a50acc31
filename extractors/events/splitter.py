"""Article text in, sentences with their character offsets out; cheap rules, no model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractors.articles.text import is_furniture
from extractors.events.wordlists import word_list
from extractors.records import Sentence

MAX_CHARACTERS = 900  # longer "sentences" are lists, tables or markup: they are cut at a space
_PARAGRAPH = re.compile(r"[\r\n\u2028\u2029\x0b\x0c]+")
_END = re.compile(r"""([.!?…])(["'”’)\]»]*)\s+(?=["'“‘(\[«]*[A-Z\u00c0-\u00de]|\d)""")
_LAST_WORD = re.compile(r"([\w.]+)$")


_DATELINE = re.compile(
    r"^(?:By [A-Z][\w. ]+ )?[A-Z][A-Z'’. /-]{2,}(?:, [A-Z][\w.' -]{1,30})?"
    r"(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?\s*"
    r"(?:\([\w /.,]{2,40}\))?\s*(?:--|—|–|:|-)\s+(?=[\w\"“'‘])"
    r"|^[A-Z][a-z]+(?: [A-Z][a-z]+)?(?:, [A-Z][\w.' ]{1,30})? \([A-Z][\w /.,]{1,30}\)\s*"
    r"(?:--|—|–|-)\s+(?=[\w\"“'‘])"
    r"|^\([A-Z][\w ]{1,30}\)\s*(?:--|—|–|-)?\s*"
    r"|^(?:Image (?:copyright|source) [\w/. ]{2,40}?|Media playback is unsupported on your device)?\s*"
    r"(?:Image|Media) caption\s+(?=[A-Z\"“])"
)
_CAPTION = re.compile(r"(?:Image (?:copyright|source) [\w/. ]{2,40}? )?Image caption\b")


@lru_cache(maxsize=256)
def dateline_length(sentence: str) -> int:
    """Characters of "SEOUL, May 16 (Agency) -- " or "Image caption " before the sentence itself; else 0."""
    found = None if sentence.isupper() else _DATELINE.match(sentence)
    return found.end() if found else 0


@lru_cache(maxsize=256)
def is_caption(sentence: str) -> bool:
    """ "Image copyright Agency Image caption The ministers met in Geneva"."""
    return _CAPTION.match(sentence) is not None


def split_sentences(text: str) -> Iterator[Sentence]:
    """Sentences in order. Line breaks end a sentence, as paragraphs and headlines do.

    Captions, players and links to other articles are left out, if there is a text around them.
    """
    index = 0
    paragraphs = list(_paragraphs(text))
    for start, end in paragraphs:
        if len(paragraphs) > 1 and is_furniture(text[start:end]):
            continue
        for first, last in _in_paragraph(text, start, end):
            for piece_first, piece_last in _cut(text, first, last):
                yield Sentence(index, piece_first, piece_last, text[piece_first:piece_last])
                index += 1


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _in_paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for mark in _END.finditer(text, start, end):
        if (
            mark.group(1) == "."
            and not mark.group(2)
            and _is_abbreviation(text[max(first, mark.start() - 20) : mark.start()])
        ):
            continue
        yield from _stripped(text, first, mark.end(2))
        first = mark.end()
    yield from _stripped(text, first, end)


def _is_abbreviation(before: str) -> bool:
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    last = word.group(1)
    if last.lower() in word_list("abbreviations"):
        return True
    return (len(last) == 1 and last.isupper()) or bool(re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", last))


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_CHARACTERS:
        space = text.rfind(" ", start + MAX_CHARACTERS // 2, start + MAX_CHARACTERS)
        cut = space if space > start else start + MAX_CHARACTERS
        yield from _stripped(text, start, cut)
        start = cut
    yield from _stripped(text, start, end)
