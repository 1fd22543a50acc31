"""An article's sentences in, a memory of who is who, and with it the actors of each parsed sentence out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from extractors.events.actors.ambiguity import Readings, read_ambiguous
from extractors.events.actors.lexicon import Lexicon, build_lexicon
from extractors.events.actors.memory import Memory
from extractors.events.actors.records import ActorMention, MentionKind
from extractors.events.actors.roles import Roles, read_roles
from extractors.events.actors.scan import Scanner
from extractors.events.actors.sentence import SentenceActors
from extractors.events.actors.trie import fold

OF_A_COUNTRY = frozenset(
    [MentionKind.COUNTRY, MentionKind.DEMONYM, MentionKind.PEOPLE, MentionKind.CAPITAL, MentionKind.SEAT]
)
DATELINE_MARKS = ("-", "–", "—", "--", ":")


class ActorTagger:
    """Built once per process from the data files (about 0.2 s); cheap to call."""

    def __init__(self, nlp: Language) -> None:
        self._tokenize: Callable[[str], Doc] = nlp.make_doc
        self._lexicon = build_lexicon(lambda text: [token.text for token in nlp.make_doc(text)])
        self._readings = read_ambiguous()
        self._roles = read_roles()

    def open_article(
        self, *, title: str | None, sentences: Sequence[str], published: date | None
    ) -> ArticleActors:
        """Read the article over without parsing it; sentences are tagged afterwards in any order."""
        docs = [self._tokenize(text) for text in sentences]
        heading = [self._tokenize(title)] if title else []
        return ArticleActors(
            self._lexicon, self._readings, self._roles, docs=docs, heading=heading, published=published
        )


class ArticleActors:
    """Memory of one article: who was named, which countries it is about, where it was written."""

    def __init__(
        self,
        lexicon: Lexicon,
        readings: Readings,
        roles: Roles,
        *,
        docs: Sequence[Doc],
        heading: Sequence[Doc],
        published: date | None,
    ) -> None:
        self._lexicon = lexicon
        self._readings = readings
        self._roles = roles
        words = frozenset(fold(token.text) for doc in (*heading, *docs) for token in doc)
        self._memory = Memory(published=published, words=words)
        self._named = [self._first_reading(doc, index) for index, doc in enumerate(docs)]
        for doc in heading:
            self._first_reading(doc, 0)

    def tag(self, doc: Doc, sentence_index: int) -> SentenceActors:
        """The actors of a parsed sentence of this article."""
        scanner = Scanner(self._lexicon, self._readings, doc, self._memory, sentence_index)
        return SentenceActors(
            doc,
            scanner.mentions(),
            scanner.areas(),
            lexicon=self._lexicon,
            roles=self._roles,
            memory=self._memory,
            earlier=self._named[:sentence_index],
        )

    def _first_reading(self, doc: Doc, index: int) -> tuple[ActorMention, ...]:
        mentions = Scanner(self._lexicon, self._readings, doc, self._memory, index).mentions()
        for mention in mentions:
            if mention.actor.country and mention.kind in OF_A_COUNTRY:
                self._memory.countries[mention.actor.country] += 1
        if index == 0 and mentions and self._memory.dateline is None and _is_dateline(doc, mentions[0]):
            self._memory.dateline = mentions[0].actor.country
        return mentions


def _is_dateline(doc: Doc, mention: ActorMention) -> bool:
    """ "KABUL (Pajhwok) :", "SEOUL, South Korea (AP) --": a place at the very start, a mark soon after."""
    after = [token.text for token in doc[mention.end : mention.end + 8]]
    return mention.start == 0 and any(mark in after for mark in DATELINE_MARKS) and doc[0].text.isupper()
