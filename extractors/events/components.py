"""A Doc of any English spaCy pipeline in, the same Doc with its actors and events out, as two components.

    nlp = spacy.load("en_core_web_lg")  # or any other model with tagger, parser and lemmatizer
    nlp.add_pipe("communique_events")
    doc = nlp("Iran threatened to attack Israel.")
    doc._.events  # tuple of extractors.records.Event, offsets into doc.text
    doc._.actors  # tuple of ActorMention, tokens of the doc

`communique_actors` alone finds the actors that are named outright. An article's time and title, which date
its events and tell who is who, are set before the components run:

    doc = nlp.make_doc(text)
    doc._.published_at, doc._.title = datetime(2018, 5, 18, tzinfo=UTC), "Pyongyang warns Washington"
    doc = nlp(doc)

The command line and the nightly run use `Coder`, which parses only the sentences that may hold an event and
so is faster; `spacy_model` in the settings (COMMUNIQUE_SPACY_MODEL) puts another model under it. spaCy finds
the components by the package's entry points; importing this module registers them too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractors.events.actors import ActorTagger
from extractors.events.coder import Coder
from extractors.events.model import teach
from extractors.records import CodeInput

ACTORS, EVENTS = "communique_actors", "communique_events"
ATTRIBUTES: dict[str, Any] = {
    "actors": (), "events": (), "published_at": None, "title": None, "article_id": "doc",
}  # fmt: skip

for _name, _default in ATTRIBUTES.items():
    Doc.set_extension(_name, default=_default, force=True)


class Upstream:
    """The part of a pipeline before one of its components, as a pipeline: titles are parsed by it."""

    def __init__(self, nlp: Language, component: str) -> None:
        self._nlp = nlp
        self._component = component

    @property
    def vocab(self) -> Vocab:
        return self._nlp.vocab

    def make_doc(self, text: str) -> Doc:
        return self._nlp.make_doc(text)

    def __call__(self, text: str) -> Doc:
        doc = self.make_doc(text)
        for name, pipe in self._nlp.pipeline:
            if name == self._component:
                break
            doc = pipe(doc)
        return doc

    def pipe(self, texts: Iterable[str], **_: Any) -> Iterator[Doc]:
        return map(self, texts)


class ActorsComponent:
    """Sets `doc._.actors`."""

    def __init__(self, nlp: Language) -> None:
        self._tagger = ActorTagger(nlp)

    def __call__(self, doc: Doc) -> Doc:
        spans = list(doc.sents)
        published = doc._.published_at.date() if doc._.published_at else None
        texts = [span.text for span in spans]
        article = self._tagger.open_article(title=doc._.title, sentences=texts, published=published)
        doc._.actors = tuple(
            replace(mention, start=mention.start + span.start, end=mention.end + span.start)
            for index, span in enumerate(spans)
            for mention in article.tag(span.as_doc(), index).mentions
        )
        return doc


class EventsComponent:
    """Sets `doc._.events` and `doc._.actors`."""

    def __init__(self, nlp: Language, name: str) -> None:
        upstream: Any = Upstream(nlp, name)
        self._coder = Coder(nlp=upstream)
        self._actors = ActorsComponent(nlp)

    def __call__(self, doc: Doc) -> Doc:
        item = CodeInput(doc._.article_id, doc.text, doc._.published_at, doc._.title)
        doc._.events = self._coder.code_doc(doc, item)
        return self._actors(doc)


@Language.factory(ACTORS, requires=["token.sent_start"], assigns=["doc._.actors"])
def make_actors(nlp: Language, name: str) -> ActorsComponent:  # noqa: ARG001
    return ActorsComponent(nlp)


@Language.factory(
    EVENTS,
    requires=["token.dep", "token.head", "token.pos", "token.tag", "token.lemma"],
    assigns=["doc._.events", "doc._.actors"],
    default_config={"teach_words": True},
)
def make_events(nlp: Language, name: str, teach_words: bool = True) -> EventsComponent:
    """`teach_words`: keep "cease-fire" one word and have the lemmatizer know our verbs, in this pipeline."""
    if teach_words:
        teach(nlp)
    return EventsComponent(nlp, name)
