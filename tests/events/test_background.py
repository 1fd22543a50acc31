"""What an article only looks back on, or leaves undone, is kept with its modality and counted as no news."""

from __future__ import annotations

import pytest

from extractors.events.coder import Coder
from extractors.records import Modality

LEAD = "Chile's president spoke in Santiago on Monday. "
BACKGROUND = (
    "Peru, which had signed a treaty with Bolivia, is short of water.",
    "The Peruvian invasion of Bolivia was on every lip.",
    "His decision to meet the Bolivian president cost him votes.",
    "The general who attacked Bolivia was at the table.",
    "Peru has long demanded the release of the sailors by Bolivia.",
    "Peru sends weapons to Bolivia.",
    "The price of tin has doubled since Peru attacked Bolivia.",
)
UNDONE = (
    "Peru's missiles are capable of hitting Bolivia.",
    "The order will enable Peru to impose sanctions on Bolivia.",
    "Perhaps Peru has attacked Bolivia.",
    "Peru takes steps toward attacking Bolivia.",
    "The senators drafted a bill that would ban travel to Bolivia.",
    "Peru seeks to attack Bolivia.",
    "Mr President, cancel all aid to Bolivia.",
)


@pytest.fixture(scope="module")
def grammar() -> Coder:
    return Coder(judge=None)


def modalities(coder: Coder, sentence: str) -> set[Modality]:
    """Of what the sentence tells in the body of an article."""
    return {e.modality for e in coder.code_text(LEAD + sentence) if e.sentence.index == 1}


@pytest.mark.parametrize("sentence", BACKGROUND)
def test_the_body_of_an_article_looks_back(grammar: Coder, sentence: str) -> None:
    assert modalities(grammar, sentence) == {Modality.HISTORICAL}


@pytest.mark.parametrize("sentence", UNDONE)
def test_what_nobody_has_done_yet_is_no_news(grammar: Coder, sentence: str) -> None:
    assert not modalities(grammar, sentence) & {Modality.ASSERTED, Modality.PLANNED}


@pytest.mark.parametrize(
    "sentence",
    [
        "Peru said that it had signed a treaty with Bolivia.",
        "By nightfall Peru had attacked Bolivia.",
        "Peru attacks Bolivia today.",
        "Peru attacked Bolivia on Sunday.",
        "A Peruvian attack on Bolivia killed nine people.",
        "Peru condemns the Bolivian raid.",
    ],
)
def test_news_in_the_body_stays_news(grammar: Coder, sentence: str) -> None:
    assert Modality.ASSERTED in modalities(grammar, sentence)


def test_a_sentence_by_itself_tells_news(grammar: Coder) -> None:
    (event,) = grammar.code_text("Peru had attacked Bolivia.")
    assert event.modality is Modality.ASSERTED
