"""The grammar's drafts and events in, what the judge makes of them out: sides, mood, confidence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from extractors.errors import LexiconError
from extractors.events.actors_of import same_government
from extractors.events.judge.casting import SIDES, Option, chosen_of, options_of
from extractors.events.judge.features import Evidence, Features, features_of
from extractors.events.judge.model import LinearModel, read_model, sigmoid, softmax
from extractors.records import Actor, Event, Modality, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extractors.events.draft import Draft

UNREAL = frozenset({Modality.HYPOTHETICAL, Modality.DENIED, Modality.HISTORICAL})
NO_FAMILY = "none"
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
    keep_from: Mapping[str, float]  # by family
    real_from: float
    unreal_from: float
    fill_from: Mapping[str, float]
    swap_from: Mapping[str, float]

    def confidence(self, score: float) -> float:
        """Platt's calibration of the raw score."""
        return sigmoid(self.slope * score + self.offset)


@dataclass(frozen=True, slots=True)
class Caster:
    """Puts actors to the sides: `sides` are the models, `fill_from` and `swap_from` when they act."""

    sides: Mapping[str, LinearModel]
    fill_from: Mapping[str, float]
    swap_from: Mapping[str, float]

    def cast(self, doc: Doc, draft: Draft) -> Draft:
        """Fill a side that the grammar left open, or put another actor where that is much likelier."""
        found = {side: self._choice(doc, draft, side) for side in SIDES}
        if not any(found.values()):
            return draft
        new = replace(
            draft, sources=found["source"] or draft.sources, targets=found["target"] or draft.targets
        )
        return draft if _is_one_side(new) else new

    def _choice(self, doc: Doc, draft: Draft, side: str) -> tuple[Actor, ...] | None:
        options = options_of(doc, draft, side)
        shares = [self.sides[side].share(option.features) for option in options]
        is_open = not any(actor.code for actor in chosen_of(draft, side))
        place = choose(options, shares, is_open=is_open, fill=self.fill_from[side], swap=self.swap_from[side])
        return None if place is None else options[place].actors


@dataclass(frozen=True, slots=True)
class Judge:
    rules: Rules
    is_event: LinearModel
    mood: LinearModel
    caster: Caster

    def cast(self, doc: Doc, draft: Draft, sentence: Sentence) -> Draft:  # noqa: ARG002
        return self.caster.cast(doc, draft)

    def hear(self, evidence: Iterable[Evidence]) -> tuple[list[Event], str | None]:
        kept: list[Event] = []
        doubts: list[float] = []
        for one in evidence:
            features = features_of(one)
            confidence = self.rules.confidence(float(self.is_event.scores(features)[0]))
            if confidence < self.rules.keep_from[one.event.family or NO_FAMILY]:
                doubts.append(confidence)
            else:
                event = self._in_its_mood(one.event, features)
                kept.append(replace(event, confidence=round(confidence, 3)))
        reason = f"the judge gives it {max(doubts):.2f}" if doubts and not kept else None
        return kept, reason

    def _in_its_mood(self, event: Event, features: Features) -> Event:
        """Real where the grammar takes it for unreal, or the reverse, where the model is sure of it."""
        shares = dict(zip(self.mood.classes, softmax(self.mood.scores(features)), strict=True))
        mood = mood_of(event.modality, shares, self.rules.real_from, self.rules.unreal_from)
        if mood is event.modality:
            return event
        return replace(event, modality=mood, path=f"{event.path} / judge: {mood}, not {event.modality}")


def mood_of(grammar: Modality, shares: Mapping[str, float], real_from: float, unreal_from: float) -> Modality:
    """`shares` by modality. Which of the real ones it is, asserted or planned, the grammar knows best."""
    real = sum(share for name, share in shares.items() if Modality(name) not in UNREAL)
    if grammar in UNREAL:
        return Modality.ASSERTED if real >= real_from else grammar
    if 1 - real < unreal_from:
        return grammar
    return Modality(max((n for n in shares if Modality(n) in UNREAL), key=lambda name: shares[name]))


def _is_one_side(draft: Draft) -> bool:
    return any(same_government(one, other) for one in draft.sources for other in draft.targets)


def choose(
    options: Sequence[Option], shares: Sequence[float], *, is_open: bool, fill: float, swap: float
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
    rules = Rules(**read_card(folder)["rules"])
    models = {name: read_model(folder / f"{name}.tsv.gz") for name in ("is_event", "mood", *SIDES)}
    caster = Caster({side: models[side] for side in SIDES}, rules.fill_from, rules.swap_from)
    return Judge(rules, models["is_event"], models["mood"], caster)


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
