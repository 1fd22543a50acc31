"""The list of exercise series in, what is wrong with an entry out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from extractors.events.check.problem import Problem, nearest
from extractors.events.families.exercise_names import ExerciseNames
from extractors.reference import countries
from extractors.sources.yaml_lines import Lined, read_yaml

FIELDS = frozenset({"spelt", "sides", "weak"})


def check_exercises(path: Path, organisations: frozenset[str]) -> Iterator[Problem]:
    """`organisations` are the actor codes of bodies that may take part as such."""
    try:
        lined = read_yaml(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        yield Problem(path, mark.line + 1 if mark else 1, "file", "", f"no YAML: {error}", "correct the line")
        return
    for twice in lined.duplicates:
        yield Problem(path, lined.line(twice), str(twice[-1]), "", "stands twice", "keep one of the two")
    spelt: dict[str, str] = {}
    for name, facts in dict(lined.data.get("series") or {}).items():
        yield from _check_series(path, lined, str(name), facts, spelt, organisations)


def _check_series(
    path: Path, lined: Lined, name: str, facts: Any, spelt: dict[str, str], organisations: frozenset[str]
) -> Iterator[Problem]:
    def problem(field: str, what: str, next_step: str) -> Problem:
        return Problem(path, lined.line(("series", name, field)), name, field, what, next_step)

    if not isinstance(facts, dict) or not isinstance(facts.get("spelt"), list) or not facts["spelt"]:
        yield problem("spelt", "is no list of spellings", f"write: {name}: {{spelt: [{name}]}}")
        return
    for field in sorted(set(facts) - FIELDS):
        say = f"use one of {', '.join(sorted(FIELDS))}"
        yield problem(field, "unknown field", nearest(field, FIELDS, else_say=say))
    if facts.get("weak", True) not in (True, "noun"):
        yield problem("weak", f"{facts['weak']!r} is neither true nor noun", "docs/lexicon.md tells which")
    for side in facts.get("sides", []):
        if side not in countries() and side not in organisations:
            say = "use the ISO 3166-1 alpha-3 code, e.g. KOR"
            yield problem("sides", f"unknown country {side!r}", nearest(str(side), countries(), else_say=say))
    for spelling in facts["spelt"]:
        if spelling in spelt:
            yield problem("spelt", f"{spelling!r} is {spelt[spelling]} already", "keep it in one series")
        spelt.setdefault(str(spelling), name)
        if spelt[str(spelling)] == name and not _is_found(str(spelling), name):
            yield problem("spelt", f"{spelling!r} is not found in a text", "begin each word with a capital")


def _is_found(spelling: str, name: str) -> bool:
    spans = ExerciseNames().spans(f"The exercise {spelling} began.")
    return any(span.series == name for span in spans)
