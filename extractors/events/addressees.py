"""A promise, an apology or a request in, to whom the sentence says that it was made out.

"Rome told Paris that it was sorry", "Rome asked for Paris's help".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.actors_of import is_known
from extractors.events.audience import is_outlet
from extractors.events.wordlists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.actors import SentenceActors
    from extractors.events.candidates import Candidate
    from extractors.records import Actor

TOLD = ("018", "03", "055", "056")
ASKING = frozenset({"appeal", "demand"})
CLIMB = 4
BELOW = frozenset({"ccomp", "xcomp", "acomp", "conj"})


def addressees(candidate: Candidate, known: SentenceActors, sources: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """The first of them who is of another country than those who speak."""
    ours = {actor.country for actor in sources}
    for head in _heads(candidate):
        found = tuple(
            actor
            for actor in known.resolve(head)
            if is_known(actor) and actor.country not in ours and not is_outlet(actor)
        )
        if found:
            return found
    return ()


def _heads(candidate: Candidate) -> Iterator[Token]:
    if candidate.composed.code.startswith(TOLD):
        yield from _told(candidate.trigger)
    if candidate.composed.operator in ASKING and syntax.is_verb(candidate.trigger):
        thing = syntax.prepositional(candidate.trigger, ("for",))
        if thing is not None and thing.lemma_.lower() in word_list("wanted"):
            yield from (child for child in thing.lefts if child.dep_ == "poss")


def _told(word: Token) -> Iterator[Token]:
    """ "told Paris that Rome was ready": who is told."""
    for _ in range(CLIMB):
        if word.dep_ not in BELOW:
            return
        word = word.head
        if word.lemma_.lower() in word_list("informing_verbs"):
            yield from (t for t in (syntax.dative(word), syntax.direct_object(word)) if t is not None)
            return
