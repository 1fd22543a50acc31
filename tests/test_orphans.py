"""A run's child processes end with it, however it ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from extractors.orphans import EXIT_CODE

CHILD = "import time; from extractors.orphans import leave_with_stdin; leave_with_stdin(); time.sleep(60)"
PARENT = """
import os, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from extractors.orphans import leave_with_parent

if __name__ == "__main__":
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=leave_with_parent) as pool:
        print(pool.submit(os.getpid).result(), flush=True)
        time.sleep(60)
"""


def test_a_child_ends_when_its_stdin_closes() -> None:
    with subprocess.Popen([sys.executable, "-c", CHILD], stdin=subprocess.PIPE) as child:
        assert child.stdin is not None
        child.stdin.close()
        assert child.wait(timeout=30) == EXIT_CODE


def test_a_pool_worker_ends_with_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline().strip().isdigit()
        parent.kill()
        parent.communicate(timeout=30)  # the worker holds the other end of stdout too
