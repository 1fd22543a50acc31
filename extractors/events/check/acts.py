"""The files of acts and operators in, their faults of form out; no language model is asked."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from extractors.events.check.problem import Problem, nearest
from extractors.events.lexicon import ACT_FIELDS, OPERATOR_FIELDS, OPERATORS, PARTS
from extractors.events.wordlists import word_list
from extractors.reference import cameo_events
from extractors.sources.yaml_lines import Lined, read_yaml

OPERATOR_FILE = "operators.yml"
CONSTRAINTS = (
    "object", "not_object", "subject", "not_subject", "modifier", "not_modifier", "with", "not_with",
)  # fmt: skip
CODE_COLUMNS = ("done", "intend", "appeal", "demand", "refuse", "threaten", "accuse")
SLOTS = frozenset({"clause", "obj", "subj", "inf", "with_subj", "compound", "gerund", "as"})


@dataclass(frozen=True, slots=True)
class Known:
    """What entries may name: classes of composition.csv and noun sets of nouns.yml."""

    classes: frozenset[str]
    sets: frozenset[str]


def known_in(folder: Path) -> Known:
    with (folder / "composition.csv").open(encoding="utf-8", newline="") as lines:
        classes = frozenset(row["act"] for row in csv.DictReader(lines))
    sets = yaml.safe_load((folder / "nouns.yml").read_text(encoding="utf-8"))
    return Known(classes, frozenset(sets))


def check_acts(path: Path, known: Known, seen: dict[str, str]) -> Iterator[Problem]:
    """`seen` holds the ids of the files before, with their places; those of this file are added."""
    try:
        lined = read_yaml(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        yield Problem(
            path, line, "file", "", f"no YAML: {getattr(error, 'problem', error)}",
            "look at the indentation, colons and quotes of this line and the one above",
        )  # fmt: skip
        return
    for twice in lined.duplicates:
        yield Problem(
            path, lined.line(twice), str(twice[0]), ".".join(map(str, twice[1:])), "stands twice",
            "keep one; of two with the same name only the last would be read",
        )  # fmt: skip
    for name, raw in (lined.data or {}).items():
        yield from _check_entry(path, lined, str(name), raw, known, seen)


def _check_entry(
    path: Path, lined: Lined, name: str, raw: Any, known: Known, seen: dict[str, str]
) -> Iterator[Problem]:
    def problem(field: str, what: str, next_step: str) -> Problem:
        return Problem(path, lined.line((name, field)), name, field, what, next_step)

    if not isinstance(raw, dict):
        yield problem("", "holds no fields", "write them below it, two spaces to the right")
        return
    if name in seen:
        yield problem("", f"this id stands at {seen[name]} already", "give one of the two another id")
    seen[name] = f"{path.name}:{lined.line((name,))}"
    yield from (problem(*told) for told in _wrong_fields(path, raw))
    yield from (problem(*told) for told in _wrong_meaning(path, raw, known))
    yield from (problem(*told) for told in _wrong_sets(raw, known))


Told = tuple[str, str, str]  # field, what, next step


def _wrong_fields(path: Path, raw: dict[str, Any]) -> Iterator[Told]:
    allowed = OPERATOR_FIELDS if path.name == OPERATOR_FILE else ACT_FIELDS
    for field, value in raw.items():
        if field not in allowed:
            fields = f"use one of {', '.join(sorted(allowed))}"
            yield field, "unknown field", nearest(field, allowed, else_say=fields)
        elif not isinstance(value, str | bool):
            yield field, f"must be plain words, not {type(value).__name__}", "write them with commas between"
    if not any(raw.get(part) for part in PARTS):
        yield "", "has no word that it is found by", f"add one of {', '.join(PARTS)}"
    for part in PARTS:
        if str(raw.get(part, "")) != str(raw.get(part, "")).lower():
            yield part, "has capitals", "write words as in a dictionary, in lower case"
    for field in ("example", "near_miss"):
        if not raw.get(field):
            yield field, "is missing", "add a sentence: it must have one that fires it, and one that must not"
    if raw.get("example") and raw.get("example") == raw.get("near_miss"):
        yield "near_miss", "is the example itself", "write a sentence with the word in another sense"


def _wrong_meaning(path: Path, raw: dict[str, Any], known: Known) -> Iterator[Told]:
    classes = "take one from composition.csv (communique lexicon show CLASS), or add a row there first"
    if path.name == OPERATOR_FILE:
        operator = str(raw.get("operator", ""))
        if operator not in OPERATORS:
            say = f"use one of {', '.join(sorted(OPERATORS))}"
            yield "operator", f"unknown operator {operator!r}", nearest(operator, OPERATORS, else_say=say)
        bare = str(raw.get("bare", ""))
        if bare and bare not in known.classes:
            yield "bare", f"unknown class {bare!r}", nearest(bare, known.classes, else_say=classes)
        yield from _wrong_slots(raw)
        return
    name = str(raw.get("class", ""))
    if name not in known.classes:
        yield "class", f"unknown class {name!r}", nearest(name, known.classes, else_say=classes)


def _wrong_slots(raw: dict[str, Any]) -> Iterator[Told]:
    allowed = SLOTS | word_list("prepositions")
    for slot in (part.strip() for part in str(raw.get("takes", "")).split(",")):
        if slot and slot not in allowed:
            say = "use clause, inf, obj, subj or a preposition"
            yield "takes", f"unknown slot {slot!r}", nearest(slot, allowed, else_say=say)


def _wrong_sets(raw: dict[str, Any], known: Known) -> Iterator[Told]:
    for field in CONSTRAINTS:
        for word in str(raw.get(field, "")).replace(",", " ").replace('"', " ").split():
            if word.startswith("$") and word[1:] not in known.sets:
                sets = "use a set of nouns.yml, or add it there"
                yield field, f"no noun set {word!r}", nearest(word[1:], known.sets, else_say=sets)


def check_composition(path: Path, known: Known) -> Iterator[Problem]:
    """Rows of composition.csv: codes of CAMEO in every column, a known class to turn into when halted."""
    seen: dict[str, int] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, restval="")
        for row in reader:
            act, line = row["act"], reader.line_num
            if act in seen:
                yield Problem(path, line, act, "act", f"stands at line {seen[act]} already", "remove one")
            seen[act] = line
            for column in CODE_COLUMNS:
                if row[column] not in cameo_events():
                    yield Problem(
                        path, line, act, column, f"{row[column]!r} is no CAMEO code",
                        "use a code of dbt/seeds/cameo_events.csv; docs/codebook.md tells what each means",
                    )  # fmt: skip
            if row["halted"] not in known.classes:
                say = "name the class that the act becomes when it is halted, or the act itself"
                yield Problem(
                    path, line, act, "halted", f"unknown class {row['halted']!r}",
                    nearest(row["halted"], known.classes, else_say=say),
                )  # fmt: skip
