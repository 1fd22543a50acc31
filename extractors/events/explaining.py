"""A title or a short line of the text in, whether what follows only explains how things came about, out."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

DATA = Path(__file__).parent / "data" / "explaining.yml"
LONGEST = 80  # characters of a heading


@cache
def _patterns(part: str) -> re.Pattern[str]:
    rules: list[dict[str, str]] = yaml.safe_load(DATA.read_text(encoding="utf-8"))[part]
    return re.compile("|".join(f"(?:{rule['pattern']})" for rule in rules), re.I)


def is_explaining(title: str | None) -> bool:
    """ "What is the League and which countries are in it?": reference, written for whoever does not know."""
    return bool(title and _patterns("titles").search(title.strip()))


def is_heading(line: str) -> bool:
    """A paragraph of a few words, and no sentence that ends."""
    return len(line) <= LONGEST and line[-1:] not in {".", "!", '"', "”", ":", ";", ","}


def opens_background(heading: str) -> bool:
    """ "What's the background to the row?"."""
    return bool(_patterns("headings").search(heading))
