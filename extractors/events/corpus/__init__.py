"""The annotated texts of `corpus/` in, typed records out; and the pages that describe them."""

from extractors.events.corpus.read import CORPUS, load_articles, load_corpus
from extractors.events.corpus.records import (
    ArticleStyle,
    CorpusActor,
    CorpusArticle,
    CorpusEvent,
    CorpusSentence,
    Miss,
    Register,
    Split,
)

__all__ = [
    "CORPUS",
    "ArticleStyle",
    "CorpusActor",
    "CorpusArticle",
    "CorpusEvent",
    "CorpusSentence",
    "Miss",
    "Register",
    "Split",
    "load_articles",
    "load_corpus",
]
