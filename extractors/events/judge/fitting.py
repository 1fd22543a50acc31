"""Samples in, linear models out (needs scikit-learn, which only training needs)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from extractors.events.judge.model import LinearModel
from extractors.records import stable_id

FOLDS = 4


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model is fitted: strength of the data, rarest feature that counts, when to stop."""

    strength: float = 0.3
    rarest: int = 2
    tolerance: float = 1e-3
    rounds: int = 300


def fit(
    samples: Sequence[Mapping[str, float]],
    labels: Sequence[str],
    recipe: Recipe,
    *,
    counts: Sequence[float] | None = None,
) -> LinearModel:
    """A model with one column per class; with two classes a single column, for the second of them.

    `counts`: how many samples each stands for.
    """
    from sklearn.linear_model import LogisticRegression

    names = _frequent(samples, recipe.rarest)
    learner: Any = LogisticRegression(
        C=recipe.strength, max_iter=recipe.rounds, tol=recipe.tolerance, fit_intercept=False
    )
    learner.fit(_matrix(samples, names), np.array(labels), sample_weight=counts)
    classes = tuple(str(c) for c in learner.classes_)
    classes = classes[1:] if len(classes) == 2 else classes
    weights = zip(names, (tuple(row) for row in learner.coef_.T.tolist()), strict=True)
    return LinearModel(classes, dict(weights))


def fold_of(sentence_id: str) -> int:
    """All that comes of one sentence falls into one fold, in every run."""
    return int(stable_id(sentence_id, length=8), 16) % FOLDS


def _frequent(samples: Sequence[Mapping[str, float]], rarest: int) -> list[str]:
    counts = Counter(name for one in samples for name in one)
    return sorted(name for name, count in counts.items() if count >= rarest)


def _matrix(samples: Sequence[Mapping[str, float]], names: Sequence[str]) -> Any:
    from scipy.sparse import csr_matrix

    columns = {name: column for column, name in enumerate(names)}
    cells = [
        (row, columns[name], value)
        for row, one in enumerate(samples)
        for name, value in one.items()
        if name in columns
    ]
    rows, places, values = zip(*cells, strict=True)
    return csr_matrix((values, (rows, places)), shape=(len(samples), len(names)))
