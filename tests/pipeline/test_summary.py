"""The summary of a night reads well in a narrow terminal too."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from extractors.pipeline.summary import print_summary
from tests.pipeline.nights import NIGHTS, night_run

pytestmark = pytest.mark.pipeline


@pytest.mark.timeout(600)
@pytest.mark.parametrize("width", [80, 160])
def test_rows_stand_under_their_heads(last_night_home: Path, width: int) -> None:
    console = Console(width=width, file=io.StringIO())
    print_summary(night_run(last_night_home, NIGHTS[-1]), console)
    told = console.file.getvalue()  # type: ignore[attr-defined]
    assert all(len(line) <= width for line in told.splitlines() if not line.startswith("Published"))
    telling = told.partition("most telling rows")[2]
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in telling.splitlines()]
    firsts = [row for row in rows if len(row) == 5 and row[0] in {"concession", "threat", "exercise"}]
    assert len(firsts) == 10
    assert all("→" in sides or sides.endswith(",") for _, sides, *_ in firsts)
    assert all(evidence for *_, evidence in firsts)
