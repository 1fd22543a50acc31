"""Loaded articles into `raw.article_groups`: which group of near-duplicates each belongs to."""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
import pyarrow as pa

from extractors.landing.duplicates import LOOK_BACK_NIGHTS, Fingerprint, Grouped, group_night
from extractors.warehouse.database import ARTICLE_GROUPS, insert

# Pages that are no articles (section fronts, stubs) have no story to share.
TEXT_KINDS = ("article", "opinion", "live_blog")


def regroup(connection: duckdb.DuckDBPyConnection, night: date) -> None:
    """Group the articles of `night` and, since their groups build on it, of every later night."""
    connection.execute("delete from raw.article_groups where night >= ?", [night])
    later = connection.execute(
        "select distinct night from raw.articles where night >= ? order by night", [night]
    ).fetchall()
    for (each,) in later:
        found = group_night(_fingerprints(connection, each), earlier=_earlier(connection, each))
        insert(connection, _table(found), "insert into raw.article_groups by name from incoming")


def _fingerprints(connection: duckdb.DuckDBPyConnection, night: date) -> list[Fingerprint]:
    rows = connection.execute(
        "select night, article_id, published_at, minhash from raw.articles "
        "where night = ? and list_contains(?, kind)",
        [night, list(TEXT_KINDS)],
    ).fetchall()
    return [Fingerprint(*row) for row in rows]


def _earlier(connection: duckdb.DuckDBPyConnection, night: date) -> list[Grouped]:
    rows = connection.execute(
        """
        select a.night, a.article_id, a.published_at, a.minhash, g.group_id, g.similarity
        from raw.article_groups as g
        inner join raw.articles as a on a.night = g.night and a.article_id = g.article_id
        where g.night >= ? and g.night < ?
        order by a.night, a.published_at nulls last, a.article_id
        """,
        [night - timedelta(days=LOOK_BACK_NIGHTS), night],
    ).fetchall()
    return [Grouped(Fingerprint(*row[:4]), row[4], row[5]) for row in rows]


def _table(found: list[Grouped]) -> pa.Table:
    rows = [
        {
            "night": grouped.fingerprint.night,
            "article_id": grouped.fingerprint.article_id,
            "group_id": grouped.group_id,
            "similarity": grouped.similarity,
        }
        for grouped in found
    ]
    return pa.Table.from_pylist(rows, schema=ARTICLE_GROUPS)
