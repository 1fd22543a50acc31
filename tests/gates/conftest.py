from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from raw_rows import NIGHT, NOW

from extractors.home import Home
from extractors.settings import Settings
from extractors.warehouse.gates import GateReport, check_raw


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def gate(home: Home) -> Callable[..., GateReport]:
    def run(night: date = NIGHT, *, settings: Settings | None = None) -> GateReport:
        return check_raw(home=home, night=night, settings=settings or Settings(), now=NOW)

    return run
