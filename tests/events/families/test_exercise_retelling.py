"""An exercise that an article tells of twice: one event, told where and when it is told first."""

from __future__ import annotations

from datetime import UTC, date, datetime

from extractors.events.coder import Coder
from extractors.records import CodeInput, Family

TEXT = (
    "Ghana and Togo have called off the military exercise Iron Palm because of a flood. "
    "About 800 soldiers had packed for it. "
    "The exercise will not be held at a later date this year, said Ghana's army."
)


def test_the_first_telling_dates_it(coder: Coder) -> None:
    events = coder.code_one(CodeInput("palm", TEXT, datetime(2018, 5, 18, 9, tzinfo=UTC)))
    (drill,) = [event for event in events if event.family is Family.MILITARY_EXERCISE]
    assert drill.sentence.index == 0
    assert drill.event_date == date(2018, 5, 18)
    assert drill.details["status"] == "cancelled"
    assert "flood" in drill.details["reason"]


def test_the_day_of_a_change_is_no_day_of_the_exercise(coder: Coder) -> None:
    text = "Ghana and Togo suspended the drill Iron Palm on Wednesday. The exercise will end on Monday."
    events = coder.code_one(CodeInput("palm", text, datetime(2018, 5, 18, 9, tzinfo=UTC)))
    (drill,) = [event for event in events if event.family is Family.MILITARY_EXERCISE]
    assert drill.details["status"] == "suspended"
    assert drill.details["start_date"] is None
    assert drill.details["end_date"] == "2018-05-21"
