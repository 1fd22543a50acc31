"""The build file into connections whose tables exist and whose writes are whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import duckdb
import pyarrow as pa

from extractors.errors import BusyError
from extractors.landing.schema import ARTICLES, FETCHES, MENTIONS

SOURCES = pa.schema(
    [
        ("night", pa.date32()),
        ("source", pa.string()),
        ("title", pa.string()),
        ("country", pa.string()),
        ("language", pa.string()),
        ("ownership", pa.string()),
    ]
)
ARTICLE_GROUPS = pa.schema(
    [
        ("night", pa.date32()),
        ("article_id", pa.string()),
        ("group_id", pa.string()),
        ("similarity", pa.float64()),  # to the nearest article already in the group
    ]
)
RAW_TABLES: dict[str, pa.Schema] = {
    "fetches": FETCHES,
    "articles": ARTICLES,
    "mentions": MENTIONS,
    "sources": SOURCES,
    "article_groups": ARTICLE_GROUPS,
}


@contextmanager
def connect(path: Path, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a DuckDB file, in UTC, closed at the end.

    Raises:
        BusyError: another process holds the file.
    """
    try:
        connection = duckdb.connect(path, read_only=read_only)
    except duckdb.IOException as error:
        if "lock" not in str(error).lower():
            raise
        raise BusyError(
            "another process has the file open",
            where=str(path),
            next_step="wait for that run or close that client; readers belong on the published snapshot",
        ) from error
    try:
        connection.execute("set TimeZone = 'UTC'")  # as `config=` it comes before icu is loaded
        yield connection
    finally:
        connection.close()


@contextmanager
def connect_build(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The build file open for writing, with every table that load and the gates need."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with connect(path) as connection:
        create_tables(connection)
        yield connection


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(files("extractors.warehouse").joinpath("ddl.sql").read_text())
    for name, schema in RAW_TABLES.items():
        insert(connection, schema.empty_table(), f"create table if not exists raw.{name} as from incoming")


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def insert(connection: duckdb.DuckDBPyConnection, table: pa.Table, statement: str) -> None:
    """Run `statement` with the Arrow table visible in it as `incoming`."""
    connection.register("incoming", table)
    try:
        connection.execute(statement)
    finally:
        connection.unregister("incoming")
