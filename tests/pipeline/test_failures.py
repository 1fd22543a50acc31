"""What goes wrong outside: a clear message, an exit code, and the snapshot of the night before in place."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.pipeline.nights import NIGHTS, communique, published

pytestmark = pytest.mark.pipeline
NEXT_NIGHT = NIGHTS[-1] + timedelta(days=1)


@pytest.fixture
def home(last_night_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(last_night_home, tmp_path / "home"))


def _run(home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return communique("run", "--night", str(NEXT_NIGHT), home=home, **environment)


def test_all_sources_down(home: Path, last_night_home: Path) -> None:
    done = _run(home, COMMUNIQUE_NEWSROOM_PORT="9")  # discard: nothing listens there
    assert done.returncode == 6
    assert "no source could be read" in done.stderr
    assert "next:" in done.stderr
    assert published(home) == published(last_night_home)


def test_no_network(home: Path, last_night_home: Path, tmp_path: Path) -> None:
    sources = tmp_path / "sources.yml"
    sources.write_text(
        "sources:\n"
        "  - {name: far-away, title: Far Away, kind: feed, url: 'http://news.far-away.invalid/rss',\n"
        "     language: en, country: NOR, ownership: private, retries: 0}\n"
    )
    done = _run(home, COMMUNIQUE_SOURCES=str(sources))
    assert done.returncode == 6
    assert "far-away" in done.stdout
    assert "no source could be read" in done.stderr
    assert published(home) == published(last_night_home)


@pytest.mark.parametrize(
    ("setting", "value", "named"),
    [
        ("COMMUNIQUE_PROCESSES", "none", "processes = 'none'"),
        ("COMMUNIQUE_SOURCES", "absent.yml", "absent.yml"),
        ("COMMUNIQUE_SPACY_MODEL", "no_such_model", "no_such_model"),
    ],
)
def test_unusable_settings(home: Path, last_night_home: Path, setting: str, value: str, named: str) -> None:
    shutil.copytree(home / "warc" / f"night={NIGHTS[-1]}", home / "warc" / f"night={NEXT_NIGHT}")
    done = _run(home, **{setting: value})
    assert done.returncode not in (0, 1)
    assert named in done.stderr
    assert "next:" in done.stderr
    assert "Traceback" not in done.stderr
    assert published(home) == published(last_night_home)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 200 MB of its own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", str(disk)], check=True)
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk takes root")
@pytest.mark.parametrize("bytes_left", [20_000, 700_000], ids=["in parse", "in the warehouse"])
def test_a_full_disk(last_night_home: Path, small_disk: Path, bytes_left: int) -> None:
    home = Path(shutil.copytree(last_night_home, small_disk / "home"))
    shutil.copytree(home / "warc" / f"night={NIGHTS[-1]}", home / "warc" / f"night={NEXT_NIGHT}")
    (small_disk / "filler").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - bytes_left))
    done = _run(home)
    assert done.returncode == 6, done.stderr
    assert "no space left" in done.stderr.lower()
    assert "next:" in done.stderr
    assert "Traceback" not in done.stderr
    assert published(home) == published(last_night_home)
