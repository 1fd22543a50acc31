"""Two annotations are paired and compared as one would by hand."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from extractors.events.corpus import load_articles, load_corpus
from extractors.events.corpus.agreement import (
    OF_ARTICLES,
    Twice,
    found_by_one,
    kappa,
    measures,
    paired,
    read_annotations,
)
from extractors.events.corpus.told import told_by_sentence
from extractors.reference import cameo_events


def event(code: str, trigger: str = "x", **changes: Any) -> dict[str, Any]:
    made = {"cameo_code": code, "family": None, "modality": "asserted", "trigger": trigger}
    return {**made, "sources": ["MLI"], "targets": ["NERGOV"], **changes}


def test_the_annotations_are_fifty_of_each_part() -> None:
    parts = {sentence.id: sentence.part for sentence in load_corpus()}
    drawn = [parts[twice.id] for twice in read_annotations()]
    assert {part: drawn.count(part) for part in set(drawn)} == dict.fromkeys(set(parts.values()), 50)
    assert len({twice.id for twice in read_annotations()}) == 200


def test_fifteen_articles_are_annotated_twice_sentence_by_sentence() -> None:
    twice = [json.loads(line) for line in OF_ARTICLES.read_text(encoding="utf-8").splitlines()]
    ids = sorted({each["id"].partition(".")[0] for each in twice})
    texts = {article.id: article for article in load_articles()}
    own = [
        (f"{name}.{number:02}", sentence.text)
        for name in ids
        for number, (sentence, _) in enumerate(told_by_sentence(texts[name]), start=1)
    ]
    assert sorted((each["id"], each["text"]) for each in twice) == own
    drawn = Counter(texts[name].part for name in ids)
    assert drawn == {"asia_america": 5, "europe": 5, "middle_east_africa": 5}


def test_both_annotations_of_articles_speak_of_their_sentence() -> None:
    for line in OF_ARTICLES.read_text(encoding="utf-8").splitlines():
        each = json.loads(line)
        for found in (*each["first"], *each["second"]):
            assert found["trigger"] in each["text"], each["id"]
            assert found["cameo_code"] in cameo_events(), each["id"]
            assert all(code.isupper() for code in (*found["sources"], *found["targets"])), each["id"]


def test_events_found_by_one_annotation_only() -> None:
    twice = [
        Twice("a", (event("163", "imposed"), event("190", "fought")), (event("163", "imposed"),)),
        Twice("b", (), (event("042", "flew"), event("057", "signed"))),
    ]
    assert found_by_one(twice) == (1, 2)


def test_asserted_against_historical_leaves_other_modalities_out() -> None:
    said = [("asserted", "historical"), ("historical", "historical"), ("asserted", "planned")]
    twice = [Twice("a", (event("163", modality=a),), (event("163", modality=b),)) for a, b in said]
    found = {each.name: each.agreement for each in measures(twice)}
    assert found["asserted or historical, where each says one of these"] == 0.5
    assert found["modality"] == pytest.approx(1 / 3)


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
        "asserted or historical, where each says one of these": 1.0,
        "triggers share a word": 0.5,
        "sources: same codes": 1.0,
        "targets: same codes": 0.5,
        "sources: same countries or organisations": 1.0,
        "targets: same countries or organisations": 1.0,
    }
