"""A tagged and parsed sentence in, the same with the lemmas out that the model has given its words before.

A model's attribute ruler and lemmatizer take as long as its parser. Both look at one token at a time, at its
form, tag and edge, but for a few rules over several tokens ("let 's"): where such a rule may apply, and where
there are blanks among the tokens, the two are asked anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import numpy as np
from spacy.attrs import DEP, IS_SPACE, LEMMA, LOWER, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.strings import get_string_id
from spacy.tokens import Doc

REMEMBERED = "communique_words"
RULER, LEMMATIZER = "attribute_ruler", "lemmatizer"
MOST = 100_000  # words kept, some 50 MB

Key = tuple[int, int, int]  # form, tag, edge
Pattern = list[Mapping[str, Any]]


def remember_words(nlp: Language) -> None:
    """Put one component in the place of the two, where the model has both and they work word by word."""
    if {RULER, LEMMATIZER} <= set(nlp.pipe_names) and _joining_words(nlp) is not None:
        nlp.add_pipe(REMEMBERED, last=True)
        nlp.select_pipes(disable=[RULER, LEMMATIZER])


@Language.factory(REMEMBERED)
def _component(nlp: Language, name: str) -> RememberedWords:
    return RememberedWords(nlp, name, _joining_words(nlp) or frozenset())


class RememberedWords:
    """Sets part of speech, morphology and lemma as the two components do."""

    def __init__(self, nlp: Language, name: str, joining: frozenset[int]) -> None:
        self.name = name
        self._vocab = nlp.vocab
        self._pipes: list[Any] = [nlp.get_pipe(RULER), nlp.get_pipe(LEMMATIZER)]
        self._joining = joining
        self._known: dict[Key, tuple[int, ...]] = {}

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 256) -> Iterator[Doc]:
        """What is new in a batch is learnt at once."""
        rest = iter(docs)
        while batch := list(islice(rest, batch_size)):
            if len(self._known) > MOST:
                self._known.clear()
                self._pipes[1].cache.clear()
            known, keys = self._known, [self._keys(doc) for doc in batch]
            missing = dict.fromkeys(key for of_doc in keys if of_doc for key in of_doc if key not in known)
            if missing:
                self._learn(list(missing))
            for doc, of_doc in zip(batch, keys, strict=True):
                yield self._by_components(doc) if of_doc is None else self._set(doc, of_doc)

    def _keys(self, doc: Doc) -> list[Key] | None:
        """None where the components have to see the sentence."""
        joining = self._joining
        keys: list[Key] = []
        for orth, tag, dep, lower, is_space in doc.to_array([ORTH, TAG, DEP, LOWER, IS_SPACE]).tolist():
            if is_space or lower in joining or dep in joining:
                return None
            keys.append((orth, tag, dep))
        return keys

    def _set(self, doc: Doc, keys: list[Key]) -> Doc:
        if keys:
            values: Any = np.array([self._known[key] for key in keys], dtype="uint64")
            doc.from_array([POS, MORPH, LEMMA], values)
        return doc

    def _by_components(self, doc: Doc) -> Doc:
        for pipe in self._pipes:
            doc = pipe(doc)
        return doc

    def _learn(self, keys: list[Key]) -> None:
        """Ask the components about a sentence of these words alone."""
        text = self._vocab.strings
        words, tags, edges = ([text[number] for number in column] for column in zip(*keys, strict=True))
        doc = Doc(self._vocab, words, tags=tags, deps=edges, heads=list(range(len(keys))))
        table = self._by_components(doc).to_array([POS, MORPH, LEMMA])
        self._known.update(zip(keys, map(tuple, table.tolist()), strict=True))


def _joining_words(nlp: Language) -> frozenset[int] | None:
    """Where a rule over several tokens may apply; None for a model whose components are of another kind."""
    ruler = nlp.get_pipe(RULER)
    if not isinstance(ruler, AttributeRuler) or not isinstance(nlp.get_pipe(LEMMATIZER), Lemmatizer):
        return None
    rules: list[Any] = ruler.patterns
    over_several = [pattern for rule in rules for pattern in rule["patterns"] if len(pattern) > 1]
    rarest = [_rarest(pattern) for pattern in over_several]
    return frozenset().union(*rarest) if all(rarest) else None


def _rarest(pattern: Pattern) -> frozenset[int]:
    """Forms or edges of which one stands in every match; empty where that cannot be told."""
    told = sorted(filter(None, map(_listed, pattern)), key=len)
    return frozenset(map(get_string_id, told[0] if told else []))


def _listed(token: Mapping[str, Any]) -> list[str]:
    if token.get("OP", "1") not in ("1", "+"):
        return []
    for key in ("DEP", "LOWER"):
        value = token.get(key)
        if isinstance(value, str):
            return [value]
        if isinstance(value, Mapping) and "IN" in value:
            return list(value["IN"])
    return []
