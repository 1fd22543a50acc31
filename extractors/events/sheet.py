"""A parsed sentence in, the same in plain Python objects out: built once, asked some thousand times.

spaCy makes a new object of a token each time it is reached, and looks each label up as it is asked for. The
grammar walks the same few dozen tokens over and over; here each is one object with its labels in slots. What
is not here (`is_punct`, `sent`) is asked of spaCy's own token.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from spacy.attrs import DEP, ENT_TYPE, HEAD, IDX, LEMMA, LOWER, ORTH, POS, SPACY, TAG

if TYPE_CHECKING:
    from spacy.tokens import Doc

COLUMNS = [ORTH, LOWER, LEMMA, POS, TAG, DEP, ENT_TYPE, IDX, HEAD, SPACY]
LEFTWARDS = 1 << 63  # spaCy's array has no sign: a head to the left is a step beyond this
MOST = 200_000  # strings kept


class Word:
    """A token of a sheet, with spaCy's names for what it tells."""

    __slots__ = (
        *("doc", "i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_"),
        *("head", "children", "_subtree"),
    )
    head: Word
    _subtree: list[Word]

    def __init__(
        self, doc: Sheet, i: int, text: str, lower: str, lemma: str, pos: str, tag: str, dep: str,
        entity: str, idx: int,
    ) -> None:  # fmt: skip
        self.doc, self.i, self.idx, self.text = doc, i, idx, text
        self.lower_, self.lemma_, self.pos_, self.tag_, self.dep_ = lower, lemma, pos, tag, dep
        self.ent_type_ = entity
        self.children: list[Word] = []

    @property
    def lefts(self) -> list[Word]:
        i = self.i
        return [child for child in self.children if child.i < i]

    @property
    def rights(self) -> list[Word]:
        i = self.i
        return [child for child in self.children if child.i > i]

    @property
    def subtree(self) -> list[Word]:
        try:
            return self._subtree
        except AttributeError:
            self._subtree = found = self._below()
            return found

    def _below(self) -> list[Word]:
        found: list[Word] = []
        for child in self.lefts:
            found += child.subtree
        found.append(self)
        for child in self.rights:
            found += child.subtree
        return found

    @property
    def ancestors(self) -> Iterator[Word]:
        word = self
        while word.head is not word:
            word = word.head
            yield word

    @property
    def left_edge(self) -> Word:
        place: int = self._parsed.left_edge.i
        return self.doc.words[place]

    @property
    def right_edge(self) -> Word:
        place: int = self._parsed.right_edge.i
        return self.doc.words[place]

    @property
    def conjuncts(self) -> tuple[Word, ...]:
        if self.dep_ != "conj" and not any(child.dep_ == "conj" for child in self.children):
            return ()
        return tuple(self.doc[token.i] for token in self._parsed.conjuncts)

    def is_ancestor(self, other: Word) -> bool:
        return self in other.ancestors

    def nbor(self, step: int = 1) -> Word:
        place = self.i + step
        if place < 0:
            raise IndexError(place)
        return self.doc.words[place]

    @property
    def _parsed(self) -> Any:
        return self.doc.parsed[self.i]

    def __len__(self) -> int:
        return len(self.text)

    def __str__(self) -> str:
        return str(self.text)

    __repr__ = __str__

    def __getattr__(self, name: str) -> Any:
        if name == "_subtree":
            raise AttributeError(name)
        return getattr(self._parsed, name)


class Phrase:
    """Neighbours in a sheet, as spaCy's span."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Sheet, start: int, end: int) -> None:
        self.doc, self.start, self.end = doc, start, end

    @property
    def text(self) -> str:
        if self.end <= self.start:
            return ""
        first, last = self.doc.words[self.start], self.doc.words[self.end - 1]
        return self.doc.text[first.idx : last.idx + len(last.text)]

    @property
    def root(self) -> Word:
        place: int = self.doc.parsed[self.start : self.end].root.i
        return self.doc.words[place]

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Word]:
        return iter(self.doc.words[self.start : self.end])

    def __getitem__(self, place: int) -> Word:
        return self.doc.words[self.start : self.end][place]

    def __str__(self) -> str:
        return self.text

    def __getattr__(self, name: str) -> Any:
        return getattr(self.doc.parsed[self.start : self.end], name)


class Sheet:
    """`parsed` is spaCy's own document."""

    def __init__(self, parsed: Doc) -> None:
        self.parsed: Any = parsed
        self.user_data: dict[Any, Any] = parsed.user_data
        self.words, self.text = _read(self, parsed)
        self.answers: dict[tuple[str, int], Any] = {}  # to what was asked of its words (syntax.py)

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            start, end, _ = place.indices(len(self.words))
            return Phrase(self, start, max(start, end))
        return self.words[place]

    def char_span(self, start: int, end: int, **how: Any) -> Phrase | None:
        span = self.parsed.char_span(start, end, **how)
        return None if span is None else Phrase(self, span.start, span.end)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.parsed, name)


def sheet_of(parsed: Doc) -> Doc:
    """For all that reads a parse and does not change it, the same as the parse."""
    return cast("Doc", Sheet(parsed))


def parse_of(doc: Doc) -> Doc:
    """What a sheet was made of; a parse itself."""
    return cast("Doc", getattr(doc, "parsed", doc))


def _read(sheet: Sheet, parsed: Doc) -> tuple[list[Word], str]:
    """The words, and the text that spaCy would put together token by token."""
    name = names_of(parsed).__getitem__
    table: Any = parsed.to_array(COLUMNS)
    *labels, places, steps, blanks = table.T.tolist()
    texts = zip(*(map(name, column) for column in labels), places, strict=True)
    words = [Word(sheet, i, *told) for i, told in enumerate(texts)]
    for i, (word, step) in enumerate(zip(words, steps, strict=True)):
        word.head = head = words[i + step if step < LEFTWARDS else i + step - 2 * LEFTWARDS]
        if step:
            head.children.append(word)
    pieces = (f"{word.text} " if blank else word.text for word, blank in zip(words, blanks, strict=True))
    return words, "".join(pieces)


class _Names(dict[int, str]):
    """Strings by their number."""

    def __init__(self, strings: Any) -> None:
        super().__init__()
        self.strings = strings

    def __missing__(self, number: int) -> str:
        if len(self) > MOST:
            self.clear()
        found = self[number] = self.strings[number] if number else ""
        return found


_KNOWN: list[_Names] = []


def names_of(doc: Doc) -> Mapping[int, str]:
    """The strings of the model in use by their number; another model's replace them."""
    strings = doc.vocab.strings
    if not _KNOWN or _KNOWN[0].strings is not strings:
        _KNOWN[:] = [_Names(strings)]
    return _KNOWN[0]
