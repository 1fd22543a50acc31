"""Plain sentences for each CAMEO code (leaf_codes/): each yields that code and no other."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.events.coder import Coder
from extractors.records import CodeInput, Event, Modality
from extractors.reference import cameo_events

FOLDER = Path(__file__).parent / "leaf_codes"
COUNTED = {Modality.ASSERTED, Modality.PLANNED, Modality.CONDITIONAL}
COVERED = 200  # codes that all files together reach at least (issue 4)


def cases() -> list[Any]:
    return [
        pytest.param(case["code"], case["text"], id=f"{path.stem}-{case['code']}")
        for path in sorted(FOLDER.glob("*.yml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


CASES = cases()
CODES = {param.values[0] for param in CASES}


def coded(coder: Coder, text: str) -> list[Event]:
    events = coder.code_one(CodeInput("leaf", text, datetime(2020, 6, 3, tzinfo=UTC)))
    return [event for event in events if event.modality in COUNTED]


@pytest.mark.parametrize(("code", "text"), CASES)
def test_the_sentence_yields_its_code_alone(coder: Coder, code: str, text: str) -> None:
    events = coded(coder, text)
    shown = [f"{e.cameo_code} {e.trigger.text}: {e.path}" for e in events]
    assert {event.cameo_code for event in events} == {code}, shown


def test_no_sentence_stands_twice_and_each_code_is_one_that_events_are_coded_with() -> None:
    assert not [text for text, times in Counter(param.values[1] for param in CASES).items() if times > 1]
    known = cameo_events()
    assert not [code for code in CODES if code not in known or known[code].root == code]


def test_every_file_holds_the_codes_of_its_root() -> None:
    assert not [param.id for param in CASES if param.id.split("-")[0][:2] != param.values[0][:2]]


def test_at_least_as_many_codes_are_covered_as_were_reached() -> None:
    assert len(CODES) >= COVERED
