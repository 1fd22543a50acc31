"""Fixtures for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.pipeline.run import run_night
from tests.pipeline.nights import NIGHTS, newsroom, night_run

FIRST_GROUPS = ("last night", "pipeline", "warehouse", "gates")  # the longest first, the others as they come


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Under xdist tests that share a costly fixture run in one worker, so that none is made twice."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=lambda item: FIRST_GROUPS.index(group) if (group := _group(item)) in FIRST_GROUPS else 9)


def _group(item: pytest.Item) -> str:
    """Those that need the undisturbed night; else those of a folder."""
    needs_night = "last_night_home" in getattr(item, "fixturenames", ())
    return "last night" if needs_night else item.path.relative_to(Path(__file__).parent).parts[0]


@pytest.fixture(scope="session")
def last_night_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home on which the newsroom's last night ran undisturbed; tests copy it, none writes to it."""
    home = tmp_path_factory.mktemp("undisturbed") / "home"
    with newsroom(NIGHTS[-1]):
        run_night(night_run(home, NIGHTS[-1]))
    return home
