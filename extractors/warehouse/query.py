"""SQL on the published snapshot into an Arrow table, and that into what people and programs read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from extractors.errors import StageError
from extractors.home import Home, write_atomically
from extractors.warehouse.database import connect
from extractors.warehouse.digests import tables_of

WIDEST = 2_000  # characters of a line where no terminal sets the limit


def run_query(home: Home, sql: str) -> pa.Table:
    """The rows of one query, read-only.

    Raises:
        StageError: nothing is published yet, or DuckDB refuses the SQL.
    """
    if not home.snapshot.exists():
        raise StageError(
            "nothing is published yet", where=str(home.snapshot), next_step="run a night: communique run"
        )
    with connect(home.snapshot, read_only=True) as connection:
        try:
            rows = connection.sql(sql)
            return pa.table({}) if rows is None else rows.to_arrow_table()
        except duckdb.Error as error:
            tables = ", ".join(tables_of(connection, "main"))
            raise StageError(
                str(error), where="query", next_step=f"correct the SQL; the tables are {tables}"
            ) from error


def write_result(table: pa.Table, *, format: str, out: Path | TextIO) -> None:
    """Write the rows as `table`, `csv`, `json` (an array of objects) or `parquet`.

    Lists and structures are JSON in CSV cells; times are ISO 8601 in all text formats.

    Raises:
        StageError: an unknown format.
    """
    if format not in WRITERS:
        raise StageError(
            f"unknown format {format!r}", where="query", next_step=f"one of {', '.join(WRITERS)}"
        )
    content = WRITERS[format](table)
    if isinstance(out, Path):
        data = content.encode() if isinstance(content, str) else content
        write_atomically(out, lambda path: path.write_bytes(data))
    elif isinstance(content, bytes):
        out.flush()
        out.buffer.write(content)  # standard output has one
    else:
        out.write(content)


def _as_table(table: pa.Table) -> str:
    grid = Table(show_lines=False)
    for name in table.column_names:
        grid.add_column(name, overflow="fold")
    for row in table.to_pylist():
        grid.add_row(*("" if value is None else _text(value) for value in row.values()))
    text = io.StringIO()
    terminal = Console()
    width = terminal.width if terminal.is_terminal else WIDEST
    console = Console(file=text, width=width, markup=False, highlight=False)
    console.print(grid)
    console.print(f"{table.num_rows} rows")
    return text.getvalue()


def _as_csv(table: pa.Table) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.column_names)
    for row in table.to_pylist():
        writer.writerow("" if value is None else _text(value) for value in row.values())
    return text.getvalue()


def _as_json(table: pa.Table) -> str:
    rows = [json.dumps(row, ensure_ascii=False, default=_plain) for row in table.to_pylist()]
    return "[" + ",\n ".join(rows) + "]\n"


def _as_parquet(table: pa.Table) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()


WRITERS: dict[str, Callable[[pa.Table], str | bytes]] = {
    "table": _as_table,
    "csv": _as_csv,
    "json": _as_json,
    "parquet": _as_parquet,
}


def _text(value: Any) -> str:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return str(_plain(value))


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
