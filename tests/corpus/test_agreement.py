"""Two annotations are paired and compared as one would by hand."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.events.corpus import load_corpus
from extractors.events.corpus.agreement import Twice, kappa, measures, paired, read_annotations


def event(code: str, trigger: str = "x", **changes: Any) -> dict[str, Any]:
    made = {"cameo_code": code, "family": None, "modality": "asserted", "trigger": trigger}
    return {**made, "sources": ["MLI"], "targets": ["NERGOV"], **changes}


def test_the_annotations_are_fifty_of_each_part() -> None:
    parts = {sentence.id: sentence.part for sentence in load_corpus()}
    drawn = [parts[twice.id] for twice in read_annotations()]
    assert {part: drawn.count(part) for part in set(drawn)} == dict.fromkeys(set(parts.values()), 50)
    assert len({twice.id for twice in read_annotations()}) == 200


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "b"), ("b", "a")], -1.0),
        ([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")], 0.0),
        ([("a", "a"), ("a", "a")], 1.0),
    ],
)
def test_kappa(labels: list[tuple[str, str]], expected: float) -> None:
    assert kappa(labels) == pytest.approx(expected)


def test_the_best_pairs_come_first_and_each_event_is_used_once() -> None:
    first = [event("163", "imposed"), event("161", "expelled")]
    second = [event("161", "expelled"), event("160", "left"), event("042", "flew", sources=["TCD"])]
    assert paired(first, second) == [(first[1], second[0]), (first[0], second[1])]


def test_measures() -> None:
    sentences = [
        Twice("a", (event("163", "imposed a ban"),), (event("163", "a ban", targets=["NER"]),)),
        Twice("b", (event("112", modality="denied"),), ()),
        Twice("c", (), ()),
        Twice("d", (event("1312", "vow", family="threat"),), (event("138", "threat", family="threat"),)),
    ]
    found = {each.name: each.agreement for each in measures(sentences)}
    assert found == {
        "an event that counts, or none": 1.0,
        "root of the first event, or none": 0.75,
        "events found by both, F1": pytest.approx(0.8),
        "root, of 2 events found by both": 1.0,
        "whole code, of the same": 0.5,
        "family": 1.0,
        "modality": 1.0,
        "triggers share a word": 0.5,
        "sources: same codes": 1.0,
        "targets: same codes": 0.5,
        "sources: same countries or organisations": 1.0,
        "targets: same countries or organisations": 1.0,
    }
