"""The two sides of a release, a truce and an exercise, and what only sounds like a threat."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extractors.events.coder import Coder
from extractors.records import CodeInput, Event, Family

NOON = datetime(2019, 3, 5, 12, tzinfo=UTC)


def coded(coder: Coder, text: str, family: Family) -> list[Event]:
    events = coder.code_one(CodeInput("sides", text, NOON))
    return [event for event in events if event.family is family]


def countries(event: Event) -> set[str | None]:
    return {actor.country for actor in event.sources}


def test_the_place_of_the_swap_is_not_who_is_freed(coder: Coder) -> None:
    text = (
        "Niger freed a teacher, and Chad in exchange has let go ten Americans, "
        "in a swap negotiated for half a year in Oman."
    )
    freed = coded(coder, text, Family.CONCESSION)
    assert [[actor.country for actor in event.targets] for event in freed] == [[None], ["USA"]]


def test_political_prisoners_are_of_the_state_that_held_them(coder: Coder) -> None:
    (freed,) = coded(coder, "Laos released dozens of political prisoners on Monday.", Family.CONCESSION)
    assert {actor.code for actor in freed.targets} == {"LAOOPP"}


def test_each_side_gives_the_truce_to_the_other(coder: Coder) -> None:
    text = "The foreign ministers of Chad and Libya agreed that their soldiers should quickly disengage."
    (truce,) = coded(coder, text, Family.CONCESSION)
    assert truce.sources == truce.targets
    assert countries(truce) == {"TCD", "LBY"}


@pytest.mark.parametrize(
    "text",
    [
        "The Cubans threatened again in the ninth, when a walk put a runner on third.",
        "Iceland issued a warning to fishermen for an area east of the islands.",
    ],
)
def test_what_harms_nobody_is_no_threat(coder: Coder, text: str) -> None:
    assert coded(coder, text, Family.THREAT) == []


def test_soldiers_from_several_states_all_take_part(coder: Coder) -> None:
    text = (
        "On Thursday thousands of soldiers from Chad and Niger will begin a military exercise near the lake."
    )
    (drill,) = coded(coder, text, Family.MILITARY_EXERCISE)
    assert drill.details["participants"] == ["NER", "TCD"]


def test_what_only_refers_back_is_not_told_again(coder: Coder) -> None:
    text = (
        "Chad and Niger began a joint military exercise on Monday. "
        "Libya's foreign ministry called the drill a rehearsal for war."
    )
    (drill,) = coded(coder, text, Family.MILITARY_EXERCISE)
    assert drill.sentence.index == 0


def test_another_exercise_of_others_is_their_own(coder: Coder) -> None:
    text = (
        "Chad and Niger have scaled down a joint military exercise. "
        "Libya and Egypt are due to begin their own military drill next week."
    )
    drills = coded(coder, text, Family.MILITARY_EXERCISE)
    assert [event.details["status"] for event in drills] == ["scaled_down", "planned"]


def test_its_last_day_is_counted_from_its_length(coder: Coder) -> None:
    text = "Chad and Niger began eleven days of military exercises on Monday, ministers said."
    (drill,) = coded(coder, text, Family.MILITARY_EXERCISE)
    assert (drill.details["start_date"], drill.details["end_date"]) == ("2019-03-04", "2019-03-14")


def test_a_place_of_another_clause_is_not_where_it_is_held(coder: Coder) -> None:
    text = "Chad and Niger cancelled a joint naval exercise, as Niger's president had promised in Singapore."
    (drill,) = coded(coder, text, Family.MILITARY_EXERCISE)
    assert drill.details["location"] is None
