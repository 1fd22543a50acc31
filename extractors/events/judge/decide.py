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
from extractors.events.judge.pairs import Pair, is_told, pair_features, pairs_of
from extractors.records import Actor, Event, Family, Modality, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extractors.events.actors import SentenceActors
    from extractors.events.draft import Draft

UNREAL = frozenset({Modality.HYPOTHETICAL, Modality.DENIED, Modality.HISTORICAL})
NO_FAMILY = "none"
DENIAL = "016"
PRIVATE = ("BUS", "CVL")
NOTHING = "--"  # the class of two actors between whom nothing happens
MODEL = Path(__file__).parent / "model"


class Bench(Protocol):
    """Whoever hears the grammar's events: the judge, or a clerk who only takes notes for training."""

    def cast(self, doc: Doc, draft: Draft, sentence: Sentence) -> Draft:
        """The draft with its sides put right."""

    def hear(self, evidence: Iterable[Evidence]) -> tuple[list[Event], str | None]:
        """What is left of the events, and why nothing is, if so."""

    def propose(
        self, doc: Doc, known: SentenceActors, events: Sequence[Event], sentence: Sentence
    ) -> list[Proposal]:
        """What else the sentence tells, between actors that no event has together."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An event for which the grammar has no words: of `root` only, between two that `pair` joins."""

    pair: Pair
    root: str
    confidence: float


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
    propose_from: float

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
        options = options_of(doc, draft)
        found = {side: self._choice(options[side], draft, side) for side in SIDES}
        if not any(found.values()):
            return draft
        new = replace(
            draft, sources=found["source"] or draft.sources, targets=found["target"] or draft.targets
        )
        return draft if _is_one_side(new) else new

    def _choice(self, options: Sequence[Option], draft: Draft, side: str) -> tuple[Actor, ...] | None:
        shares = [self.sides[side].share(option.features) for option in options]
        is_open = not any(actor.code for actor in chosen_of(draft, side))
        place = choose(options, shares, is_open=is_open, fill=self.fill_from[side], swap=self.swap_from[side])
        if place is None or (is_open and not _may_fill(options[place].actors, chosen_of(draft, side), side)):
            return None
        return options[place].actors


@dataclass(frozen=True, slots=True)
class Judge:
    rules: Rules
    is_event: LinearModel
    mood: LinearModel
    caster: Caster
    between: LinearModel

    def cast(self, doc: Doc, draft: Draft, sentence: Sentence) -> Draft:  # noqa: ARG002
        return self.caster.cast(doc, draft)

    def hear(self, evidence: Iterable[Evidence]) -> tuple[list[Event], str | None]:
        kept: list[Event] = []
        doubts: list[float] = []
        for one in evidence:
            features = features_of(one)
            confidence = self.rules.confidence(float(self.is_event.scores(features)[0]))
            is_denied = one.event.modality is Modality.DENIED  # kept and marked: nobody counts it
            if confidence < self.rules.keep_from[one.event.family or NO_FAMILY] and not is_denied:
                doubts.append(confidence)
            else:
                event = self._in_its_mood(one.event, features)
                kept.append(replace(event, confidence=round(confidence, 3)))
        reason = f"the judge gives it {max(doubts):.2f}" if doubts and not kept else None
        return kept, reason

    def propose(
        self,
        doc: Doc,
        known: SentenceActors,
        events: Sequence[Event],
        sentence: Sentence,  # noqa: ARG002
    ) -> list[Proposal]:
        found: list[Proposal] = []
        for pair in pairs_of(doc, known):
            if is_told(pair, events) or any(p.pair.verb.i == pair.verb.i for p in found):
                continue
            share, root, confidence = best_root(self.between, pair_features(doc, pair, known))
            if share >= self.rules.propose_from:
                found.append(Proposal(pair, root, round(confidence, 3)))
        return found

    def _in_its_mood(self, event: Event, features: Features) -> Event:
        """Real where the grammar takes it for unreal, or the reverse, where the model is sure of it.

        What the families' grammar holds unreal stays so: a false threat costs more than a missed one. An
        exercise has its own grammar of what is planned, held and called off.
        """
        shares = dict(zip(self.mood.classes, softmax(self.mood.scores(features)), strict=True))
        mood = mood_of(event.modality, shares, self.rules.real_from, self.rules.unreal_from)
        if mood is event.modality or event.family is Family.MILITARY_EXERCISE:
            return event
        if (event.family or event.cameo_code == DENIAL) and event.modality in UNREAL:
            return event
        return replace(event, modality=mood, path=f"{event.path} / judge: {mood}, not {event.modality}")


def best_root(model: LinearModel, features: Features) -> tuple[float, str, float]:
    """How likely there is any event between the two, the likeliest root, and how likely that is."""
    shares = dict(zip(model.classes, softmax(model.scores(features)).tolist(), strict=True))
    nothing = shares.pop(NOTHING)
    root = max(shares, key=lambda name: (shares[name], name))
    return 1 - nothing, root, shares[root]


def mood_of(grammar: Modality, shares: Mapping[str, float], real_from: float, unreal_from: float) -> Modality:
    """`shares` by modality. Which of the real ones it is, asserted or planned, the grammar knows best."""
    real = sum(share for name, share in shares.items() if Modality(name) not in UNREAL)
    if grammar in UNREAL:
        return Modality.ASSERTED if real >= real_from else grammar
    if 1 - real < unreal_from:
        return grammar
    return Modality(max((n for n in shares if Modality(n) in UNREAL), key=lambda name: shares[name]))


def _may_fill(actors: Sequence[Actor], chosen: Sequence[Actor], side: str) -> bool:
    """More than a kind of people ("a rival", "its fleet"); and "Swiss" is not who "a Swiss watchmaker" is."""
    if side == "source" and any(a.text and a.text in other.text for a in actors for other in chosen):
        return False
    return any(a.country or (len(a.code) > len("MIL") and not a.code.startswith(PRIVATE)) for a in actors)


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
    models = {name: read_model(folder / f"{name}.tsv.gz") for name in ("is_event", "mood", "between", *SIDES)}
    caster = Caster({side: models[side] for side in SIDES}, rules.fill_from, rules.swap_from)
    return Judge(rules, models["is_event"], models["mood"], caster, models["between"])


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
