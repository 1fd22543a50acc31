"""Sentence tests: plain files under sentences/, a sentence and the events that it must and must not yield."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.events.coder import Coder
from extractors.records import CodeInput, Event, Modality

FOLDER = Path(__file__).parent / "sentences"
KEYS = {
    "text",
    "events",
    "published",
    "nothing",
    "not_families",
    "not_codes",
    "not_asserted",
    "not_codes_asserted",
}
REAL = {Modality.ASSERTED, Modality.PLANNED, Modality.CONDITIONAL}


def cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.yml")):
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), start=1):
            found.append(pytest.param(case, id=f"{path.stem}-{number:03d}"))
    return found


def code(coder: Coder, case: dict[str, Any]) -> tuple[Event, ...]:
    day = case.get("published")
    published = (
        datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime(2020, 6, 3, tzinfo=UTC)
    )
    return coder.code_one(CodeInput("sentence", case["text"], published))


def countries(actors: Any) -> set[str | None]:
    return {actor.country for actor in actors}


def fits(event: Event, wanted: dict[str, Any]) -> bool:
    checks = {
        "code": lambda v: event.cameo_code == v,
        "root": lambda v: event.cameo_root == v,
        "family": lambda v: event.family == v,
        "source": lambda v: v in countries(event.sources),
        "target": lambda v: v in countries(event.targets),
        "modality": lambda v: event.modality == v,
        "details": lambda v: all(event.details.get(key) == value for key, value in v.items()),
    }
    return all(checks[key](value) for key, value in wanted.items())


def shown(events: tuple[Event, ...]) -> str:
    return "\n".join(
        f"{e.family} {e.cameo_code} {countries(e.sources)} → {countries(e.targets)}"
        f" {e.modality} {e.path} {e.details}"
        for e in events
    )


@pytest.mark.parametrize("case", cases())
def test_sentence(coder: Coder, case: dict[str, Any]) -> None:
    assert set(case) <= KEYS
    events = code(coder, case)
    for wanted in case.get("events", []):
        assert any(fits(event, wanted) for event in events), f"no {wanted} among\n{shown(events)}"
    if case.get("nothing"):
        assert not events, shown(events)
    for event in events:
        assert event.family not in case.get("not_families", []), shown(events)
        assert event.cameo_code not in case.get("not_codes", []), shown(events)
        if event.modality in REAL:
            assert event.family not in case.get("not_asserted", []), shown(events)
            assert event.cameo_code not in case.get("not_codes_asserted", []), shown(events)


def test_there_are_many_and_as_many_near_misses_as_focus_hits() -> None:
    everything = [param.values[0] for param in cases()]
    hits = [c for c in everything if any(e.get("family") for e in c.get("events", []))]
    misses = [c for c in everything if not c.get("events")]
    assert len(everything) >= 150
    assert len(misses) >= len(hits)
    assert len({c["text"] for c in everything}) > 0.95 * len(everything)
