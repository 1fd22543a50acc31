"""Seeds, enums and `expectations/vocabularies.yml` into the sets of values that the gates allow."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from extractors.errors import LexiconError
from extractors.records import ArticleKind, DatePrecision, Family, Modality
from extractors.reference import cameo_events, countries
from extractors.warehouse.limits import EXPECTATIONS

FILE = EXPECTATIONS / "vocabularies.yml"


@cache
def vocabularies() -> Mapping[str, tuple[str, ...]]:
    """Allowed values by the name under which the suites ask for them.

    Raises:
        LexiconError: the file cannot be read, or one of its entries is not a list of words.
    """
    return {
        **read_vocabularies(FILE),
        "article_kinds": _values(ArticleKind),
        "families": _values(Family),
        "modalities": _values(Modality),
        "date_precisions": _values(DatePrecision),
        "cameo_codes": tuple(cameo_events()),
        "countries": tuple(countries()),
        "languages": _languages(),
    }


def read_vocabularies(path: Path) -> dict[str, tuple[str, ...]]:
    """The lists of words of a vocabularies file by name."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise LexiconError(
            f"cannot be read: {error}", where=str(path), next_step="restore it from git"
        ) from error
    for name, words in content.items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise LexiconError(f"{name} is not a list of words", where=str(path), next_step=f"correct {name}")
    return {name: tuple(words) for name, words in content.items()}


def _values(vocabulary: type[StrEnum]) -> tuple[str, ...]:
    return tuple(member.value for member in vocabulary)


def _languages() -> tuple[str, ...]:
    import pycountry

    return tuple(
        sorted(str(language.alpha_2) for language in pycountry.languages if hasattr(language, "alpha_2"))
    )
