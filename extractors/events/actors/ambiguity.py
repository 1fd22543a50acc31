"""The words of an article in, the reading of a name that could mean several things out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

from extractors.events.actors import tables
from extractors.events.actors.trie import fold


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form may mean: an ISO country or an organisation's id, or None for no actor at all."""

    meaning: str | None
    cues: frozenset[str]


Readings = dict[str, tuple[Reading, ...]]


def read_ambiguous(data: Path = tables.DATA) -> Readings:
    """Form → its readings; where no cue tells, the first one holds."""
    found: dict[str, list[Reading]] = defaultdict(list)
    for row, _ in tables.read_table(data / "ambiguous.csv", ("form", "reading", "cues")):
        cues = frozenset(filter(None, row["cues"].split("|")))
        found[fold(row["form"])].append(Reading(row["reading"] or None, cues))
    return {form: tuple(readings) for form, readings in found.items()}


def choose(readings: tuple[Reading, ...], words: Set[str]) -> str | None:
    """The meaning with the most cues among the words; the first of equals."""
    return max(readings, key=lambda reading: len(reading.cues & words)).meaning
