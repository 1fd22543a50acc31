"""Names as token sequences in, the longest name at each token of a sentence out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

V = TypeVar("V")

_END = ""  # no token is empty, so the value of a node stands under the empty key


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Text without accents and with straight apostrophes: "Erdoğan" and "Erdogan" are one name."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'").replace("ı", "i"))
    return "".join(c for c in plain if not unicodedata.combining(c))


class TokenTrie(Generic[V]):
    """A dictionary of token sequences, walked token by token."""

    def __init__(self) -> None:
        self._root: dict[str, object] = {}

    def add(self, tokens: Sequence[str], value: V) -> V:
        """Store `value` under the tokens unless something stands there; return what stands there."""
        node = self._root
        for token in tokens:
            node = node.setdefault(token, {})  # type: ignore[assignment]
        return node.setdefault(_END, value)  # type: ignore[return-value]

    def longest(self, tokens: Sequence[str], start: int) -> tuple[int, V] | None:
        """End (exclusive) and value of the longest entry that begins at `start`."""
        node = self._root.get(tokens[start])
        found: tuple[int, V] | None = None
        end = start + 1
        while node is not None:
            value = node.get(_END)  # type: ignore[attr-defined]
            if value is not None:
                found = (end, value)
            if end == len(tokens):
                break
            node = node.get(tokens[end])  # type: ignore[attr-defined]
            end += 1
        return found

    def matches(self, tokens: Sequence[str]) -> Iterator[tuple[int, int, V]]:
        """Start, end and value of the entries found from left to right, the longest first, none nested."""
        position = 0
        while position < len(tokens):
            found = self.longest(tokens, position)
            if found is None:
                position += 1
                continue
            yield position, found[0], found[1]
            position = found[0]
