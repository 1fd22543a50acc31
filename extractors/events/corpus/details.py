"""The details of an annotated event in, what is wrong with them out: the design's fields and vocabularies."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from extractors.records import Family
from extractors.reference import countries
from extractors.settings import PROJECT_ROOT

VOCABULARIES = PROJECT_ROOT / "expectations" / "vocabularies.yml"
FIELDS: Mapping[Family, Mapping[str, type]] = {
    Family.CONCESSION: {
        "kind": str, "conceded": str, "stage": str, "demanded_by": list, "in_exchange_for": str,
        "reason": str, "is_conditional": bool,
    },
    Family.THREAT: {
        "kind": str, "threatened_action": str, "condition": str, "demand": str, "deadline": str,
        "speaker": str, "is_ultimatum": bool,
    },
    Family.MILITARY_EXERCISE: {
        "exercise_name": str, "series": str, "participants": list, "host": str, "directed_at": list,
        "domains": list, "is_live_fire": bool, "is_command_post": bool, "assets": list, "personnel": int,
        "location": str, "start_date": str, "end_date": str, "status": str, "reason": str,
    },
}  # fmt: skip
VERBATIM = frozenset(
    ["conceded", "demanded_by", "in_exchange_for", "reason", "threatened_action", "condition", "demand",
     "deadline", "speaker", "exercise_name", "assets", "location"]
)  # fmt: skip
CODED = frozenset(["participants", "host", "directed_at"])  # ISO 3166-1 alpha-3, or an organisation's name
VOCABULARY_OF = {
    (Family.CONCESSION, "kind"): "concession_kinds",
    (Family.CONCESSION, "stage"): "concession_stages",
    (Family.THREAT, "kind"): "threat_kinds",
    (Family.MILITARY_EXERCISE, "status"): "exercise_statuses",
    (Family.MILITARY_EXERCISE, "domains"): "exercise_domains",
}


def problem_of(family: Family | None, details: Mapping[str, Any], text: str) -> str | None:
    """The first fault of the details, None when they fit the family."""
    if family is None:
        return "details without a family" if details else None
    for name, value in details.items():
        fault = _fault(family, name, value, text)
        if fault:
            return f"details: {name} {fault}"
    return None


def _fault(family: Family, name: str, value: Any, text: str) -> str | None:
    kind = FIELDS[family].get(name)
    if kind is None:
        return f"is no field of {family}"
    if type(value) is not kind:
        return f"should be {kind.__name__}, is {type(value).__name__}"
    values = value if isinstance(value, list) else [value]
    vocabulary = VOCABULARY_OF.get((family, name))
    if vocabulary and not set(values) <= vocabularies()[vocabulary]:
        return f"{value!r} is not in {vocabulary} of {VOCABULARIES.name}"
    if name in VERBATIM and not all(each in text for each in values):
        return f"{value!r} is not in the text"
    if name in CODED and not all(each in countries() or each in ORGANISATIONS for each in values):
        return f"{value!r} is no ISO 3166-1 alpha-3 code"
    return None


ORGANISATIONS = frozenset(["NATO", "EU", "UN", "AU"])


@cache
def vocabularies() -> Mapping[str, frozenset[str]]:
    read = yaml.safe_load(VOCABULARIES.read_text(encoding="utf-8"))
    return {name: frozenset(values) for name, values in read.items()}
