"""A concession without a named receiver in, whoever it is made to out: by what it is for, or by who gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.actors_of import is_known, same_government
from extractors.events.families import spans

if TYPE_CHECKING:
    from extractors.events.draft import Draft
    from extractors.records import Actor

FIGHTING = frozenset({"REB", "SEP", "INS", "RAD", "UAF"})
# What two sides can do for each other: "Chad and Libya agreed to pull back".
MUTUAL = frozenset(
    {"allow_access", "ceasefire", "deescalate", "release_person", "withdraw_forces", "demobilise", "concede"}
)


def beneficiary(draft: Draft) -> tuple[Actor, ...]:
    """Empty where the sentence does not tell."""
    return _each_other(draft) or _whom_it_is_for(draft) or _their_state(draft)


def _each_other(draft: Draft) -> tuple[Actor, ...]:
    """Both sides of a mutual act are its receivers, too."""
    given = draft.known_sources
    sides = {(actor.country or actor.code, actor.sector in FIGHTING) for actor in given}
    return given if len(sides) > 1 and draft.candidate.composed.act in MUTUAL else ()


def _whom_it_is_for(draft: Draft) -> tuple[Actor, ...]:
    """ "a concession to Paris", "so as not to anger Paris", "days before its leader meets Macron" """
    doc = draft.candidate.trigger.doc
    cue = next((t.i for t in doc if _is_cue(t.lower_) and not syntax.is_verb(t.head)), None)
    cue = cue if cue is not None else next((t.i for t in doc if _is_cue(t.lower_)), None)
    if cue is None:
        return ()
    for mention in draft.known.mentions:
        actor = mention.actor
        if mention.start > cue and is_known(actor) and actor.country and not _is_ours(actor, draft):
            return (actor,)
    return ()


def _is_cue(word: str) -> bool:
    return word in spans.word_set("made_for")


def _their_state(draft: Draft) -> tuple[Actor, ...]:
    """Rebels who stop fighting do so towards the state that the sentence names them by."""
    ours = draft.known_sources
    if not all(actor.sector in FIGHTING for actor in ours):
        return ()
    countries = {actor.country for actor in ours}
    found = (m.actor for m in draft.known.mentions if m.actor.country in countries)
    return tuple(a for a in found if a.sector not in FIGHTING and is_known(a))[:1]


def _is_ours(actor: Actor, draft: Draft) -> bool:
    return any(same_government(actor, own) or actor.country == own.country for own in draft.sources)
