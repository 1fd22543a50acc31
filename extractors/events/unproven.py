"""The outermost word of an act in, whether what hangs above it leaves open that it is ever done, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.wordlists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

OPEN = frozenset({"will", "would", "could", "might", "may", "can", "'ll", "’ll", "'d", "wo", "ca"})
DOUBTED = frozenset({"would", "could", "might", "may"})
TIMES = frozenset({"before", "after", "since", "during", "ahead", "following", "despite"})
LATER = frozenset({"once", "until", "till", "unless"})  # and "as soon as"
# "concessions, including freeing", "in exchange for freeing"
INSTANCES = frozenset({"after", "as", "besides", "by", "exchange", "including", "like", "response", "return"})
PRESENT = frozenset({"VBZ", "VBP"})
STEPS = 5


def is_unproven(top: Token) -> bool:
    """ "efforts at ending the war", "could spill over, killing many", "ways to deepen ties", "once it is"."""
    if _is_question(top) or _is_gerund_of_noun(top):
        return True
    if not syntax.is_verb(top):
        return any(syntax.is_verb(above) and syntax.modals(above) & DOUBTED for above in _above(top))
    first = _first(top)
    if (
        _is_still_to_come(first)
        or _is_enabled(first)
        or _is_way(first)
        or _is_draft(first)
        or _is_of_any(top)
    ):
        return True
    return any(syntax.is_verb(above) and syntax.modals(above) & OPEN for above in _above(top))


def is_guessed(verb: Token) -> bool:
    """ "perhaps Rome has attacked": nobody knows."""
    return any(c.dep_ == "advmod" and c.lower_ in word_list("guessing_adverbs") for c in verb.children)


def _is_question(top: Token) -> bool:
    return top.doc[-1].text == "?" and not any(t.text in {'"', "“", "”"} for t in top.doc)


def _is_gerund_of_noun(top: Token) -> bool:
    """ "steps toward ending", "options for punishing": no verb says that it came to that."""
    if top.dep_ != "pcomp":
        return False
    over = top.head.head
    if over.lemma_ in {"be", "come"}:
        return top.head.lower_ in {"about", "to"}  # "it is about winning", "when it comes to paying"
    if over.pos_ == "ADJ":
        return over.lemma_.lower() in word_list("enabling_adjectives")
    if over.pos_ == "ADV":
        return over.lower_ in {"close", "closer", "short"}
    return over.pos_ in {"NOUN", "PROPN"} and not {top.head.lower_, over.lower_} & INSTANCES


def _first(verb: Token) -> Token:
    """Of verbs in a row, the one that says how they hang on the sentence."""
    for _ in range(STEPS):
        if verb.dep_ != "conj" or not syntax.is_verb(verb.head) or _stands_alone(verb):
            return verb
        verb = verb.head
    return verb


def _stands_alone(verb: Token) -> bool:
    return any(c.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS or c.dep_ == "aux" for c in verb.children)


def _is_still_to_come(clause: Token) -> bool:
    """ "as soon as Rome withdraws", "until it stops": in the present tense that is no report."""
    if clause.dep_ != "advcl" or not _is_present(clause):
        return False
    marks = [c.lower_ for c in clause.lefts if c.dep_ in {"mark", "advmod"}]
    return bool(LATER & set(marks)) or ("as" in marks and "soon" in {t.lower_ for t in _lead(clause)})


def _lead(clause: Token) -> list[Token]:
    return list(clause.doc[max(0, clause.left_edge.i - 2) : clause.i])


def _is_present(verb: Token) -> bool:
    helping = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    return verb.tag_ in PRESENT or bool(helping & {"is", "are", "has", "have", "'s", "'re"})


def _is_enabled(clause: Token) -> bool:
    """ "prevented it from exporting", "will enable them to impose", "is able to strike"."""
    above = clause.head
    if clause.dep_ == "pcomp":
        is_kept = above.lower_ in {"from", "against"}
        return is_kept and above.head.lemma_.lower() in word_list("enabling_verbs")
    if clause.dep_ not in {"xcomp", "ccomp"} or clause.tag_ not in {"VB", "VBG"}:
        return False
    if above.pos_ == "ADJ":
        return above.lemma_.lower() in word_list("enabling_adjectives")
    acomp = next((c for c in above.children if c.dep_ == "acomp"), None)
    if acomp is not None and acomp.lemma_.lower() in word_list("enabling_adjectives"):
        return True
    return syntax.is_verb(above) and above.lemma_.lower() in word_list("enabling_verbs")


def _is_way(clause: Token) -> bool:
    """ "ways to deepen ties": not yet; "the first to sign" has signed."""
    if clause.dep_ != "relcl" or not syntax.is_infinitive(clause):
        return False
    noun = clause.head
    if noun.left_edge.i == 0:
        return False  # "Strongman to face sanctions"
    is_sent = noun.dep_ in syntax.OBJECTS and noun.head.lemma_.lower() in word_list("sending_verbs")
    return not is_sent and not any(t.lower_ in word_list("ordinals") for t in (noun, *noun.lefts))


def _is_draft(clause: Token) -> bool:
    """ "a bill that would ban the book"."""
    is_relative = any(
        c.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS and c.lower_ in syntax.RELATIVES
        for c in clause.children
    )
    return clause.dep_ == "relcl" and is_relative and bool(syntax.modals(clause) & DOUBTED)


def _is_of_any(verb: Token) -> bool:
    """ "any gunboats harassing our ships"."""
    return verb.dep_ in {"acl", "relcl"} and any(c.lower_ == "any" for c in verb.head.lefts)


def _has_own_tense(verb: Token) -> bool:
    return (
        verb.tag_ == "VBD"
        or _is_present(verb)
        or any(c.lower_ in {"was", "were", "had", "did"} for c in verb.lefts)
    )


def _above(token: Token) -> Iterator[Token]:
    for _ in range(STEPS):
        if token.head.i == token.i or token.dep_ in {"ccomp", "relcl", "conj", "parataxis"}:
            return
        if token.dep_ == "advcl" and _has_own_tense(token):
            return
        if token.dep_ == "prep" and token.lower_ in TIMES:
            return
        token = token.head
        yield token
