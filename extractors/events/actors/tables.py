"""Data files in, checked rows out: every error names the file, the line and what to do."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml

from extractors.errors import LexiconError
from extractors.settings import PROJECT_ROOT

DATA = Path(__file__).parent / "data"
COUNTRIES = PROJECT_ROOT / "dbt" / "seeds" / "countries.csv"

T = TypeVar("T")


def read_table(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[dict[str, str], str]]:
    """Rows of a CSV file, each with its place ("names.csv:12").

    Raises:
        LexiconError: the file is missing, or its columns or the fields of a line are not as they should be.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, restkey="?")
            if tuple(reader.fieldnames or ()) != columns:
                raise LexiconError(
                    f"columns are {reader.fieldnames}",
                    where=path.name,
                    next_step=f"they must be {','.join(columns)}",
                )
            for row in reader:
                where = f"{path.name}:{reader.line_num}"
                if "?" in row or None in row.values():
                    raise LexiconError("wrong number of fields", where=where, next_step="mend the line")
                yield row, where
    except OSError as error:
        raise LexiconError(
            f"cannot be read: {error}", where=str(path), next_step="restore it from the repository"
        ) from error


def unique(rows: Iterator[tuple[dict[str, str], str]], key: str) -> Iterator[tuple[dict[str, str], str]]:
    """The rows as they come.

    Raises:
        LexiconError: two rows have the same `key`.
    """
    seen: dict[str, str] = {}
    for row, where in rows:
        if row[key] in seen:
            raise LexiconError(
                f"{key} {row[key]!r} stands at {seen[row[key]]} already",
                where=where,
                next_step="give it another id or remove it",
            )
        seen[row[key]] = where
        yield row, where


def parse_day(text: str, where: str) -> date | None:
    return parsed(text, date.fromisoformat, where, "write the date as YYYY-MM-DD") if text else None


def parsed(text: str, read: Callable[[str], T], where: str, next_step: str) -> T:
    """`read(text)`, its failure told with the place."""
    try:
        return read(text)
    except (ValueError, KeyError) as error:
        raise LexiconError(f"{text!r} does not fit", where=where, next_step=next_step) from error


def known(value: str, allowed: object, where: str, what: str) -> str:
    """The value itself.

    Raises:
        LexiconError: it is not among `allowed`.
    """
    if value not in allowed:  # type: ignore[operator]
        raise LexiconError(f"unknown {what} {value!r}", where=where, next_step=f"use a {what} that exists")
    return value


def read_yaml(path: Path) -> Any:
    """A YAML file's content.

    Raises:
        LexiconError: the file is missing or is no YAML.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_loader())
    except (OSError, yaml.YAMLError) as error:
        raise LexiconError(
            f"cannot be read: {error}", where=path.name, next_step="correct the file"
        ) from error


def _loader() -> Any:
    """The C loader where libyaml is there: ten times as fast."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)
