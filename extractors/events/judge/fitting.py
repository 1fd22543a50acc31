"""Samples in, linear models out (needs scikit-learn, which only training needs)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from extractors.events.judge.features import Features
from extractors.events.judge.model import LinearModel, word_weight
from extractors.records import stable_id

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model is fitted: strength of the data, rarest feature that counts, weight of the n-grams."""

    strength: float = 0.1
    rarest: int = 3
    word_share: float = 3.0
    tolerance: float = 1e-6
    is_balanced: bool = False


def fit(features: Sequence[Features], labels: Sequence[str], recipe: Recipe) -> LinearModel:
    """A model with one column per class; with two classes a single column, for the second of them."""
    from sklearn.linear_model import LogisticRegression

    names = _frequent(features, recipe.rarest)
    matrix = _matrix(features, names, recipe.word_share)
    weight = "balanced" if recipe.is_balanced else None
    learner: Any = LogisticRegression(
        C=recipe.strength, max_iter=1000, tol=recipe.tolerance, class_weight=weight
    )
    learner.fit(matrix, np.array(labels))
    classes = tuple(str(c) for c in learner.classes_)
    classes = classes[1:] if len(classes) == 2 else classes
    weights = dict(zip(names, (tuple(row) for row in learner.coef_.T.tolist()), strict=True))
    bias = tuple(learner.intercept_.tolist())
    weights["bias"] = tuple(a + b for a, b in zip(weights.get("bias", bias), bias, strict=True))
    return LinearModel(classes, weights, recipe.word_share)


def models_by_fold(
    features: Sequence[Features], labels: Sequence[str], ids: Sequence[str], recipe: Recipe
) -> tuple[LinearModel, ...]:
    """For each fold a model that has seen no sentence of it."""
    folds = [fold_of(name) for name in ids]
    models = []
    for fold in range(FOLDS):
        kept = [place for place, other in enumerate(folds) if other != fold]
        models.append(fit([features[i] for i in kept], [labels[i] for i in kept], recipe))
    return tuple(models)


def fold_of(sentence_id: str) -> int:
    """All that comes of one sentence falls into one fold, in every run."""
    return int(stable_id(sentence_id, length=8), 16) % FOLDS


def platt(scores: Iterable[float], is_right: Iterable[bool]) -> tuple[float, float]:
    """Slope and offset that make probabilities of the scores."""
    from sklearn.linear_model import LogisticRegression

    learner: Any = LogisticRegression(C=1e6, tol=1e-8)
    learner.fit(np.array(list(scores)).reshape(-1, 1), np.array(list(is_right)))
    return round(float(learner.coef_[0][0]), 4), round(float(learner.intercept_[0]), 4)


def _frequent(features: Sequence[Features], rarest: int) -> list[str]:
    counts = Counter(name for one in features for name in (*one.grammar, *one.words))
    return sorted(name for name, count in counts.items() if count >= rarest)


def _matrix(features: Sequence[Features], names: Sequence[str], share: float) -> Any:
    from scipy.sparse import csr_matrix

    columns = {name: column for column, name in enumerate(names)}
    cells = [cell for row, one in enumerate(features) for cell in _cells(row, one, columns, share)]
    rows, places, values = zip(*cells, strict=True)
    return csr_matrix((values, (rows, places)), shape=(len(features), len(names)))


def _cells(
    row: int, one: Features, columns: Mapping[str, int], share: float
) -> Iterator[tuple[int, int, float]]:
    for name in one.grammar:
        if name in columns:
            yield row, columns[name], 1.0
    weight = word_weight(len(one.words), share)
    for name in one.words:
        if name in columns:
            yield row, columns[name], weight
