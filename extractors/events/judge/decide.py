"""The grammar's candidates and events in, what the judge makes of them out: more candidates, confidence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from extractors.errors import LexiconError
from extractors.events.judge.matching import same_class
from extractors.events.judge.model import LinearModel, read_model, sigmoid
from extractors.events.judge.propose import candidate_at, corrected, is_attempt, is_own
from extractors.events.judge.reading import Readers, Reading, words_of
from extractors.events.judge.setting import Setting
from extractors.events.judge.sites import Outline
from extractors.events.judge.weigh import Weighed, weigh
from extractors.records import Event, Modality, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extractors.events.actors import SentenceActors
    from extractors.events.candidates import Candidate

MODEL = Path(__file__).parent / "model"
MODELS = ("root", "leaf", "worth", "news", "sides")
NO_FAMILY, OWN, OWN_FAMILY = "none", "judge", "judge, of a family"
BRACKETS = ("concession", "threat", "military_exercise", NO_FAMILY, "unreal", OWN, OWN_FAMILY)


class Sitting(Protocol):
    """One sentence before the judge."""

    @property
    def candidates(self) -> Sequence[Candidate]:
        """The grammar's, then the judge's own."""

    def hear(self, candidate: Candidate, events: Sequence[Event]) -> tuple[list[Event], str | None]:
        """What is left of the candidate's events, and why nothing is, if so."""


class Bench(Protocol):
    """Whoever hears the grammar's events: the judge, or a clerk who takes notes for training."""

    @property
    def verbs(self) -> frozenset[str]:
        """Lemmas for which a sentence is worth reading, whatever the grammar knows of them."""

    def sit(
        self,
        sentence: Sentence,
        doc: Doc,
        known: SentenceActors,
        candidates: list[Candidate],
        setting: Setting,
    ) -> Sitting:
        """`setting`: of the sentence, in its article."""


@dataclass(frozen=True, slots=True)
class Rules:
    """When the judge acts, as train.py found best on held-out folds (model/judge.json).

    `propose_from`: how likely a word of which the grammar makes nothing has to tell some event;
    `leaf_from` and `correct_from`: how sure a code within its class, and another class than the grammar's.
    `keep_from`: the least worth, by origin and family; `trust_from`: the least confidence in a whole article.
    """

    propose_from: float
    correct_from: float
    leaf_from: float
    keep_from: Mapping[str, float]
    trust_from: float = 0.0


@dataclass(frozen=True)
class Judge:
    """`worth`: how likely an event is told there at all, which decides whether it is kept. Its confidence is
    the product of `news`, how likely it is told as news, and `sides`, how likely nobody stands on a side of
    it who is not there if it is."""

    rules: Rules
    readers: Readers
    worth: LinearModel
    news: LinearModel
    sides: LinearModel

    @property
    def verbs(self) -> frozenset[str]:
        return self.readers.telling_verbs

    def shares(self, weighed: Weighed) -> tuple[float, float]:
        """Worth and confidence, each name looked up once."""
        find, worth, news, sides = self._weights.get, 0.0, 0.0, 0.0
        for name, value in weighed.items():
            given = find(name)
            if given is not None:
                worth += given[0] * value
                news += given[1] * value
                sides += given[2] * value
        return sigmoid(worth), sigmoid(news) * sigmoid(sides)

    @cached_property
    def _weights(self) -> dict[str, tuple[float, ...]]:
        models = [self.worth.weights, self.news.weights, self.sides.weights]
        names = set().union(*models)
        return {name: tuple(model.get(name, (0.0,))[0] for model in models) for name in names}

    def sit(
        self,
        sentence: Sentence,
        doc: Doc,
        known: SentenceActors,
        candidates: list[Candidate],
        setting: Setting,
    ) -> Session | Silence:
        if not candidates and not known.mentions:
            return Silence()
        reading = Reading(Outline(doc, known, candidates), self.readers, partial(setting.here, sentence))
        corrections = dict(_corrections(reading, candidates, self.rules))
        proposed = _proposals(reading, candidates, self.rules)
        return Session(self, reading, [*candidates, *corrections.values(), *proposed], corrections)


@dataclass(frozen=True, slots=True)
class Silence:
    """Of a sentence that names nobody and in which the grammar finds nothing."""

    candidates: Sequence[Candidate] = ()

    def hear(
        self,
        candidate: Candidate,  # noqa: ARG002
        events: Sequence[Event],
    ) -> tuple[list[Event], str | None]:
        return list(events), None


@dataclass(frozen=True, slots=True)
class Session:
    """`corrections` by the place of the grammar's candidate among `candidates`."""

    judge: Judge
    reading: Reading
    candidates: Sequence[Candidate]
    corrections: Mapping[int, Candidate]

    def hear(self, candidate: Candidate, events: Sequence[Event]) -> tuple[list[Event], str | None]:
        kept: list[Event] = []
        said = ""
        for event in events:
            weighed = weigh(event, candidate, self.reading)
            worth, confidence = self.judge.shares(weighed)
            if worth < self.judge.rules.keep_from[bracket(event, candidate)]:
                said = f"the judge gives it {worth:.2f}"
            elif confidence < self.judge.rules.trust_from and not self.reading.here.alone:
                said = f"the judge trusts it {confidence:.2f} as news of this article"
            else:
                kept.append(replace(event, confidence=round(confidence, 3)))
        other = next(
            (new for place, new in self.corrections.items() if self.candidates[place] is candidate), None
        )
        if other is not None:
            return [], f"the judge reads {other.composed.code}"
        return kept, None if kept else said


def bracket(event: Event, candidate: Candidate) -> str:
    """What has a threshold of its own."""
    if is_own(candidate):
        return OWN_FAMILY if event.family else OWN
    return "unreal" if event.modality is Modality.DENIED else event.family or NO_FAMILY


def _corrections(
    reading: Reading, candidates: Sequence[Candidate], rules: Rules
) -> Iterator[tuple[int, Candidate]]:
    """Where the word can mean several things and its neighbours say surely that it means another."""
    for place, candidate in enumerate(candidates):
        at, own = candidate.trigger.i, candidate.composed.code[:2]
        if at not in reading.telling:
            continue
        root, share = reading.likeliest(at)
        if share >= rules.correct_from and not same_class(root, own) and reading.outline.is_ambiguous(at):
            new = corrected(candidate, reading.code(at, root, rules.leaf_from))
            if new is not None:
                yield place, new


def _proposals(reading: Reading, candidates: Sequence[Candidate], rules: Rules) -> list[Candidate]:
    """What else the sentence tells, at words of which the grammar makes nothing."""
    taken = {token.i for candidate in candidates for token in words_of(candidate)}
    found = []
    for site in reading.sites:
        place = site.place
        is_open = place not in taken and not is_attempt(reading.outline.doc[place])
        if is_open and reading.telling[place] >= rules.propose_from:
            root, _ = reading.likeliest(place)
            own = candidate_at(reading.outline.doc[place], reading.code(place, root, rules.leaf_from))
            if own is not None:
                found.append(own)
    return found


@cache
def load_judge(folder: Path = MODEL) -> Judge:
    """Read the model once per process.

    Raises:
        LexiconError: a file of the model is missing or broken.
    """
    rules = Rules(**read_card(folder)["rules"])
    models = {name: read_model(folder / f"{name}.tsv.gz") for name in MODELS}
    return Judge(rules, Readers(models["root"], models["leaf"]), *(models[name] for name in MODELS[2:]))


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
