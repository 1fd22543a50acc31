"""A draft of force in, the same with its sides in full out: "a colonel, Ann Lee", each place once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.records import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.draft import Draft

BY_FORCE = frozenset({"17", "18", "19", "20"})
PROPER = "PROPN"
LONGEST = 14  # tokens


def in_full(draft: Draft) -> Draft:
    """Who is told by rank or trade with the name beside it: "a colonel, Ann Lee", "Ann Lee, a colonel"."""
    if draft.candidate.composed.code[:2] not in BY_FORCE:
        return draft
    roles = draft.candidate.roles
    draft = replace(draft, sources=tuple(_without_deed(a, draft) for a in draft.sources))
    spans = [span for head in (*roles.sources, *roles.targets) for span in _with_apposition(head)]
    draft = replace(draft, targets=_once(draft.targets))
    return replace(draft, sources=_spelt(draft.sources, spans), targets=_spelt(draft.targets, spans))


def _once(targets: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """ "guests at the hotel", without "the hotel" once more."""
    return tuple(t for t in targets if not any(o.text.endswith(f" {t.text}") for o in targets))


def _without_deed(actor: Actor, draft: Draft) -> Actor:
    """ "the organiser" of "the organiser of the attack": the deed is no part of who did it."""
    deed = draft.candidate.chain.act.token
    for head in draft.candidate.roles.sources:
        phrase = str(head.doc[head.left_edge.i : head.i + 1].text)
        if head.i < deed.i and actor.text.startswith(phrase) and deed.text in actor.text[len(phrase) :]:
            return replace(actor, text=phrase)
    return actor


def _with_apposition(head: Token) -> Iterator[str]:
    for token in syntax.conjuncts(head):
        if token.pos_ == PROPER:
            continue
        name = next((c for c in token.rights if c.dep_ == "appos"), None)
        first, last = (token, name) if name is not None else (token.head, token)
        if name is None and token.dep_ != "appos":
            continue
        if PROPER in (first.pos_, last.pos_) and last.i - first.left_edge.i < LONGEST:
            yield str(token.doc[first.left_edge.i : last.i + 1].text)


def _spelt(actors: tuple[Actor, ...], spans: list[str]) -> tuple[Actor, ...]:
    found = []
    for actor in actors:
        span = next(
            (s for s in spans if actor.text and f" {actor.text} " in f" {s} ".replace(",", " ,")), None
        )
        found.append(actor if span is None else replace(actor, text=span))
    return tuple(found)
