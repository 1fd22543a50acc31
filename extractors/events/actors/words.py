"""words.yml in, closed word classes by name out: `words("backing")` holds "backed", "sponsored" ..."""

from __future__ import annotations

from functools import lru_cache

from extractors.events.actors import tables


def words(name: str) -> frozenset[str]:
    """The word class of that name."""
    return _classes()[name]


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    return {name: frozenset(members) for name, members in tables.read_yaml(tables.DATA / "words.yml").items()}
