"""Commands on the published snapshot and the quarantine: `query`, `release`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from extractors.cli.common import HomeOption, console, reporting_errors
from extractors.home import Home
from extractors.settings import load_settings


def register(app: typer.Typer) -> None:
    app.command()(query)
    app.command()(release)


@reporting_errors
def query(
    sql: Annotated[str, typer.Argument(help="SQL on the published snapshot.")],
    format: Annotated[str, typer.Option(help="table, csv, json or parquet.")] = "table",
    out: Annotated[Path | None, typer.Option(help="File to write to; default standard output.")] = None,
    home: HomeOption = None,
) -> None:
    """Run SQL on the published snapshot, read-only."""
    from extractors.warehouse.query import run_query, write_result

    result = run_query(_home(home), sql)
    write_result(result, format=format, out=out or sys.stdout)


@reporting_errors
def release(
    table: Annotated[str, typer.Argument(help="raw.articles or raw.mentions.")],
    row_key: Annotated[str, typer.Argument(help="Key of the row, as `communique status` lists it.")],
    home: HomeOption = None,
) -> None:
    """Release a quarantined row; the next build takes it in."""
    from extractors.warehouse.quarantine import release as release_row

    released = release_row(_home(home), table, row_key)
    console().print(f"released {released} entries of {table} {row_key}")
    console().print("  next: run its night again; the models are built anew and the row is published")


def _home(given: Path | None) -> Home:
    return Home(load_settings(home=given).home.absolute())
