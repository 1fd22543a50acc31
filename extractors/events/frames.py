"""An article's sentences in, the earlier time that a run of them in the past tense is told of, out.

"In 2005 the six signed an accord. Rome froze the accounts of a bank." No date stands with the freezing, and
yet it is of 2005: until a sentence speaks of the present, of these days or of what somebody says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from extractors.events import timex
from extractors.events.explaining import is_explaining, is_heading, opens_background
from extractors.events.time import EventTime, is_long_over
from extractors.events.timex_readers import Tense
from extractors.events.wordlists import word_list
from extractors.records import DatePrecision, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.timex import Timex

WORD = re.compile(r"[^\W\d_]+(?:['’]\w+)?")
# A clause of its own begins with one of these, or it is of a noun that the date is.
_BEGINS = r"which|who|whose|whom|that|where|when|because|since|after|before|than|over|despite|following"
ASIDE = re.compile(rf"\b(?:{_BEGINS})\b|\b(?:of|from|to|the|until)\s*$", re.I)
CLAUSE = re.compile(rf"[,;:(–—]|\b(?:to|{_BEGINS})\b", re.I)
LINK_WITHIN = 7  # words
PAST_HELPERS = frozenset({"was", "were", "had", "did"})
FINITE_PRESENT = frozenset({"VBZ", "VBP", "MD"})


class Frames:
    """The frame of each sentence; read from the first on, as far as somebody asks."""

    def __init__(
        self, text: str, sentences: Sequence[Sentence], published: date | None, *, title: str | None = None
    ) -> None:
        self._text = text
        self._is_reference = is_explaining(title)
        self._explains: list[bool] = []
        self._sentences = sentences
        self._published = published
        self._known: list[tuple[Timex | None, Timex | None]] = []

    def explains(self, index: int, trigger: Token) -> bool:
        """Under a heading such as "What's the background?", and not of these days.

        An article of reference says also what is the case now.
        """
        while len(self._explains) <= index < len(self._sentences):
            self._explains.append(self._is_explanation(len(self._explains)))
        if index == 0 or index >= len(self._explains) or not self._explains[index]:
            return False
        if self._is_reference and not is_narrated(trigger):
            return False
        text = self._sentences[index].text
        return not any(map(self._is_fresh, timex.find_all(text, published=self._published, tense=Tense.PAST)))

    def _is_explanation(self, index: int) -> bool:
        line = self._sentences[index].text
        if is_heading(line) and self._stands_alone(index):
            return self._is_reference or opens_background(line)
        return self._explains[index - 1] if index else self._is_reference

    def _stands_alone(self, index: int) -> bool:
        sentence = self._sentences[index]
        return (
            "\n" in self._text[max(0, sentence.start - 2) : sentence.start]
            and "\n" in (self._text[sentence.end : sentence.end + 2])
        )

    def of(self, index: int, *, at: int) -> EventTime | None:
        """The time that the words before the sentence's character `at` have set, and that it keeps to."""
        while len(self._known) <= index < len(self._sentences):
            self._known.append(self._next(len(self._known)))
        if index >= len(self._known):
            return None
        carried, own = self._known[index]
        frame = own if own is not None and self._is_told_in(own, index, at) else carried
        if frame is None:
            return None
        return EventTime(frame.start, frame.precision, True, frame.start, frame.end, frame.text)

    def _is_told_in(self, own: Timex, index: int, at: int) -> bool:
        """ "In May it left and refused", "stopped answering on 10 August"; not of clauses between."""
        between = self._sentences[index].text[at : own.first]
        return own.last <= at or CLAUSE.search(between) is None

    def _next(self, index: int) -> tuple[Timex | None, Timex | None]:
        """What the sentence is told in from its beginning, and what it sets itself."""
        sentence = self._sentences[index]
        found = timex.find_all(sentence.text, published=self._published, tense=Tense.PAST)
        words = [word.lower() for word in WORD.findall(sentence.text)]
        if index == 0:
            return None, None
        if found and found[0].first == 0 and found[0].end is None and self._is_old(found[0]):
            return None, found[0]  # "Since 2022 it has refused"
        if not word_list("of_now").isdisjoint(words) or any(map(self._is_fresh, found)):
            return None, None
        carried, own = self._known[index - 1]
        before = own or carried
        is_open = before is not None and before.end is None and before.start is not None
        goes_on = before is not None and not is_open and self._goes_on(index, words)
        return (before if goes_on else None), self._opening(sentence.text, found)

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
    if frame is None or has_own or when.is_background:
        return when
    is_open = frame.date is not None and frame.end is None
    if not is_open and not is_narrated(trigger):
        return when
    if frame.date is None:
        return EventTime(when.date, when.precision, True)
    return frame
