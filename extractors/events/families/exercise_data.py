"""exercises.yml in, its word lists and tables out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from extractors.events.wordlists import DATA


@cache
def exercise_data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((DATA / "exercises.yml").read_text(encoding="utf-8"))
    return data


@cache
def exercise_words(name: str) -> frozenset[str]:
    value = exercise_data()[name]
    return frozenset(value.split() if isinstance(value, str) else value)


@cache
def status_by_word(table: str) -> Mapping[str, str]:
    """Status by verb ("call_off") or noun, of one of the tables."""
    found: dict[str, str] = {}
    for status, words in exercise_data()[table].items():
        for word in words.split() if isinstance(words, str) else words:
            found[word] = status
    return found
