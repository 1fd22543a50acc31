"""A parsed sentence in, who in it only comments out: analysts are no parties to what they tell of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.wordlists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from extractors.records import Actor


OFFICIAL = frozenset({"un", "u.n.", "nations"})  # "a UN expert called for": an office, not an opinion


def named_commentators(doc: Doc) -> set[str]:
    """Surnames: of "Ann Lee, a fellow at an institute", "the analyst Ann Lee"."""
    if not syntax.has_word(doc, word_list("commentators")):
        return set()
    nouns = (token for token in doc if token.lower_ in word_list("commentators"))
    return {name.lower_ for noun in nouns for name in _named(noun)}


def _named(noun: Token) -> Iterator[Token]:
    """The person whom the noun tells about; the noun may stand in a list of what he is."""
    while noun.dep_ == "conj":
        noun = noun.head
    if noun.dep_ in {"appos", "compound", "nmod"} and noun.head.pos_ == "PROPN":
        yield noun.head
    yield from (c for c in noun.children if c.dep_ == "appos" and c.pos_ == "PROPN")
    if noun.dep_ == "attr":
        yield from (c for c in noun.head.children if c.dep_ == "nsubj" and c.pos_ == "PROPN")


def are_commentators(sources: Iterable[Actor], names: set[str]) -> bool:
    """All of them, and at least one."""
    sides = [actor.text.lower().split() for actor in sources]
    return bool(sides) and all(words and _comments(words, names) for words in sides)


def _comments(words: list[str], names: set[str]) -> bool:
    last = words[-1].rpartition("-")[2]
    if OFFICIAL & set(words):
        return False
    return last in names or bool({words[0], last} & word_list("commentators"))
