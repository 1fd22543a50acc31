"""A tiny stand-in for the actor tagger: country names and demonyms, a few titles and generic roles."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pycountry

from extractors.records import Actor

EXTRA = {
    "U.S.": "USA", "US": "USA", "U.S": "USA", "America": "USA", "American": "USA", "Washington": "USA", "Trump": "USA",
    "UK": "GBR", "Britain": "GBR", "British": "GBR", "London": "GBR", "Russia": "RUS", "Russian": "RUS", "Moscow": "RUS",
    "Kremlin": "RUS", "Putin": "RUS", "Iran": "IRN", "Tehran": "IRN", "Iranian": "IRN", "Syria": "SYR", "Syrian": "SYR",
    "Israeli": "ISR", "Netanyahu": "ISR", "Palestinian": "PSE", "Palestinians": "PSE", "Taliban": "AFG", "Afghan": "AFG",
    "Chinese": "CHN", "Beijing": "CHN", "Japanese": "JPN", "Tokyo": "JPN", "German": "DEU", "French": "FRA", "Paris": "FRA",
    "Turkish": "TUR", "Turkey": "TUR", "Ankara": "TUR", "Erdogan": "TUR", "Iraqi": "IRQ", "Egyptian": "EGY", "Saudi": "SAU",
    "Indian": "IND", "Pakistani": "PAK", "Ukrainian": "UKR", "Serbian": "SRB", "Polish": "POL", "Sudanese": "SDN",
    "Venezuela": "VEN", "Venezuelan": "VEN", "Seoul": "KOR", "Pyongyang": "PRK", "EU": "EU", "UN": "UN", "U.N.": "UN",
    "NATO": "NATO", "Spanish": "ESP", "Greek": "GRC", "Libyan": "LBY", "Lebanese": "LBN", "Yemeni": "YEM",
    "Hezbollah": "LBN", "Hamas": "PSE", "Congress": "USA", "Kim": "PRK", "Ukraine": "UKR",
}  # fmt: skip
GENERIC = [
    "police",
    "army",
    "troops",
    "soldiers",
    "rebels",
    "protesters",
    "court",
    "government",
    "military",
    "authorities",
    "parliament",
    "minister",
    "president",
]


@dataclass(frozen=True)
class DoubleMention:
    start: int
    end: int
    actor: Actor
    kind: str = "double"


class DoubleTagger:
    def __init__(self) -> None:
        names = {c.name: c.alpha_3 for c in pycountry.countries} | {
            "North Korea": "PRK", "South Korea": "KOR", "North Korean": "PRK", "South Korean": "KOR", "United States": "USA",
            "United Nations": "UN", "European Union": "EU", "Security Council": "UN", "White House": "USA",
            "United Kingdom": "GBR", "Saudi Arabia": "SAU",
        } | EXTRA  # fmt: skip
        self.names = names
        self.regex = re.compile(
            r"\b(" + "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True)) + r")(?!\w)"
        )

    def open_article(self, *, title, sentences, published):
        return self

    def tag(self, doc, index):
        found = []
        for m in self.regex.finditer(doc.text):
            span = doc.char_span(m.start(), m.end(), alignment_mode="expand")
            code = self.names[m.group(1)]
            found.append(
                DoubleMention(
                    span.start, span.end, Actor(span.text, code, code, code if len(code) == 3 else None)
                )
            )
        taken = {i for f in found for i in range(f.start, f.end)}
        for t in doc:
            if t.lower_ in GENERIC and t.i not in taken:
                found.append(DoubleMention(t.i, t.i + 1, Actor(t.text, t.lower_, "GEN", None, None)))
        return DoubleSentence(tuple(found))


class DoubleSentence:
    def __init__(self, mentions):
        self.mentions = mentions

    def resolve(self, head):
        for m in self.mentions:
            if m.start <= head.i < m.end:
                return (m.actor,)
        return ()
