"""A concession without a named receiver in, whoever it is made to out: by what it is for, or by who gives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.actors_of import is_known, same_government
from extractors.events.bystanders import is_attribution
from extractors.events.families import spans
from extractors.records import Modality

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Token

    from extractors.events.draft import Draft
    from extractors.records import Actor

FIGHTING = frozenset({"REB", "SEP", "INS", "RAD", "UAF"})
# What two sides can do for each other: "Chad and Libya agreed to pull back".
MUTUAL = frozenset(
    {"allow_access", "ceasefire", "deescalate", "release_person", "withdraw_forces", "demobilise", "concede"}
)


ABROAD = frozenset(
    {"in", "at", "near", "off", "via", "across", "around", "over", "through", "inside", "outside"}
)
FAR = 14  # tokens from the cue to whom it is for
AGREED = frozenset({"promise", "cooperate_economic"})
HELD_BEFORE = frozenset({"release_person", "pardon", "drop_case", "return_property", "hand_over"})


def beneficiary(draft: Draft) -> tuple[Actor, ...]:
    """Empty where the sentence does not tell."""
    return _each_other(draft) or whom_it_is_for(draft) or _their_state(draft)


def with_giver(draft: Draft) -> Draft:
    """ "Three Danes were freed, Rome said", "the release came as Rome ...": who gives is told aside."""
    composed = draft.candidate.composed
    if composed.row.family != "concession" or composed.operator not in {"done", "intend"}:
        return draft
    if draft.known_sources:
        return _turned_round(draft)
    return replace(draft, sources=_speaker(draft) or _holder(draft) or draft.sources)


def _turned_round(draft: Draft) -> Draft:
    """ "Rome lifted its curbs in exchange for Paris freeing ...": the gerund's doer is the other side."""
    over = draft.candidate.chain.act.token.head
    if over.lower_ != "for" or over.head.lower_ not in {"exchange", "return"} or not draft.known_targets:
        return draft
    return replace(draft, sources=draft.known_targets, targets=draft.known_sources)


def agreed_with_speaker(draft: Draft) -> tuple[Actor, ...]:
    """ "Rome says Paris agreed to buy its wheat": whatever it is, it is given to who tells it."""
    chain = draft.candidate.chain
    if draft.candidate.composed.act not in AGREED or chain.speaker is None or draft.has_other_side:
        return ()
    word = chain.act.token if chain.outer is None else chain.outer.token
    if word.lemma_ != "agree" or draft.modality not in {Modality.ASSERTED, Modality.PLANNED}:
        return ()
    ours = {actor.country for actor in draft.known_sources}
    found = draft.known.resolve(chain.speaker)
    return tuple(a for a in found if ours and a.country and a.country not in ours)


def _speaker(draft: Draft) -> tuple[Actor, ...]:
    chain = draft.candidate.chain
    if chain.speaker is None or not syntax.is_verb(chain.act.token) or draft.candidate.roles.sources:
        return ()
    theirs = {actor.country for actor in draft.known_targets}
    return tuple(a for a in draft.known.resolve(chain.speaker) if is_known(a) and a.country not in theirs)


def _holder(draft: Draft) -> tuple[Actor, ...]:
    """Of whoever was held, the one other state of the sentence."""
    if draft.candidate.composed.act not in HELD_BEFORE or draft.candidate.roles.sources:
        return ()
    theirs = {actor.country for actor in draft.known_targets}
    others = [m.actor for m in draft.known.mentions if m.actor.country and m.actor.country not in theirs]
    return tuple(others[:1]) if theirs and len({actor.country for actor in others}) == 1 else ()


def _each_other(draft: Draft) -> tuple[Actor, ...]:
    """Both sides of a mutual act are its receivers, too."""
    given = draft.known_sources
    sides = {(actor.country or actor.code, actor.sector in FIGHTING) for actor in given}
    return given if len(sides) > 1 and draft.candidate.composed.act in MUTUAL else ()


def whom_it_is_for(draft: Draft) -> tuple[Actor, ...]:
    """ "a concession to Paris", "so as not to anger Paris", "days before its leader meets Macron" """
    doc = draft.candidate.trigger.doc
    others = [m for m in draft.known.mentions if m.actor.country and not _is_ours(m.actor, draft)]
    for cue in (token.i for token in doc if _is_cue(token.lower_)):
        found = next(
            (m.actor for m in others if cue < m.start < cue + FAR and not is_place(m.start, doc)), None
        )
        if found is not None:
            return (found,)
    return ()


def is_place(start: int, doc: Doc) -> bool:
    """ "in Qatar", "across the Gaza Strip"."""
    before = [token.lower_ for token in doc[max(start - 2, 0) : start]]
    return before[-1:] != [] and (before[-1] in ABROAD or (before[-1] == "the" and before[0] in ABROAD))


def both_sides(draft: Draft) -> Draft:
    """ "Chad and Libya agreed that their soldiers should pull back": each to the other."""
    each = _each_other(draft)
    ours = {actor.country for actor in each}
    is_theirs = all(actor.country and actor.country in ours for actor in draft.known_targets)
    return replace(draft, targets=each) if each and is_theirs else draft


def _is_of_a_thing(token: Token) -> bool:
    """ "an American television network", "a trip to China": of whom something else is."""
    if token.dep_ in {"amod", "compound"}:
        return token.head.lemma_.lower() in spans.word_set("of_no_side")
    is_journey = token.dep_ == "pobj" and token.head.lower_ in {"to", "from"}
    return is_journey and token.head.head.lemma_.lower() in spans.word_set("journeys")


def only_other_country(draft: Draft, *, but_places: bool = False) -> tuple[Actor, ...]:
    """Where the sentence names one state besides the source's, the act is towards that one.

    `but_places`: not where the name is only the place, as in "agreed in Geneva".
    """
    doc = draft.candidate.trigger.doc
    return _only_one(
        m.actor
        for m in draft.known.mentions
        if _is_other(m.actor, draft)
        and not is_attribution(m, draft.candidate)
        and not (but_places and is_place(m.start, doc))
        and not _is_of_a_thing(doc[m.end - 1])
    )


def _is_other(actor: Actor, draft: Draft) -> bool:
    return actor.country is not None and actor.country not in {own.country for own in draft.sources}


def _only_one(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    others = list(actors)
    return tuple(others[:1]) if len({actor.country for actor in others}) == 1 else ()


def _is_cue(word: str) -> bool:
    return word in spans.word_set("made_for")


def _their_state(draft: Draft) -> tuple[Actor, ...]:
    """Rebels who stop fighting do so towards the state that the sentence names them by."""
    ours = draft.known_sources
    if not ours or not all(actor.sector in FIGHTING for actor in ours):
        return ()
    countries = {actor.country for actor in ours}
    found = (m.actor for m in draft.known.mentions if m.actor.country in countries)
    return tuple(a for a in found if a.sector not in FIGHTING and is_known(a))[:1]


def _is_ours(actor: Actor, draft: Draft) -> bool:
    return any(same_government(actor, own) or actor.country == own.country for own in draft.sources)
