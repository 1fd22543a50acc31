"""Mentions to exercises: one exercise through all its turns, and its neighbours kept apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.warehouse.exercises import ExerciseReport, link_exercises

DAY = date(2018, 5, 14)
TRILATERAL = ExerciseReport(
    mention_id="1",
    article_id="a",
    event_date=DAY,
    names=frozenset(),
    participants=frozenset({"USA", "KOR", "JPN"}),
    domains=frozenset({"air"}),
    signals=frozenset({"PRK"}),
)
NAMED = replace(TRILATERAL, names=frozenset({"steel shield"}))


def other(days: int, of: ExerciseReport = TRILATERAL, **changes: object) -> ExerciseReport:
    return replace(of, article_id="b", event_date=of.event_date + timedelta(days=days), **changes)  # type: ignore[arg-type]


def exercises(*reports: ExerciseReport) -> list[str]:
    return [exercise for _, exercise in link_exercises(reports)]


def is_one(*reports: ExerciseReport) -> bool:
    return len(set(exercises(*reports))) == 1


@pytest.mark.parametrize(
    "report",
    [
        other(2),
        other(3, participants=frozenset({"USA", "JPN"})),
        other(3, participants=frozenset({"KOR"})),
        other(3, participants=frozenset(), names=frozenset()),
        other(3, names=frozenset({"steel shield"})),
        other(3, domains=frozenset()),
        other(20),
    ],
    ids=[
        "retold",
        "a partner drops out",
        "the one that left",
        "nobody named",
        "now named",
        "no domain",
        "later",
    ],
)
def test_one_exercise(report: ExerciseReport) -> None:
    assert is_one(TRILATERAL, report)


@pytest.mark.parametrize(
    "report",
    [
        other(3, participants=frozenset({"USA", "PHL"}), signals=frozenset()),
        other(3, participants=frozenset({"RUS", "CHN"})),
        other(3, domains=frozenset({"land"})),
        other(30),
    ],
    ids=["another partner", "others", "another domain", "another season"],
)
def test_two_exercises(report: ExerciseReport) -> None:
    assert not is_one(TRILATERAL, report)


def test_a_name_holds_it_together_for_months_and_editions_apart() -> None:
    assert is_one(NAMED, other(90, NAMED, participants=frozenset({"USA"}), domains=frozenset({"sea"})))
    assert not is_one(NAMED, other(300, NAMED))


def test_two_names_are_two_exercises() -> None:
    assert not is_one(NAMED, other(1, NAMED, names=frozenset({"iron wave"})))


def test_an_unnamed_mention_joins_the_exercise_of_its_article() -> None:
    wave = other(1, NAMED, names=frozenset({"iron wave"}), participants=frozenset({"USA", "AUS"}))
    in_second_article = replace(
        TRILATERAL, article_id="b", participants=frozenset({"AUS"}), event_date=DAY + timedelta(days=5)
    )
    assert exercises(NAMED, wave, in_second_article)[2] == exercises(NAMED, wave)[1]


def test_unnamed_mentions_do_not_chain_through_the_year() -> None:
    monthly = [other(days) for days in range(0, 200, 20)]
    assert len(set(exercises(*monthly))) > 1


def test_equal_reports_of_different_exercises_have_different_ids() -> None:
    """Three articles tell of a drill and not whose; nothing says that it is the same."""
    reports = [
        replace(TRILATERAL, participants=frozenset(), signals=frozenset(), article_id=a) for a in "abc"
    ]
    assert len(set(exercises(*reports))) == 3


SETS = st.frozensets(st.sampled_from(["USA", "KOR", "JPN", "RUS", "CHN"]))
REPORTS = st.lists(
    st.builds(
        ExerciseReport,
        mention_id=st.uuids().map(str),
        article_id=st.sampled_from("abcdef"),
        event_date=st.integers(0, 200).map(lambda days: DAY + timedelta(days=days)),
        names=st.frozensets(st.sampled_from(["steel shield", "iron wave"]), max_size=1),
        participants=SETS,
        domains=st.frozensets(st.sampled_from(["air", "sea"])),
        signals=st.frozensets(st.sampled_from(["PRK", "B-52"])),
    ),
    max_size=30,
)


@given(REPORTS, st.integers(0, 30))
def test_later_mentions_change_nothing_before_them(reports: list[ExerciseReport], cut: int) -> None:
    assert list(link_exercises(reports[:cut])) == list(link_exercises(reports))[:cut]
