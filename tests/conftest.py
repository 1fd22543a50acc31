"""Fixtures for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.pipeline.run import run_night
from tests.pipeline.nights import NIGHTS, newsroom, night_run

LONGEST = ("test_kill", "test_ten_nights", "test_failures", "test_scheduler", "test_repeat", "test_models")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest first, so that no worker is left alone with one at the end."""
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))


@pytest.fixture(scope="session")
def last_night_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home on which the newsroom's last night ran undisturbed; tests copy it, none writes to it."""
    home = tmp_path_factory.mktemp("undisturbed") / "home"
    with newsroom(NIGHTS[-1]):
        run_night(night_run(home, NIGHTS[-1]))
    return home
