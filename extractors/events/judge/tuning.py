"""Samples in, each of the judge's models with its thresholds out, chosen where the models had not looked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractors.events.judge import fitting
from extractors.events.judge.decide import NO_FAMILY, UNREAL, best_root, choose, mood_of
from extractors.events.judge.fitting import Recipe
from extractors.events.judge.matching import same_class
from extractors.events.judge.model import LinearModel, softmax
from extractors.events.judge.samples import Casting, Meeting, Sample
from extractors.records import Family, Modality

EVENTS = Recipe(strength=0.1, rarest=3)
MOOD = Recipe(strength=0.1, rarest=3)
BETWEEN = Recipe(strength=0.03, rarest=5, tolerance=1e-3)
CASTING = Recipe(strength=0.3, rarest=2)
WRONG_ACTOR = 0.3  # what a wrong actor costs, where a right one is worth 1 and none nothing
FALSELY_REAL = 4  # what it costs to take for real what is denied, supposed or long past
FALSE_AT_MOST = 0.03  # of the near misses may get an event that only the judge proposes
RIGHT, WRONG = "right", "no"


@dataclass(frozen=True, slots=True)
class Side:
    model: LinearModel
    by_fold: tuple[LinearModel, ...]
    fill: float
    swap: float


@dataclass(frozen=True, slots=True)
class Mood:
    model: LinearModel
    real_from: float
    unreal_from: float


def fit_side(castings: Sequence[Casting]) -> Side:
    """The model of one side, from what share it fills an open one and by what margin it overrules."""
    features = [option.features for c in castings for option in c.options]
    labels = [RIGHT if right else WRONG for c in castings for right in c.is_right]
    groups = [c.sentence_id for c in castings for _ in c.options]
    by_fold = fitting.models_by_fold(features, labels, groups, CASTING)
    judged = [
        (c, [by_fold[fitting.fold_of(c.sentence_id)].share(option.features) for option in c.options])
        for c in castings
    ]
    limits = [(fill / 20, swap / 20) for fill in range(4, 21) for swap in range(4, 21)]
    fill, swap = max(limits, key=lambda pair: (_well_cast(judged, *pair), *pair))
    return Side(fitting.fit(features, labels, CASTING), by_fold, fill, swap)


def _well_cast(judged: Sequence[tuple[Casting, list[float]]], fill: float, swap: float) -> float:
    """Sides cast rightly, less the cost of wrong ones."""
    right = 0.0
    for casting, shares in judged:
        place = choose(casting.options, shares, is_open=casting.is_open, fill=fill, swap=swap)
        if place is None:
            right += casting.was_right
        else:
            right += 1 if casting.is_right[place] else -WRONG_ACTOR
    return round(right, 6)


def fit_events(samples: Sequence[Sample]) -> tuple[LinearModel, list[float]]:
    """The model that tells events from slips, and each sample's score by one that has not seen it."""
    features = [s.features for s in samples]
    labels = [WRONG if s.truth is None else RIGHT for s in samples]
    ids = [s.sentence.id for s in samples]
    by_fold = fitting.models_by_fold(features, labels, ids, EVENTS)
    scores = [float(by_fold[fitting.fold_of(i)].scores(f)[0]) for i, f in zip(ids, features, strict=True)]
    return fitting.fit(features, labels, EVENTS), scores


def keep_thresholds(
    samples: Sequence[Sample], shares: Sequence[float], true_events: Mapping[str, int]
) -> dict[str, float]:
    """For each family, and for what belongs to none, where the F1 of what is kept is highest."""
    limits = {}
    for family, count in true_events.items():
        ours = [
            (share, s.truth is not None and _family(s.truth.family) == family)
            for s, share in zip(samples, shares, strict=True)
            if _family(s.event.family) == family
        ]
        limits[family] = _best_threshold(ours, count)
    return limits


def _best_threshold(told: Sequence[tuple[float, bool]], true_events: int) -> float:
    def f1(limit: float) -> float:
        kept = [is_right for share, is_right in told if share >= limit]
        return 2 * sum(kept) / (len(kept) + true_events)

    return max((limit / 100 for limit in range(2, 61)), key=lambda limit: (f1(limit), -limit))


def count_by_family(families: Iterable[Family | None]) -> dict[str, int]:
    counts = Counter(map(_family, families))
    return {name: counts[name] for name in [*Family, NO_FAMILY]}


def _family(family: Family | None) -> str:
    return family.value if family else NO_FAMILY


def fit_between(meetings: Sequence[Meeting], true_events: int, misses: int) -> tuple[LinearModel, float]:
    """The model of what is between two actors, and from what share on it may propose an event.

    Where the F1 of proposals is highest, so long as few of the near misses get a false event by it.
    """
    features, roots = [m.features for m in meetings], [m.root for m in meetings]
    ids = [m.sentence.id for m in meetings]
    by_fold = fitting.models_by_fold(features, roots, ids, BETWEEN)
    told = [
        (m, *best_root(by_fold[fitting.fold_of(m.sentence.id)], m.features)[:2])
        for m in meetings
        if not m.is_told
    ]

    def worth(limit: float) -> float:
        kept = [(m, root) for m, share, root in told if share >= limit]
        false = sum(m.sentence.miss is not None for m, _ in kept)
        right = sum(same_class(root, m.root) for m, root in kept)
        return 2 * right / (len(kept) + true_events) if false <= FALSE_AT_MOST * misses else -1.0

    limit = max((limit / 50 for limit in range(10, 51)), key=lambda limit: (worth(limit), limit))
    return fitting.fit(features, roots, BETWEEN), limit


def fit_mood(samples: Sequence[Sample]) -> Mood:
    """The model, and how sure it must be to call real what the grammar does not, and the reverse."""
    features = [s.features for s in samples]
    labels = [s.truth.modality for s in samples if s.truth is not None]
    ids = [s.sentence.id for s in samples]
    by_fold = fitting.models_by_fold(features, labels, ids, MOOD)
    judged = []
    for sample in samples:
        model = by_fold[fitting.fold_of(sample.sentence.id)]
        judged.append(dict(zip(model.classes, softmax(model.scores(sample.features)).tolist(), strict=True)))

    def worth(real_from: float, unreal_from: float) -> int:
        told = (
            mood_of(s.event.modality, shares, real_from, unreal_from)
            for s, shares in zip(samples, judged, strict=True)
        )
        return sum(_worth(one, other) for one, other in zip(told, labels, strict=True))

    limits = [limit / 50 for limit in range(20, 52)]
    real_from = max(limits, key=lambda limit: (worth(limit, 1.1), limit))
    unreal_from = max(limits, key=lambda limit: (worth(real_from, limit), limit))
    return Mood(fitting.fit(features, labels, MOOD), real_from, unreal_from)


def _worth(told: Modality, true: Modality) -> int:
    if (told in UNREAL) == (true in UNREAL):
        return 1
    return -FALSELY_REAL if true in UNREAL else 0
