"""Texts in, word n-grams and the pairs of near-duplicates that share them out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations

WORD = re.compile(r"[^\W_]+")
GRAM = 5
SHARED = 4  # so many equal five-word runs make two sentences near-duplicates
SHARED_BY_ARTICLES = 8  # and so many two articles, twenty times as long


def grams(text: str, length: int = GRAM) -> frozenset[tuple[str, ...]]:
    """Runs of `length` words, case and punctuation left out."""
    words = WORD.findall(text.casefold())
    return frozenset(tuple(words[i : i + length]) for i in range(len(words) - length + 1))


def near_duplicates(
    texts: Mapping[str, str], *, length: int = GRAM, shared: int = SHARED
) -> list[tuple[str, str]]:
    """Pairs of keys whose texts have at least `shared` runs of `length` words in common, sorted."""
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key in sorted(texts):
        for gram in grams(texts[key], length):
            holders[gram].append(key)
    common = Counter(pair for keys in holders.values() for pair in combinations(keys, 2))
    return sorted(pair for pair, count in common.items() if count >= shared)


def opening(text: str, words: int = 2) -> str:
    return " ".join(WORD.findall(text.casefold())[:words])
