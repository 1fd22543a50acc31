"""A protest in its sentence in, its code with what it is for out: 141 for a minister's going is 1411."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from extractors.events.wordlists import DATA

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.candidates import Candidate

AIMED = frozenset({"141", "142", "143", "144", "145"})
NEXT = 4  # words between the two of a pair


@dataclass(frozen=True, slots=True)
class Aim:
    digit: str
    words: frozenset[str]
    pairs: Mapping[str, frozenset[str]]
    example: str
    near_miss: str


@cache
def aims(path: Path = DATA / "aims.yml") -> tuple[Aim, ...]:
    found = []
    for raw in yaml.safe_load(path.read_text(encoding="utf-8")):
        pairs: dict[str, set[str]] = {}
        for pair in str(raw.get("pairs", "")).split():
            first, second = pair.split("_")
            pairs.setdefault(first, set()).add(second)
        frozen = {first: frozenset(seconds) for first, seconds in pairs.items()}
        words = frozenset(str(raw["words"]).split())
        found.append(Aim(raw["digit"], words, frozen, raw["example"], raw["near_miss"]))
    return tuple(found)


def aimed(candidate: Candidate, code: str) -> str:
    """The code of a protest with its fourth digit; other codes, and where no aim is told, as they are."""
    if code not in AIMED:
        return code
    tokens = list(_behind(candidate))
    for aim in aims():
        if any(_tells(aim, tokens, place) for place in range(len(tokens))):
            return code + aim.digit
    return code


def _behind(candidate: Candidate) -> Iterator[Token]:
    """What follows the act up to the next main clause: purposes, targets, demands."""
    act = candidate.chain.act.token
    top = candidate.chain.top or act
    for token in act.doc[act.i + 1 :]:
        if token.dep_ in {"cc"} and token.head.i in {act.i, top.i} and _is_other_deed(token):
            return
        if token.is_punct or token.text == "'s":
            continue
        yield token


def _is_other_deed(conjunction: Token) -> bool:
    """ "marched, and the cabinet resigned": a verb with a subject of its own."""
    after = [c for c in conjunction.head.children if c.dep_ == "conj" and c.i > conjunction.i]
    return any(any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children) for verb in after)


def _tells(aim: Aim, tokens: list[Token], place: int) -> bool:
    word = tokens[place]
    forms = {word.lemma_.lower(), word.lower_}
    if forms & aim.words:
        return True
    seconds = frozenset().union(*(aim.pairs.get(form, frozenset()) for form in forms))
    if not seconds:
        return False
    return any({t.lemma_.lower(), t.lower_} & seconds for t in tokens[place + 1 : place + 1 + NEXT])
