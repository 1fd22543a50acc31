"""Past nights and WARC files from elsewhere go through the same stages, without a request."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extractors.errors import SettingsError
from extractors.home import Home
from extractors.pipeline.backfill import run_backfill
from extractors.warehouse.query import run_query
from tests.pipeline.nights import NIGHTS, night_run, published

pytestmark = pytest.mark.pipeline
NIGHT = NIGHTS[-1]


def test_a_night_again_gives_the_same_tables(last_night_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(last_night_home / "warc", home / "warc")
    run_backfill(night_run(home, NIGHTS[0]), str(NIGHT), [])
    assert published(home) == published(last_night_home)


def test_warc_files_become_a_night(last_night_home: Path, tmp_path: Path) -> None:
    warc = Home(last_night_home).warc(NIGHT, "meridian") / "pages.warc.gz"
    run_backfill(night_run(tmp_path / "home", NIGHT), None, [str(warc)])
    texts = "select url, text_digest from dim_articles where {} order by url"
    taken_in = run_query(Home(tmp_path / "home"), texts.format("outlet_id like 'archive-%'"))
    assert taken_in.num_rows > 20
    assert taken_in == run_query(Home(last_night_home), texts.format("outlet_id = 'meridian'"))


def test_a_range_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no night in the range has pages"):
        run_backfill(night_run(tmp_path, NIGHTS[0]), str(NIGHT), [])
