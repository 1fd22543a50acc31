"""An operator that holds no act we know in, the class of act that the words of its clause tell out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from extractors.events.wordlists import DATA

if TYPE_CHECKING:
    from spacy.tokens import Token

CLAUSES = frozenset({"xcomp", "ccomp", "acl", "relcl", "advcl"})
NAMED = frozenset({"nsubj", "nsubjpass", "csubj"})


@dataclass(frozen=True, slots=True)
class Content:
    """`act` is meant where one of `words` stands in the clause, and one of `beside` if there are any."""

    act: str
    words: frozenset[str]
    beside: frozenset[str]
    operators: frozenset[str]
    example: str
    near_miss: str


@cache
def contents(path: Path = DATA / "contents.yml") -> tuple[Content, ...]:
    """In their order: the first that fits is taken."""
    return tuple(_content(raw) for raw in yaml.safe_load(path.read_text(encoding="utf-8")))


def _content(raw: dict[str, str]) -> Content:
    def listed(key: str) -> frozenset[str]:
        return frozenset(str(raw.get(key, "")).split())

    return Content(
        raw["class"], listed("words"), listed("with"), listed("of"), raw["example"], raw["near_miss"]
    )


def content_of(token: Token, operator: str) -> str | None:
    """ "asked for blankets": relief; "demanded that the ban go": a ban lifted. None where no word tells."""
    if any(
        child.dep_ in CLAUSES and any(c.dep_ == "neg" for c in child.children) for child in token.children
    ):
        return None  # "told them not to seek talks"
    said = frozenset(_said(token))
    for content in contents():
        fits = operator in content.operators and said & content.words
        if fits and (not content.beside or said & content.beside):
            return content.act
    return None


def _said(token: Token) -> Iterator[str]:
    """Lemmas of what is asked or promised, verbs also with their particle; not of whom it is asked."""
    parts = [child for child in token.children if child.i > token.i]
    clauses = [c for c in parts if _is_clause(c) or (c.dep_ == "prep" and c.lower_ in {"for", "to", "on"})]
    if not any(_is_clause(c) or c.lower_ == "for" for c in clauses):
        clauses = [c for c in parts if c.dep_ in {"dobj", "dative", "oprd", "prep"}]
    else:
        yield from (f"@{child.lemma_.lower()}" for child in _addressees(parts))
    stack = list(clauses)
    while stack:
        word = stack.pop()
        yield word.lemma_.lower()
        yield from (f"{word.lemma_.lower()}_{c.lower_}" for c in word.children if c.dep_ in {"prt", "advmod"})
        stack.extend(
            child
            for child in word.children
            if not (child.dep_ in NAMED and word in clauses and child.i < word.i)
        )


def _is_clause(child: Token) -> bool:
    """Not "warning that" of "rebuffed Rome, warning that": what is done beside it."""
    return child.dep_ in CLAUSES and not (child.dep_ == "advcl" and child.tag_ == "VBG")


def _addressees(parts: list[Token]) -> Iterator[Token]:
    """Of "asked the strikers to": object of the verb, or subject of its clause."""
    for part in parts:
        if part.dep_ == "dobj":
            yield part
        yield from (c for c in part.children if c.dep_ in NAMED or c.dep_ == "pobj")
