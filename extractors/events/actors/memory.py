"""What one article tells: who was named, which countries it is about, when and where it was written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from extractors.events.actors.records import Person
from extractors.records import Actor

A_MOMENT = 2  # sentences
OFTEN = 2  # times that a country is named
KOREAS = {"PRK", "KOR"}


@dataclass(frozen=True, slots=True)
class Named:
    """A person whom the article has named in full or with a title."""

    sentence: int
    actor: Actor
    person: Person | None


@dataclass(slots=True)
class Memory:
    published: date | None
    words: frozenset[str] = frozenset()
    surnames: dict[str, list[Named]] = field(default_factory=dict)
    namesakes: set[str] = field(default_factory=set)  # surnames that somebody else has in the article
    countries: Counter[str] = field(default_factory=Counter)
    represented: Counter[str] = field(default_factory=Counter)  # by persons and bodies that were named
    held: dict[str, list[tuple[int, str]]] = field(default_factory=dict)  # noun → sentence and country
    sentences: int = 0
    lead: str | None = None  # ISO country named first in the text
    dateline: str | None = None  # ISO country of "KABUL (AP) -"

    @property
    def is_korean(self) -> bool:
        return bool(KOREAS & self.countries.keys())

    def remember(self, surname: str, named: Named) -> None:
        self.surnames.setdefault(surname, []).append(named)

    def recall(self, surname: str, sentence: int) -> Named | None:
        """The last one of that surname named up to the sentence, else the first one named after it."""
        known = self.surnames.get(surname)
        if not known:
            return None
        return next((named for named in reversed(known) if named.sentence <= sentence), known[0])

    def hold(self, noun: str, sentence: int, country: str) -> None:
        self.held.setdefault(noun, []).append((sentence, country))

    def holder_of(self, noun: str, sentence: int) -> str | None:
        """Whose "the army" is: of whom the article said so a moment ago; else of its own country, if it
        ever said so of that one, else of whom it said so last."""
        told = self.held.get(noun, ())
        before = [held for held in told if held[0] <= sentence]
        if before and sentence - before[-1][0] <= A_MOMENT:
            return before[-1][1]
        ever = {country for _, country in told}
        home = self.home_country()
        if home in ever:
            return home
        return before[-1][1] if before else ever.pop() if len(ever) == 1 else None

    def main_country(self) -> str | None:
        """The country that the article is about: the one named most by a clear margin, or the dateline's.

        Who writes from London of Sudan and Chad does not write of Britain; who writes from Accra of Ghana
        first is at home there.
        """
        if self.dateline and self.dateline == self.lead and self.countries[self.dateline] >= OFTEN:
            return self.dateline
        ranked = (self.countries + self.represented).most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]):
            return ranked[0][0]
        return self.dateline if self.dateline in {country for country, _ in ranked} or not ranked else None

    def home_country(self) -> str | None:
        """Where "the government" and "the foreign minister" are at home: also the country that the lead names
        first, when the rest of the article keeps to it."""
        main = self.main_country()
        if main or not self.countries or self.lead is None:
            return main
        most = self.countries.most_common(1)[0][1]
        return self.lead if 2 * self.countries[self.lead] >= most else None
