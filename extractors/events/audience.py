"""An actor's word in, whether it is only where, or whom, a thing is told out: "told CNN", "on Twitter"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.wordlists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.actors import SentenceActors
    from extractors.events.candidates import Candidate
    from extractors.records import Actor

MEDIA = "MED"
THROUGH = frozenset({"on", "via", "in", "through", "over", "at", "by", "to", "with", "from"})
TELLING = frozenset({"tell", "inform", "remind", "assure", "show", "email", "brief", "text"})


def is_platform(actor: Actor) -> bool:
    """ "Twitter", "Telegram": through which is spoken, and which does nothing."""
    return any(word in word_list("platforms") for word in actor.name.lower().split())


def is_outlet(actor: Actor) -> bool:
    return actor.sector == MEDIA or actor.code[-3:] == MEDIA or is_platform(actor)


def is_audience(head: Token, candidate: Candidate, known: SentenceActors) -> bool:
    """ "told CNN", "said on Twitter", "in an interview with the BBC"; not "jailed reporters of CNN"."""
    if not is_told_to(head) and not _is_through(head, candidate):
        return False
    actors = known.resolve(head)
    return bool(actors) and all(map(is_outlet, actors))


def is_told_to(head: Token) -> bool:
    return head.dep_ in syntax.OBJECTS and head.head.lemma_.lower() in TELLING


def is_telling(head: Token) -> bool:
    """ "told CNN", "CNN reported": it has no more to do with it."""
    return is_told_to(head) or head.dep_ in syntax.SUBJECTS


def _is_through(head: Token, candidate: Candidate) -> bool:
    if head.dep_ != "pobj" or head.head.lower_ not in THROUGH:
        return False
    act = candidate.chain.act
    return head.head.head.i != act.token.i or head.head.lower_ not in act.entry.target
