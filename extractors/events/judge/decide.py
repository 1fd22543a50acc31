"""The grammar's events of one candidate in, what the judge leaves of them out, each with its confidence."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Protocol

from extractors.errors import LexiconError
from extractors.events.judge.features import Evidence, Features, features_of
from extractors.events.judge.model import LinearModel, read_model, sigmoid, softmax
from extractors.records import Event, Modality

MODEL = Path(__file__).parent / "model"


class Bench(Protocol):
    """Whoever hears the grammar's events: the judge, or a clerk who only takes notes for training."""

    def hear(self, evidence: Iterable[Evidence]) -> tuple[list[Event], str | None]:
        """What is left of the events, and why nothing is, if so."""


@dataclass(frozen=True, slots=True)
class Rules:
    """When the judge acts, as train.py found best on its own held-out folds (model/judge.json)."""

    slope: float
    offset: float
    keep_from: float
    modality_from: float

    def confidence(self, score: float) -> float:
        """Platt's calibration of the raw score."""
        return sigmoid(self.slope * score + self.offset)


@dataclass(frozen=True, slots=True)
class Judge:
    rules: Rules
    is_event: LinearModel
    modality: LinearModel

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


@cache
def load_judge(folder: Path = MODEL) -> Judge:
    """Read the model once per process.

    Raises:
        LexiconError: a file of the model is missing or broken.
    """
    card = read_card(folder)
    return Judge(
        Rules(**card["rules"]), read_model(folder / "is_event.tsv.gz"), read_model(folder / "modality.tsv.gz")
    )


def read_card(folder: Path = MODEL) -> dict[str, dict[str, float]]:
    """model/judge.json: rules, digest of the training data, figures."""
    path = folder / "judge.json"
    try:
        card: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LexiconError(
            f"the judge's card cannot be read: {error}",
            where=str(path),
            next_step="run `make train`, or switch the judge off with COMMUNIQUE_JUDGE=false",
        ) from error
    return card
