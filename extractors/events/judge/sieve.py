"""A sentence's words and who is in it in, out comes whether an event is likely enough to parse it.

A linear model over what can be seen before the parse, trained on the coder's own output (sieving.py): words,
pairs of neighbours of which one can begin an act, the acts whose words are all there, who is named. It stands
behind the pre-filter, which knows what the grammar asks for and nothing of what is likely.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Protocol

from extractors.errors import LexiconError
from extractors.events.actors.presence import Presence
from extractors.events.judge.decide import MODEL
from extractors.events.judge.model import DECIMALS, LinearModel, read_model
from extractors.events.prefilter import Prefilter

CARD, WEIGHTS = "sieve.json", "sieve.tsv.gz"
MARK = re.compile(r"[^\W\d_]+|[\"“”?]")
MOST_NAMED, MOST_ACTS = 4, 6
BAND, MOST_BANDS = 6, 7  # words
STEPS = 10**DECIMALS


@dataclass(frozen=True, slots=True)
class Surface:
    """A sentence before its parse: `named` are the actors that the lexicon finds in it."""

    text: str
    words: frozenset[str]
    presence: Presence
    named: int


class Screen(Protocol):
    """Whoever says which sentences are parsed: the sieve, or who takes notes to train it."""

    def lets_pass(self, index: int, surface: Surface, prefilter: Prefilter) -> bool:
        """`index`: of the sentence in its article."""


@dataclass(frozen=True)
class Sieve:
    """`least`: the score from which a sentence is parsed, as sieving.py found it on held-out folds."""

    model: LinearModel
    least: float

    def lets_pass(self, index: int, surface: Surface, prefilter: Prefilter) -> bool:  # noqa: ARG002
        find = self._weights.get
        return sum(find(name, 0) for name in features(surface, prefilter)) >= self.least * STEPS

    @cached_property
    def _weights(self) -> dict[str, int]:
        """Whole numbers: whatever their order, the same sum."""
        return {name: round(given[0] * STEPS) for name, given in self.model.weights.items()}


def features(surface: Surface, prefilter: Prefilter) -> set[str]:
    """Words as they are; all else begins with a sign that no word has."""
    words = MARK.findall(surface.text.lower())
    found, begins = set(words), prefilter.begins
    for place, word in enumerate(words):
        if word in begins:
            found.update((" ".join(words[max(place - 1, 0) : place + 1]), " ".join(words[place : place + 2])))
    acts, named = prefilter.acts_in(surface.words), min(surface.named, MOST_NAMED)
    told = {word for word, classes in acts.items() if classes}
    found.update(f"!{word}" for word in told)
    found.update(*acts.values())
    count = min(len(told), MOST_ACTS)
    found.update(("#", f"#presence={surface.presence}", f"#named={named}", f"#acts={count}/{min(named, 3)}"))
    found.update((f"#acts={count}", f"#length={min(len(words) // BAND, MOST_BANDS)}"))
    return found


@cache
def load_sieve(folder: Path = MODEL) -> Sieve:
    """Read once per process.

    Raises:
        LexiconError: a file is missing or broken.
    """
    path = folder / CARD
    try:
        least = float(json.loads(path.read_text(encoding="utf-8"))["least"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LexiconError(
            f"the sieve's card cannot be read: {error}",
            where=str(path),
            next_step="run `make train`, or switch the judge off with COMMUNIQUE_JUDGE=false",
        ) from error
    return Sieve(read_model(folder / WEIGHTS), least)
