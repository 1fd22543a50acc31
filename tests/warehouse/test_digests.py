"""Digests: equal for equal rows in any order, different for anything else."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from extractors.warehouse.digests import table_digests

ROWS = "(1, ['a', null], null, date '2018-05-14'), (2, [], 'x', null), (2, [], 'x', null)"


def digest(path: Path, rows: str, **options: tuple[str, ...]) -> str:
    path.unlink(missing_ok=True)
    with duckdb.connect(path) as connection:
        connection.execute(f"create table t as from (values {rows}) as v (id, tags, name, day)")
    return table_digests(path, exclude_columns=options.get("exclude_columns", ()))["t"]


def test_order_does_not_matter(tmp_path: Path) -> None:
    turned = ", ".join(reversed([f"({row.strip('()')})" for row in ROWS.split("), (")]))
    assert digest(tmp_path / "d", ROWS) == digest(tmp_path / "d", turned)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("'x'", "'y'"),
        ("null]", "'b']"),
        ("(2, [], 'x', null)", "(3, [], 'x', null)"),
        ("2018-05-14", "2018-05-15"),
    ],
)
def test_any_value_matters(tmp_path: Path, old: str, new: str) -> None:
    assert digest(tmp_path / "d", ROWS) != digest(tmp_path / "d", ROWS.replace(old, new, 1))


def test_doubled_rows_matter(tmp_path: Path) -> None:
    assert digest(tmp_path / "d", ROWS) != digest(tmp_path / "d", f"{ROWS}, (2, [], 'x', null)")


def test_an_excluded_column_does_not_matter(tmp_path: Path) -> None:
    other = ROWS.replace("2018-05-14", "2018-05-15")
    assert digest(tmp_path / "d", ROWS, exclude_columns=("day",)) == digest(
        tmp_path / "d", other, exclude_columns=("day",)
    )
