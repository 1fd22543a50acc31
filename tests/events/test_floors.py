"""The quality gate: no figure below its floor, on the corpus' test part and the development sets."""

from __future__ import annotations

import pytest

from benchmarks.floors import FLOORS, below, lowered, raised, read_floors
from benchmarks.measure import digest, measure, present
from extractors.events.coder import Coder
from extractors.records import Family


@pytest.mark.parametrize("name", present())
def test_no_figure_is_below_its_floor(coder: Coder, name: str) -> None:
    own = read_floors()["sets"][name]
    assert own["digest"] == digest(name), (
        f'{name} has other sentences: benchmarks/floors.py --lower "{name}: all"'
    )
    assert below(own["floors"], measure(name, coder)) == {}


def test_every_family_and_field_of_the_corpus_has_a_floor() -> None:
    floors = read_floors()["sets"]["corpus"]["floors"]
    for family in Family:
        assert {f"{family} precision", f"{family} recall", f"{family} F1"} <= floors.keys()
    assert {
        f"{field}, of right events" for field in ("code", "source", "target", "modality", "family")
    } <= floors.keys()
    assert FLOORS.is_file()


def test_a_figure_below_its_floor_or_gone_fails() -> None:
    assert below({"F1": 0.5, "recall": 0.4}, {"F1": 0.49, "recall": 0.4}) == {"F1": (0.49, 0.5)}
    assert below({"F1": 0.5}, {}) == {"F1": (0.0, 0.5)}


def test_raising_lowers_nothing() -> None:
    assert raised({"F1": 0.5, "recall": 0.4}, {"F1": 0.45, "recall": 0.6}) == {"F1": 0.5, "recall": 0.595}


def test_lowering_takes_a_reason_and_keeps_it() -> None:
    floors = {"sets": {"s": {"digest": "d", "floors": {"F1": 0.5, "recall": 0.4}}}, "lowered": []}
    with pytest.raises(SystemExit, match="reason"):
        lowered(floors, "s", "F1", {"F1": 0.4}, reason=" ", mark="d")
    with pytest.raises(SystemExit, match="no floor"):
        lowered(floors, "s", "F2", {"F1": 0.4}, reason="r", mark="d")
    after = lowered(floors, "s", "F1", {"F1": 0.4}, reason="stricter rule", mark="d")
    assert after["sets"]["s"]["floors"] == {"F1": 0.395, "recall": 0.4}
    assert after["lowered"] == [
        {"set": "s", "from": {"F1": 0.5}, "to": {"F1": 0.395}, "reason": "stricter rule"}
    ]
