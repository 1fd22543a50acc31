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
MAYBE = frozenset({"may", "might", "could", "can", "must"})
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


def is_announced(verb: Token) -> bool:
    """Still to come, by what is said of it: "will crush", "vowed to crush", "is ready to use force"."""
    if syntax.modals(verb) & (FUTURE | MAYBE):
        return True
    above = syntax.coordinated_with(verb) if verb.dep_ == "conj" else None
    if above is not None and syntax.is_verb(above) and not syntax.modals(verb):
        return is_announced(above)
    if not any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children):
        return False
    return verb.head.i == verb.i or verb.head.lemma_ in spans.word_set("announcing")


def announces(verb: Token) -> bool:
    """ "if it attacks, we will strike": a promise of what follows."""
    return bool(syntax.modals(verb) & FUTURE) and (condition_clause(verb) is not None or is_alternative(verb))


def announces_harm(verb: Token) -> bool:
    """Whatever is announced is meant as harm where the condition or the words say so."""
    modals = syntax.modals(verb)
    if not modals & (FUTURE | MAYBE):
        return False
    condition = condition_clause(verb)
    if condition is not None and (condition.i == verb.i or verb.i in {t.i for t in condition.subtree}):
        return False
    if condition is not None and modals & FUTURE and _presses(condition):
        return True
    if condition is None and not (is_alternative(verb) or names_culprit(verb) or _is_warned(verb)):
        return False
    return _is_harmful(verb)


def _presses(condition: Token) -> bool:
    """ "unless ...", "if ... not", "if Rome attacks" """
    if any(c.dep_ == "mark" and c.lower_ == "unless" for c in condition.children):
        return True
    return syntax.is_negated(condition) or _is_hostile(condition.lemma_)


def names_culprit(verb: Token) -> bool:
    """ "any state that sells arms", "whoever comes", "those who march" will meet with it."""
    for child in verb.children:
        if child.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS | {"dobj"}:
            if child.lower_ in {"whoever", "whatever", "anyone", "those", "he", "anybody"} and any(
                c.dep_ in {"relcl", "acl"} for c in child.children
            ):
                return True
            if any(c.lower_ in {"any", "every", "whichever"} for c in child.children):
                return True
            if child.dep_ == "csubj" and any(c.lower_ == "whoever" for c in child.children):
                return True
    return False


def _is_warned(verb: Token) -> bool:
    """ "warned that", "..., he threatened" """
    around = [verb.head] if verb.dep_ in {"ccomp", "xcomp", "acl", "conj"} else []
    around += [c for c in verb.children if c.dep_ in {"parataxis", "ccomp"}]
    return any(t.lemma_ in spans.word_set("warners") for t in around)


def _is_harmful(verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    if lemma in spans.word_set("harm_verbs") or _is_hostile(lemma):
        return True
    below = {t.lower_ for c in verb.children if c.dep_ not in {"advcl", "nsubj", "ccomp"} for t in c.subtree}
    if below & spans.word_set("consequences"):
        return True
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    return subject is not None and subject.lemma_.lower() in spans.word_set("consequences")


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
    found = ((entry, words) for entry, words in lexicon.lookup(lemma, "verb") if entry.is_act)
    acts = {
        e.act
        for e, words in found
        if not (words.rest or e.near or e.subject or e.object.after or "needs_future" in e.options)
    }
    acts -= {"threat", "threat_force"}
    return any(lexicon.composition[act].is_hostile for act in acts)


def _harms(token: Token) -> bool:
    return token.lower_ in spans.word_set("consequences") or token.lemma_ in spans.word_set("consequences")
