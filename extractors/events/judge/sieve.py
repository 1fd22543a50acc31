"""A sentence's words and who is in it in, out comes whether an event is likely enough to parse it.

A linear model over what can be seen before the parse, trained on the coder's own output (sieving.py): words,
those among them that begin an act, how many are named. It stands behind the pre-filter, which knows what the
grammar asks for and nothing of what is likely. Pairs of words and classes of acts only made
it slower.
"""

from __future__ import annotations

import json
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
SIGNS = ("?", '"', "“", "”")
MOST_NAMED, MOST_ACTS = 4, 6
BAND, MOST_BANDS = 35, 7  # characters
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


def features(surface: Surface, prefilter: Prefilter) -> list[str]:
    """Words as they are, each once; all else begins with a sign that no word has."""
    text, named = surface.text, min(surface.named, MOST_NAMED)
    acts = prefilter.beginning(surface.words)
    count = min(len(acts), MOST_ACTS)
    found = [*surface.words, *(f"!{word}" for word in acts)]
    found += [sign for sign in SIGNS if sign in text]
    found += ["#", f"#presence={surface.presence}", f"#named={named}", f"#acts={count}"]
    found += [f"#acts={count}/{min(named, 3)}", f"#length={min(len(text) // BAND, MOST_BANDS)}"]
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
