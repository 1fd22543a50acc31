"""A night killed in each of its stages and started again ends in the same tables."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extractors.pipeline.journal import STAGES, Journal
from extractors.pipeline.stages import utc_now
from extractors.settings import PROJECT_ROOT
from tests.pipeline.nights import NIGHTS, communique, newsroom, published

pytestmark = pytest.mark.pipeline
NIGHT = NIGHTS[-1]


def _kill_in(stage: str, home: Path) -> None:
    """Start the night and kill its main process as soon as the stage has begun."""
    journal = Journal(home / "runs" / f"night={NIGHT}" / "journal.jsonl", utc_now)
    journal.path.unlink(missing_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "extractors", "run", "--night", str(NIGHT)],
        env={**os.environ, "COMMUNIQUE_HOME": str(home)},
        cwd=PROJECT_ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 300
    while not any(entry.stage == stage for entry in journal.entries()):
        assert process.poll() is None, f"the run ended before {stage}"
        assert time.monotonic() < deadline, f"{stage} did not begin"
        time.sleep(0.02)
    time.sleep(0.1)
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.mark.timeout(1500)
def test_killed_in_every_stage_one_after_another(last_night_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with newsroom(NIGHT):
        for stage in STAGES:
            _kill_in(stage, home)
        done = communique("run", "--night", str(NIGHT), home=home)
    assert done.returncode == 0, done.stdout + done.stderr
    assert published(home) == published(last_night_home)
    assert not list(home.rglob("*.tmp*"))


@pytest.mark.timeout(600)
def test_a_killed_rerun_leaves_the_snapshot_whole(last_night_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(last_night_home, home)
    _kill_in("publish", home)
    assert published(home) == published(last_night_home)
