"""Words that a model quotes in, the characters of the text that they are out, or nothing."""

from __future__ import annotations

import re
from functools import lru_cache

ALIKE = ("'’‘ʼ´`", '"“”„«»', "-–—‑−")  # models put one for the other


def find_quote(quote: str, text: str, *, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Characters `first` to `last` (exclusive) of the text; space and typography may differ, words not."""
    limit = len(text) if end is None else end
    place = text.find(quote, start, limit) if quote.strip() else -1
    if place >= 0:
        return place, place + len(quote)
    pattern = _pattern(quote)
    found = pattern.search(text, start, limit) if pattern else None
    return found.span() if found else None


@lru_cache(maxsize=512)
def _pattern(quote: str) -> re.Pattern[str] | None:
    words = quote.split()
    return re.compile(r"\s+".join("".join(map(_character, word)) for word in words)) if words else None


def _character(character: str) -> str:
    group = next((group for group in ALIKE if character in group), None)
    return f"[{re.escape(group)}]" if group else re.escape(character)
