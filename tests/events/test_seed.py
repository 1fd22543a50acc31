"""The article that the project was founded on, where the development folder is: the rows of its table."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from benchmarks.measure import gold_folder
from extractors.events.coder import Coder
from extractors.records import CodeInput, Event, Family, Modality

REAL = {Modality.ASSERTED, Modality.PLANNED}
GOLD = gold_folder()

pytestmark = pytest.mark.skipif(GOLD is None, reason="the development sets are not here")


@pytest.fixture(scope="module")
def events(coder: Coder) -> list[Event]:
    assert GOLD is not None
    text = (GOLD / "seed_article.txt").read_text(encoding="utf-8")
    coded = coder.code_one(CodeInput("seed", text, datetime(2018, 5, 18, 9, tzinfo=UTC)))
    return [event for event in coded if event.modality in REAL]


def between(events: list[Event], source: str, target: str) -> list[Event]:
    return [
        event
        for event in events
        if source in {actor.country for actor in event.sources}
        and target in {actor.country for actor in event.targets}
    ]


def test_both_allies_give_way_to_the_north(events: list[Event]) -> None:
    given = [e for e in events if e.family is Family.CONCESSION]
    scaled_down = next(e for e in between(given, "USA", "PRK") if e.cameo_code == "0356")
    assert scaled_down.details["kind"] == "exercise or deployment halted or reduced"
    assert scaled_down.details["reason"] == "over concerns about how North Korea would react"
    assert any(e.details["stage"] == "carried out" for e in between(given, "KOR", "PRK"))


def test_the_exercise_is_scaled_down_and_japan_stays(events: list[Event]) -> None:
    drills = [e.details for e in events if e.family is Family.MILITARY_EXERCISE]
    assert any(
        d["participants"] == ["JPN", "USA"]
        and d["status"] == "scaled_down"
        and d["directed_at"] == ["PRK"]
        and "B-52" in d["assets"]
        for d in drills
    )


def test_one_threat_is_told_once(events: list[Event]) -> None:
    (threat,) = [e for e in events if e.family is Family.THREAT]
    assert between([threat], "PRK", "USA")
    assert (threat.cameo_code, threat.details["kind"]) == ("134", "diplomatic")
    assert threat.details["condition"].startswith("If the US is trying to drive us into a corner")
    assert threat.details["speaker"] == "Kim Kye Gwan"


def test_the_request_the_summit_and_no_fight(events: list[Event]) -> None:
    assert any(e.cameo_root == "02" for e in between(events, "KOR", "USA"))
    assert any(e.cameo_code == "036" for e in between(events, "USA", "PRK"))
    assert any(e.cameo_code == "036" for e in between(events, "PRK", "USA"))
    assert not any(e.cameo_root in {"17", "18", "19", "20"} for e in events)
