"""Publication: only what passed, in one rename, readers undisturbed, twice the same as once."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from extractors.errors import GateError
from extractors.home import Home
from extractors.warehouse.database import connect, connect_build
from extractors.warehouse.digests import table_digests
from extractors.warehouse.publish import publish

from .factory import NOW, load, night, pass_build

LAST = night(4)


def files(home: Home) -> dict[str, int]:
    return {
        str(path.relative_to(home.published)): path.stat().st_ino
        for path in home.published.rglob("*")
        if path.is_file()
    }


def rebuild(home: Home, build_id: str, *, minutes: int) -> None:
    """Another build that passed its gate, with one outlet more."""
    with connect_build(home.build_database) as connection:
        connection.execute(
            "insert into marts.dim_outlets (outlet_id, outlet_title, article_count) values (?, 'New', 0)",
            [build_id],
        )
        at = NOW + timedelta(minutes=minutes)
        connection.execute("insert into ops.builds values (?, ?, true, ?)", [build_id, at, at])


def publish_last(home: Home, keep: int = 2) -> Path:
    return publish(home=home, night=LAST, keep=keep, now=NOW)


def outlets(home: Home) -> Any:
    with connect(home.snapshot, read_only=True) as connection:
        return connection.execute("select count(*) from dim_outlets").fetchall()[0][0]


def test_the_snapshot_holds_the_marts_and_the_manifest_tells_what(copied: Home) -> None:
    pass_build(copied)
    assert publish_last(copied) == copied.snapshot
    assert not copied.snapshot.with_suffix(".duckdb.wal").exists()
    manifest = json.loads((copied.published / "MANIFEST.json").read_text())
    assert manifest["night"] == "2018-05-17"
    assert manifest["tables"]["fct_threats"]["rows"] == 1
    digests = table_digests(copied.snapshot)
    assert digests == table_digests(copied.build_database, schema="marts")
    assert digests == {name: t["digest"] for name, t in manifest["tables"].items() if "." not in name}
    for name in digests:
        rows = pq.read_metadata(copied.published / "parquet" / f"{name}.parquet").num_rows
        assert rows == manifest["tables"][name]["rows"]


def test_older_clients_can_open_it(copied: Home) -> None:
    pass_build(copied)
    publish_last(copied)
    with duckdb.connect(copied.snapshot, read_only=True) as connection:
        tags = connection.execute(
            "select tags['storage_version'] from duckdb_databases() where database_name = 'communique'"
        ).fetchall()
    assert tags == [("v1.2.0+",)]


def test_publishing_twice_changes_no_file(copied: Home) -> None:
    pass_build(copied)
    publish_last(copied)
    before = files(copied)
    publish(home=copied, night=LAST, keep=2, now=NOW + timedelta(hours=1))
    assert files(copied) == before


def test_a_build_whose_gate_did_not_pass_is_refused(copied: Home) -> None:
    pass_build(copied)
    publish_last(copied)
    before = files(copied)
    with connect_build(copied.build_database) as connection:
        connection.execute("update ops.builds set is_checked = false")
    with pytest.raises(GateError, match="latest build has not passed"):
        publish_last(copied)
    assert files(copied) == before


def test_a_night_whose_gate_did_not_pass_is_refused(copied: Home) -> None:
    pass_build(copied)
    with pytest.raises(GateError, match="night 2018-05-18 has not passed"):
        publish(home=copied, night=night(5), keep=2, now=NOW)
    load(copied, 4)
    with connect_build(copied.build_database) as connection:
        connection.execute("update ops.nights set checked_at = ?", [NOW + timedelta(hours=1)])
    with pytest.raises(GateError, match="is older than the gate that night"):
        publish_last(copied)


def test_earlier_snapshots_are_kept_up_to_the_limit(copied: Home) -> None:
    pass_build(copied)
    publish_last(copied)
    first = next(iter(json.loads((copied.published / "MANIFEST.json").read_text()).values()))
    assert first == "2018-05-17"
    for number in range(1, 5):
        rebuild(copied, f"b{number}", minutes=number)
        publish_last(copied)
    kept = {path.name for path in (copied.published / "history").iterdir()}
    assert kept == {"communique-2018-05-17-b2.duckdb", "communique-2018-05-17-b3.duckdb"}
    assert outlets(copied) == 8


@pytest.mark.parametrize("step", ["_keep_current", "write_atomically", "_write_manifest"])
def test_killed_between_two_steps_it_ends_the_same(
    copied: Home, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pass_build(copied)
    publish_last(copied)
    rebuild(copied, "next", minutes=1)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(f"extractors.warehouse.publish.{step}", killed)
        with pytest.raises(KeyboardInterrupt):
            publish_last(copied)
    assert outlets(copied) in (4, 5)
    publish_last(copied)
    assert outlets(copied) == 5
    assert json.loads((copied.published / "MANIFEST.json").read_text())["build_id"] == "next"
    assert len(list((copied.published / "history").iterdir())) == 1
    assert {path.name for path in copied.published.iterdir()} == {
        "communique.duckdb",
        "parquet",
        "history",
        "MANIFEST.json",
    }


READER = """
import sys, duckdb
print("reading", flush=True)
seen = set()
while True:
    with duckdb.connect(sys.argv[1], read_only=True) as connection:
        (build,) = connection.execute("select build_id from ops.publication").fetchall()[0]
        ((count, extra),) = connection.execute(
            "select count(*), count(*) filter (where outlet_title = 'New') from dim_outlets"
        ).fetchall()
    expected = int(build[1:]) if build.startswith("b") and len(build) < 4 else 0
    assert (count, extra) == (4 + expected, expected), (build, count, extra)
    seen.add(build)
    if build == "b12":
        break
print(len(seen))
"""


def test_a_reader_during_swaps_sees_the_old_or_the_new(copied: Home) -> None:
    pass_build(copied)
    publish_last(copied)
    command = [sys.executable, "-c", READER, str(copied.snapshot)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        for number in range(1, 13):
            rebuild(copied, f"b{number}", minutes=number)
            publish_last(copied)
        seen, errors = reader.communicate(timeout=60)
    assert reader.returncode == 0, errors
    assert int(seen) > 1


def test_a_snapshot_that_somebody_has_open_goes_on_reading(copied: Home) -> None:
    pass_build(copied)
    publish_last(copied)
    reader = duckdb.connect(copied.snapshot, read_only=True)
    old = copied.snapshot.stat().st_ino
    rebuild(copied, "b1", minutes=1)
    publish_last(copied)
    assert copied.snapshot.stat().st_ino != old
    assert reader.execute("select count(*) from dim_outlets").fetchall() == [(4,)]
    reader.close()
    assert outlets(copied) == 5
