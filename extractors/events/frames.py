"""An article's sentences in, the earlier time that a run of them in the past tense is told of, out.

"In 2005 the six signed an accord. Rome froze the accounts of a bank; Cairo walked out." No date stands with the
freezing, and yet it is of 2005: until a sentence speaks of the present, of these days or of what somebody says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from extractors.events import timex
from extractors.events.time import EventTime, is_long_over
from extractors.events.timex_readers import Tense
from extractors.events.wordlists import word_list
from extractors.records import DatePrecision, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.timex import Timex

WORD = re.compile(r"[^\W\d_]+(?:['’]\w+)?")
# What stands behind one of these dates a clause of its own.
ASIDE = re.compile(r"\b(?:which|who|whose|whom|that|where|when|because|since|after|before|until|than|of|from|to)\b", re.I)
LINK_WITHIN = 7  # words
PAST_HELPERS = frozenset({"was", "were", "had", "did"})
FINITE_PRESENT = frozenset({"VBZ", "VBP", "MD"})


class Frames:
    """The frame of each sentence; read from the first on, as far as somebody asks."""

    def __init__(self, text: str, sentences: Sequence[Sentence], published: date | None) -> None:
        self._text = text
        self._sentences = sentences
        self._published = published
        self._known: list[Timex | None] = []

    def of(self, index: int) -> EventTime | None:
        """The time that sentences before this one have set, and it keeps to."""
        while len(self._known) <= index < len(self._sentences):
            self._known.append(self._next(len(self._known)))
        frame = self._known[index] if index < len(self._known) else None
        if frame is None:
            return None
        return EventTime(frame.start, frame.precision, True, frame.start, frame.end, frame.text)

    def _next(self, index: int) -> Timex | None:
        sentence = self._sentences[index]
        before = self._known[index - 1] if index else None
        found = timex.find_all(sentence.text, published=self._published, tense=Tense.PAST)
        words = [word.lower() for word in WORD.findall(sentence.text)]
        if index == 0 or not word_list("of_now").isdisjoint(words) or any(map(self._is_fresh, found)):
            return None
        if (own := self._opening(sentence.text, found)) is not None:
            return own
        return before if self._goes_on(index, words) else None

    def _opening(self, text: str, found: Sequence[Timex]) -> Timex | None:
        """The first of its times, if that is of its main clause."""
        old = next((one for one in found if self._is_old(one)), None)
        return None if old is None or ASIDE.search(text[: old.first]) else old

    def _goes_on(self, index: int, words: Sequence[str]) -> bool:
        """In the same paragraph, or with a word that looks back at the one before."""
        gap = self._text[self._sentences[index - 1].end : self._sentences[index].start]
        return "\n" not in gap or not word_list("linking_words").isdisjoint(words[:LINK_WITHIN])

    def _is_old(self, one: Timex) -> bool:
        return one.is_background or is_long_over(one.start, one.end, one.precision, self._published)

    def _is_fresh(self, one: Timex) -> bool:
        return not self._is_old(one) and (one.start or one.end) is not None


def is_narrated(trigger: Token) -> bool:
    """Whether the verb that carries it stands in the narrative past: "froze", "were expelled", "had left"."""
    token = trigger
    for _ in range(8):
        helpers = {child.lower_ for child in token.children if child.dep_ in {"aux", "auxpass"}}
        if token.tag_ in FINITE_PRESENT or helpers & word_list("present_helpers"):
            return False
        if token.tag_ == "VBD" or (token.tag_ in {"VBN", "VB", "VBG"} and helpers & PAST_HELPERS):
            return True
        if token.head.i == token.i:
            return False
        token = token.head
    return False


def in_frame(when: EventTime, frame: EventTime | None, trigger: Token) -> EventTime:
    """The time of the frame for what is narrated without a time of its own."""
    has_own = when.precision not in {DatePrecision.PUBLICATION, DatePrecision.UNKNOWN}
    if frame is None or has_own or when.is_background or not is_narrated(trigger):
        return when
    if frame.date is None:
        return EventTime(when.date, when.precision, True)
    return frame
