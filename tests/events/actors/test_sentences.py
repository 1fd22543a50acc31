"""Plain sentences: whom each phrase denotes. The files beside this one are the cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from spacy.language import Language
from spacy.tokens import Doc, Token

from extractors.events.actors import ActorTagger, SentenceActors, is_reporting_source

FOLDER = Path(__file__).parent
CASES = [
    pytest.param(case, id=f"{file.stem}-{number}")
    for file in sorted(FOLDER.glob("*.yml"))
    for number, case in enumerate(yaml.safe_load(file.read_text(encoding="utf-8")), 1)
]


def word(doc: Doc, text: str) -> Token:
    return next(token for token in doc if token.text == text)


def tag(nlp: Language, tagger: ActorTagger, case: dict[str, Any]) -> tuple[Doc, SentenceActors]:
    sentences = [*case.get("before", ()), case["text"]]
    article = tagger.open_article(
        title=case.get("title"), sentences=sentences, published=case.get("published")
    )
    doc = nlp(case["text"])
    return doc, article.tag(doc, len(sentences) - 1)


@pytest.mark.parametrize("case", CASES)
def test_phrases_denote_their_actors(case: dict[str, Any], nlp: Language, tagger: ActorTagger) -> None:
    doc, actors = tag(nlp, tagger, case)
    for phrase, codes in case.get("expect", {}).items():
        assert [a.code for a in actors.resolve(word(doc, str(phrase)))] == codes, phrase
    for phrase, codes in case.get("owner", {}).items():
        assert sorted(a.code for a in actors.owner(word(doc, phrase))) == sorted(codes), phrase
    for phrase, name in case.get("name", {}).items():
        assert [a.name for a in actors.resolve(word(doc, phrase))] == [name]
    for phrase, is_source in case.get("reports", {}).items():
        assert is_reporting_source(word(doc, phrase), actors) is is_source, phrase
    if "mentions" in case:
        assert [mention.actor.code for mention in actors.mentions] == case["mentions"]


def test_there_are_enough_cases_and_each_tells_something() -> None:
    assert len(CASES) >= 200
    for case in CASES:
        assert {"expect", "owner", "name", "reports", "mentions"} & case.values[0].keys()
