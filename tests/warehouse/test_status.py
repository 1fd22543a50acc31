"""Status: what the folders, the build file and the snapshot say of each night."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from extractors.home import Home
from extractors.warehouse.database import connect_build
from extractors.warehouse.publish import publish
from extractors.warehouse.status import status

from . import story
from .factory import NOW, land, load, night, pass_build


def test_an_empty_home_has_nothing(tmp_path: Path) -> None:
    found = status(Home(tmp_path))
    assert (found.nights, found.snapshot, found.quarantined, found.failed_nights) == ((), None, {}, ())
    assert found.age_in_days(night(1)) is None


def test_each_night_shows_how_far_it_came(copied: Home) -> None:
    pass_build(copied)
    publish(home=copied, night=night(4), keep=1, now=NOW)
    land(copied, 5)
    load(copied, 5)
    land(copied, 6)
    load(copied, 6, is_checked=False)
    land(copied, 7)
    (copied.warc(night(8), "delta-post")).mkdir(parents=True)
    with connect_build(copied.build_database) as connection:
        connection.execute(
            "insert into quarantine.rows values ('raw.mentions', ?, ?, 'offsets', 'reason', '{}', false, ?), "
            "('raw.mentions', ?, ?, 'offsets', 'reason', '{}', true, ?)",
            ["a", night(4), NOW, "b", night(4), NOW],
        )
    found = status(copied)
    assert [(each.night, each.stage) for each in found.nights] == [
        *((night(number), "published") for number in story.NIGHTS),
        (night(5), "checked"),
        (night(6), "loaded"),
        (night(7), "coded"),
        (night(8), "fetched"),
    ]
    assert found.failed_nights == (night(6), night(7), night(8))
    assert found.nights[0].loaded_at == found.nights[0].checked_at == NOW
    assert found.quarantined == {("raw.mentions", "offsets"): 1}
    assert not found.is_busy


def test_the_snapshot_is_described(copied: Home) -> None:
    pass_build(copied)
    publish(home=copied, night=night(4), keep=1, now=NOW)
    found = status(copied)
    assert found.snapshot is not None
    assert found.snapshot.path == copied.snapshot
    assert found.snapshot.bytes == copied.snapshot.stat().st_size
    assert found.snapshot.rows["fct_military_exercises"] == 1
    assert found.snapshot.published_at == NOW
    assert found.age_in_days(night(6)) == 2


HOLDER = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


def test_during_a_run_the_publication_speaks(copied: Home) -> None:
    pass_build(copied)
    publish(home=copied, night=night(4), keep=1, now=NOW)
    command = [sys.executable, "-c", HOLDER, str(copied.build_database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        found = status(copied)
        holder.communicate("")
    assert found.is_busy
    assert {each.stage for each in found.nights} == {"published"}
