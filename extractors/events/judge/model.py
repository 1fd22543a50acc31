"""Feature names in, scores out: linear models that live in plain files, one line per feature."""

from __future__ import annotations

import gzip
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from extractors.errors import LexiconError

if TYPE_CHECKING:
    from numpy.typing import NDArray

DECIMALS = 2
REMEMBERED = 50_000  # names, and groups of them, whose rows are known
Group = str | tuple[str, ...]  # a name, or names that always come together


@dataclass(frozen=True)
class LinearModel:
    """Weights by feature, one per class."""

    classes: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {name: row for row, name in enumerate(self.weights)}

    @cached_property
    def _table(self) -> NDArray[np.float32]:
        """The last row is nothing's."""
        weights = [*self.weights.values(), (0.0,) * len(self.classes)]
        return np.array(weights, dtype=np.float32)

    def __contains__(self, name: str) -> bool:
        return name in self._rows

    def scores(self, names: Iterable[str]) -> NDArray[np.float32]:
        """One score per class, before any squashing."""
        find = self._rows.get
        rows = [row for row in map(find, names) if row is not None]
        found: NDArray[np.float32] = self._table[rows].sum(axis=0)
        return found

    def share(self, weighed: Mapping[str, float]) -> float:
        """Of the single class of a model that tells yes from no: 0..1."""
        weights = self.weights
        return sigmoid(sum(weights[n][0] * value for n, value in weighed.items() if n in weights))

    @cached_property
    def _of_groups(self) -> dict[Group, tuple[int, ...]]:
        return {}

    def _rows_of(self, groups: Iterable[Group]) -> Iterable[int]:
        """Each row once, in the order of the names."""
        known, found = self._of_groups, []
        for group in groups:
            rows = known.get(group)
            if rows is None:
                if len(known) >= REMEMBERED:
                    known.clear()
                names = (group,) if isinstance(group, str) else group
                rows = known[group] = tuple(self._rows[name] for name in names if name in self._rows)
            found += rows
        return dict.fromkeys(found)

    def scores_of_each(self, many: Sequence[Iterable[Group]]) -> NDArray[np.float32]:
        """A row of scores for each."""
        nothing = len(self.weights)
        rows = [[nothing, *self._rows_of(groups)] for groups in many]
        starts = list(accumulate((len(r) for r in rows[:-1]), initial=0))
        weights = self._table.take(list(chain.from_iterable(rows)), axis=0)
        found: NDArray[np.float32] = np.add.reduceat(weights, starts, axis=0)
        return found

    def reasons(self, names: Iterable[str], name: str, *, count: int = 5) -> list[tuple[str, float]]:
        """The features that speak loudest for (+) or against (-) a class."""
        column = self.classes.index(name)
        told = [(f, self.weights[f][column]) for f in names if f in self.weights]
        return sorted(told, key=lambda pair: (-abs(pair[1]), pair[0]))[:count]


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    total: NDArray[np.float32] = powers / powers.sum(axis=-1, keepdims=True)
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
