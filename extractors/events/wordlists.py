"""The helper words of helpers.yml, by the name of their list."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

DATA = Path(__file__).parent / "data"


@cache
def _lists(path: Path = DATA / "helpers.yml") -> dict[str, frozenset[str]]:
    raw: dict[str, object] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: frozenset(str(listed).split()) for name, listed in raw.items()}


def word_list(name: str) -> frozenset[str]:
    """Lower-case words of one list.

    Raises:
        KeyError: no such list.
    """
    return _lists()[name]
