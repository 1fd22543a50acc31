"""A word in the parse in, whether it says that it is not so, or that nobody does it, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.events.syntax import OBJECTS, PASSIVE_SUBJECTS, SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Token

NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor", "hardly"})
NOBODY = frozenset({"nobody", "none", "nothing", "neither", "noone"})
NONE_OF = frozenset({"no", "neither"})
WHO = SUBJECTS | PASSIVE_SUBJECTS


def is_nobody(noun: Token) -> bool:
    """ "nobody", "no one", "no minister", "none of them", "neither Rome nor Paris", "not a soldier"."""
    if noun.lower_ in NOBODY:
        return True
    before = list(noun.lefts)
    if not before:
        return False
    if any(c.lower_ in NONE_OF for c in before):
        return True
    first = noun.left_edge
    return first.lower_ == "not" and first.nbor(1).lower_ in {"a", "one"} and first.i < noun.i


def is_by_nobody(verb: Token) -> bool:
    """ "nobody threatened", "no soldier was killed": its own subject is nobody."""
    return any(child.dep_ in WHO and is_nobody(child) for child in verb.children)


def touches_nobody(verb: Token, target: Token | None = None) -> bool:
    """ "attacked no one", "let nobody in": its object, or the `target` that is known to be it."""
    objects = [child for child in verb.children if child.dep_ in OBJECTS]
    return any(map(is_nobody, [target] if target is not None else objects))


def is_negated(token: Token) -> bool:
    """not, never, no longer; nobody does it."""
    return (
        is_no_longer(token)
        or is_by_nobody(token)
        or any(
            child.dep_ == "neg" or child.lower_ in NEGATIONS
            for child in token.children
            if child.dep_ != "conj"
        )
    )


def is_no_longer(verb: Token) -> bool:
    """ "no longer insists", "does not insist any longer": it did before."""
    return any(
        child.lower_ == "longer" and any(c.lower_ in {"no", "any"} for c in child.children)
        for child in verb.children
    )


def has_no(noun: Token) -> bool:
    """ "no concessions", "without concessions", "neither talks nor" """
    return any(
        child.lower_ in {"no", "neither", "without"} for child in noun.children if child.i < noun.i
    ) or (noun.dep_ == "pobj" and noun.head.lower_ == "without")
