"""Samples in, the judge's models and rules out; what is chosen is chosen where the models had not looked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from extractors.events.corpus.records import CorpusArticle, CorpusSentence
from extractors.events.judge.decide import BRACKETS, OWN, OWN_FAMILY, Rules
from extractors.events.judge.fitting import FOLDS, Recipe, fit, fold_of
from extractors.events.judge.matching import is_told_right
from extractors.events.judge.model import LinearModel
from extractors.events.judge.reading import NOTHING, Readers
from extractors.events.judge.samples import Annotated, Heard, Words
from extractors.records import Modality

ROOT = Recipe(strength=0.5, rarest=2)
LEAF = Recipe(strength=1.0, rarest=2)
WORTH = Recipe(strength=0.03, rarest=5, tolerance=1e-5)
NEWS = SIDES = Recipe(strength=0.06, rarest=5, tolerance=1e-5)
BAG_WEIGHT = 0.5  # what the sentence is about, against what stands around the word
OF_ARTICLE = 3  # sentences that an event of a whole text counts for: news is read in articles
FEWEST = 6  # events of a code, for the code to be told from its neighbours
OPEN = Rules(propose_from=0.3, correct_from=0.85, leaf_from=0.4, keep_from={})
JUDGES = (OWN, OWN_FAMILY)
MORE_TROUBLE = 0.05  # than the grammar alone makes on near misses, for what the judge finds on top
SURELY_NO_NEWS = 0.05  # below it an event in a whole article is dropped; of those one in twenty is right
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
    return [fit_readers(w for w in words if fold_of(w.text_id) != fold) for fold in range(FOLDS)]


def fit_worth(heard: Sequence[Heard]) -> tuple[LinearModel, list[float]]:
    """The model that tells events from slips, and each event's share by one that has not seen it."""
    rights = [h.truth is not None for h in heard]
    shares = [0.0] * len(heard)
    folds = [fold_of(h.text.id) for h in heard]
    for fold in range(FOLDS):
        own = [place for place, other in enumerate(folds) if other != fold]
        model = _verdict([heard[place] for place in own], [rights[place] for place in own], WORTH)
        for place, other in enumerate(folds):
            if other == fold:
                shares[place] = model.share(heard[place].weighed)
    return _verdict(heard, rights, WORTH), shares


def fit_news(heard: Sequence[Heard]) -> LinearModel:
    """The model that tells what is news, and coded so, or is none, and coded so, from all else."""
    return _verdict(heard, [_is_alike(h) for h in heard], NEWS)


def fit_sides(heard: Sequence[Heard]) -> LinearModel:
    """The model that tells of such events whether they stand between the right sides."""
    asked = [h for h in heard if _is_alike(h)]
    return _verdict(asked, [is_told_right(h.event, h.truth) for h in asked if h.truth], SIDES)


def _is_alike(heard: Heard) -> bool:
    return heard.truth is not None and (heard.event.modality in REAL) is heard.truth.counts


def _verdict(heard: Sequence[Heard], rights: Sequence[bool], recipe: Recipe) -> LinearModel:
    counts = [OF_ARTICLE if isinstance(h.text, CorpusArticle) else 1 for h in heard]
    labels = [RIGHT if right else WRONG for right in rights]
    return fit([h.weighed for h in heard], labels, recipe, counts=counts)


def thresholds(
    heard: Sequence[Heard], shares: Sequence[float], texts: Sequence[Annotated]
) -> dict[str, float]:
    """By bracket, where the F1 over all events is highest.

    What the grammar finds is dropped only where it is surely nothing: the corpus is of one style, news of
    many. What the judge finds on top may trouble hardly more near misses than the grammar alone does.
    """
    true_events = sum(len(t.events) for t in texts)
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
            h.text.id
            for h, _ in told
            if isinstance(h.text, CorpusSentence)
            and h.text.miss is not None
            and h.event.modality in REAL
            and (h.event.family or not of_family)
        }
    )
