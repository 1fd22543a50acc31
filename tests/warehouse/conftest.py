"""One built newsroom of four nights, shared by the tests that only read it or copy it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors.home import Home
from extractors.warehouse.models import build_models

from . import story
from .factory import NOW, load


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The story of four nights, loaded, passed and built; do not write to it."""
    home = Home(tmp_path_factory.mktemp("built"))
    for number in story.NIGHTS:
        story.land_night(home, number)
        load(home, number)
    build_models(home=home, now=NOW, unit_tests=True)
    return home


@pytest.fixture
def copied(built: Home, tmp_path: Path) -> Iterator[Home]:
    """A copy of it to write to."""
    home = Home(tmp_path / "home")
    shutil.copytree(built.root, home.root)
    yield home
    shutil.rmtree(home.root)
