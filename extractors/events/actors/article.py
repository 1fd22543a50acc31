"""An article's sentences in, a memory of who is who, and with it the actors of each parsed sentence out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cached_property

from spacy.language import Language
from spacy.tokens import Doc

from extractors.events.actors.ambiguity import Readings, read_ambiguous
from extractors.events.actors.coreference import SENTENCES_BACK
from extractors.events.actors.holdings import Holdings
from extractors.events.actors.lexicon import Lexicon, build_lexicon
from extractors.events.actors.memory import Memory
from extractors.events.actors.presence import Cast, Presence
from extractors.events.actors.records import ActorMention, MentionKind, Name
from extractors.events.actors.roles import Roles, read_roles
from extractors.events.actors.scan import Scanner
from extractors.events.actors.sentence import SentenceActors
from extractors.events.actors.surface import Surface
from extractors.events.actors.trie import fold
from extractors.events.capitals import in_small_letters
from extractors.events.sheet import parse_of

OF_A_COUNTRY = frozenset(
    [
        MentionKind.COUNTRY,
        MentionKind.DEMONYM,
        MentionKind.PEOPLE,
        MentionKind.CAPITAL,
        MentionKind.SEAT,
        MentionKind.REGION,
    ]
)
REPRESENTING = frozenset([MentionKind.PERSON, MentionKind.ORGANISATION])
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’ -]{2,}(?:, [^()]{3,40}?)?\s*(?:\([^)]{1,40}\))?\s*(?:--|[-–—:])\s"
    r"|[A-Z][a-z]+(?: [A-Z][a-z]+)?(?:, [A-Z][^()]{2,30}?)? \([A-Z][^)]{1,30}\)\s*(?:--|[-–—])\s"
)


class ActorTagger:
    """Built once per process from the data files (about 0.2 s); cheap to call."""

    def __init__(self, nlp: Language) -> None:
        self._tokenize: Callable[[str], Doc] = nlp.make_doc
        self._lexicon = build_lexicon(lambda text: [token.text for token in nlp.make_doc(text)])
        self._readings = read_ambiguous()
        self._roles = read_roles()
        self._cast = Cast(self._roles)
        self._holdings = Holdings(self._roles)

    def open_article(
        self, *, title: str | None, sentences: Sequence[str], published: date | None
    ) -> ArticleActors:
        """Read the article over without parsing it; sentences are tagged afterwards in any order."""
        docs = [self._tokenize(text) for text in sentences]
        heading = [self._tokenize(title)] if title else []
        return ArticleActors(
            self._lexicon,
            self._readings,
            self._roles,
            self._cast,
            self._holdings,
            docs=docs,
            heading=heading,
            published=published,
        )


class ArticleActors:
    """Memory of one article: who was named, which countries it is about, where it was written."""

    def __init__(
        self,
        lexicon: Lexicon,
        readings: Readings,
        roles: Roles,
        cast: Cast,
        holdings: Holdings,
        *,
        docs: Sequence[Doc],
        heading: Sequence[Doc],
        published: date | None,
    ) -> None:
        self._lexicon = lexicon
        self._readings = readings
        self._roles = roles
        self._cast = cast
        self._holdings = holdings
        heads, surfaces = ([Surface(lexicon, doc) for doc in part] for part in (heading, docs))
        words = frozenset().union(*(surface.words for surface in (*heads, *surfaces)))
        self._memory = Memory(published=published, words=words, sentences=len(docs))
        self._surfaces = surfaces
        self._tagged: dict[int, SentenceActors] = {}
        self._named = [self._first_reading(surface, index) for index, surface in enumerate(surfaces)]
        for surface in heads:
            self._first_reading(surface, 1)

    def tag(self, doc: Doc, sentence_index: int) -> SentenceActors:
        """The actors of a parsed sentence of this article."""
        surface = self._surfaces[sentence_index] if self._surfaces else None
        like = surface if surface is not None and surface.doc is parse_of(doc) else None
        scanner = Scanner(self._lexicon, self._readings, doc, self._memory, sentence_index, like=like)
        self._tagged[sentence_index] = actors = SentenceActors(
            doc,
            scanner.mentions(),
            scanner.areas(),
            lexicon=self._lexicon,
            roles=self._roles,
            memory=self._memory,
            index=sentence_index,
            earlier=self._named[:sentence_index],
            before=self._tagged.get(sentence_index - 1),
        )
        return actors

    def named_at(self, sentence_index: int) -> Iterator[tuple[int, int]]:
        """Characters of a sentence that name an actor, by the first reading."""
        doc = self._surfaces[sentence_index].doc
        for mention in self._named[sentence_index]:
            last = doc[mention.end - 1]
            yield doc[mention.start].idx, last.idx + len(last)

    def tokens(self, sentence_index: int) -> Doc:
        """The sentence as the tokenizer cut it: to be parsed, and tagged then at less cost."""
        return self._surfaces[sentence_index].doc

    def recased(self, sentence_index: int) -> str | None:
        """A sentence in capitals, or without any, as an article has it; None for all others."""
        surface = self._surfaces[sentence_index]
        if not surface.is_upper and not surface.is_lower:
            return None
        spans = (surface.doc[start:end] for start, end in surface.names())
        names = ((span.start_char, self._spelt([t.text_with_ws for t in span])) for span in spans)
        return in_small_letters(surface.doc.text, names)

    def _spelt(self, words: list[str]) -> str:
        """ "North Korea" where the lexicon knows it so, else "NATO"."""
        titled = [word.capitalize() for word in words]
        known = self._lexicon.trie.longest([fold(word.strip()) for word in titled], 0)
        return "".join(titled if known and known[0] == len(words) else [word.upper() for word in words])

    def presence(self, sentence_index: int, words: frozenset[str]) -> Presence:
        """Can anybody act in the sentence of these words, as far as can be told before it is parsed?"""
        return self._cast.presence(
            words,
            is_named=bool(self._named[sentence_index]),
            named_before=any(self._named[max(0, sentence_index - SENTENCES_BACK) : sentence_index]),
            is_placed=self._is_placed,
        )

    @cached_property
    def _is_placed(self) -> bool:
        return self._memory.home_country() is not None

    def _dateline(self, doc: Doc, mentions: Sequence[ActorMention]) -> str | None:
        """Country of "KABUL (Pajhwok) :", "JUBA, South Sudan (AP) --": capitals first, a mark soon after."""
        head = _DATELINE.match(doc.text)
        if head is None:
            return None
        texts = [fold(token.text) for token in doc]
        found = self._lexicon.upper.longest(texts, 0)
        if found and isinstance(found[1], Name) and found[1].actors:
            return found[1].actors[0].country
        inside = [m.actor.country for m in mentions if doc[m.end - 1].idx < head.end() and m.actor.country]
        return inside[0] if inside else None

    def _first_reading(self, surface: Surface, index: int) -> tuple[ActorMention, ...]:
        doc = surface.doc
        scanner = Scanner(self._lexicon, self._readings, doc, self._memory, index, like=surface)
        mentions = scanner.mentions()
        for mention in mentions:
            if mention.actor.country and mention.kind in OF_A_COUNTRY:
                self._memory.countries[mention.actor.country] += 1
                self._memory.lead = self._memory.lead or mention.actor.country
            elif mention.actor.country and mention.kind in REPRESENTING:
                self._memory.represented[mention.actor.country] += 1
        for noun, country in self._holdings.held_in(doc, mentions):
            self._memory.hold(noun, index, country)
        if index == 0 and self._memory.dateline is None:
            self._memory.dateline = self._dateline(doc, mentions)
        return mentions
