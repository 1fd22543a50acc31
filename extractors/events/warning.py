"""A word such as "warn" in, yes or no out: does it threaten, or only forecast and advise?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.families import spans
from extractors.events.lexicon import load_lexicon
from extractors.events.modality import condition_clause

if TYPE_CHECKING:
    from spacy.tokens import Token


FUTURE = frozenset({"will", "would", "shall", "'ll", "’ll", "wo", "'d"})
OWN = frozenset({"it", "they", "we", "i", "he", "she"})


def threatens(token: Token) -> bool:
    """Is this "warn" a threat: of harm, against doing something, or under a condition?"""
    if any(child.dep_ in {"xcomp", "ccomp"} and _forbids(child) for child in token.children):
        return True
    against = syntax.prepositional(token, ("against",))
    if against is not None:
        return against.dep_ == "pcomp" or against.pos_ == "NOUN"
    about = syntax.prepositional(token, ("about",))
    if about is not None and about.dep_ == "pcomp":
        return True
    of = syntax.prepositional(token, ("of", "with"))
    if of is not None and (_harms(of) or any(_harms(t) for t in of.subtree)):
        return True
    return any(child.dep_ in {"ccomp", "xcomp", "acl"} and _announces_harm(child) for child in token.children)


def announces(verb: Token) -> bool:
    """ "if it attacks, we will strike": a promise of what follows."""
    return bool(syntax.modals(verb) & FUTURE) and (condition_clause(verb) is not None or is_alternative(verb))


def announces_harm(verb: Token) -> bool:
    """Under "unless", "if ... not" or "if" somebody attacks, whatever is announced is meant as harm."""
    if not syntax.modals(verb) & FUTURE:
        return False
    condition = condition_clause(verb)
    if condition is None or condition.i == verb.i or verb.i in {t.i for t in condition.subtree}:
        return False
    if any(c.dep_ == "mark" and c.lower_ == "unless" for c in condition.children):
        return True
    return syntax.is_negated(condition) or _is_hostile(condition.lemma_)


def is_alternative(verb: Token) -> bool:
    """ "leave, or we will strike" """
    return verb.dep_ == "conj" and any(c.dep_ == "cc" and c.lower_ == "or" for c in verb.head.children)


def _forbids(clause: Token) -> bool:
    """ "not to", "to stop", "to think twice" """
    if clause.dep_ == "xcomp" or not any(
        c.dep_ in syntax.SUBJECTS | {"nsubjpass"} and c.i < clause.i and c.dep_ != "nsubj"
        for c in clause.children
    ):
        to = any(c.lower_ == "to" and c.dep_ == "aux" for c in clause.children)
        return to and (
            syntax.is_negated(clause)
            or clause.lemma_ in {"stop", "think", "refrain", "avoid", "stay", "back", "cease"}
        )
    return False


def _announces_harm(clause: Token) -> bool:
    auxiliaries = syntax.modals(clause)
    if not auxiliaries & {"will", "would", "could", "'ll", "wo", "can"}:
        return any(_announces_harm(c) for c in clause.children if c.dep_ == "conj" and syntax.is_verb(c))
    words = {t.lemma_.lower() for t in clause.subtree} | {t.lower_ for t in clause.subtree}
    conditional = any(t.lower_ in {"if", "unless", "should", "any"} for t in clause.subtree)
    if auxiliaries & {"could", "can"} and not auxiliaries & {"will", "would"}:
        return bool(words & spans.word_set("consequences"))
    if clause.lemma_ in spans.word_set("harm_verbs") or (conditional and _is_hostile(clause.lemma_)):
        return True
    if conditional and bool(words & spans.word_set("consequences")):
        return True
    who = next((c for c in clause.children if c.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS), None)
    is_own = who is not None and (who.lower_ in OWN or syntax.is_passive(clause))
    return is_own and _is_hostile(clause.lemma_)


def _is_hostile(lemma: str) -> bool:
    """Whether a hostile act, and no mere announcement of one, can begin with the verb."""
    lexicon = load_lexicon()
    pairs = lexicon.lookup(lemma, "verb")
    alone = (e for e, words in pairs if not (words.rest or e.near or e.subject or e.object.after))
    acts = {entry.act for entry in alone if entry.is_act} - {"threat"}
    return any(lexicon.composition[act].is_hostile for act in acts)


def _harms(token: Token) -> bool:
    return token.lower_ in spans.word_set("consequences") or token.lemma_ in spans.word_set("consequences")
