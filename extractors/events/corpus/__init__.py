"""The annotated sentences of `corpus/` in, typed records out; and the pages that describe them."""

from extractors.events.corpus.read import CORPUS, load_corpus
from extractors.events.corpus.records import (
    CorpusActor,
    CorpusEvent,
    CorpusSentence,
    Miss,
    Register,
    Split,
)

__all__ = [
    "CORPUS",
    "CorpusActor",
    "CorpusEvent",
    "CorpusSentence",
    "Miss",
    "Register",
    "Split",
    "load_corpus",
]
