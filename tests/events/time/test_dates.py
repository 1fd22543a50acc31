"""Plain sentences: when the trigger's event is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from spacy.language import Language

from extractors.events import timex
from extractors.events.corpus import load_corpus
from extractors.events.time import resolve_event_date

CASES = yaml.safe_load((Path(__file__).parent / "dates.yml").read_text(encoding="utf-8"))
FRIDAY = date(2018, 5, 18)


def noon(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC) if day else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text']} [{case['trigger']}]")
def test_the_trigger_is_dated(case: dict[str, Any], nlp: Language) -> None:
    doc = nlp(case["text"])
    trigger = next(token for token in doc if token.text == case["trigger"])
    found = resolve_event_date(doc, trigger, published=noon(case.get("published", FRIDAY)))
    assert (found.date, str(found.precision)) == (case["date"], case["precision"])
    assert found.is_background == case.get("background", False)
    if "end" in case:
        assert found.end == case["end"]


def test_a_rule_needs_no_word_that_its_matches_lack() -> None:
    """What a text has to hold for a rule to be tried stands in all that the rule finds."""
    kinds = timex._KINDS.items()
    found = [
        (rule.needs, match.group(), {kind for kind, pattern in kinds if pattern.search(match.group())})
        for text in {case["text"].lower() for case in CASES} | {s.text.lower() for s in load_corpus()}
        for rule in timex._RULES
        for match in rule.pattern.finditer(text)
    ]
    assert len(found) > 1000
    assert not [(needs, words) for needs, words, there in found if not needs <= there]


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60
