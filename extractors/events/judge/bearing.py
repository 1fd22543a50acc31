"""An event and its candidate in, how its sides and its time hang on the words that tell it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extractors.events.judge.setting import Here
from extractors.events.judge.sites import stem
from extractors.records import Actor, Event

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.candidates import Candidate

FAR = 4  # edges between a word and one of its sides, beyond which all ways are one
MODIFIERS = frozenset({"amod", "compound", "nummod"})
ARTICLES = frozenset({"the", "a", "an", "this", "that", "any", "no", "another", "such", "these", "those"})
AUXILIARIES = frozenset({"aux", "auxpass", "neg", "mark"})
CLAUSES = frozenset({"ccomp", "advcl", "relcl", "acl", "csubj", "xcomp", "conj", "pcomp", "parataxis"})


def bearing(event: Event, candidate: Candidate, here: Here) -> Iterator[str]:
    trigger = candidate.trigger
    yield from _side("source", trigger, candidate.roles.sources, event.sources)
    yield from _side("target", trigger, candidate.roles.targets, event.targets)
    ours = {actor.country for actor in event.sources} - {None}
    theirs = {actor.country for actor in event.targets} - {None}
    if ours and theirs:
        yield "sides=same country" if ours & theirs else "sides=two countries"
    yield from _clause(trigger)
    yield from here.names
    yield f"when={event.date_precision.value}/{here.age(event.event_date)}"
    yield f"when={event.date_precision.value}/{here.age(event.event_date)}/{event.modality.value}"
    if stem(trigger.lemma_.lower()) in here.title:
        yield "in title"
    yield from (f"entry={name}" for name in candidate.entry_ids)
    yield f"word={trigger.lemma_.lower()}/{trigger.pos_}"


def _side(name: str, trigger: Token, heads: Sequence[Token], actors: Sequence[Actor]) -> Iterator[str]:
    yield f"{name}s={min(len(actors), 3)}"
    if not actors:
        return
    words = set(actors[0].text.split())
    head = next((token for token in heads if token.text in words), None)
    if head is None:
        yield f"{name}.by={'elsewhere' if heads else 'context'}"
        yield f"{name}.by={'elsewhere' if heads else 'context'}/{_spelling(actors[0])}"
        return
    way = _way(trigger, head)
    yield f"{name}.by={way}"
    yield f"{name}.is={head.pos_}/{'code' if actors[0].code else 'plain'}"
    yield f"{name}.by={way}/{actors[0].sector or ('state' if actors[0].country else 'none')}"


def _spelling(actor: Actor) -> str:
    return "name" if actor.text[:1].isupper() else "word"


def _way(trigger: Token, head: Token) -> str:
    """The edges from the head up to the trigger, or to the word above both."""
    way, at = [], head
    for _ in range(FAR):
        if at.i == trigger.i or at.head.i == at.i:
            break
        way.append(at.lemma_.lower() if at.dep_ == "prep" else at.dep_)
        at = at.head
    if at.i == trigger.i:
        return "<".join(way)
    return "far:" + (way[-1] if at.is_ancestor(trigger) and way else "apart")


def _clause(trigger: Token) -> Iterator[str]:
    """Tense and mood of the clause that the trigger stands in, and what it hangs under."""
    verb = trigger
    while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
        verb = verb.head
    told = "verb" if verb.i == trigger.i else "noun"
    own = sorted(child.lemma_.lower() for child in verb.children if child.dep_ in AUXILIARIES)
    yield f"tense={told}/{verb.tag_}/{'+'.join(own)}"
    yield f"tense={verb.tag_}"
    yield from (f"mood={word}" for word in own)
    yield f"clause={told}/{verb.dep_}"
    yield from (f"adverb={child.lower_}" for child in verb.children if child.dep_ == "advmod")
    yield from (f"dated={child.lower_}" for child in verb.children if child.dep_ in {"npadvmod", "prep"})
    if verb.dep_ in CLAUSES:
        above = verb.head
        yield f"above={above.lemma_.lower()}"
        yield f"above.tag={above.tag_}"
        yield from (
            f"above.mood={child.lemma_.lower()}" for child in above.children if child.dep_ in AUXILIARIES
        )
    if trigger.pos_ in {"NOUN", "PROPN"}:
        fits = sorted(child.lemma_.lower() for child in trigger.children if child.dep_ in {"det", "poss"})
        yield f"noun={trigger.dep_}/{fits[0] if fits and fits[0] in ARTICLES else len(fits)}"
        if trigger.dep_ == "pobj":
            yield f"noun.under={trigger.head.lower_}"
            yield f"noun.under={trigger.head.lower_}/{trigger.head.dep_}"
        yield from (f"noun.of={child.lower_}" for child in trigger.children if child.dep_ == "prep")
        yield from (
            f"noun.mod={child.lemma_.lower()}" for child in trigger.children if child.dep_ in MODIFIERS
        )
