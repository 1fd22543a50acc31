"""Walks over a dependency parse: what coordinates with a noun, what it is part of, whose it is."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extractors.events.actors.words import words

# In these the preposition's object tells who the people are: "rebels in Darfur", "students from Kabul".
# In these a country or body only stands behind somebody else.
LEADING = frozenset(["led", "dominated", "commanded", "headed"])
SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj", "agent"])
_MODIFIERS = frozenset(["amod", "compound", "nmod", "poss", "nn"])


def coordinated(head: Token) -> list[Token]:
    """The head and what is joined to it on its right: "Russia, China and Iran"."""
    found = [head]
    for token in found:
        found.extend(child for child in token.rights if child.dep_ == "conj")
    return found


def object_of(head: Token, prepositions: frozenset[str] | set[str]) -> Iterator[Token]:
    """Objects of the head's own prepositions among those given, in order."""
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in prepositions:
            yield from (grand for grand in child.rights if grand.dep_ in ("pobj", "pcomp"))


def owners(head: Token) -> list[Token]:
    """Words before the head that may say whose or of which country it is, nearest first.

    "Iran's navy", "US and British forces", "Saudi-led coalition"; not "Iranian-backed militia".
    """
    found: list[Token] = []
    for child in reversed(list(head.lefts)):
        if child.dep_ in _MODIFIERS:
            found.extend(_with_company(child))
    return found


def _with_company(word: Token) -> list[Token]:
    parts = word.lower_.rsplit("-", 1)
    if parts[-1] in words("backing"):
        return []
    if word.lower_ in LEADING:
        return [child for child in word.lefts if child.text != "-"]
    company = [word, *(child for child in word.rights if child.dep_ == "conj")]
    for child in word.lefts:
        if child.dep_ in _MODIFIERS or child.dep_ == "npadvmod":
            company.extend(_with_company(child))
    return company


def is_opposed(token: Token) -> bool:
    """ "anti-Syria", "pro-Iranian", "non-US": the country is not the actor."""
    doc = token.doc
    index = token.i
    if index >= 2 and doc[index - 1].text == "-":
        return doc[index - 2].lower_ in ("anti", "pro", "non", "ex", "post", "pre")
    return token.lower_.startswith(("anti-", "pro-", "non-"))


def is_backing(token: Token) -> bool:
    """ "Iranian-backed": the next word but the hyphen makes the country a mere backer."""
    doc = token.doc
    index = token.i
    return index + 2 < len(doc) and doc[index + 1].text == "-" and doc[index + 2].lower_ in words("backing")


def phrase_text(head: Token, *, last: int | None = None) -> str:
    """The noun phrase from its left edge to the head, without article and what follows the head."""
    start = head.left_edge.i
    while start < head.i and head.doc[start].dep_ in ("det", "punct", "cc", "predet"):
        start += 1
    return str(head.doc[start : (head.i if last is None else last) + 1].text)
