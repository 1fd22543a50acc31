"""A tagged and parsed sentence in, the same with the lemmas out that the model has given its words before.

A model's attribute ruler and lemmatizer take as long as its parser. Both look at one token at a time, at its
form, tag and edge, but for a few rules over several tokens ("let 's"): where such a rule may apply, and where
there are blanks among the tokens, the two are asked anew. Of most words the ruler looks at the tag alone: it
is asked once of each tag, and of each tag with the few words that it knows.
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
LABELS = [POS, MORPH, LEMMA]
MOST = 100_000  # words kept, some 20 MB

Key = tuple[int, int, int]  # form, tag, edge
Labels = tuple[int, int, int]  # part of speech, morphology, lemma
Pattern = list[Mapping[str, Any]]
ASKED = ("LOWER", "TAG", "DEP")
PLAIN = frozenset(ASKED)  # what a rule may ask of a token, to be asked once of its kind


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
        self._joints = [list(map(_asked, p)) for p in _patterns(self._pipes[0]) if len(p) > 1]
        self._told = _told_apart(self._pipes[0])
        self._kinds: dict[Key, Labels] = {}
        self._known: dict[Key, int] = {}  # the row of `_labels`
        self._labels = np.zeros((4096, len(LABELS)), dtype="uint64")

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
        orths, tags, edges, lowers, blanks = doc.to_array([ORTH, TAG, DEP, LOWER, IS_SPACE]).T.tolist()
        if any(blanks):
            return None
        joining = self._joining
        may_join = not (joining.isdisjoint(lowers) and joining.isdisjoint(edges))
        if may_join and self._joins(dict(zip(ASKED, (lowers, tags, edges), strict=True))):
            return None
        return list(zip(orths, tags, edges, strict=True))

    def _joins(self, columns: Mapping[str, list[int]]) -> bool:
        """Whether words stand side by side as a rule over several tokens asks."""
        return any(
            all(
                columns[name][start + step] in values
                for step, asked in enumerate(joint)
                for name, values in asked
            )
            for joint in self._joints
            for start in range(len(columns["LOWER"]) - len(joint) + 1)
        )

    def _set(self, doc: Doc, keys: list[Key]) -> Doc:
        if keys:
            known = self._known
            doc.from_array(LABELS, self._labels[[known[key] for key in keys]])
        return doc

    def _by_components(self, doc: Doc) -> Doc:
        for pipe in self._pipes:
            doc = pipe(doc)
        return doc

    def _learn(self, keys: list[Key]) -> None:
        """Ask the components about a sentence of these words alone."""
        if self._told is None:
            table = self._by_components(self._of_words(keys)).to_array(LABELS)
        else:
            doc = self._of_words(keys)
            doc.from_array(LABELS, np.array(self._ruled(keys, self._told), dtype="uint64"))
            table = self._pipes[1](doc).to_array(LABELS)
        first, last = len(self._known), len(self._known) + len(keys)
        while last > len(self._labels):
            self._labels = np.concatenate([self._labels, np.zeros_like(self._labels)])
        self._labels[first:last] = table
        self._known.update(zip(keys, range(first, last), strict=True))

    def _ruled(self, keys: list[Key], told: frozenset[int]) -> list[Labels]:
        """What the ruler says of each, asked once of each kind; no lemma where it leaves that open."""
        kinds = [self._kind(key, told) for key in keys]
        new = {kind: key for kind, key in zip(kinds, keys, strict=True) if kind not in self._kinds}
        if new:
            table = self._pipes[0](self._of_words(list(new.values()))).to_array(LABELS)
            self._kinds.update(zip(new, map(tuple, table.tolist()), strict=True))
        return [self._kinds[kind] for kind in kinds]

    def _kind(self, key: Key, told: frozenset[int]) -> Key:
        lower = get_string_id(self._vocab.strings[key[0]].lower())
        return (lower if lower in told else 0, key[1], key[2] if key[2] in told else 0)

    def _of_words(self, keys: list[Key]) -> Doc:
        text = self._vocab.strings
        words, tags, edges = ([text[number] for number in column] for column in zip(*keys, strict=True))
        return Doc(self._vocab, words, tags=tags, deps=edges, heads=list(range(len(keys))))


def _patterns(ruler: Any) -> list[Pattern]:
    return [pattern for rule in ruler.patterns for pattern in rule["patterns"]]


def _told_apart(ruler: Any) -> frozenset[int] | None:
    """Words in small letters and edges that the rules of one token name; None where they ask for more."""
    alone = [pattern[0] for pattern in _patterns(ruler) if len(pattern) == 1]
    alone = [token for token in alone if "IS_SPACE" not in token]  # sentences with blanks are not learnt from
    if not all(token.keys() <= PLAIN for token in alone):
        return None
    values = [_values(token[name]) for token in alone for name in ("LOWER", "DEP") if name in token]
    return None if None in values else frozenset(get_string_id(v) for told in values if told for v in told)


def _values(asked: Any) -> list[str] | None:
    """The values that will do; None where that is not told by a list."""
    if isinstance(asked, str):
        return [asked]
    return list(asked["IN"]) if isinstance(asked, Mapping) and set(asked) == {"IN"} else None


def _asked(token: Mapping[str, Any]) -> list[tuple[str, frozenset[int]]]:
    """What a rule asks of a token, as far as it lists words, tags or edges, and asks for one token."""
    if token.get("OP", "1") != "1":
        return []
    told = ((name, _values(token[name])) for name in ASKED if name in token)
    return [(name, frozenset(map(get_string_id, values))) for name, values in told if values is not None]


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
