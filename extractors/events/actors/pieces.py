"""A tokenised sentence in, the pieces that names are looked up in out.

A piece is a token, or part of one: the tokeniser leaves "U.S.-South" whole, and both halves count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc

from extractors.events.actors.trie import fold

FEW_LETTERS = 15
_ABBREVIATION = re.compile(r"^((?:[A-Z]\.){2,})(-)(.+)$")


@dataclass(frozen=True, slots=True)
class Pieces:
    """`texts[i]` is folded; `tokens[i]` is the index of the token it comes from."""

    texts: list[str]
    tokens: list[int]
    glued: list[bool]  # no space before the piece
    is_upper: bool

    def __len__(self) -> int:
        return len(self.texts)


def cut(doc: Doc) -> Pieces:
    texts: list[str] = []
    tokens: list[int] = []
    glued: list[bool] = []
    spaced = True
    for index, token in enumerate(doc):
        text = fold(token.text)
        parts = _ABBREVIATION.match(text) if "-" in text and "." in text else None
        for number, part in enumerate(parts.groups() if parts else (text,)):
            texts.append(part)
            tokens.append(index)
            glued.append(number > 0 or not spaced)
        spaced = bool(token.whitespace_)
    return Pieces(texts, tokens, glued, _is_upper(texts))


def _is_upper(texts: list[str]) -> bool:
    """A headline in capitals: three words or more, hardly a small letter."""
    text = "".join(texts)
    capitals = sum(map(str.isupper, text))
    if capitals <= 0.9 * FEW_LETTERS:
        return False
    letters = sum(map(str.isalpha, text))
    return letters > FEW_LETTERS and capitals > 0.9 * letters
