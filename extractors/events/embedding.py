"""A model's word vectors before context, remembered: they depend on the word alone and cost a third of them.

spaCy's small models embed each token by hashes of its form (norm, prefix, suffix, shape, the blank behind it)
and mix them in a layer of their own, before any layer looks at neighbours: the same each time.
"""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import numpy as np
from spacy.language import Language
from thinc.api import Model, Ragged

MOST = 50_000  # words kept: 20 MB at a width of 96
BLOCK = 32  # words are embedded so many at a time, so that no vector depends on which others are new

Vectors = Any  # arrays of thinc's own types


def remember_vectors(nlp: Language) -> None:
    """Put a memory in the place of the embedding of the model's tok2vec, where it has one of that kind."""
    if "tok2vec" not in nlp.pipe_names:
        return
    model: Any = getattr(nlp.get_pipe("tok2vec"), "model", None)
    embed: Any = model.maybe_get_ref("embed") if model is not None else None
    names = [layer.name for layer in embed.layers] if embed is not None else []
    if names[:2] != ["extract_features", "list2ragged"] or names[-1] != "ragged2list":
        return
    memory = RememberedVectors(embed.layers[0].attrs["columns"], embed.layers[2:-1], embed.get_dim("nO"))
    model.layers[model.layers.index(embed)] = Model("remembered_embed", memory.forward)


class RememberedVectors:
    """Asks the layers about words that have not been seen."""

    def __init__(self, columns: list[str], layers: list[Any], width: int) -> None:
        self._columns = columns
        self._layers = layers
        self._width = width
        self._clear()

    def _clear(self) -> None:
        self._rows: dict[bytes, int] = {}
        self._table = np.zeros((4096, self._width), dtype="float32")

    def forward(self, _model: Any, docs: Any, is_train: bool) -> tuple[list[Vectors], Any]:  # noqa: ARG002
        if len(self._rows) > MOST:
            self._clear()
        words, rows = self._words(docs), self._rows
        missing = [word for word in dict.fromkeys(words) if word not in rows]
        for start in range(0, len(missing), BLOCK):
            self._learn(missing[start : start + BLOCK])
        vectors = self._table[[rows[word] for word in words]]
        ends = list(accumulate(map(len, docs)))
        return [vectors[start:end] for start, end in zip([0, *ends], ends, strict=False)], None

    def _words(self, docs: Any) -> list[bytes]:
        """What the hashes are made of, of each token of all documents."""
        width = len(self._columns)
        tables = [doc.to_array(self._columns).reshape(-1, width) for doc in docs]
        features = np.ascontiguousarray(np.concatenate(tables) if tables else (), dtype="uint64")
        words: list[bytes] = features.view(f"V{8 * width}").ravel().tolist()
        return words

    def _learn(self, words: list[bytes]) -> None:
        features = np.zeros((BLOCK, len(self._columns)), dtype="uint64")
        features[: len(words)] = np.frombuffer(b"".join(words), dtype="uint64").reshape(len(words), -1)
        told: Any = Ragged(features, np.array([BLOCK], dtype="int32"))  # type: ignore[arg-type]
        for layer in self._layers:
            told = layer.predict(told)
        first = len(self._rows)
        while first + len(words) > len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        self._table[first : first + len(words)] = told.data[: len(words)]
        self._rows.update({word: first + number for number, word in enumerate(words)})
