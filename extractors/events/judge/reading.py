"""The outline of a sentence in, what may happen at each of its words, by the judge's models, out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from extractors.events.judge.matching import LIKE
from extractors.events.judge.model import LinearModel, softmax
from extractors.events.judge.setting import Here
from extractors.events.judge.sites import Outline

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.candidates import Candidate

NOTHING = "--"  # the class of a word at which nothing happens
SUREST = 6.0
LOUD = 0.6  # how much louder for some class than for none a verb speaks, to be worth a parse by itself
DULL = -0.2  # how much louder for none than for any class a word may speak, to be looked at


@dataclass(frozen=True)
class Readers:
    """`root`: what class of event a word tells, or none; `leaf`: which code, given that it tells one."""

    root: LinearModel
    leaf: LinearModel

    def is_telling(self, lemma: str, part: str) -> bool:
        return f"l={lemma}/{part}" in self.telling

    @cached_property
    def telling(self) -> frozenset[str]:
        """Words that speak for some class, or at least not loudly for none."""
        return frozenset(self._louder(DULL))

    @cached_property
    def telling_verbs(self) -> frozenset[str]:
        """Lemmas of the verbs that speak loudly for some class, whether the lexicon has them or not."""
        parts = [name.removeprefix("l=").split("/") for name in self._louder(LOUD)]
        return frozenset(lemma for lemma, part, *place in parts if part == "verb" and not place)

    def _louder(self, least: float) -> Iterator[str]:
        none = self.root.classes.index(NOTHING)
        for name, given in self.root.weights.items():
            best = max(weight for i, weight in enumerate(given) if i != none)
            if name.startswith("l=") and best - given[none] > least:
                yield name

    def column(self, name: str) -> int:
        return self._columns[name][0]

    def columns(self, root: str) -> tuple[int, ...]:
        """Of the classes that are held for one with this."""
        return self._columns.get(root, ())

    @cached_property
    def _columns(self) -> dict[str, tuple[int, ...]]:
        classes = self.root.classes
        return {
            name: tuple(
                i for i, other in enumerate(classes) if LIKE.get(other, other) == LIKE.get(name, name)
            )
            for name in classes
        }


class Reading:
    """Shares are of one word: how likely each class of event is told there."""

    def __init__(self, outline: Outline, readers: Readers, here: Callable[[], Here]) -> None:
        """`here` is asked only where there is an event to weigh."""
        self.outline = outline
        self._here = here
        self._readers = readers
        self.sites = outline.sites(readers.is_telling)
        self._groups = {site.place: site.groups for site in self.sites}
        self._shares: dict[int, list[float]] = {}
        if self.sites:
            scores = readers.root.scores_of_each([*self._groups.values(), outline.bag])
            self._shares = dict(zip(self._groups, softmax(scores[:-1] + scores[-1]).tolist(), strict=True))
        none = readers.column(NOTHING)
        self.telling = {place: 1 - shares[none] for place, shares in self._shares.items()}

    @cached_property
    def here(self) -> Here:
        """The sentence's place in its article."""
        return self._here()

    @property
    def found(self) -> int:
        """How many candidates the grammar has in the sentence."""
        return self.outline.found

    def share(self, place: int, root: str) -> float:
        """How likely the word tells an event of this class."""
        shares = self._shares.get(place)
        return 0.0 if shares is None else sum(shares[column] for column in self._readers.columns(root))

    def nothing(self, place: int) -> float:
        return 1 - self.telling.get(place, 0.0)

    def likeliest(self, place: int) -> tuple[str, float]:
        """The class that the word tells, if any, and how likely that is."""
        shares, classes = self._shares[place], self._readers.root.classes
        _, root = max((share, name) for share, name in zip(shares, classes, strict=True) if name != NOTHING)
        return root, self.share(place, root)

    def code(self, place: int, root: str, leaf_from: float) -> str:
        """The code within the class, where one is likely enough; else the class's general one."""
        [scores] = self._readers.leaf.scores_of_each([self._groups[place]])
        within = {
            name: math.exp(min(score, SUREST * 5))
            for name, score in zip(self._readers.leaf.classes, scores.tolist(), strict=True)
            if name.startswith(root)
        }
        if not within:
            return general(root)
        best = max(within, key=lambda name: (within[name], name))
        return best if within[best] >= leaf_from * sum(within.values()) else general(root)


def general(root: str) -> str:
    """The code of a class that tells no more than the class."""
    return f"{root}0"


def words_of(candidate: Candidate) -> Iterator[Token]:
    """The words that make the candidate what it is."""
    chain = candidate.chain
    yield from (candidate.trigger, chain.act.token)
    yield from (held.token for held in chain.held if held.entry is not None)
    if chain.light is not None:
        yield chain.light


def logit(share: float) -> float:
    clipped = min(max(share, 1e-4), 1 - 1e-4)
    return math.log(clipped / (1 - clipped))
