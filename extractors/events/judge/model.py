"""Feature names in, scores out: linear models that live in plain files, one line per feature."""

from __future__ import annotations

import gzip
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from extractors.errors import LexiconError
from extractors.events.judge.features import Features

if TYPE_CHECKING:
    from numpy.typing import NDArray

DECIMALS = 3


@dataclass(frozen=True)
class LinearModel:
    """Weights by feature, one per class. The more n-grams a sentence has, the less each weighs."""

    classes: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]
    word_share: float = 3.0
    _unknown: int = field(default=-1, repr=False)

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {name: row for row, name in enumerate(self.weights)}

    @cached_property
    def _table(self) -> NDArray[np.float64]:
        return np.array(list(self.weights.values()), dtype=np.float64).reshape(-1, len(self.classes))

    def scores(self, features: Features) -> NDArray[np.float64]:
        """One score per class, before any squashing."""
        rows, table = self._rows, self._table
        grammar = [rows[name] for name in features.grammar if name in rows]
        words = [rows[name] for name in features.words if name in rows]
        total: NDArray[np.float64] = table[grammar].sum(axis=0)
        if words:
            total = total + table[words].sum(axis=0) * word_weight(len(features.words), self.word_share)
        return total

    def share(self, features: Features) -> float:
        """Probability of a model's one class."""
        return sigmoid(float(self.scores(features)[0]))

    def reasons(self, features: Features, name: str, *, count: int = 5) -> list[tuple[str, float]]:
        """The features that speak loudest for (+) or against (-) a class."""
        column = self.classes.index(name)
        share = word_weight(len(features.words), self.word_share)
        told = [(f, self.weights[f][column]) for f in features.grammar if f in self.weights]
        told += [(f, self.weights[f][column] * share) for f in features.words if f in self.weights]
        return sorted(told, key=lambda pair: (-abs(pair[1]), pair[0]))[:count]


def word_weight(count: int, share: float) -> float:
    """Long sentences have more n-grams, not more to say."""
    return share / math.sqrt(max(count, 1)) / 2


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(scores - scores.max())
    total: NDArray[np.float64] = powers / powers.sum()
    return total


def sigmoid(score: float) -> float:
    return 1 / (1 + math.exp(-max(min(score, 30.0), -30.0)))


def read_model(path: Path) -> LinearModel:
    """
    Raises:
        LexiconError: no model file, or one that train.py did not write.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            _, *classes = lines.readline().rstrip("\n").split("\t")
            rows = (line.rstrip("\n").split("\t") for line in lines)
            weights = {name: tuple(float(w or 0) for w in given) for name, *given in rows}
    except (OSError, ValueError, EOFError) as error:
        raise LexiconError(
            f"the judge's model cannot be read: {error}",
            where=str(path),
            next_step="run `make train`, or switch the judge off with COMMUNIQUE_JUDGE=false",
        ) from error
    return LinearModel(tuple(classes), weights)


def model_bytes(classes: Sequence[str], weights: Iterable[tuple[str, Sequence[float]]]) -> bytes:
    """The file: a heading, then features in the order of the alphabet. The same weights, the same bytes."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0, filename="", compresslevel=9) as packed:
        packed.write(("feature\t" + "\t".join(classes) + "\n").encode())
        for name, given in sorted(weights):
            rounded = [f"{w:.{DECIMALS}f}".rstrip("0").rstrip(".") for w in given]
            cells = ["" if cell in {"0", "-0", "-"} else cell for cell in rounded]
            if any(cells):
                packed.write((name + "\t" + "\t".join(cells) + "\n").encode())
    return out.getvalue()
