"""The dbt seeds (CAMEO codes, actor types, countries) into read-only tables that Python code looks up."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from extractors.errors import LexiconError
from extractors.records import Family
from extractors.settings import PROJECT_ROOT

SEEDS = PROJECT_ROOT / "dbt" / "seeds"

Row = dict[str, str]
Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class CameoRoot:
    root: str
    label: str
    quad_class: int


@dataclass(frozen=True, slots=True)
class CameoEvent:
    """One CAMEO code. `parent` is None for a root; `plover` is empty for the roots 01 and 02."""

    code: str
    root: str
    parent: str | None
    label: str
    quad_class: int
    goldstein: float
    plover: str
    family: Family | None


@dataclass(frozen=True, slots=True)
class ActorType:
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Country:
    """One country. `iso3` ISO 3166-1 alpha-3, `cameo_code` CAMEO three-letter, `fips_code` FIPS 10-4."""

    iso3: str
    iso2: str
    cameo_code: str
    fips_code: str
    name: str
    official_name: str
    capital: str
    region: str
    lat: float | None
    lon: float | None


@cache
def cameo_events() -> Mapping[str, CameoEvent]:
    """All CAMEO event codes by code."""
    return read_seed(SEEDS / "cameo_events.csv", key="cameo_code", build=_cameo_event)


@cache
def cameo_roots() -> Mapping[str, CameoRoot]:
    """The twenty root classes by their two digits."""
    return read_seed(SEEDS / "cameo_roots.csv", key="cameo_root", build=_cameo_root)


@cache
def actor_types() -> Mapping[str, ActorType]:
    """CAMEO actor types by their three letters."""
    return read_seed(
        SEEDS / "actor_types.csv", key="code", build=lambda row: ActorType(row["code"], row["label"])
    )


@cache
def countries() -> Mapping[str, Country]:
    """Countries by ISO 3166-1 alpha-3 code."""
    return read_seed(SEEDS / "countries.csv", key="iso3", build=_country)


def read_seed(path: Path, *, key: str, build: Callable[[Row], Entry]) -> Mapping[str, Entry]:
    """Rows of a seed by the column `key`.

    Raises:
        LexiconError: a missing file, column or value, or a key that stands twice; names file and line.
    """
    entries: dict[str, Entry] = {}
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            for number, row in enumerate(csv.DictReader(lines, restval=""), start=2):
                _add(entries, row, key=key, build=build, where=f"{path}:{number}")
    except OSError as error:
        raise LexiconError(
            f"cannot be read: {error.strerror}", where=str(path), next_step="restore it from git"
        ) from error
    return MappingProxyType(entries)


def _add(entries: dict[str, Entry], row: Row, *, key: str, build: Callable[[Row], Entry], where: str) -> None:
    try:
        name, entry = row[key], build(row)
    except (KeyError, ValueError) as error:
        raise LexiconError(
            f"does not fit the columns: {error}", where=where, next_step="correct the line"
        ) from error
    if not name or name in entries:
        raise LexiconError(
            f"{key} {name!r} is empty or stands twice", where=where, next_step="keep one line per key"
        )
    entries[name] = entry


def _cameo_root(row: Row) -> CameoRoot:
    return CameoRoot(row["cameo_root"], row["label"], int(row["quad_class"]))


def _cameo_event(row: Row) -> CameoEvent:
    return CameoEvent(
        code=row["cameo_code"],
        root=row["cameo_root"],
        parent=row["parent_code"] or None,
        label=row["label"],
        quad_class=int(row["quad_class"]),
        goldstein=float(row["goldstein"]),
        plover=row["plover"],
        family=Family(row["family"]) if row["family"] else None,
    )


def _country(row: Row) -> Country:
    return Country(
        iso3=row["iso3"],
        iso2=row["iso2"],
        cameo_code=row["cameo_code"],
        fips_code=row["fips_code"],
        name=row["name"],
        official_name=row["official_name"],
        capital=row["capital"],
        region=row["region"],
        lat=float(row["lat"]) if row["lat"] else None,
        lon=float(row["lon"]) if row["lon"] else None,
    )
