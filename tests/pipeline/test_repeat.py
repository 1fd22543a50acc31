"""A night run again changes nothing, and a second run at the same time waits or says why not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extractors.home import Home
from extractors.pipeline.run import run_night
from tests.pipeline.nights import NIGHTS, communique, newsroom, night_run, published

pytestmark = pytest.mark.pipeline
NIGHT = NIGHTS[-1]


def _files(home: Path) -> set[str]:
    return {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def repeated_home(last_night_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """The night run a second time, and how many requests that made."""
    home = tmp_path_factory.mktemp("repeated") / "home"
    shutil.copytree(last_night_home, home)
    with newsroom(NIGHT) as address:
        run_night(night_run(home, NIGHT))
        return home, len(address.requests)


def test_no_row_more(last_night_home: Path, repeated_home: tuple[Path, int]) -> None:
    assert published(repeated_home[0]) == published(last_night_home)


def test_no_request(repeated_home: tuple[Path, int]) -> None:
    assert repeated_home[1] == 0


def test_no_file_more(last_night_home: Path, repeated_home: tuple[Path, int]) -> None:
    home = repeated_home[0]
    ignored = ("warehouse/", "quality/")  # logs and Data Docs of each build
    more = _files(home) - _files(last_night_home)
    assert {file for file in more if not file.startswith(ignored)} == set()


def test_landed_files_are_the_same_bytes(last_night_home: Path, repeated_home: tuple[Path, int]) -> None:
    landed = sorted(
        path.relative_to(last_night_home) for path in last_night_home.glob("landing/**/*.parquet")
    )
    assert landed
    for path in landed:
        assert (repeated_home[0] / path).read_bytes() == (last_night_home / path).read_bytes(), path


def test_a_second_run_says_who_holds_the_home(last_night_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(last_night_home, home)
    with Home(home).lock(purpose="the test", wait_seconds=0, on_wait=lambda _: None):
        done = communique("run", "--night", str(NIGHT), home=home, COMMUNIQUE_LOCK_WAIT_SECONDS="0.5")
    assert done.returncode == 4
    assert "(the test)" in done.stderr
    assert "next:" in done.stderr
    assert published(home) == published(last_night_home)


def test_two_runs_at_once_both_succeed(last_night_home: Path, tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    home = tmp_path / "home"
    with newsroom(NIGHT), ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(communique, "run", "--night", str(NIGHT), home=home) for _ in range(2)]
        results = [run.result() for run in runs]
    assert [result.returncode for result in results] == [0, 0], results
    assert published(home) == published(last_night_home)
