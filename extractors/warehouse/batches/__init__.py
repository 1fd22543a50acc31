"""The warehouse into the data frames that the gates look at; each `.sql` beside this is one batch."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from extractors.reference import actor_types, cameo_events
from extractors.warehouse.database import RAW_TABLES
from extractors.warehouse.limits import Limits
from extractors.warehouse.vocabularies import vocabularies

if TYPE_CHECKING:
    import pandas as pd

CHECKED_TABLES = ("fetches", "articles", "mentions")
PARAMETER = re.compile(r"\$(\w+)")


def batch_parameters(*, night: date, now: datetime, limits: Limits) -> dict[str, Any]:
    """What the SQL of the batches may ask for by `$name`."""
    return {
        **limits.model_dump(),
        "night": night,
        "now": now,
        "actor_types": sorted(actor_types()),
        **{name: list(words) for name, words in vocabularies().items()},
    }


def read_batch(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    parameters: Mapping[str, Any],
    **tables: pa.Table,
) -> pd.DataFrame:
    """The batch `name` with `tables` visible in its SQL; the index counts rows from 0, nulls are nulls."""
    sql = files(__package__).joinpath(f"{name}.sql").read_text(encoding="utf-8")
    used = {key: parameters[key] for key in set(PARAMETER.findall(sql))}
    for table, rows in tables.items():
        connection.register(table, rows)
    try:
        rows = connection.sql(sql, params=used).to_arrow_table()
    finally:
        for table in tables:
            connection.unregister(table)
    return rows.to_pandas(integer_object_nulls=True)  # type: ignore[no-any-return]


def define_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """The functions with which the batches of the marts count what fails."""
    connection.execute(files(__package__).joinpath("macros.sql").read_text(encoding="utf-8"))


def cameo_table() -> pa.Table:
    """The CAMEO seed as the batches join it."""
    events = cameo_events().values()
    return pa.table(
        {
            "cameo_code": [event.code for event in events],
            "cameo_root": [event.root for event in events],
            "quad_class": pa.array([event.quad_class for event in events], pa.int32()),
            "goldstein": [event.goldstein for event in events],
            "plover": [event.plover for event in events],
        }
    )


def expected_columns() -> pa.Table:
    """Columns of the checked raw tables with their DuckDB types, from the landing schemas."""
    names, columns, types = [], [], []
    with duckdb.connect() as memory:
        for table in CHECKED_TABLES:
            memory.register("landed", RAW_TABLES[table].empty_table())
            for column, kind, *_ in memory.execute("describe landed").fetchall():
                names.append(table)
                columns.append(column)
                types.append(kind)
    return pa.table({"table_name": names, "column_name": columns, "column_type": types})
