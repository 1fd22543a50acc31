"""The corpus in, one sample per event that the grammar proposes in it out, told apart by the annotation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.events.judge.corpus import Annotated, TrueEvent
from extractors.events.judge.features import Evidence, Features, features_of
from extractors.events.judge.matching import best_match
from extractors.records import CodeInput, Event

if TYPE_CHECKING:
    from extractors.events.coder import Coder


@dataclass(frozen=True, slots=True)
class Sample:
    """`truth` is the annotated event that the proposal tells of; None where it tells of none."""

    sentence: Annotated
    event: Event
    features: Features
    truth: TrueEvent | None


@dataclass(slots=True)
class Clerk:
    """Sits where the judge sits, lets everything pass and takes notes."""

    notes: list[tuple[Event, Features]] = field(default_factory=list)

    def hear(self, evidence: Iterable[Evidence]) -> tuple[list[Event], str | None]:
        heard = list(evidence)
        self.notes.extend((one.event, features_of(one)) for one in heard)
        return [one.event for one in heard], None


def collect(coder: Coder, clerk: Clerk, sentences: Sequence[Annotated]) -> list[Sample]:
    """`coder` has to be one whose judge is the clerk."""
    samples: list[Sample] = []
    for sentence in sentences:
        clerk.notes.clear()
        coder.code_one(CodeInput(sentence.id, sentence.text, sentence.published_at))
        for event, features in clerk.notes:
            samples.append(Sample(sentence, event, features, best_match(event, sentence.events)))
    return samples
