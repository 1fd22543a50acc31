"""Queries on the snapshot and the four formats that their rows leave in."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extractors.errors import StageError
from extractors.home import Home
from extractors.settings import PROJECT_ROOT
from extractors.warehouse.publish import publish
from extractors.warehouse.query import run_query, write_result

from .factory import NOW, night, pass_build

SQL = (
    "select source_country_codes, kind, is_ultimatum, demand, event_date, first_seen_at, confidence "
    "from fct_threats"
)


@pytest.fixture
def published(copied: Home) -> Home:
    pass_build(copied)
    publish(home=copied, night=night(4), keep=1, now=NOW)
    return copied


def written(table: pa.Table, format: str) -> str:
    out = io.StringIO()
    write_result(table, format=format, out=out)
    return out.getvalue()


def test_rows_come_out_as_a_table_csv_and_json(published: Home) -> None:
    table = run_query(published, SQL)
    assert "diplomatic" in written(table, "table")
    assert "1 rows" in written(table, "table")
    header, row = csv.reader(io.StringIO(written(table, "csv")))
    assert header == table.column_names
    assert row == ['["PRK"]', "diplomatic", "false", "", "2018-05-15", "2018-05-15T07:00:00", "0.86"]
    assert json.loads(written(table, "json")) == [
        {
            "source_country_codes": ["PRK"],
            "kind": "diplomatic",
            "is_ultimatum": False,
            "demand": None,
            "event_date": "2018-05-15",
            "first_seen_at": "2018-05-15T07:00:00",
            "confidence": 0.86,
        }
    ]


@pytest.mark.parametrize("format", ["csv", "json", "parquet", "table"])
def test_rows_go_to_a_file(published: Home, tmp_path: Path, format: str) -> None:
    target = tmp_path / f"threats.{format}"
    table = run_query(published, SQL)
    write_result(table, format=format, out=target)
    if format == "parquet":
        assert pq.read_table(target).to_pylist() == table.to_pylist()
    else:
        assert target.read_text() == written(table, format)


def test_no_rows_are_a_table_too(published: Home) -> None:
    table = run_query(published, "select event_id from fct_events where false")
    assert written(table, "csv") == "event_id\n"
    assert json.loads(written(table, "json")) == []


def test_nothing_published_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(StageError, match="nothing is published yet") as error:
        run_query(Home(tmp_path), "select 1")
    assert "communique run" in error.value.next_step


def test_wrong_sql_names_the_tables(published: Home) -> None:
    with pytest.raises(StageError, match="no_such_table") as error:
        run_query(published, "from no_such_table")
    assert "fct_threats" in error.value.next_step


def test_the_snapshot_is_read_only(published: Home) -> None:
    with pytest.raises(StageError, match="read-only"):
        run_query(published, "delete from fct_threats")


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(StageError, match="unknown format 'xml'"):
        write_result(pa.table({"a": [1]}), format="xml", out=io.StringIO())


def test_the_queries_of_the_manual_run(published: Home) -> None:
    manual = (PROJECT_ROOT / "docs" / "query.md").read_text()
    queries = re.findall(r"```sql\n(.*?)```", manual, re.DOTALL)
    assert len(queries) >= 5
    found = [run_query(published, query).num_rows for query in queries]
    assert all(rows > 0 for rows in found), found
