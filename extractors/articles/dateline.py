"""A first paragraph in, its dateline ("SEOUL, May 18 (Agency)") and the rest out."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

_RULES = Path(__file__).with_name("dateline.yml")
_LONGEST = 90
_SEPARATOR = re.compile(r"\s*(?:--+|[—–])\s*|\s+-\s*|-\s+|[:/]\s+|(?<=[)/])[.:-]?\s+")
_PLACE = re.compile(
    r"^(?P<place>(?:[^,(/\[\d]|/(?=\w)){2,40}?)"
    r"(?:\s*,\s+(?P<region>[^,(/\[\d]{2,30}?))?"
    r"(?:[,.]?\s+(?P<day>[^\W\d]{3,10}\.?\s+\d{1,2}|\d{1,2}\.?\s+[^\W\d]{3,12})(?:,?\s+\d{4})?)?"
    r"[.,]?\s*(?P<agency>[(/\[][^()/\[\]]{2,40}[)/\]]?)?[.:]?$"
)


def split_dateline(paragraph: str) -> tuple[str | None, str]:
    """The dateline and the paragraph without it, or None and the paragraph as it is.

    "SEOUL, May 18 (Agency) -- The drill", "BEIRUT — Fighters", "NEW DELHI: The ministry",
    "МОСКВА, 18 мая. /ТАСС/. Министр".
    """
    for separator in _SEPARATOR.finditer(paragraph[: _LONGEST + 10]):
        head, rest = paragraph[: separator.end()].rstrip(" -—–:"), paragraph[separator.end() :].strip()
        if len(head) > _LONGEST or len(rest) < 20:
            break
        if _is_dateline(head):
            return head, rest
    return None, paragraph


def _is_dateline(head: str) -> bool:
    """A place in capitals, alone or with region, day and agency."""
    found = _PLACE.match(head.strip())
    if not found:
        return False
    place = found["place"].strip()
    letters = [letter for letter in place if letter.isalpha()]
    is_bare = not (found["region"] or found["day"] or found["agency"])
    if len(letters) < (4 if is_bare else 2) or not place.isupper():
        return False
    return not set(re.split(r"[^\w]+", place)) & _not_places()


@cache
def _not_places() -> frozenset[str]:
    return frozenset(yaml.safe_load(_RULES.read_text(encoding="utf-8"))["not_places"])
