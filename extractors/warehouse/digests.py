"""Tables of a DuckDB file into digests that do not depend on row order: equal digests, equal rows."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import duckdb

from extractors.records import stable_id
from extractors.warehouse.database import connect


def table_digests(
    database: Path, *, schema: str = "main", exclude_columns: Collection[str] = ()
) -> dict[str, str]:
    """Digest of every table of a schema by its name.

    Args:
        database: a DuckDB file that nobody writes to at the moment.
        schema: `main` in the published snapshot, `marts` in the build file.
        exclude_columns: columns left out in whichever table has them, such as times of the run.
    """
    with connect(database, read_only=True) as connection:
        return digest_tables(connection, schema=schema, exclude_columns=exclude_columns)


def digest_tables(
    connection: duckdb.DuckDBPyConnection, *, schema: str, exclude_columns: Collection[str] = ()
) -> dict[str, str]:
    names = tables_of(connection, schema)
    return {name: _digest(connection, schema, name, exclude_columns) for name in names}


def tables_of(connection: duckdb.DuckDBPyConnection, schema: str) -> list[str]:
    rows = connection.execute(
        "select table_name from duckdb_tables() where database_name = current_database() "
        "and schema_name = ? order by 1",
        [schema],
    ).fetchall()
    return [str(name) for (name,) in rows]


def _digest(
    connection: duckdb.DuckDBPyConnection, schema: str, name: str, exclude_columns: Collection[str]
) -> str:
    """Sum of the rows' hashes, so that order is nothing and doubled rows are something.

    The hash is of the row as JSON: DuckDB's own `hash()` may change between its versions.
    """
    columns = [each for each in _columns(connection, schema, name) if each not in exclude_columns]
    fields = ", ".join(f'"{column}" := "{column}"' for column in columns)
    rows = connection.execute(
        f"select count(*), sum(md5_number_upper(to_json(struct_pack({fields}))::varchar)::hugeint) "
        f'from "{schema}"."{name}"'
    ).fetchall()
    return stable_id(name, *columns, *rows[0], length=32)


def _columns(connection: duckdb.DuckDBPyConnection, schema: str, name: str) -> list[str]:
    rows = connection.execute(
        "select column_name from duckdb_columns() where database_name = current_database() "
        "and schema_name = ? and table_name = ? order by column_index",
        [schema, name],
    ).fetchall()
    return [str(column) for (column,) in rows]
