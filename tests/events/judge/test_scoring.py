"""Figures of the corpus: what counts as right, as false, as found; the judge's confidence is honest."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.events.coder import Coder
from extractors.events.corpus.read import load_corpus
from extractors.events.corpus.records import (
    CorpusActor,
    CorpusEvent,
    CorpusSentence,
    Miss,
    Register,
    Split,
)
from extractors.events.judge.matching import best_match, same_class
from extractors.events.judge.samples import as_input
from extractors.events.judge.scoring import by_class, figures, reliability, tally
from extractors.records import Modality, Span

TEXT = "France condemned Russia on Monday."
OFF_BY_AT_MOST, FEWEST = 0.1, 30


def truth(code: str) -> CorpusEvent:
    sides = (CorpusActor("France", "FRA"),), (CorpusActor("Russia", "RUS"),)
    return CorpusEvent(code, None, Modality.ASSERTED, Span("condemned", 7, 16), *sides, {})


def sentence(*events: CorpusEvent, miss: Miss | None = None) -> CorpusSentence:
    return CorpusSentence("s", TEXT, Register.WIRE, date(2020, 5, 4), Split.TEST, miss, events)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("19", "18", True), ("102", "020", True), ("111", "112", True), ("111", "12", False)],
)
def test_classes_are_plovers(one: str, other: str, expected: bool) -> None:
    assert same_class(one, other) is expected


def test_the_event_at_the_same_words_is_matched(coder: Coder) -> None:
    (event,) = coder.code_one(as_input(sentence()))
    assert best_match(event, [truth("111")]) == truth("111")
    assert best_match(event, [truth("163")]) is None


def test_a_right_event_counts_in_every_field(coder: Coder) -> None:
    counts = tally(coder, [sentence(truth("111"))]).counts
    told = figures(counts)
    for name in ("precision", "recall", "source, of right events", "target, of right events"):
        assert told[name] == 1, name
    assert by_class(counts) == {"11": (1, 1.0, 1.0)}


def test_an_event_on_a_near_miss_is_false(coder: Coder) -> None:
    told = figures(tally(coder, [sentence(miss=Miss.BACKGROUND)]).counts)
    assert told["near misses without a false event"] == 0
    assert told["precision"] == 0


def test_reliability_compares_what_was_said_with_what_was_right() -> None:
    assert reliability([(0.9, True), (0.9, False), (0.1, False)]) == [(0.1, 0.0, 1), (0.9, 0.5, 2)]


def test_confidence_is_calibrated_on_the_tenth_kept_aside(coder: Coder, grammar: Coder) -> None:
    """Bands within 0.1 and a standard error, where they hold enough; the judge costs no precision."""
    sentences = [s for s in load_corpus() if s.split is Split.TEST]
    judged, plain = tally(coder, sentences), tally(grammar, sentences)
    for said, right, count in reliability(judged.sure):
        if count >= FEWEST:
            chance = (right * (1 - right) / count) ** 0.5
            assert abs(said - right) < OFF_BY_AT_MOST + chance, (said, right, count)
    ours, theirs = figures(judged.counts), figures(plain.counts)
    assert ours["precision"] > theirs["precision"] - 0.01
    assert ours["recall"] > theirs["recall"]
    assert ours["F1"] > theirs["F1"]
    quiet = "near misses without a false event"
    assert ours[quiet] >= theirs[quiet] - 0.04  # for a twelfth more events
