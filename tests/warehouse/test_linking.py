"""Mentions to events: what links, what stays apart, and that later mentions move nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.warehouse.linking import Report, link

DAY = date(2018, 5, 16)
FIRST = Report(
    mention_id="1",
    block="threat|counted|PRK",
    family="threat",
    event_date=DAY,
    date_precision="publication",
    targets=frozenset({"USA"}),
    kind="diplomatic",
    place="PRK",
)


def events(*reports: Report) -> list[str]:
    return [event for _, event in link(reports)]


def is_one(*reports: Report) -> bool:
    return len(set(events(*reports))) == 1


def later(days: int, **changes: object) -> Report:
    return replace(FIRST, event_date=DAY + timedelta(days=days), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "other",
    [
        later(0),
        later(10),
        later(-4),
        later(1, targets=frozenset()),
        later(1, targets=frozenset({"USA", "KOR"})),
        later(1, kind=None),
        later(1, place=None),
        later(25, date_precision="month"),
    ],
    ids=[
        "same day",
        "in the window",
        "dated before",
        "no target",
        "more targets",
        "no kind",
        "no place",
        "month",
    ],
)
def test_one_event(other: Report) -> None:
    assert is_one(FIRST, other)


@pytest.mark.parametrize(
    "other",
    [
        later(11),
        later(0, targets=frozenset({"KOR"})),
        later(0, kind="nuclear"),
        later(0, place="USA"),
        later(0, block="threat|counted|IRN"),
        later(0, block="threat|denied|PRK"),
    ],
    ids=["out of the window", "other target", "other kind", "other place", "other source", "denied"],
)
def test_two_events(other: Report) -> None:
    assert not is_one(FIRST, other)


def test_the_window_does_not_slide() -> None:
    """A statement a day for a month is not one event of a month."""
    daily = [later(days, block="01|counted|USA", family=None) for days in range(12)]
    assert [len(events(*daily)), len(set(events(*daily)))] == [12, 3]


def test_an_unknown_kind_is_settled_by_the_first_that_knows() -> None:
    unknown, diplomatic, nuclear = later(0, kind=None), later(1), later(2, kind="nuclear")
    first, second, third = events(unknown, diplomatic, nuclear)
    assert first == second != third


def test_the_nearest_in_time_wins() -> None:
    early, late = later(0), later(11)
    assert events(early, late, later(9))[2] == events(early, late)[1]


def test_the_id_is_of_what_is_said_not_of_who_said_it() -> None:
    retold = replace(FIRST, mention_id="of another article")
    assert events(FIRST) == events(retold)


REPORTS = st.lists(
    st.builds(
        Report,
        mention_id=st.uuids().map(str),
        block=st.sampled_from(["04|counted|USA", "04|counted|KOR"]),
        family=st.just(None),
        event_date=st.integers(0, 30).map(lambda days: DAY + timedelta(days=days)),
        date_precision=st.sampled_from(["day", "week", "publication"]),
        targets=st.frozensets(st.sampled_from(["PRK", "JPN", "CHN"])),
        kind=st.sampled_from([None, "a", "b"]),
        place=st.sampled_from([None, "PRK", "JPN"]),
    ),
    max_size=40,
)


@given(REPORTS, st.integers(0, 40))
def test_later_mentions_change_nothing_before_them(reports: list[Report], cut: int) -> None:
    assert list(link(reports[:cut])) == list(link(reports))[:cut]


@given(REPORTS)
def test_no_two_events_share_an_id(reports: list[Report]) -> None:
    """Each event stays within its window and its block."""
    by_event: dict[str, list[Report]] = {}
    for report, (_, event) in zip(reports, link(reports), strict=True):
        by_event.setdefault(event, []).append(report)
    for members in by_event.values():
        assert len({member.block for member in members}) == 1
        assert max(abs((member.event_date - members[0].event_date).days) for member in members) <= 7
