"""Samples in, the judge's models and rules out; what is chosen is chosen where the models had not looked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from extractors.events.corpus.records import CorpusSentence
from extractors.events.judge.decide import BRACKETS, OWN, OWN_FAMILY, Rules
from extractors.events.judge.fitting import FOLDS, Recipe, fit, fold_of
from extractors.events.judge.model import LinearModel, sigmoid
from extractors.events.judge.reading import NOTHING, Readers
from extractors.events.judge.samples import Heard, Words
from extractors.records import Modality

ROOT = Recipe(strength=0.5, rarest=2)
LEAF = Recipe(strength=1.0, rarest=2)
WORTH = Recipe(strength=0.03, rarest=5, tolerance=1e-5)
BAG_WEIGHT = 0.5  # what the sentence is about, against what stands around the word
FEWEST = 6  # events of a code, for the code to be told from its neighbours
OPEN = Rules(propose_from=0.3, correct_from=0.85, leaf_from=0.4, keep_from={})
JUDGES = (OWN, OWN_FAMILY)
MORE_TROUBLE = 0.05  # than the grammar alone makes on near misses, for what the judge finds on top
SURELY_NOTHING = 0.05  # below this the grammar's own is dropped
REAL = frozenset({Modality.ASSERTED, Modality.PLANNED})
RIGHT, WRONG = "right", "no"


def fit_readers(words: Iterable[Words]) -> Readers:
    words = list(words)
    samples = [_sample(one.bag, names) for one in words for names, _ in one.sites]
    labels = [code[:2] for one in words for _, code in one.sites]
    root = fit(samples, labels, ROOT)
    bag = {name for one in words for name in one.bag}
    weights = {
        name: tuple(w * BAG_WEIGHT for w in given) if name in bag else given
        for name, given in root.weights.items()
    }
    return Readers(LinearModel(root.classes, weights), _fit_leaf(words))


def _sample(bag: Iterable[str], names: Iterable[str]) -> dict[str, float]:
    return dict.fromkeys(bag, BAG_WEIGHT) | dict.fromkeys(names, 1.0)


def _fit_leaf(words: Sequence[Words]) -> LinearModel:
    told = [(names, code) for one in words for names, code in one.sites if code != NOTHING]
    counts: dict[str, int] = {}
    for _, code in told:
        counts[code] = counts.get(code, 0) + 1
    told = [(names, code) for names, code in told if counts[code] >= FEWEST]
    return fit([dict.fromkeys(names, 1.0) for names, _ in told], [code for _, code in told], LEAF)


def readers_by_fold(words: Sequence[Words]) -> list[Readers]:
    """For each fold models that have seen no sentence of it."""
    return [fit_readers(w for w in words if fold_of(w.sentence_id) != fold) for fold in range(FOLDS)]


def fit_worth(heard: Sequence[Heard]) -> tuple[LinearModel, list[float]]:
    """The model that tells events from slips, and each event's share by one that has not seen it."""
    shares = [0.0] * len(heard)
    for fold in range(FOLDS):
        model = _worth([h for h in heard if fold_of(h.sentence.id) != fold])
        for place, one in enumerate(heard):
            if fold_of(one.sentence.id) == fold:
                shares[place] = share_of(model, one.weighed)
    return _worth(heard), shares


def _worth(heard: Sequence[Heard]) -> LinearModel:
    return fit([h.weighed for h in heard], [WRONG if h.truth is None else RIGHT for h in heard], WORTH)


def share_of(model: LinearModel, weighed: Mapping[str, float]) -> float:
    return sigmoid(sum(model.weights[n][0] * value for n, value in weighed.items() if n in model.weights))


def thresholds(
    heard: Sequence[Heard], shares: Sequence[float], sentences: Sequence[CorpusSentence]
) -> dict[str, float]:
    """By bracket, where the F1 over all events is highest.

    What the grammar finds is dropped only where it is surely nothing: the corpus is of one style, news of
    many. What the judge finds on top may trouble hardly more near misses than the grammar alone does.
    """
    true_events = sum(len(s.events) for s in sentences)
    told = [(h, share, h.truth is not None) for h, share in zip(heard, shares, strict=True)]
    grammars = [(h, share) for h, share, _ in told if not h.is_own]
    limits = dict.fromkeys(BRACKETS, 0.0) | dict.fromkeys(JUDGES, 1.0)

    def f1(name: str, limit: float) -> float:
        tried = limits | {name: limit}
        kept = [right for h, share, right in told if share >= tried[h.bracket]]
        return 2 * sum(kept) / (len(kept) + true_events)

    for name in BRACKETS:
        if name not in JUDGES:
            grid = [limit / 100 for limit in range(int(SURELY_NOTHING * 100) + 1)]
            limits[name] = max(grid, key=lambda x, n=name: (f1(n, x), -x))  # type: ignore[misc]
    for name in JUDGES:
        of_family = name == OWN_FAMILY
        most = _troubled(grammars, of_family=of_family) * (1 + MORE_TROUBLE)
        grid = [limit / 50 for limit in range(10, 51)]
        quiet = [x for x in grid if _troubled(_kept(told, limits | {name: x}), of_family=of_family) <= most]
        limits[name] = max(quiet or grid[-1:], key=lambda x, n=name: (f1(n, x), -x))  # type: ignore[misc]
    return limits


def _kept(
    told: Iterable[tuple[Heard, float, bool]], limits: Mapping[str, float]
) -> Iterator[tuple[Heard, float]]:
    yield from ((h, share) for h, share, _ in told if share >= limits[h.bracket])


def _troubled(told: Iterable[tuple[Heard, float]], *, of_family: bool) -> int:
    """Near misses with an event that would count, or with one of a family."""
    return len(
        {
            h.sentence.id
            for h, _ in told
            if h.sentence.miss is not None and h.event.modality in REAL and (h.event.family or not of_family)
        }
    )
