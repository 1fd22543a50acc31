"""A tokenised sentence in, the pieces that names are looked up in out.

A piece is a token, or part of one: the tokeniser leaves "U.S.-South" whole, and both halves count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from string import ascii_uppercase
from typing import Any

from spacy.attrs import ORTH, SPACY
from spacy.tokens import Doc

from extractors.events.actors.trie import fold
from extractors.events.sheet import names_of

FEW_LETTERS = 15
CAPITALS = ascii_uppercase.encode()
_ABBREVIATED = re.compile(r"[A-Z]\.-")
_ABBREVIATION = re.compile(r"^((?:[A-Z]\.){2,})(-)(.+)$")


@dataclass(frozen=True, slots=True)
class Pieces:
    """`texts[i]` is folded; `tokens[i]` is the index of the token it comes from."""

    texts: list[str]
    tokens: list[int]
    glued: list[bool]  # no space before the piece
    is_upper: bool
    is_lower: bool  # without a capital: a transcript

    def __len__(self) -> int:
        return len(self.texts)

    def left_out(self, start: int, end: int) -> tuple[int, int]:
        """Letters of the first piece's token before it, and of the last one's behind: of "U.S.-South"."""
        first, last = self.tokens[start], self.tokens[end - 1]
        before = takewhile(lambda i: self.tokens[i] == first, range(start - 1, -1, -1))
        behind = takewhile(lambda i: self.tokens[i] == last, range(end, len(self.tokens)))
        return sum(len(self.texts[i]) for i in before), sum(len(self.texts[i]) for i in behind)


def cut(doc: Doc) -> Pieces:
    table: Any = doc.to_array([ORTH, SPACY])
    forms, blanks = table.T.tolist() if len(doc) else ([], [])
    spelt = list(map(names_of(doc).__getitem__, forms))
    folded = list(map(fold, spelt))
    before = [True, *map(bool, blanks[:-1])]
    if not _ABBREVIATED.search("".join(folded)):
        glued = [not spaced for spaced in before[: len(folded)]]
        return Pieces(folded, list(range(len(folded))), glued, _is_upper(folded), "".join(spelt).islower())
    texts: list[str] = []
    tokens: list[int] = []
    glued = []
    for index, (text, spaced) in enumerate(zip(folded, before, strict=bool(folded))):
        parts = _ABBREVIATION.match(text) if "-" in text and "." in text else None
        if parts is None:
            texts.append(text)
            tokens.append(index)
            glued.append(not spaced)
            continue
        for number, part in enumerate(parts.groups()):
            texts.append(part)
            tokens.append(index)
            glued.append(number > 0 or not spaced)
    return Pieces(texts, tokens, glued, _is_upper(texts), "".join(spelt).islower())


def _is_upper(texts: list[str]) -> bool:
    """A headline in capitals: three words or more, hardly a small letter."""
    text = "".join(texts)
    if text.isascii():
        letters = text.encode()
        capitals = len(letters) - len(letters.translate(None, CAPITALS))
    else:
        capitals = sum(map(str.isupper, text))
    if capitals <= 0.9 * FEW_LETTERS:
        return False
    all_letters = sum(map(str.isalpha, text))
    return all_letters > FEW_LETTERS and capitals > 0.9 * all_letters
