"""A draft and the actors of its sentence in, features of each that could be its source or target out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.actors_of import is_known, same_government
from extractors.events.candidates import Candidate
from extractors.events.draft import Draft
from extractors.events.judge.features import Features, path_between
from extractors.records import Actor

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from extractors.events.actors import SentenceActors

SIDES = ("source", "target")
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM"})
INSIDE = frozenset({"compound", "amod", "nmod", "poss", "nummod"})
MAX_PHRASES = 12


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase that denotes known actors."""

    head: Token
    actors: tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A phrase that could take a side. `is_chosen`: the grammar put it there. `at` is its head's place."""

    actors: tuple[Actor, ...]
    features: Features
    is_chosen: bool
    at: int


def options_of(doc: Doc, draft: Draft) -> dict[str, list[Option]]:
    """By side. What does not hang on the side is looked at once."""
    phrases = phrases_of(doc, draft.known)
    shared = [tuple(_features(draft, phrase, len(phrases))) for phrase in phrases]
    return {
        side: [
            Option(
                phrase.actors,
                Features(tuple(dict.fromkeys((*told, *_beside(draft, phrase, side)))), ()),
                _is_chosen(draft, phrase, side),
                phrase.head.idx,
            )
            for phrase, told in zip(phrases, shared, strict=True)
        ]
        for side in SIDES
    }


def _is_chosen(draft: Draft, phrase: Phrase, side: str) -> bool:
    ours = {(a.code, a.name) for a in chosen_of(draft, side)}
    return any((a.code, a.name) in ours for a in phrase.actors)


@lru_cache(maxsize=1)
def phrases_of(doc: Doc, known: SentenceActors) -> tuple[Phrase, ...]:
    """Those of the sentence, in order; "German" of "the German minister" is not one of its own."""
    found: list[Phrase] = []
    for token in doc:
        if token.pos_ not in NOMINAL or len(found) >= MAX_PHRASES:
            continue
        if token.dep_ == "compound" or (token.pos_ in {"ADJ", "NUM"} and not _named(token, known)):
            continue
        actors = tuple(actor for actor in known.resolve(token) if is_known(actor))
        if actors and not (token.dep_ in INSIDE and known.resolve(token.head)):
            found.append(Phrase(token, actors))
    return tuple(found)


def _named(token: Token, known: SentenceActors) -> bool:
    return any(m.start <= token.i < m.end for m in known.mentions)


def chosen_of(draft: Draft, side: str) -> tuple[Actor, ...]:
    return draft.sources if side == "source" else draft.targets


def _features(draft: Draft, phrase: Phrase, count: int) -> Iterator[str]:
    candidate, head = draft.candidate, phrase.head
    chain = candidate.chain
    act, trigger = chain.act.token, candidate.trigger
    operators = "+".join(held.operator for held in chain.held) or "done"
    from_trigger, from_act = path_between(trigger, head), path_between(act, head)
    yield "bias"
    yield from (f"path={from_trigger}", f"act_path={from_act}", f"paths={from_trigger}|{from_act}")
    yield from (f"path={from_trigger}/{operators}", f"act_path={from_act}/{chain.act.entry.act}")
    yield f"act_path={from_act}/{chain.act.entry.id}"
    yield from _place(trigger, head)
    place = _preposition(head)
    yield from (f"prep={place}", f"prep={place}/{candidate.composed.code[:2]}", f"prep={place}/{operators}")
    yield from (f"dep={head.dep_}", f"dep={head.dep_}/{candidate.roles.frame}", f"count={min(count, 6)}")
    yield from _standing(candidate, head)
    yield from _as_the_grammar_sees(draft, phrase)
    for actor in phrase.actors[:1]:
        kind = "country" if actor.country and not actor.sector else actor.sector or "body"
        yield from (f"kind={kind}", f"kind={kind}/{candidate.composed.code[:2]}", f"kind={kind}/{place}")
    yield f"pos={head.pos_}"


def _place(trigger: Token, head: Token) -> Iterator[str]:
    where = "before" if head.i < trigger.i else "after"
    yield f"where={where}"
    yield f"where={where}/{min(abs(head.i - trigger.i) // 3, 6)}"


def _preposition(head: Token) -> str:
    return head.head.lower_ if head.dep_ in {"pobj", "pcomp"} else head.dep_


def _standing(candidate: Candidate, head: Token) -> Iterator[str]:
    chain = candidate.chain
    if chain.speaker is not None and chain.speaker.i == head.i:
        yield "speaker"
    if head.dep_ in syntax.SUBJECTS | {"nsubjpass"} and head.head.dep_ == "ROOT":
        yield f"subject_of_all/{head.dep_}"
    verb = syntax.governing_verb(head)
    same = verb is not None and verb.i in {candidate.trigger.i, chain.act.token.i}
    yield f"own_verb={same}/{head.dep_}"
    for name, heads in (("source", candidate.roles.sources), ("target", candidate.roles.targets)):
        rank = next((i for i, token in enumerate(heads) if token.i == head.i), None)
        if rank is not None:
            yield f"{name}_rank={min(rank, 3)}"


def _as_the_grammar_sees(draft: Draft, phrase: Phrase) -> Iterator[str]:
    ours = {(a.code, a.name) for a in phrase.actors}
    for name in SIDES:
        chosen = chosen_of(draft, name)
        is_chosen = bool(ours & {(a.code, a.name) for a in chosen})
        state = (
            "this"
            if is_chosen
            else "none"
            if not chosen
            else "other"
            if any(map(is_known, chosen))
            else "unnamed"
        )
        yield f"{name}_chosen={state}"
        yield f"{name}_chosen={state}/{draft.candidate.roles.frame}"
        yield f"{name}_chosen={state}/{draft.candidate.composed.code[:2]}"


def _beside(draft: Draft, phrase: Phrase, side: str) -> Iterator[str]:
    """How the phrase stands to whoever the grammar put on the other side."""
    countries = {a.country for a in phrase.actors} - {None}
    other = chosen_of(draft, "target" if side == "source" else "source")
    if countries and countries & {a.country for a in other}:
        yield "same_country"
        yield f"same_country/{draft.candidate.composed.code[:2]}"
    if any(same_government(a, b) for a in phrase.actors for b in other):
        yield "same_government"
