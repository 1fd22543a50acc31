"""A word that stands where a target may in, whether it is only what is judged, lent or moved out.

Who judges "it" judges a deed; who sends soldiers, or calls its envoy home, does nothing to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.events.topics import is_topic_word
from extractors.events.wordlists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.actors import SentenceActors
    from extractors.events.candidates import Candidate
    from extractors.records import Actor

JUDGED = ("03", "05", "110", "111", "12")
LENT = ("033", "07", "15")
MOVED = ("15", "16")
FORCES = frozenset({"MIL", "COP", "PKO"})
OWN = FORCES | {"GOV", "SPY", "LAB", "BUS"}


def is_no_party(head: Token, candidate: Candidate, sources: tuple[Actor, ...], known: SentenceActors) -> bool:
    """ "called it a disgrace", "promised troops", "recalled its envoy"."""
    if head.lower_ in {"it", "this", "that"}:
        return candidate.composed.code.startswith(JUDGED) and not _is_blamed(head)
    if is_topic_word(head, candidate.composed.code):
        return True
    if not candidate.composed.code.startswith((*LENT, *MOVED)):
        return False
    actors = known.resolve(head)
    if not actors:
        return False
    return _is_lent(head, candidate, actors) or _is_own(candidate, actors, sources)


def _is_blamed(head: Token) -> bool:
    """ "criticised it for the raid": who did it."""
    return any(child.dep_ == "prep" and child.lower_ in {"for", "over"} for child in head.head.children)


def _is_lent(head: Token, candidate: Candidate, actors: tuple[Actor, ...]) -> bool:
    """ "sent soldiers", "offered a team of police officers"."""
    given = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "of" else head
    is_sent = given.dep_ == "dobj" and given.head.lemma_.lower() in word_list("lending")
    if not is_sent or not candidate.composed.code.startswith(LENT):
        return False
    return all(actor.sector in FORCES for actor in actors) or head.lemma_.lower() in word_list("lent")


def _is_own(candidate: Candidate, actors: tuple[Actor, ...], sources: tuple[Actor, ...]) -> bool:
    ours = {actor.country for actor in sources if actor.country}
    is_moved = candidate.composed.code.startswith(MOVED)
    return is_moved and all(actor.country in ours and actor.sector in OWN for actor in actors)
