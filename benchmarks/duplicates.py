"""Precision and recall of the groups of near-duplicates, on edited copies of our own articles.

    python benchmarks/duplicates.py

Each copy of an article must join its group. Other stories must not: all pairs of the corpus, of which many
are of one subject, and pairs of stories that end in the same background, as those of one desk do.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # runs from a clone without installing

from extractors.articles.rows import text_minhash  # noqa: E402
from extractors.events.corpus import load_articles  # noqa: E402
from extractors.landing.duplicates import Fingerprint, group_night  # noqa: E402

NIGHT = date(2018, 5, 16)
Edit = Callable[[list[str], list[str]], list[str]]
EVERY = 25  # in the sub-edited copy one word in so many is another


def whole(paragraphs: list[str], _: list[str]) -> list[str]:
    return paragraphs


def credited(paragraphs: list[str], _: list[str]) -> list[str]:
    """Another headline, a credit line before and after, the dateline gone."""
    first = re.sub(r"^[A-Z][A-Z ,.]+(?:\([^)]*\))? ?[-–—]+ ?", "", paragraphs[0])
    last = "This article first appeared with our partner agency and was edited for length and style."
    return ["From our correspondent and news agencies", first, *paragraphs[1:], last]


def cut_by(share: float) -> Edit:
    """The last paragraphs gone, until at most `share` of the words is left."""

    def cut(paragraphs: list[str], _: list[str]) -> list[str]:
        words = " ".join(paragraphs).split()
        return [" ".join(words[: int(len(words) * share)])]

    return cut


def other_lead(paragraphs: list[str], foreign: list[str]) -> list[str]:
    """A first paragraph that shares no run of words with the old one: a reworded lead at its hardest."""
    words = " ".join(paragraphs).split()
    lead = min(len(paragraphs[0].split()), len(words) // 4)
    return [" ".join([*" ".join(foreign).split()[:lead], *words[lead:]])]


def with_background(paragraphs: list[str], foreign: list[str]) -> list[str]:
    """Two paragraphs of something else put behind, at most half as long as the story."""
    added = " ".join(foreign[-2:]).split()
    return [*paragraphs, " ".join(added[: len(" ".join(paragraphs).split()) // 2])]


def cut_and_new_lead(paragraphs: list[str], foreign: list[str]) -> list[str]:
    return cut_by(0.75)(other_lead(paragraphs, foreign), foreign)


def sub_edited(paragraphs: list[str], _: list[str]) -> list[str]:
    """House spelling: one word in 25 is written otherwise, all over the text."""
    words = " ".join(paragraphs).split()
    return [" ".join(f"{word}x" if n % EVERY == EVERY // 2 else word for n, word in enumerate(words))]


EDITS: dict[str, Edit] = {
    "carried whole": whole,
    "other headline, dateline and credit": credited,
    "cut to three quarters": cut_by(0.75),
    "cut to 60 %": cut_by(0.6),
    "cut to half": cut_by(0.5),
    "other lead": other_lead,
    "two paragraphs added": with_background,
    "cut to three quarters with another lead": cut_and_new_lead,
    "one word in 25 changed": sub_edited,
}


@dataclass(frozen=True, slots=True)
class Score:
    """Of copies that ought to join an article: `joined` of `copies`; `strangers`: pairs wrongly together."""

    name: str
    copies: int
    joined: int
    strangers: int

    @property
    def recall(self) -> float:
        return self.joined / self.copies if self.copies else 1.0

    @property
    def precision(self) -> float:
        together = self.joined + self.strangers
        return self.joined / together if together else 1.0


def stories() -> list[list[str]]:
    return [[part for part in each.text.split("\n") if part.strip()] for each in load_articles()]


def measure() -> list[Score]:
    """One score for each way of editing, then those of stories that only look alike."""
    texts = stories()
    originals = [text_minhash(" ".join(text)) for text in texts]
    scores = [_score(name, originals, _copies(texts, edit)) for name, edit in EDITS.items()]
    return [*scores, _strangers(texts)]


def _copies(texts: list[list[str]], edit: Edit) -> list[bytes | None]:
    """What is foreign in a copy comes from the seventh article after it."""
    pairs = zip(texts, texts[7:] + texts[:7], strict=True)
    return [text_minhash(" ".join(edit(list(text), list(foreign)))) for text, foreign in pairs]


def _score(name: str, originals: list[bytes | None], copies: list[bytes | None]) -> Score:
    groups = _groups([*originals, *copies])
    count = len(originals)
    joined = sum(groups[at] == groups[count + at] for at in range(count))
    return Score(name, count, joined, _pairs(groups) - joined)


def _strangers(texts: list[list[str]]) -> Score:
    """Two stories of one desk that end in the same background, a third of each."""
    strangers = 0
    for at in range(len(texts)):
        tail = " ".join(texts[(at + 2) % len(texts)]).split()
        pair = [" ".join(texts[(at + step) % len(texts)]).split() for step in (0, 1)]
        strangers += _pairs(_groups(text_minhash(" ".join([*w, *tail[: len(w) // 2]])) for w in pair))
    return Score("not copies: two stories with a third of background in common", 0, 0, strangers)


def _groups(minhashes: Iterable[bytes | None]) -> list[str]:
    at = datetime(2018, 5, 16, 9, tzinfo=UTC)
    night = [Fingerprint(NIGHT, f"{n:06}", at, minhash) for n, minhash in enumerate(minhashes)]
    return [grouped.group_id for grouped in group_night(night, earlier=[])]


def _pairs(groups: list[str]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(groups).values())


def main() -> None:
    table = Table("copy", "joined", "recall", "strangers", "precision")
    for score in measure():
        joined = f"{score.joined} of {score.copies}"
        table.add_row(
            score.name, joined, f"{score.recall:.3f}", str(score.strangers), f"{score.precision:.3f}"
        )
    Console().print(table)


if __name__ == "__main__":
    main()
