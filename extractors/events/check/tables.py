"""The tables of actors in, what is wrong with a line out: unknown codes, bad dates, ids given twice."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from extractors.events.actors.lexicon import NAME_KINDS, ORGANISATION_KINDS
from extractors.events.check.problem import Problem, nearest
from extractors.reference import countries

COLUMNS = {
    "names.csv": ("id", "kind", "form", "country", "valid_from", "valid_to"),
    "media.csv": ("id", "name", "aliases", "country", "is_state"),
    "offices.csv": ("id", "person", "office", "country", "organisation", "valid_from", "valid_to"),
    "organisations.csv": ("id", "kind", "name", "aliases", "country", "code", "valid_from", "valid_to"),
    "persons.csv": ("id", "name", "aliases", "surnames", "is_known_by_surname"),
    "titles.csv": ("form", "office", "sector"),
}
KINDS = {"names.csv": frozenset(NAME_KINDS) | {"not"}, "organisations.csv": frozenset(ORGANISATION_KINDS)}
ACTOR_CODE = re.compile(r"[A-Z]{3}(?:[A-Z]{3}){0,4}")


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    row: dict[str, str]


@dataclass(frozen=True, slots=True)
class Links:
    """Ids that other tables may name."""

    persons: frozenset[str]
    offices: frozenset[str]
    organisations: frozenset[str]
    in_office: frozenset[str]


Complain = Callable[[str, str, str], Problem]  # field, what, next step


def read_lines(path: Path) -> list[Line]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, restkey="?", restval="\0")
        return [Line(reader.line_num, row) for row in reader]


def links_in(folder: Path) -> Links:
    def column(file: str, name: str) -> frozenset[str]:
        return frozenset(line.row[name] for line in read_lines(folder / file))

    return Links(
        persons=column("persons.csv", "id"),
        offices=column("office_types.csv", "office"),
        organisations=column("organisations.csv", "id"),
        in_office=column("offices.csv", "person"),
    )


def check_table(path: Path, links: Links) -> Iterator[Problem]:
    """Every line of one table of actors."""
    columns, seen = COLUMNS[path.name], dict[str, int]()
    for line in read_lines(path):
        row, key = line.row, line.row.get(columns[0], "")

        def complain(field: str, what: str, next_step: str, line: Line = line, key: str = key) -> Problem:
            return Problem(path, line.number, key, field, what, next_step)

        if "?" in row or "\0" in row.values() or tuple(row)[: len(columns)] != columns:
            yield complain("", "has too many or too few fields", f"write {','.join(columns)}")
            continue
        if not key or key in seen:
            at = f"stands at line {seen[key]} already" if key else "is empty"
            yield complain(columns[0], at, "give it another one, or remove the line")
        seen[key] = line.number
        yield from _check_row(path.name, row, links, complain)
    if path.name == "offices.csv":
        yield from _overlapping(path)


def _check_row(file: str, row: dict[str, str], links: Links, complain: Complain) -> Iterator[Problem]:
    for code in filter(None, row.get("country", "").split("|")):
        if code not in countries():
            say = "use the ISO 3166-1 alpha-3 code, e.g. KOR; dbt/seeds/countries.csv lists them"
            yield complain("country", f"unknown country {code!r}", nearest(code, countries(), else_say=say))
    kinds = KINDS.get(file)
    if kinds is not None and row["kind"] not in kinds:
        say = f"use one of {', '.join(sorted(kinds))}"
        yield complain("kind", f"unknown kind {row['kind']!r}", nearest(row["kind"], kinds, else_say=say))
    if row.get("code") and not ACTOR_CODE.fullmatch(row["code"]):
        yield complain(
            "code", f"{row['code']!r} is no actor code", "write three letters, then three more ..."
        )
    yield from _check_dates(file, row, complain)
    if file == "offices.csv":
        yield from _check_office(row, links, complain)
    if file == "persons.csv" and row["id"] not in links.in_office:
        yield complain("id", "holds no office", "add a line to offices.csv with this id under person")


def _check_dates(file: str, row: dict[str, str], complain: Complain) -> Iterator[Problem]:
    days: dict[str, date] = {}
    for field in ("valid_from", "valid_to"):
        if text := row.get(field, ""):
            try:
                days[field] = date.fromisoformat(text)
            except ValueError:
                yield complain(field, f"{text!r} is no date", "write it as YYYY-MM-DD, e.g. 2018-05-18")
    if len(days) == 2 and days["valid_to"] < days["valid_from"]:
        yield complain("valid_to", "lies before valid_from", "exchange or correct the two dates")
    if file == "offices.csv" and not row["valid_from"]:
        yield complain("valid_from", "is empty", "write the first day in office as YYYY-MM-DD")


def _check_office(row: dict[str, str], links: Links, complain: Complain) -> Iterator[Problem]:
    for field, known, place in (
        ("person", links.persons, "persons.csv"),
        ("office", links.offices, "office_types.csv"),
        ("organisation", links.organisations, "organisations.csv"),
    ):
        if (row[field] or field != "organisation") and row[field] not in known:
            say = f"use an id of {place}, or add it there"
            yield complain(field, f"unknown {field} {row[field]!r}", nearest(row[field], known, else_say=say))
    if not row["country"] and not row["organisation"]:
        yield complain("country", "neither country nor organisation is told", "fill in one of the two")


def _overlapping(path: Path) -> Iterator[Problem]:
    """One person in one office twice at a time."""
    terms: dict[tuple[str, str, str, str], list[Line]] = {}
    for line in read_lines(path):
        row = line.row
        key = (row["person"], row["office"], row["country"], row["organisation"])
        terms.setdefault(key, []).append(line)
    for lines in terms.values():
        lines.sort(key=lambda line: line.row["valid_from"])
        for first, second in pairwise(lines):
            if (first.row["valid_to"] or "9999") > second.row["valid_from"]:
                yield Problem(
                    path, second.number, second.row["id"], "valid_from",
                    f"begins before the term of line {first.number} ends", "close that term, or join the two",
                )  # fmt: skip
