"""Whole nights of the demo newsroom, on homes of their own."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import pytest

from extractors.home import Home
from extractors.newsroom.loader import load_newsroom
from extractors.newsroom.server import NewsroomAddress, running
from extractors.pipeline.stages import Run
from extractors.settings import PROJECT_ROOT, load_settings
from extractors.warehouse.digests import table_digests

NIGHTS = load_newsroom().nights


def free_port() -> int:
    """A port that stays free while it is not in use: below those that systems give to clients."""
    while True:
        port = random.randrange(20_000, 32_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


PORT = free_port()  # one for all tests of a process: it stands in the URLs, so in the ids of articles


@contextmanager
def newsroom(night: date) -> Iterator[NewsroomAddress]:
    """The newsroom as of a night; the sources file finds its port in the environment."""
    with running(night=night, port=PORT) as address, pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMMUNIQUE_NEWSROOM_PORT", str(PORT))
        yield address


def night_run(home: Path, night: date, **settings: object) -> Run:
    return Run(load_settings(home=home, **settings), night)


def communique(*arguments: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "extractors", *arguments],
        env={**os.environ, "COMMUNIQUE_HOME": str(home), "COLUMNS": "200", **environment},
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )


def published(home: Path) -> dict[str, str]:
    """Digest of each published table."""
    return table_digests(Home(home).snapshot)
