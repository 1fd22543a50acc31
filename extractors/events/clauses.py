"""A verb in, what kind of clause it heads out: negated, wished, ordered, supposed, still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
TO_COME = frozenset(
    {"will", "would", "shall", "should", "must", "to", "'ll", "’ll", "'d", "can", "could", "may"}
)


def is_infinitive(verb: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def is_wished(clause: Token) -> bool:
    """ "that Rome leave", "that Rome must leave", not "that Rome had left": to be done yet."""
    helping = {c.lower_ for c in clause.children if c.dep_ in {"aux", "auxpass"}}
    if helping & {"must", "should", "to"} or helping == {"be"}:
        return True
    if clause.tag_ == "VBP" and not helping:
        return clause.lower_ != "are" and not any(_is_many(c) for c in clause.children if c.dep_ in SUBJECTS)
    return clause.tag_ == "VB" and not helping


def _is_many(subject: Token) -> bool:
    """ "they leave" states what is."""
    return subject.tag_ in {"NNS", "NNPS"} or subject.lower_ in {"they", "we", "i", "you"}


def is_stated(clause: Token) -> bool:
    """ "that the soup was good": a finite clause of what is, not of what shall be."""
    helping = {c.lower_ for c in clause.children if c.dep_ in {"aux", "auxpass"}}
    if not any(c.dep_ in SUBJECTS | PASSIVE_SUBJECTS for c in clause.children):
        return False
    return (
        not helping & TO_COME and clause.tag_ in {"VBD", "VBZ", "VBP", "VBN", "VBG"} and not is_wished(clause)
    )


def is_imperative(verb: Token) -> bool:
    """ "'Release him,' said Berlin": a bare form with nobody in front of it."""
    return (
        verb.tag_ == "VB"
        and (verb.dep_ in {"ccomp", "ROOT", "parataxis"} or (verb.dep_ == "xcomp" and verb.i < verb.head.i))
        and not any(c.dep_ in {"aux", "nsubj", "nsubjpass", "neg", "mark"} for c in verb.children)
    )


def modals(verb: Token) -> set[str]:
    """Auxiliaries, without the "should" that stands for "if"."""
    return {c.lower_ for c in verb.children if c.dep_ == "aux" and not is_inverted_should(c)}


def is_inverted_should(auxiliary: Token) -> bool:
    """ "should Rome insist": a condition."""
    if auxiliary.lower_ != "should" or auxiliary.dep_ != "aux":
        return False
    verb = auxiliary.head
    who = next((c for c in verb.children if c.dep_ in SUBJECTS | PASSIVE_SUBJECTS), None)
    return who is not None and auxiliary.i < who.i < verb.i and verb.doc[-1].text != "?"


def is_inverted(verb: Token) -> bool:
    """ "Had Rome signed the treaty": a condition."""
    first = next((c for c in verb.children if c.dep_ in {"aux", "auxpass"}), None)
    if first is None or first.lower_ not in {"should", "had", "were"} or verb.doc[-1].text == "?":
        return False
    who = next((c for c in verb.children if c.dep_ in SUBJECTS | PASSIVE_SUBJECTS), None)
    return who is not None and verb.left_edge.i == first.i < who.i < verb.i


def is_headline_infinitive(verb: Token) -> bool:
    """ "Rome, Paris to meet in May": the whole sentence is what is to come."""
    return verb.dep_ == "ROOT" and any(
        child.lower_ == "to" and child.dep_ == "aux" and child.i < verb.i for child in verb.children
    )


def is_to_come(verb: Token) -> bool:
    """ "is flying to Rome tomorrow" """
    if not any(child.dep_ == "aux" and child.lower_ in {"is", "are", "'s"} for child in verb.children):
        return False
    return any(
        child.lower_ in {"tomorrow", "soon"} or any(c.lower_ == "next" for c in child.children)
        for child in verb.children
        if child.dep_ in {"npadvmod", "advmod"}
    )
