"""An article's title and sentences in, what each sentence's place in it says of its news value out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from extractors.events.judge.sites import stem
from extractors.records import Sentence

WORD = re.compile(r"[^\W\d_]{4,}")
YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
GUESSES = frozenset(
    [
        "could",
        "might",
        "would",
        "should",
        "may",
        "perhaps",
        "probably",
        "likely",
        "unlikely",
        "possibly",
        "possible",
        "if",
        "whether",
    ]
)
OWN_VOICE = frozenset(["we", "our", "us", "I", "my", "you", "your"])
EARLIER = re.compile(r"\b(?:ago|last year|since|former|decades?|years|history|then|earlier|previous)\b")
EDGES = (0, 2, 6, 14)  # first sentences of the lead, the top, the middle; then the rest
AGES = (1, 10, 45, 400)  # days
SHARES = (0.05, 0.12, 0.25)
MARKS = frozenset('"“”')


@dataclass(frozen=True, slots=True)
class Here:
    """What one sentence of the article is like, as names that weights hang on."""

    names: tuple[str, ...]
    title: frozenset[str]
    published: date | None
    alone: bool

    def age(self, day: date | None) -> str:
        """How long before the article's day."""
        if day is None or self.published is None:
            return "unknown"
        days = (self.published - day).days
        return "to come" if days < 0 else str(sum(days > edge for edge in AGES))


@dataclass(frozen=True, slots=True)
class Setting:
    """`alone`: a bare sentence or two, of which position tells nothing."""

    title: frozenset[str]
    lead: frozenset[str]
    article: tuple[str, ...]
    published: date | None
    alone: bool

    def here(self, sentence: Sentence) -> Here:
        return Here(tuple(dict.fromkeys(self._names(sentence))), self.title, self.published, self.alone)

    def _names(self, sentence: Sentence) -> tuple[str, ...]:
        text = sentence.text
        words = text.split()
        guesses = 0 if GUESSES.isdisjoint(small := text.lower().split()) else sum(w in GUESSES for w in small)
        found = [f"guesses={min(guesses, 2)}"]
        found += ["voice=own"] if not OWN_VOICE.isdisjoint(words) else []
        found += ["quotes"] if not MARKS.isdisjoint(text) else []
        found += ["asks"] if text.rstrip().endswith("?") else []
        found += ["earlier"] if EARLIER.search(text) else []
        found += [f"length={min(len(words) // 15, 3)}"]
        years = [int(year) for year in YEAR.findall(text)]
        if years:
            found.append("year=past" if self.published and min(years) < self.published.year else "year=own")
        if not self.alone:
            stems = _stems(text)
            at = f"at={sum(sentence.index > edge for edge in EDGES)}"
            found += [at, f"{at}/{min(len(stems & self.title), 3)}", f"lead={min(len(stems & self.lead), 4)}"]
        return (*found, *self.article)


def setting_of(title: str | None, sentences: Sequence[Sentence], published: date | None) -> Setting:
    if len(sentences) < 3:
        return Setting(frozenset(), frozenset(), ("alone",), published, alone=True)
    words = [word for sentence in sentences for word in sentence.text.split()]
    count = len(words) or 1
    guessed = sum(map(GUESSES.__contains__, words)) / count
    spoken = sum(map(OWN_VOICE.__contains__, words)) / count
    article = (f"art.guesses={_band(guessed * 10)}", f"art.voice={_band(spoken * 10)}")
    return Setting(_stems(title or ""), _stems(sentences[0].text), article, published, alone=False)


def _band(share: float) -> int:
    return sum(share > edge for edge in SHARES)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word.lower()) for word in WORD.findall(text))
