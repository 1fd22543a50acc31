"""A night's landing Parquet into schema raw of the build file: whole or not at all, and only once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

import duckdb
import pyarrow as pa

from extractors.errors import StageError
from extractors.home import Home
from extractors.warehouse.database import SOURCES, connect_build, insert, transaction
from extractors.warehouse.groups import regroup
from extractors.warehouse.landed import NEXT_STEP, find_landed

# Rows go in by key, so that the same landing always gives the same file order.
KEYS = {
    "fetches": ("source", "url", "fetched_at"),
    "articles": ("article_id",),
    "mentions": ("article_id", "sentence_start", "mention_id"),
}


class SourceRow(Protocol):
    """Facts about an outlet, as the sources file gives them."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def country(self) -> str | None: ...
    @property
    def language(self) -> str | None: ...
    @property
    def ownership(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What the night holds in raw, and whether this call changed it."""

    night: date
    is_changed: bool
    digest: str
    rows: dict[str, int]


def load_night(*, home: Home, night: date, sources: Sequence[SourceRow], now: datetime) -> LoadReport:
    """Replace the night's rows in raw by what landed, in one transaction.

    The same landing changes nothing, and the night keeps its passed gate. Another landing replaces all
    rows of the night and closes the gate again.

    Raises:
        StageError: nothing landed, or a file does not fit the landing schema.
    """
    landed = find_landed(home, night)
    outlets = _source_table(night, sources)
    digest = landed.digest(str(outlets.to_pylist()))
    with connect_build(home.build_database) as connection:
        is_changed = digest != _loaded_digest(connection, night)
        if is_changed:
            with transaction(connection):
                for table, files in landed.files.items():
                    _replace(connection, table, night, files)
                _replace_sources(connection, night, outlets)
                regroup(connection, night)
                _write_night(connection, night, digest, now)
        return LoadReport(night, is_changed, digest, _row_counts(connection, night))


def _source_table(night: date, sources: Sequence[SourceRow]) -> pa.Table:
    rows = [
        {
            "night": night,
            "source": source.name,
            "title": source.title,
            "country": source.country,
            "language": source.language,
            "ownership": None if source.ownership is None else str(source.ownership),
        }
        for source in sorted(sources, key=lambda source: source.name)
    ]
    return pa.Table.from_pylist(rows, schema=SOURCES)


def _loaded_digest(connection: duckdb.DuckDBPyConnection, night: date) -> str | None:
    rows = connection.execute("select load_digest from ops.nights where night = ?", [night]).fetchall()
    return str(rows[0][0]) if rows else None


def _replace(connection: duckdb.DuckDBPyConnection, table: str, night: date, files: tuple[Path, ...]) -> None:
    connection.execute(f"delete from raw.{table} where night = ?", [night])
    for path in files:
        _refuse_other_nights(connection, path, night)
    if files:
        connection.execute(
            f"insert into raw.{table} by name "
            f"select * from read_parquet(?, hive_partitioning = false) order by {', '.join(KEYS[table])}",
            [[str(path) for path in files]],
        )


def _refuse_other_nights(connection: duckdb.DuckDBPyConnection, path: Path, night: date) -> None:
    strays = connection.execute(
        "select night from read_parquet(?, hive_partitioning = false) where night is distinct from ? limit 1",
        [str(path), night],
    ).fetchall()
    if strays:
        raise StageError(
            f"column `night` is {strays[0][0]} in the folder of {night}",
            where=str(path),
            next_step=NEXT_STEP,
        )


def _replace_sources(connection: duckdb.DuckDBPyConnection, night: date, outlets: pa.Table) -> None:
    connection.execute("delete from raw.sources where night = ?", [night])
    insert(connection, outlets, "insert into raw.sources by name from incoming")


def _write_night(connection: duckdb.DuckDBPyConnection, night: date, digest: str, now: datetime) -> None:
    connection.execute(
        "insert or replace into ops.nights (night, load_digest, loaded_at, is_checked, checked_at) "
        "values (?, ?, ?, false, null)",
        [night, digest, now],
    )


def _row_counts(connection: duckdb.DuckDBPyConnection, night: date) -> dict[str, int]:
    counts = {}
    for table in ("fetches", "articles", "mentions", "sources"):
        rows = connection.execute(f"select count(*) from raw.{table} where night = ?", [night]).fetchall()
        counts[table] = int(rows[0][0])
    return counts
