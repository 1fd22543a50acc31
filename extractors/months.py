"""A printed date in any of the news' languages in, the same with English month names out."""

from __future__ import annotations

import re
from functools import cache

from babel.dates import get_month_names

# Languages that write the month as a word between day and year.
_LANGUAGES = (
    "ar", "bg", "cs", "da", "de", "el", "es", "fi", "fr", "hr", "hu", "id", "it", "nb", "nl", "pl", "pt",
    "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "vi",
)  # fmt: skip
_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(
    r"(?<=[\w.])\s+(?:de|del|of)\s+(?=\w)|(?<=\d)\.(?=\s)|(?<=\d{4})\s*г\.?(?=[\s,]|$)", re.I
)


def in_english(stated: str) -> str:
    """ "19 de mayo de 2018", "20. Mai 2018", "18 мая 2018 г." → "19 May 2018" and so on."""
    names = _month_numbers()
    plain = _BETWEEN.sub(" ", stated)
    return _WORD.sub(
        lambda word: _ENGLISH[names[key] - 1] if (key := word[0].casefold()) in names else word[0], plain
    )


@cache
def _month_numbers() -> dict[str, int]:
    """Month names and abbreviations of all the languages; one that means two months means none."""
    found: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    found.setdefault(str(name).rstrip(".").casefold(), set()).add(int(number))
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1 and len(name) > 2}
