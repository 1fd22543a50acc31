"""The memory of an article: order does not matter, and odd input does no harm."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from extractors.events.actors import ActorTagger, MentionKind

STORY = [
    "BEIRUT (Reuters) - Lebanon's energy minister, Walid Haddad, met the French ambassador.",
    "Haddad said the talks went well.",
    "The government will decide on Monday.",
]


def test_sentences_may_be_tagged_in_any_order(nlp: Language, tagger: ActorTagger) -> None:
    docs = [nlp(text) for text in STORY]
    forwards = tagger.open_article(title=None, sentences=STORY, published=date(2019, 5, 1))
    backwards = tagger.open_article(title=None, sentences=STORY, published=date(2019, 5, 1))
    ahead = [forwards.tag(doc, index).mentions for index, doc in enumerate(docs)]
    behind = [backwards.tag(docs[index], index).mentions for index in (2, 1, 0)]
    assert ahead == behind[::-1]


def test_two_articles_do_not_share_their_memory(nlp: Language, tagger: ActorTagger) -> None:
    tagger.open_article(title=None, sentences=STORY, published=None)
    other = tagger.open_article(title=None, sentences=["Haddad spoke."], published=None)
    assert other.tag(nlp("Haddad spoke."), 0).mentions == ()


def test_a_title_introduces_persons(nlp: Language, tagger: ActorTagger) -> None:
    article = tagger.open_article(
        title="Zambian Finance Minister Gideon Phiri resigns", sentences=["Phiri left."], published=None
    )
    (mention,) = article.tag(nlp("Phiri left."), 0).mentions
    assert (mention.kind, mention.actor.code) == (MentionKind.PERSON, "ZMBGOV")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        "\u202e\u200b",
        "- , ' 's",
        "-",
        "U.S.-",
        "President",
        "Mr",
        "the North",
        "A" * 5000,
        "," * 3000,
    ],
)
def test_odd_text_names_nobody_new_and_breaks_nothing(text: str, nlp: Language, tagger: ActorTagger) -> None:
    article = tagger.open_article(title=text, sentences=[text, text], published=None)
    doc = nlp(text)
    actors = article.tag(doc, 1)
    assert {mention.actor.country for mention in actors.mentions} <= {"USA"}
    for token in doc[:50]:
        actors.resolve(token)
        actors.owner(token)


@pytest.mark.parametrize(
    ("sentences", "word", "code"),
    [
        (["Ilo's mayor waved.", "Chad's rebels shelled a port.", "They fled."], "They", "TCDREB"),
        (["Chile said that protesters from Peru had left.", "They sang."], "They", "PERCVL"),
        (["Kenya's navy met Omani sailors.", "It blamed Chad."], "It", "KENMIL"),
        (['"We are ready," Chile\'s defence minister said.', '"We will sail tomorrow."'], "We", "CHLGOV"),
        (["Rain fell in Norway.", '"We will sail tomorrow."'], "We", None),
    ],
)  # fmt: skip
def test_pronouns_go_back_to_the_sentence_before(
    sentences: list[str], word: str, code: str | None, nlp: Language, tagger: ActorTagger
) -> None:
    article = tagger.open_article(title=None, sentences=sentences, published=date(2019, 5, 1))
    docs = [nlp(text) for text in sentences]
    actors = [article.tag(doc, index) for index, doc in enumerate(docs)][-1]
    found = actors.resolve(next(token for token in docs[-1] if token.text == word))
    assert [actor.code for actor in found] == ([code] if code else [])
