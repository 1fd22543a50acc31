"""An article in, its sentences out, each with the events that it tells."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.events.corpus.records import CorpusArticle, CorpusEvent
from extractors.events.splitter import split_sentences
from extractors.records import Sentence


def told_by_sentence(article: CorpusArticle) -> Iterator[tuple[Sentence, tuple[CorpusEvent, ...]]]:
    """An event belongs to the sentence in which its trigger starts; offsets are of the article."""
    for sentence in split_sentences(article.text):
        own = (event for event in article.events if sentence.start <= event.trigger.start < sentence.end)
        yield sentence, tuple(own)
