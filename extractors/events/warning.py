"""A word such as "warn" in, yes or no out: does it threaten, or only forecast and advise?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.events import negation, syntax
from extractors.events.families import spans
from extractors.events.lexicon import load_lexicon
from extractors.events.modality import condition_clause

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.lexicon import Entry


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
    if not modals & (FUTURE | MAYBE) or verb.lemma_ in spans.word_set("kind_verbs") or _is_question(verb):
        return False
    condition = condition_clause(verb)
    if condition is not None and (condition.i == verb.i or verb.i in {t.i for t in condition.subtree}):
        return False
    if condition is not None:
        is_pressed = modals & FUTURE and _presses(condition)
        return bool(is_pressed) or (_is_harmful(verb) and _is_of_another(condition, verb))
    if is_alternative(verb) or _is_said_by(verb, "warners"):
        return _is_harmful(verb)
    is_meant = names_culprit(verb) or _is_said_by(verb, "promisers") or _is_told_them(verb)
    return is_meant and _is_strong(verb)


def _is_told_them(verb: Token) -> bool:
    """ "Rome told Paris that its ships would be sunk": to its face, and by none but the one who says so."""
    above = verb.head
    if verb.dep_ not in {"ccomp", "conj"} or above.lemma_ not in spans.word_set("telling"):
        return False
    found = syntax.direct_object(above) or syntax.dative(above)
    if found is None or not (found.pos_ == "PROPN" or _is_people(found)):
        return False
    subject = next((c for c in verb.children if c.dep_ in syntax.SUBJECTS), None)
    return syntax.is_passive(verb) or (subject is not None and subject.lower_ in {"we", "it", "they"})


def _presses(condition: Token) -> bool:
    """ "unless ...", "if ... not" """
    if any(c.dep_ == "mark" and c.lower_ == "unless" for c in condition.children):
        return True
    return negation.is_negated(condition)


def _is_of_another(condition: Token, verb: Token) -> bool:
    """ "Rome will leave if Paris votes": what another does; not "if it wins"."""
    theirs = next((c for c in condition.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    ours = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if theirs is None or ours is None:
        return True
    return theirs.lower_ not in OWN | {ours.lower_} or theirs.lower_ == "they" != ours.lower_


def _is_question(verb: Token) -> bool:
    """ "what they would do if" """
    return any(c.tag_ in {"WP", "WRB"} for c in verb.children)


def names_culprit(verb: Token) -> bool:
    """ "any state that sells arms", "whoever comes", "those who march" will meet with it."""
    for child in verb.children:
        if child.dep_ not in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS:
            continue
        has_clause = any(c.dep_ in {"relcl", "acl"} for c in child.children)
        if child.lower_ in {"whoever", "whatever", "anyone", "those", "he", "anybody"} and has_clause:
            return True
        if any(c.lower_ in {"any", "every", "whichever", "whoever"} for c in child.children):
            return True
        if has_clause and syntax.is_passive(verb):
            return True
    return False


def _is_said_by(verb: Token, verbs: str) -> bool:
    """ "warned that", "..., he threatened" """
    around = [verb.head] if verb.dep_ in {"ccomp", "xcomp", "acl", "conj"} else []
    around += [c for c in verb.children if c.dep_ in {"parataxis", "ccomp"}]
    return any(t.lemma_ in spans.word_set(verbs) for t in around)


def _is_strong(verb: Token) -> bool:
    """Harm by the verb or its words, whoever says so."""
    lemma = verb.lemma_.lower()
    return lemma in spans.word_set("strong_harm") or _is_hostile(lemma) or _has_harm_beside(verb)


def _is_harmful(verb: Token) -> bool:
    return verb.lemma_.lower() in spans.word_set("harm_verbs") or _is_strong(verb)


def _has_harm_beside(verb: Token) -> bool:
    harm = spans.word_set("consequences")
    below = {t.lower_ for c in verb.children if c.dep_ not in {"advcl", "nsubj", "ccomp"} for t in c.subtree}
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    return bool(below & harm) or (subject is not None and subject.lemma_.lower() in harm)


def is_alternative(verb: Token) -> bool:
    """ "leave, or we will strike" """
    return verb.dep_ == "conj" and any(c.dep_ == "cc" and c.lower_ == "or" for c in verb.head.children)


def is_order_or_else(order: Token, word: Token) -> bool:
    """ "leave or face", "leave, or we will strike", of an imperative."""
    if order.tag_ not in {"VB", "VBP"} or syntax.modals(order):
        return False
    if any(c.dep_ in {"nsubj", "nsubjpass"} or c.lower_ in {"to", "?"} for c in order.children):
        return False
    behind = [c for c in order.children if c.dep_ == "conj" and c.i > word.i and syntax.is_verb(c)]
    return any(syntax.modals(c) & FUTURE or c.lemma_ in spans.word_set("or_else") for c in behind)


def _forbids(clause: Token) -> bool:
    """ "not to", "to stop", "to think twice" """
    if clause.dep_ == "xcomp" or not any(
        c.dep_ in syntax.SUBJECTS | {"nsubjpass"} and c.i < clause.i and c.dep_ != "nsubj"
        for c in clause.children
    ):
        to = any(c.lower_ == "to" and c.dep_ == "aux" for c in clause.children)
        return to and (
            negation.is_negated(clause)
            or clause.lemma_ in {"stop", "think", "refrain", "avoid", "stay", "back", "cease"}
        )
    return False


def _announces_harm(clause: Token) -> bool:
    auxiliaries = syntax.modals(clause)
    if not auxiliaries & (FUTURE | MAYBE):
        return any(_announces_harm(c) for c in clause.children if c.dep_ == "conj" and syntax.is_verb(c))
    words = {t.lemma_.lower() for t in clause.subtree} | {t.lower_ for t in clause.subtree}
    conditional = any(t.lower_ in {"if", "unless", "should", "any", "whoever"} for t in clause.subtree)
    who = next((c for c in clause.children if c.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS), None)
    is_own = who is not None and (who.lower_ in OWN or syntax.is_passive(clause))
    if not auxiliaries & FUTURE:
        return bool(words & spans.word_set("consequences")) or (is_own and _is_hostile(clause.lemma_))
    if clause.lemma_ in spans.word_set("harm_verbs") or (conditional and _is_hostile(clause.lemma_)):
        return True
    if conditional and bool(words & spans.word_set("consequences")):
        return True
    if clause.lemma_ in spans.word_set("following") and who is not None and _is_hostile(who.lemma_, "noun"):
        return True
    return is_own and (_is_hostile(clause.lemma_) or _is_addressed(clause.head))


def _is_addressed(warn: Token) -> bool:
    """ "warned Rome that it would": to its face, so no forecast."""
    found = syntax.direct_object(warn) if syntax.is_verb(warn) else None
    return found is not None and (found.pos_ in {"PROPN", "PRON"} or _is_people(found))


def _is_people(noun: Token) -> bool:
    return any(child.pos_ == "PROPN" or child.ent_type_ in {"NORP", "GPE"} for child in noun.lefts)


def _is_hostile(lemma: str, part: str = "verb") -> bool:
    """Whether a hostile act, and no mere announcement of one, can begin with the word."""
    lexicon = load_lexicon()
    found = ((entry, words) for entry, words in lexicon.lookup(lemma, part) if entry.is_act)
    acts = {e.act for e, words in found if not words.rest and _is_general(e)}
    acts -= {"threat", "threat_force"}
    return any(lexicon.composition[act].is_hostile for act in acts)


def _harms(token: Token) -> bool:
    return token.lower_ in spans.word_set("consequences") or token.lemma_ in spans.word_set("consequences")


def _is_general(entry: Entry) -> bool:
    """Hostile with anybody as its object: "attack Rome", not "issue a ban"."""
    if entry.near or entry.subject or entry.object.after or "needs_future" in entry.options:
        return False
    return not entry.object or entry.object.any_name or entry.object.any_person
