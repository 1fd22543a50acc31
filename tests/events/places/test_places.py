"""Plain sentences: where the trigger's event is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from spacy.language import Language

from extractors.events.actors import ActorTagger
from extractors.events.places import find_place

CASES = yaml.safe_load((Path(__file__).parent / "places.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text']} [{case['trigger']}]")
def test_the_event_is_placed(case: dict[str, Any], nlp: Language, tagger: ActorTagger) -> None:
    doc = nlp(case["text"])
    article = tagger.open_article(title=None, sentences=[case["text"]], published=None)
    trigger = next(token for token in doc if token.text == case["trigger"])
    place = find_place(doc, trigger, article.tag(doc, 0))
    if case.get("none"):
        assert place is None
        return
    assert place is not None
    assert (place.name, place.country) == (case["name"], case["country"])
    if "at" in case:
        assert place.lat == pytest.approx(case["at"][0], abs=0.5)
        assert place.lon == pytest.approx(case["at"][1], abs=0.5)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 25
