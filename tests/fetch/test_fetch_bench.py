"""The benchmark of fetching in its small form: its assertions hold on every run of the tests."""

from __future__ import annotations

import json
import subprocess
import sys

from extractors.settings import PROJECT_ROOT


def test_a_small_night_is_fetched_politely_and_once_and_whole_although_it_is_killed() -> None:
    sizes = "--hosts 10 --pages 300 --delay 0.05 --page-bytes 2000 --slow 0.01".split()  # noqa: SIM905
    ended = subprocess.run(
        [sys.executable, str(PROJECT_ROOT / "benchmarks" / "fetch.py"), *sizes],
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert ended.returncode == 0, ended.stderr
    figures = json.loads(ended.stdout)
    assert figures["sources"] == 11
    assert 270 < figures["pages fetched"] < 300
    assert figures["pages and feeds stored when it was killed"] > 100
