"""The grammar's drafts and events in, what the judge makes of them out: sides, mood, confidence, or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from extractors.errors import LexiconError
from extractors.events.judge.casting import SIDES, Option, chosen_of, options_of
from extractors.events.judge.features import Evidence, Features, features_of
from extractors.events.judge.model import LinearModel, read_model, sigmoid, softmax
from extractors.records import Actor, Event, Modality, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extractors.events.draft import Draft

MODEL = Path(__file__).parent / "model"


class Bench(Protocol):
    """Whoever hears the grammar's events: the judge, or a clerk who only takes notes for training."""

    def cast(self, doc: Doc, draft: Draft, sentence: Sentence) -> Draft:
        """The draft with its sides put right."""

    def hear(self, evidence: Iterable[Evidence]) -> tuple[list[Event], str | None]:
        """What is left of the events, and why nothing is, if so."""


@dataclass(frozen=True, slots=True)
class Rules:
    """When the judge acts, as train.py found best on held-out folds (model/judge.json)."""

    slope: float
    offset: float
    keep_from: float
    modality_from: float
    fill_from: Mapping[str, float]
    swap_from: Mapping[str, float]

    def confidence(self, score: float) -> float:
        """Platt's calibration of the raw score."""
        return sigmoid(self.slope * score + self.offset)


@dataclass(frozen=True, slots=True)
class Judge:
    rules: Rules
    is_event: LinearModel
    modality: LinearModel
    sides: Mapping[str, LinearModel]

    def cast(self, doc: Doc, draft: Draft, sentence: Sentence) -> Draft:  # noqa: ARG002
        """Fill a side that the grammar left open, or put another actor where that is much likelier."""
        found = {side: self._choice(doc, draft, side) for side in SIDES}
        if not any(found.values()):
            return draft
        new = replace(
            draft, sources=found["source"] or draft.sources, targets=found["target"] or draft.targets
        )
        both = {a.name for a in new.sources} & {a.name for a in new.targets}
        return draft if both else new

    def _choice(self, doc: Doc, draft: Draft, side: str) -> tuple[Actor, ...] | None:
        options = options_of(doc, draft, side)
        shares = [sigmoid(float(self.sides[side].scores(option.features)[0])) for option in options]
        fill, swap = self.rules.fill_from[side], self.rules.swap_from[side]
        place = choose(
            options, shares, is_open=not any(a.code for a in chosen_of(draft, side)), fill=fill, swap=swap
        )
        return None if place is None else options[place].actors

    def hear(self, evidence: Iterable[Evidence]) -> tuple[list[Event], str | None]:
        kept: list[Event] = []
        doubts: list[float] = []
        for one in evidence:
            features = features_of(one)
            confidence = self.rules.confidence(float(self.is_event.scores(features)[0]))
            if confidence < self.rules.keep_from:
                doubts.append(confidence)
            else:
                event = self._in_its_mood(one.event, features)
                kept.append(replace(event, confidence=round(confidence, 3)))
        reason = f"the judge gives it {max(doubts):.2f}" if doubts and not kept else None
        return kept, reason

    def _in_its_mood(self, event: Event, features: Features) -> Event:
        """Another modality than the grammar's, where the model is sure of it."""
        shares = softmax(self.modality.scores(features))
        best = int(shares.argmax())
        name = self.modality.classes[best]
        if name == event.modality.value or shares[best] < self.rules.modality_from:
            return event
        path = f"{event.path} / judge: {name}, not {event.modality.value}"
        return replace(event, modality=Modality(name), path=path)


def choose(
    options: list[Option], shares: list[float], *, is_open: bool, fill: float, swap: float
) -> int | None:
    """Place of the option that takes the side; None where the grammar's choice stands."""
    if not options:
        return None
    best = max(range(len(options)), key=lambda place: (shares[place], -place))
    if options[best].is_chosen:
        return None
    if is_open:
        return best if shares[best] >= fill else None
    own = max((share for option, share in zip(options, shares, strict=True) if option.is_chosen), default=0.0)
    return best if shares[best] - own >= swap else None


@cache
def load_judge(folder: Path = MODEL) -> Judge:
    """Read the model once per process.

    Raises:
        LexiconError: a file of the model is missing or broken.
    """
    names = ("is_event", "modality", *SIDES)
    models = {name: read_model(folder / f"{name}.tsv.gz") for name in names}
    sides = {side: models[side] for side in SIDES}
    return Judge(Rules(**read_card(folder)["rules"]), models["is_event"], models["modality"], sides)


def read_card(folder: Path = MODEL) -> dict[str, Any]:
    """model/judge.json: rules, digest of the training data, figures."""
    path = folder / "judge.json"
    try:
        card: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LexiconError(
            f"the judge's card cannot be read: {error}",
            where=str(path),
            next_step="run `make train`, or switch the judge off with COMMUNIQUE_JUDGE=false",
        ) from error
    return card
