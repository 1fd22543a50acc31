"""Candidates and actors of an article's sentences in, its events out: identified, dated, deduplicated, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.events.actors_of import SentenceActors, actors_at, is_known
from extractors.events.candidates import Candidate
from extractors.events.confidence import estimate
from extractors.events.lexicon import Lexicon
from extractors.events.modality import read_modality
from extractors.events.timing import EventTime, event_place, event_time
from extractors.records import Actor, CodeInput, Event, Family, Modality, Sentence, Span, stable_id
from extractors.reference import cameo_events

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before its family has looked at it."""

    candidate: Candidate
    code: str
    family: Family | None
    sources: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    modality: Modality


class Assembler:
    def __init__(self, item: CodeInput, lexicon: Lexicon) -> None:
        self._item = item
        self._lexicon = lexicon
        self._events: list[Event] = []

    def add(self, sentence: Sentence, doc: Doc, actors: SentenceActors, candidates: Iterable[Candidate]) -> None:
        seen: set[tuple[object, ...]] = set()
        for candidate in candidates:
            for event in self._events_of(sentence, doc, actors, candidate):
                key = (event.family, event.cameo_code, _names(event.sources), _names(event.targets))
                if key not in seen:
                    seen.add(key)
                    self._events.append(event)

    def events(self) -> tuple[Event, ...]:
        return tuple(self._events)

    def _events_of(
        self, sentence: Sentence, doc: Doc, known: SentenceActors, candidate: Candidate
    ) -> Iterable[Event]:
        sources = first_actors(candidate.roles.sources, known)
        targets = first_actors(candidate.roles.targets, known, apart_from=sources)
        if not is_worth_keeping(sources, targets):
            return
        when = event_time(doc, candidate.trigger, published=self._item.published_at)
        modality = read_modality(candidate.chain, candidate.composed, is_background=when.is_background)
        for one, other in directions(candidate, sources, targets):
            yield self._event(sentence, doc, known, candidate, one, other, modality, when)

    def _event(
        self, sentence: Sentence, doc: Doc, known: SentenceActors, candidate: Candidate,
        sources: tuple[Actor, ...], targets: tuple[Actor, ...], modality: Modality, when: EventTime,
    ) -> Event:  # fmt: skip
        code = candidate.composed.code
        fact = cameo_events()[code]
        trigger = span_of(candidate.trigger, sentence)
        return Event(
            event_id=stable_id(self._item.id, sentence.start, trigger.start, code, *_names(sources), ">", *_names(targets)),
            family=None,
            cameo_code=code, cameo_root=fact.root, plover=fact.plover,
            quad_class=fact.quad_class, goldstein=fact.goldstein,
            sources=sources, targets=targets, modality=modality,
            event_date=when.date, date_precision=when.precision,
            place=event_place(doc, candidate.trigger, known),
            trigger=trigger, sentence=sentence, attribution=attribution_of(candidate),
            details={},
            confidence=estimate(candidate, sources, targets, modality),
            path=candidate.composed.path,
        )  # fmt: skip


def is_worth_keeping(sources: tuple[Actor, ...], targets: tuple[Actor, ...]) -> bool:
    """A known actor on either side, or two sides of which one at least has a name of its own."""
    if any(is_known(actor) for actor in (*sources, *targets)):
        return True
    return bool(sources and targets) and any(actor.name[:1].isupper() for actor in (*sources, *targets))


def first_actors(
    heads: Iterable[Token], known: SentenceActors, *, apart_from: tuple[Actor, ...] = ()
) -> tuple[Actor, ...]:
    """The first head that names a known actor other than the source; failing that, the first unnamed one."""
    own, unnamed = _names(apart_from), ()
    for head in heads:
        found = tuple(actor for actor in actors_at(head, known) if actor.name not in own)
        if any(is_known(actor) for actor in found):
            return found
        unnamed = unnamed or found
    return unnamed


def directions(
    candidate: Candidate, sources: tuple[Actor, ...], targets: tuple[Actor, ...]
) -> list[tuple[tuple[Actor, ...], tuple[Actor, ...]]]:
    """A reciprocal act is one event each way."""
    entry, composed = candidate.chain.act.entry, candidate.composed
    if "mutual" not in entry.options or composed.operator not in {"done", "intend"} or composed.act != entry.act:
        return [(sources, targets)]
    if not targets and len(sources) == 2:
        sources, targets = sources[:1], sources[1:]
    if sources and targets:
        return [(sources, targets), (targets, sources)]
    return [(sources, targets)]


def span_of(token: Token, sentence: Sentence) -> Span:
    start = sentence.start + token.idx
    return Span(token.text, start, start + len(token.text))


def attribution_of(candidate: Candidate) -> str | None:
    speaker = candidate.chain.speaker
    if speaker is None:
        return None
    left = min(token.i for token in speaker.subtree)
    return str(speaker.doc[max(left, speaker.i - 12) : speaker.i + 1].text)


def _names(actors: Iterable[Actor]) -> tuple[str, ...]:
    return tuple(actor.name for actor in actors)
