"""Loading a night: whole or not at all, once, and again only when the landing changed."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extractors.errors import BusyError, StageError
from extractors.home import Home
from extractors.settings import PROJECT_ROOT
from extractors.warehouse.database import connect, connect_build
from extractors.warehouse.load import load_night

from .factory import NOW, OUTLETS, article, fetch, land, load, mention, night


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def land_first(home: Home, *, title: str = "Envoys meet") -> None:
    told = article(1, "envoys-meet", "delta-post", title=title)
    land(
        home,
        1,
        articles=[told, article(1, "weather", "delta-post")],
        mentions=[mention(told, "Envoys met on the coast.")],
        fetches=[fetch(1, "delta-post", "envoys-meet"), fetch(1, "delta-post", "weather")],
    )


def rows(home: Home, query: str) -> list[Any]:
    with connect(home.build_database, read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_night_is_loaded_with_its_outlets(home: Home) -> None:
    land_first(home)
    report = load(home, 1, is_checked=False)
    assert report.rows == {"fetches": 2, "articles": 2, "mentions": 1, "sources": 4}
    assert rows(home, "select is_checked from ops.nights") == [(False,)]
    assert rows(home, "select ownership from raw.sources where source = 'state-herald'") == [("state",)]
    assert rows(
        home,
        "select m.sources[1].code, a.published_at::varchar "
        "from raw.mentions as m join raw.articles as a using (article_id)",
    ) == [("USAGOV", "2018-05-14 09:00:00+00")]


def test_loading_twice_changes_nothing_and_leaves_the_gate_open(home: Home) -> None:
    land_first(home)
    load(home, 1)
    again = load(home, 1, is_checked=False)
    assert not again.is_changed
    assert again.rows == {"fetches": 2, "articles": 2, "mentions": 1, "sources": 4}
    assert rows(home, "select is_checked from ops.nights") == [(True,)]


def test_a_changed_landing_replaces_the_night_and_closes_the_gate(home: Home) -> None:
    land_first(home)
    load(home, 1)
    land_first(home, title="Envoys meet again")
    again = load(home, 1, is_checked=False)
    assert again.is_changed
    assert again.rows["articles"] == 2
    assert rows(home, "select title from raw.articles order by title") == [
        ("Envoys meet again",),
        ("Weather",),
    ]
    assert rows(home, "select is_checked, checked_at from ops.nights") == [(False, None)]


def test_changed_outlet_facts_are_a_change(home: Home) -> None:
    land_first(home)
    load(home, 1)
    report = load_night(home=home, night=night(1), sources=OUTLETS[:1], now=NOW)
    assert (report.is_changed, report.rows["sources"]) == (True, 1)


def test_nights_do_not_touch_each_other(home: Home) -> None:
    land_first(home)
    load(home, 1)
    land(home, 2, articles=[article(2, "envoys-meet", "delta-post")])
    load(home, 2, is_checked=False)
    assert rows(home, "select night, is_checked from ops.nights order by night") == [
        (night(1), True),
        (night(2), False),
    ]
    assert rows(home, "select count(*) from raw.articles") == [(3,)]


def test_an_empty_night_is_a_night(home: Home) -> None:
    home.articles(night(1)).mkdir(parents=True)
    assert load(home, 1).rows == {"fetches": 0, "articles": 0, "mentions": 0, "sources": 4}


def test_a_night_that_nobody_parsed_is_refused(home: Home) -> None:
    with pytest.raises(StageError, match="nothing has landed for 2018-05-14"):
        load(home, 1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda table: table.drop_columns(["title"]), "column `title` is missing"),
        (lambda table: table.append_column("mood", pa.array(["calm"] * 2)), "column `mood` is not in"),
        (lambda table: table.set_column(4, "title", pa.array([1, 2])), "column `title` is int64, not string"),
        (
            lambda table: table.set_column(0, "night", pa.array([night(2)] * 2)),
            "column `night` is 2018-05-15",
        ),
    ],
)
def test_a_file_of_another_schema_is_refused_whole(home: Home, change: Any, message: str) -> None:
    land_first(home)
    load(home, 1)
    file = next(home.articles(night(1)).glob("*.parquet"))
    pq.write_table(change(pq.read_table(file, partitioning=None)), file)
    with pytest.raises(StageError, match=message) as refused:
        load(home, 1)
    assert refused.value.where == str(file)
    assert rows(home, "select count(*) from raw.articles") == [(2,)]


def test_a_broken_file_is_refused_by_name(home: Home) -> None:
    land_first(home)
    (home.mentions(night(1)) / "batch-0000.parquet").write_bytes(b"cut off")
    with pytest.raises(StageError, match=r"batch-0000\.parquet: not a Parquet file"):
        load(home, 1)


KILLED = textwrap.dedent(
    """
    import os, sys
    from pathlib import Path
    from extractors.home import Home
    from extractors.warehouse import load as loading
    from warehouse import factory

    loading.regroup = lambda connection, night: os._exit(9)
    factory.load(Home(Path(sys.argv[1])), 1)
    """
)


def test_a_killed_load_leaves_the_night_before_it(home: Home) -> None:
    land_first(home)
    load(home, 1)
    land_first(home, title="Half loaded")
    paths = f"{PROJECT_ROOT}:{PROJECT_ROOT / 'tests'}"
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(home.root)], env={"PYTHONPATH": paths}, check=False
    )
    assert killed.returncode == 9
    assert rows(home, "select title from raw.articles order by 1") == [("Envoys meet",), ("Weather",)]
    assert rows(home, "select is_checked from ops.nights") == [(True,)]
    assert load(home, 1, is_checked=False).is_changed
    assert rows(home, "select title from raw.articles order by 1") == [("Half loaded",), ("Weather",)]


WIRE = " ".join(f"Sentence {number} of the wire story about the coastal talks." for number in range(20))


def test_copies_are_grouped_over_nights_and_a_changed_night_regroups_what_follows(home: Home) -> None:
    original = article(1, "wire", "harbour-wire", text=WIRE)
    carried = article(2, "carried", "delta-post", text=WIRE + " Edited locally.")
    land(home, 1, articles=[original])
    land(home, 2, articles=[carried, article(2, "front", "delta-post", kind="section_front")])
    load(home, 1)
    load(home, 2)
    groups = "select article_id, group_id from raw.article_groups order by night"
    assert rows(home, groups) == [
        (original["article_id"], original["article_id"]),
        (carried["article_id"], original["article_id"]),
    ]
    land(home, 1, articles=[article(1, "something-else", "harbour-wire")])
    load(home, 1)
    assert rows(home, groups)[1] == (carried["article_id"], carried["article_id"])


HOLDER = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


def test_a_file_that_another_process_holds_is_busy(home: Home) -> None:
    with connect_build(home.build_database):
        pass
    command = [sys.executable, "-c", HOLDER, str(home.build_database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with (
            pytest.raises(BusyError, match="another process has the file open"),
            connect(home.build_database),
        ):
            pass
        holder.communicate("")
