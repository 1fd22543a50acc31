"""The corpus in, a sample of each event and each side that the grammar proposes in it out, right or wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.events.assemble import span_of
from extractors.events.judge.casting import SIDES, Option, chosen_of, options_of
from extractors.events.judge.corpus import Annotated, TrueActor, TrueEvent
from extractors.events.judge.decide import NOTHING, Caster, Proposal
from extractors.events.judge.features import Evidence, Features, features_of
from extractors.events.judge.matching import best_match, same_class
from extractors.events.judge.pairs import is_told, pair_features, pairs_of
from extractors.events.splitter import dateline_length
from extractors.records import Actor, CodeInput, Event, Sentence, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extractors.events.actors import SentenceActors
    from extractors.events.coder import Coder
    from extractors.events.draft import Draft

LIKE_WAR = {"20": "19"}  # too rare for a class of its own


@dataclass(frozen=True, slots=True)
class Sample:
    """`truth` is the annotated event that the proposal tells of; None where it tells of none."""

    sentence: Annotated
    event: Event
    features: Features
    truth: TrueEvent | None


@dataclass(frozen=True, slots=True)
class Casting:
    """One side of a draft that tells of a true event.

    `is_right` of each option; `was_right` is whether the grammar's own choice, or its lack of one, is.
    """

    sentence_id: str
    side: str
    options: tuple[Option, ...]
    is_right: tuple[bool, ...]
    was_right: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two actors of a sentence. `root` is of the true event between them, `--` where there is none."""

    sentence: Annotated
    features: Features
    root: str
    is_told: bool


@dataclass(frozen=True, slots=True)
class PairNote:
    """What the clerk wrote down of two actors: where their heads stand in the article."""

    places: tuple[int, int]
    features: Features
    is_told: bool


@dataclass(frozen=True, slots=True)
class CastNote:
    """What the clerk wrote down of a draft. `offset` is where the parsed text starts in the article."""

    code: str
    words: tuple[Span, ...]
    offset: int
    options: dict[str, list[Option]]
    chosen: dict[str, tuple[Actor, ...]]


@dataclass(slots=True)
class Clerk:
    """Sits where the judge sits, lets everything pass and takes notes.

    `casters` by sentence cast the sides meanwhile; without them the grammar's choice stands.
    """

    notes: list[tuple[Event, Features]] = field(default_factory=list)
    casts: list[CastNote] = field(default_factory=list)
    pairs: list[PairNote] = field(default_factory=list)
    casters: Mapping[str, Caster] = field(default_factory=dict)
    sentence_id: str = ""

    def cast(self, doc: Doc, draft: Draft, sentence: Sentence) -> Draft:
        candidate = draft.candidate
        self.casts.append(
            CastNote(
                candidate.composed.code,
                (span_of(candidate.trigger, sentence), span_of(candidate.chain.act.token, sentence)),
                sentence.start + dateline_length(sentence.text),
                options_of(doc, draft),
                {side: chosen_of(draft, side) for side in SIDES},
            )
        )
        caster = self.casters.get(self.sentence_id)
        return draft if caster is None else caster.cast(doc, draft)

    def hear(self, evidence: Iterable[Evidence]) -> tuple[list[Event], str | None]:
        heard = list(evidence)
        self.notes.extend((one.event, features_of(one)) for one in heard)
        return [one.event for one in heard], None

    def propose(
        self, doc: Doc, known: SentenceActors, events: Sequence[Event], sentence: Sentence
    ) -> list[Proposal]:
        offset = sentence.start + dateline_length(sentence.text)
        for pair in pairs_of(doc, known):
            places = (pair.source.head.idx + offset, pair.target.head.idx + offset)
            self.pairs.append(PairNote(places, pair_features(doc, pair, known), is_told(pair, events)))
        return []


@dataclass(slots=True)
class Collected:
    samples: list[Sample] = field(default_factory=list)
    castings: list[Casting] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)


def collect(coder: Coder, clerk: Clerk, sentences: Sequence[Annotated]) -> Collected:
    """`coder` has to be one whose judge is the clerk."""
    found = Collected()
    for sentence in sentences:
        clerk.notes.clear()
        clerk.casts.clear()
        clerk.pairs.clear()
        clerk.sentence_id = sentence.id
        coder.code_one(CodeInput(sentence.id, sentence.text, sentence.published_at))
        for event, features in clerk.notes:
            found.samples.append(Sample(sentence, event, features, best_match(event, sentence.events)))
        for note in clerk.casts:
            found.castings.extend(_castings(sentence, note))
        found.meetings.extend(_meeting(sentence, note) for note in clerk.pairs)
    return found


def _meeting(sentence: Annotated, note: PairNote) -> Meeting:
    truth = next((true for true in sentence.events if _joins(sentence.text, true, note.places)), None)
    root = NOTHING if truth is None else LIKE_WAR.get(truth.code[:2], truth.code[:2])
    return Meeting(sentence, note.features, root, note.is_told)


def _joins(text: str, true: TrueEvent, places: tuple[int, int]) -> bool:
    one, other = places
    return _inside(one, _places(text, true.sources)) and _inside(other, _places(text, true.targets))


def _castings(sentence: Annotated, note: CastNote) -> Iterator[Casting]:
    truth = next((true for true in sentence.events if _is_about(note, true)), None)
    if truth is None:
        return
    for side, actors in zip(SIDES, (truth.sources, truth.targets), strict=True):
        places = list(_places(sentence.text, actors))
        chosen = note.chosen[side]
        yield Casting(
            sentence.id,
            side,
            tuple(note.options[side]),
            tuple(_inside(option.at + note.offset, places) for option in note.options[side]),
            _was_right(sentence.text, chosen, places) if chosen else not actors,
            not any(actor.code for actor in chosen),
        )


def _is_about(note: CastNote, true: TrueEvent) -> bool:
    return same_class(note.code, true.code) and any(
        word.start < true.end and true.start < word.end for word in note.words
    )


def _places(text: str, actors: Iterable[TrueActor]) -> Iterator[tuple[int, int]]:
    """Wherever these actors are named so."""
    for actor in actors:
        start = text.find(actor.text)
        while start >= 0:
            yield start, start + len(actor.text)
            start = text.find(actor.text, start + 1)


def _inside(place: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _was_right(text: str, chosen: Iterable[Actor], places: Sequence[tuple[int, int]]) -> bool:
    starts = [(text.find(a.text), len(a.text)) for a in chosen if a.text]
    return any(at >= 0 and at < end and start < at + length for at, length in starts for start, end in places)
