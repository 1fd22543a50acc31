"""A candidate's chain in, whether its sentence tells it as background: known, habitual, named in passing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.unreal import verbs_of
from extractors.events.wordlists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.chains import Chain

DEFINITE = frozenset({"the", "this", "that", "these", "those"})
COMMAS = frozenset({",", "-", "–", "—", "("})
FINITE = frozenset({"VBD", "VBN", "VBZ", "VBP"})
PRESENT = frozenset({"VBZ", "VBP"})
LONG_TIMES = frozenset({"month", "year", "decade"})
PERFECT = frozenset({"has", "have", "'ve", "’ve"})
OVER = frozenset({"during", "for", "in", "on", "over", "through", "throughout"})
STEPS = 6


def is_background(chain: Chain, *, in_body: bool) -> bool:
    """ "has long refused", and in the body of an article also what it only looks back on.

    `in_body`: another sentence stands before it, so "the invasion" is known, and "had signed" a step back.
    """
    top = chain.top if chain.top is not None else chain.act.token
    if any(_is_standing(verb) for verb in verbs_of(chain)):
        return True
    return in_body and (
        _is_known_thing(chain, top)
        or _is_step_back(chain)
        or _is_restrictive(top)
        or _is_known_decision(chain)
        or _is_closer_description(chain, top)
        or _is_habit(chain, top)
        or _is_state(chain, top)
        or any(_is_since(token) or _is_summed_up(token) for token in _upwards(top))
    )


def _is_standing(verb: Token) -> bool:
    """ "has long demanded", "regularly holds", "previously refused"."""
    return any(
        c.dep_ == "advmod" and c.lower_ in word_list("long_standing") and not any(True for _ in c.children)
        for c in verb.children
    )


def _is_restrictive(top: Token) -> bool:
    """ "the officers who cleared the camp", "the treaty it signed": without a comma it only says which.

    What a paper says stands in one too: "a statement in which it threatened".
    """
    if any(word.lower_ == "which" for child in top.lefts if child.lower_ == "in" for word in child.children):
        return False
    is_finite = top.tag_ in FINITE or any(
        c.dep_ in {"aux", "auxpass"} and c.lower_ != "to" for c in top.children
    )
    return top.dep_ == "relcl" and is_finite and not _after_comma(top)


def _after_comma(clause: Token) -> bool:
    first = clause.left_edge
    return any(token.text in COMMAS for token in clause.doc[max(0, first.i - 1) : first.i + 1])


def _is_step_back(chain: Chain) -> bool:
    """ "Rome, which had signed", "once it had signed": why something else is done.

    The main clause may tell the news so ("By evening Rome had signed"), and a report does ("said it had").
    """
    if chain.report is not None:
        return False
    return any(_is_past_perfect(verb) and _is_aside(verb) for verb in verbs_of(chain))


def _is_aside(verb: Token) -> bool:
    """In a relative or an adverbial clause."""
    while verb.dep_ == "conj" and syntax.is_verb(verb.head):
        verb = verb.head
    return verb.dep_ in {"relcl", "advcl", "acl"}


def _is_past_perfect(verb: Token) -> bool:
    helping = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    return verb.tag_ == "VBN" and bool(helping & {"had", "'d"}) and not helping & {"would", "could", "might"}


def _is_known_thing(chain: Chain, top: Token) -> bool:
    """ "the invasion of Ukraine is", "over its deal with Iran": a topic. Exercises have their own reading."""
    noun = chain.act.token
    is_only_named = top.i == noun.i and chain.light is None
    is_only_called = chain.light is not None and chain.light.lemma_.lower() in word_list("naming_verbs")
    if syntax.is_verb(noun) or chain.held or not (is_only_named or is_only_called):
        return False
    return chain.act.entry.act not in word_list("drills") and is_definite(noun)


def is_definite(noun: Token) -> bool:
    return any(child.lower_ in DEFINITE or child.dep_ == "poss" for child in noun.lefts)


def _is_known_decision(chain: Chain) -> bool:
    """ "defended his decision to meet", "its threat to close the site": made before, only spoken of now."""
    outer = chain.outer
    if outer is None or outer.entry is None or outer.token.pos_ not in {"NOUN", "PROPN"}:
        return False
    return is_definite(outer.token) and outer.token.head.lemma_.lower() not in word_list("making_verbs")


def _is_closer_description(chain: Chain, top: Token) -> bool:
    """ "the blogger jailed in May", "countries sending arms have balked"."""
    if chain.held or any(c.dep_ in {"aux", "auxpass", "mark"} for c in top.children):
        return False
    if top.dep_ != "acl" or top.head.dep_ == "ROOT":
        return False
    return top.tag_ == "VBN" or (top.tag_ == "VBG" and not _is_thing(top.head))


def _is_thing(noun: Token) -> bool:
    """ "a vote approving sanctions": the noun is the act itself, or a paper."""
    return noun.lemma_.lower() in word_list("documents") or noun.lemma_.lower() in word_list("doings")


def _is_habit(chain: Chain, top: Token) -> bool:
    """ "Rome sends aid to Egypt", "most people oppose it". Speaking in the present tense is the news."""
    if chain.held or top.tag_ not in PRESENT or not syntax.is_verb(top) or top.doc[-1].text != ".":
        return False
    if any(child.dep_ in {"aux", "auxpass"} for child in top.children):
        return False
    act = chain.act.entry.act
    if not chain.act.entry.words or _has_its_day(top):
        return False  # of the judge's own, which knows what a habit is
    return act not in word_list("sayings") or top.lemma_.lower() in word_list("attitudes")


def _is_state(chain: Chain, top: Token) -> bool:
    """ "has stationed 40,000 troops at the border": they are there."""
    is_perfect = any(c.dep_ == "aux" and c.lower_ in PERFECT for c in top.lefts)
    return is_perfect and not chain.held and top.lemma_.lower() in word_list("stationing")


def _has_its_day(verb: Token) -> bool:
    """ "leaves for Rome on Monday": a timetable, no habit."""
    days = word_list("days")
    return any(
        child.lower_ in days or any(word.lower_ in days for word in child.children) for child in verb.children
    )


def _is_since(token: Token) -> bool:
    """ "since invading Ukraine", "months after the attack": the time from which something else goes on."""
    if token.dep_ in {"pobj", "pcomp"}:
        over = token.head
        is_long_after = over.lower_ == "after" and over.i > 0 and over.nbor(-1).lemma_ in LONG_TIMES
        return over.lower_ == "since" or is_long_after
    return token.dep_ == "advcl" and any(
        c.lower_ == "since" and c.dep_ == "mark" and c.i > token.head.i for c in token.lefts
    )


def _is_summed_up(verb: Token) -> bool:
    """ "has repeatedly warned", "in recent months they have shelled", "Since then it has bombed"."""
    if not any(c.dep_ == "aux" and c.lower_ in PERFECT for c in verb.lefts):
        return False
    return any(
        (c.dep_ == "advmod" and c.lower_ in word_list("time_and_again"))
        or (c.lower_ == "since" and c.i == 0 and any(t.lower_ == "then" for t in c.children))
        or (c.dep_ == "prep" and c.lower_ in OVER and any(map(_is_long_time, c.children)))
        for c in verb.children
    )


def _is_long_time(noun: Token) -> bool:
    """ "years", "recent months", "several occasions"."""
    return noun.dep_ == "pobj" and noun.tag_ == "NNS" and noun.lemma_.lower() in LONG_TIMES | {"occasion"}


def _upwards(token: Token) -> Iterator[Token]:
    for _ in range(STEPS):
        yield token
        if token.head.i == token.i or token.dep_ in {"ccomp", "relcl"}:
            return
        token = token.head
