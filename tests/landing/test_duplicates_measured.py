"""Edited copies of the corpus's articles join their group, other stories do not: floors of the benchmark."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest

from extractors.settings import PROJECT_ROOT

FLOORS = {
    "carried whole": 1.0,
    "other headline, dateline and credit": 1.0,
    "cut to three quarters": 1.0,
    "cut to 60 %": 0.99,
    "cut to half": 0.92,
    "other lead": 0.99,
    "two paragraphs added": 0.99,
    "cut to three quarters with another lead": 0.78,
    "one word in 25 changed": 0.99,
}


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    path = PROJECT_ROOT / "benchmarks" / "duplicates.py"
    spec = importlib.util.spec_from_file_location("bench_duplicates", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look for the module's annotations
    spec.loader.exec_module(module)
    return module


def test_copies_join_and_strangers_do_not(benchmark: ModuleType) -> None:
    scores = {score.name: score for score in benchmark.measure()}
    *copies, strangers = scores.values()
    assert {score.name for score in copies} == set(FLOORS)
    assert all(score.copies > 250 for score in copies)
    assert [name for name, floor in FLOORS.items() if scores[name].recall < floor] == []
    assert sum(score.strangers for score in scores.values()) == 0
    assert "background in common" in strangers.name
