"""Figures of the corpus: what counts as right, as false, as found."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extractors.events.coder import Coder
from extractors.events.judge.corpus import Annotated, TrueActor, TrueEvent
from extractors.events.judge.matching import best_match, same_class
from extractors.events.judge.scoring import score
from extractors.records import CodeInput, Modality

DAY = datetime(2020, 5, 4, tzinfo=UTC)
TEXT = "France condemned Russia on Monday."


def truth(code: str, start: int = 7, end: int = 16) -> TrueEvent:
    sides = (TrueActor("France", "FRA"),), (TrueActor("Russia", "RUS"),)
    return TrueEvent(code, None, Modality.ASSERTED, start, end, *sides, {})


def sentence(*events: TrueEvent, miss: str | None = None) -> Annotated:
    return Annotated("s", TEXT, DAY, True, miss, events)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("19", "18", True), ("102", "020", True), ("111", "112", True), ("111", "12", False)],
)
def test_classes_are_plovers(one: str, other: str, expected: bool) -> None:
    assert same_class(one, other) is expected


def test_the_event_at_the_same_words_is_matched(coder: Coder) -> None:
    (event,) = coder.code_one(CodeInput("s", TEXT, DAY))
    assert best_match(event, [truth("111")]) == truth("111")
    assert best_match(event, [truth("163")]) is None


def test_a_right_event_counts_in_every_field(coder: Coder) -> None:
    figures = score(coder, [sentence(truth("111"))])
    for name in ("events, precision", "events, recall", "source right", "target right", "modality right"):
        assert figures[name] == "1.000", name


def test_an_event_on_a_near_miss_is_false(coder: Coder) -> None:
    figures = score(coder, [sentence(miss="background")])
    assert figures["near misses with a false event"] == "1.000"
    assert figures["events, precision"] == "0.000"
