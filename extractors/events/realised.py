"""An infinitive or a bare verb in, whether it came to be done, as what holds it tells, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.wordlists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

WILL = frozenset({"will", "would", "shall", "'ll", "’ll", "'d", "wo"})
MUST = frozenset({"must", "should", "ought"})
MAYBE = frozenset({"may", "might", "could", "can", "ca"})


def first_of_row(verb: Token) -> Token:
    """ "to capitulate and give up": the "to" that they share stands before the first."""
    shares = verb.dep_ == "conj" and verb.tag_ == "VB" and not any(c.dep_ == "aux" for c in verb.children)
    return first_of_row(verb.head) if shares and syntax.is_verb(verb.head) else verb


def is_bare_order(top: Token) -> bool:
    """ "Cancel all aid!": whoever says it, it is not done."""
    if not syntax.is_verb(top) or top.dep_ != "ROOT" or top.tag_ != "VB":
        return False
    helping = {c.lower_ for c in top.children if c.dep_ in {"aux", "auxpass"}}
    if helping - {"do"}:
        return False
    called = next((c for c in top.lefts if c.dep_ == "nsubj"), None)
    if called is None:
        return not any(t.pos_ in {"NOUN", "PROPN", "PRON"} for t in top.doc[: top.i])
    return called.i == top.i - 2 and top.nbor(-1).is_punct  # "Mr President, stop"


def is_unrealised(top: Token) -> bool:
    """An infinitive that nothing we know holds: "could convince them to give up", "talks to end the war"."""
    if not syntax.is_verb(top) or top.dep_ not in {"xcomp", "ccomp", "advcl", "acl"}:
        return False
    if not any(child.lower_ == "to" and child.dep_ == "aux" for child in top.children):
        return False
    if top.head.lemma_.lower() in word_list("bringing_about"):
        return not _is_brought_about(top.head)
    return not _is_done_first(top)


def _is_brought_about(verb: Token) -> bool:
    """ "forced them to leave" has; "will use it to punish", "tried to force", "did not dare to" have not."""
    if syntax.modals(verb) & (WILL | MUST | MAYBE) or any(c.dep_ == "neg" for c in verb.children):
        return False
    return verb.dep_ == "acl" or not is_unrealised(verb)


def _is_done_first(infinitive: Token) -> bool:
    """ "the first state to recognise Kosovo": it has."""
    before = infinitive.nbor(-1)
    noun = before.nbor(-1) if before.lower_ == "to" and before.i else before
    return any(child.lower_ in word_list("ordinals") for child in noun.lefts)
