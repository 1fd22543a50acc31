"""Articles in, coded events out: split, filter, parse, propose, compose, resolve, order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Literal

from extractors.errors import CodingError
from extractors.events.actors.presence import Presence
from extractors.events.assemble import Assembler, Watch
from extractors.events.candidates import find_candidates
from extractors.events.explain import SentenceStory, explain
from extractors.events.families.exercise_names import NOUNS, ExerciseNames, names_told
from extractors.events.families.exercise_reference import find_references, may_practise
from extractors.events.judge.decide import Bench, load_judge
from extractors.events.judge.setting import setting_of
from extractors.events.lexicon import load_lexicon
from extractors.events.model import load_model
from extractors.events.prefilter import MIN_WORDS, Prefilter, is_mostly_noise, words_of
from extractors.events.sheet import sheet_of
from extractors.events.splitter import dateline_length, split_sentences
from extractors.records import CodeInput, Event, Sentence
from extractors.settings import Settings, load_settings

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

    from extractors.events.actors.article import ArticleActors

    Parse = Callable[[list[Sentence], ArticleActors], Iterable[tuple[Sentence, Doc]]]

PARSE_BATCH = 256
MOST_JUNK = 0.6  # of a sentence's characters; beyond it not even names are looked for
MOST_PARSED = 100_000  # characters of a text; what holds more sentences worth parsing is no article
_SURROGATES = re.compile(r"[\ud800-\udfff]")  # half characters, which cannot be encoded


class Coder:
    """Codes articles one after the other. Holds a language model: make one per process and keep it."""

    def __init__(
        self,
        settings: Settings | str | None = None,
        *,
        tagger: Any = None,
        nlp: Language | None = None,
        judge: Bench | Literal["default"] | None = "default",
    ) -> None:
        """`nlp`: a pipeline that is loaded already, in place of the model that the settings name."""
        chosen = load_settings(spacy_model=settings) if isinstance(settings, str) else settings
        chosen = chosen or load_settings()
        self._nlp = nlp if nlp is not None else load_model(chosen.spacy_model)
        self._judge = (load_judge() if chosen.judge else None) if judge == "default" else judge
        self._lexicon = load_lexicon()
        self._prefilter = Prefilter(self._lexicon, verbs=self._judge.verbs if self._judge else ())
        self._tagger = tagger if tagger is not None else _default_tagger(self._nlp)

    def code(self, inputs: Iterable[CodeInput]) -> Iterator[tuple[str, tuple[Event, ...]]]:
        """One `(id, events)` per input, in order. Offsets are characters into the input's text."""
        for item in inputs:
            yield item.id, self.code_one(item)

    def code_one(self, item: CodeInput, *, watch: Watch | None = None) -> tuple[Event, ...]:
        """The events of one article. `watch` is told of every sentence and candidate (see explain.py).

        Raises:
            CodingError: a slip of ours in this text; the others can be coded.
        """
        title = _SURROGATES.sub("\ufffd", item.title) if item.title else item.title
        item = replace(item, text=_SURROGATES.sub("\ufffd", item.text), title=title)
        try:
            return self._code(item, list(split_sentences(item.text)), self._parse, watch)
        except Exception as error:
            raise CodingError(
                f"the coder slipped: {type(error).__name__}: {error}",
                where=f"article {item.id}",
                next_step="report it with the text",
            ) from error

    def code_doc(self, doc: Doc, item: CodeInput) -> tuple[Event, ...]:
        """The events of an article that is parsed already: `doc` is all of the item's text."""
        spans = list(_sentence_spans(doc))
        sentences = [Sentence(i, span.start_char, span.end_char, span.text) for i, span in enumerate(spans)]
        return self._code(item, sentences, lambda worth, _: ((s, spans[s.index].as_doc()) for s in worth))

    def _code(
        self, item: CodeInput, sentences: list[Sentence], parse: Parse, watch: Watch | None = None
    ) -> tuple[Event, ...]:
        if watch is not None:
            for sentence in sentences:
                watch(sentence, None, (), None)
        published = item.published_at.date() if item.published_at else None
        texts = ["" if is_mostly_noise(s.text, most=MOST_JUNK) else s.text for s in sentences]
        article = self._tagger.open_article(title=item.title, sentences=texts, published=published)
        names = names_told(texts, [article.named_at(s.index) for s in sentences])
        named = {s.index: names.spans(s.text) for s in sentences}
        assembler = Assembler(
            item,
            watch=watch,
            judge=self._judge,
            setting=setting_of(item.title, sentences, published) if self._judge is not None else None,
            sentences=sentences,
        )
        cast = None if watch is not None else article  # who asks why is told of acts by nobody too
        worth = [s for s in sentences if named[s.index] or self._is_worth_parsing(s, cast, names)]
        for sentence, parsed in parse(_first(worth, MOST_PARSED), article):
            doc = sheet_of(parsed)
            actors = article.tag(doc, sentence.index)
            references = find_references(doc, named[sentence.index], offset=dateline_length(sentence.text))
            candidates = find_candidates(doc, self._lexicon, exercises=references)
            assembler.add(sentence, doc, actors, candidates, references)
        return assembler.events()

    def _is_worth_parsing(
        self, sentence: Sentence, article: ArticleActors | None, names: ExerciseNames
    ) -> bool:
        """Whether an act may stand in it, and somebody who does it, or an exercise told of before."""
        words = words_of(sentence.text)
        if len(words) < MIN_WORDS or is_mostly_noise(sentence.text):
            return False
        if names.is_about_exercises and not NOUNS.isdisjoint(words):
            return True
        presence = article.presence(sentence.index, words) if article is not None else Presence.KNOWN
        if presence is Presence.NOBODY:
            return False
        is_force = presence is Presence.UNKNOWN
        return self._prefilter.may_hold_act(words, is_force=is_force) or may_practise(sentence.text)

    def code_text(self, text: str, *, published_at: datetime | None = None) -> tuple[Event, ...]:
        """The events of a bare text."""
        return self.code_one(CodeInput("text", text, published_at))

    def parse(self, text: str) -> Doc:
        """One sentence, parsed as the coder parses it."""
        return self._nlp(text)

    def explain(self, text: str, *, published_at: datetime | None = None) -> list[SentenceStory]:
        """Every sentence with its candidates, and why some became no events."""
        return explain(text, coder=self, published_at=published_at)

    def _parse(self, sentences: list[Sentence], article: ArticleActors) -> Iterator[tuple[Sentence, Doc]]:
        """Without datelines and shouting; where there is none, the article's own tokens are parsed."""
        docs = self._nlp.pipe((self._to_parse(s, article) for s in sentences), batch_size=PARSE_BATCH)
        yield from zip(sentences, docs, strict=True)

    @staticmethod
    def _to_parse(sentence: Sentence, article: ArticleActors) -> str | Doc:
        skipped = dateline_length(sentence.text)
        if skipped:
            return sentence.text[skipped:]
        return article.recased(sentence.index) or article.tokens(sentence.index)


def _first(sentences: list[Sentence], characters: int) -> list[Sentence]:
    """As many of the sentences as have no more characters than that together."""
    lengths = accumulate(len(sentence.text) for sentence in sentences)
    return [sentence for sentence, length in zip(sentences, lengths, strict=True) if length <= characters]


def _sentence_spans(doc: Doc) -> Iterator[Span]:
    """The sentences as the model cut them, without blanks at their ends and without datelines."""
    for span in doc.sents:
        start, end = span.start, span.end
        while start < end and doc[start].is_space:
            start += 1
        while start < end and doc[end - 1].is_space:
            end -= 1
        line = dateline_length(doc[start:end].text)
        while start < end and doc[start].idx < doc[span.start].idx + line:
            start += 1
        if start < end:
            yield doc[start:end]


def _default_tagger(nlp: Language) -> Any:
    from extractors.events.actors import ActorTagger

    return ActorTagger(nlp)
