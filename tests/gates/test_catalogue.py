"""docs/quality.md mirrors the suites."""

from __future__ import annotations

from pathlib import Path

from extractors.warehouse.catalogue import BEGIN, END, PAGE, catalogue, render, update


def test_the_page_is_up_to_date() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == render(page), "run python -m extractors.warehouse.catalogue"


def test_the_tables_say_what_follows_and_which_limit_holds() -> None:
    lines = catalogue().splitlines()
    assert "| `confidence_in_range` | The confidence lies between 0 and 1 | quarantine |" in lines
    assert any("(`max_share_articles_held`) | stop |" in line for line in lines)
    assert "| `event_horizon_days` | 3653 |" in lines


def test_update_keeps_what_is_written_by_hand(tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    page.write_text(f"before\n{BEGIN}\nstale\n{END}\nafter\n")
    update(page)
    text = page.read_text()
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "stale" not in text
    assert "| `key_unique` |" in text
