"""What is wrong with one entry of the lexicon, for the one who wrote it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """`line` counts from 1; `field` is empty where the whole entry is meant.

    A note (`is_note`) does not fail the check: the entry works, but there is something to tidy up.
    """

    file: Path
    line: int
    entry: str
    field: str
    what: str
    next_step: str
    is_note: bool = False

    def __str__(self) -> str:
        at = f"{self.entry}, {self.field}" if self.field else self.entry
        told = "note: " if self.is_note else ""
        return f"{self.file.name}:{self.line}: {told}{at}: {self.what}\n  next: {self.next_step}"


def nearest(word: str, known: Iterable[str], *, else_say: str) -> str:
    """A next step: the known word that is spelt most like this one, else what is given."""
    found = difflib.get_close_matches(word, sorted(known), n=1)
    return f"did you mean {found[0]!r}? If not: {else_say}" if found else else_say
