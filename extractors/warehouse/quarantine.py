"""Rows that failed a check into `quarantine.rows`, and out of it again; raw keeps every row.

A hold is a row and an expectation. A released hold stays released, whatever the gate finds again. The hold
of a mention because of its article is different: it comes and goes with the article's own holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from extractors.errors import StageError
from extractors.home import Home
from extractors.warehouse.database import connect_build, insert, transaction
from extractors.warehouse.suites import Consequence, Finding

if TYPE_CHECKING:
    import pandas as pd

KEYS = {"raw.articles": "article_id", "raw.mentions": "mention_id"}
WITH_ARTICLE = "article_not_quarantined"


@dataclass(frozen=True, slots=True, order=True)
class Hold:
    """One row held back for one expectation. `reason` names the values that failed."""

    table: str
    row_key: str
    expectation: str
    reason: str


def holds_of(table: str, frame: pd.DataFrame, findings: Iterable[Finding]) -> Iterator[Hold]:
    """One hold per failed row and expectation; rows without a key cannot be held and are left out."""
    for finding in findings:
        if finding.consequence is Consequence.QUARANTINE:
            for row in frame.iloc[list(finding.rows)].to_dict("records"):
                key = _shown(row[KEYS[table]])
                if key is not None:
                    reason = finding.hint.format_map(
                        {str(name): _shown(value) for name, value in row.items()}
                    )
                    yield Hold(table, key, finding.expectation, reason)


def without_released(connection: duckdb.DuckDBPyConnection, holds: Iterable[Hold]) -> list[Hold]:
    """The holds that nobody has released, in order."""
    rows = connection.execute(
        "select table_name, row_key, expectation from quarantine.rows where is_released and expectation <> ?",
        [WITH_ARTICLE],
    ).fetchall()
    released = set(rows)
    return sorted({hold for hold in holds if (hold.table, hold.row_key, hold.expectation) not in released})


def reasons_by_key(holds: Iterable[Hold]) -> dict[str, str]:
    """All reasons of each held row in one line."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for hold in holds:
        reasons[hold.row_key].append(f"{hold.expectation}: {hold.reason}")
    return {key: "; ".join(each) for key, each in reasons.items()}


def replace_holds(
    connection: duckdb.DuckDBPyConnection, *, night: date, holds: Sequence[Hold], now: datetime
) -> None:
    """Make the night's holds exactly `holds`: what stood keeps its time, what passed is gone.

    Released rows stay as they are. To be called inside a transaction.
    """
    for table, key in KEYS.items():
        _replace(connection, table, key, night, [hold for hold in holds if hold.table == table], now)


def release(home: Home, table: str, row_key: str) -> int:
    """Let a quarantined row through from the next build on; returns how many holds were released.

    Releasing an article releases what its mentions were held for on its account.

    Raises:
        StageError: the table has no quarantine, the row is not held, or it is held with its article.
    """
    if table not in KEYS:
        raise StageError(
            f"no quarantine for table {table!r}", where="release", next_step=f"name one of {', '.join(KEYS)}"
        )
    with connect_build(home.build_database) as connection, transaction(connection):
        released = _release(connection, "table_name = ? and row_key = ?", [table, row_key], own=True)
        if not released:
            raise _not_held(connection, table, row_key)
        if table == "raw.articles":
            _release(connection, "payload ->> 'article_id' = ?", [row_key], own=False)
    return released


def _release(connection: duckdb.DuckDBPyConnection, rows: str, values: list[str], *, own: bool) -> int:
    return len(
        connection.execute(
            "update quarantine.rows set is_released = true "
            f"where not is_released and (expectation <> ?) = ? and {rows} returning row_key",
            [WITH_ARTICLE, own, *values],
        ).fetchall()
    )


def _not_held(connection: duckdb.DuckDBPyConnection, table: str, row_key: str) -> StageError:
    articles = connection.execute(
        "select payload ->> 'article_id' from quarantine.rows "
        "where table_name = ? and row_key = ? and not is_released limit 1",
        [table, row_key],
    ).fetchall()
    if articles:
        return StageError(
            f"{row_key} is held only because its article {articles[0][0]} is",
            where=table,
            next_step=f"release the article: raw.articles {articles[0][0]}",
        )
    return StageError(
        f"{row_key} is not held",
        where=table,
        next_step="see quarantine.rows where not is_released for what is",
    )


def _replace(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    key: str,
    night: date,
    holds: Sequence[Hold],
    now: datetime,
) -> None:
    connection.execute(
        "create or replace temp table current_holds (row_key text, expectation text, reason text)"
    )
    rows = [(hold.row_key, hold.expectation, hold.reason) for hold in holds]
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    incoming = pa.table(
        [pa.array(column, pa.string()) for column in columns], names=["row_key", "expectation", "reason"]
    )
    insert(connection, incoming, "insert into current_holds from incoming")
    connection.execute(
        "delete from quarantine.rows where table_name = ? and night = ? and not is_released "
        "and (row_key, expectation) not in (select row_key, expectation from current_holds)",
        [table, night],
    )
    connection.execute(
        f"""
        insert into quarantine.rows
        select ?, held.row_key, ?, held.expectation, held.reason, to_json(landed), false, ?
        from current_holds as held
        join {table} as landed on landed.night = ? and landed.{key} = held.row_key
        qualify row_number() over (partition by held.row_key, held.expectation) = 1
        on conflict do update set
            reason = excluded.reason, payload = excluded.payload, is_released = false
        """,
        [table, night, now, night],
    )
    connection.execute("drop table current_holds")


def _shown(value: Any) -> Any:
    """A cell as a reason shows it; what pandas has for null is None."""
    return None if value is None or value != value else value
