"""The corpus in, the figures that describe it out: counts, forms of the triggers, openings, duplicates."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.events.corpus.frames import forms
from extractors.events.corpus.overlap import SHARED_BY_ARTICLES, near_duplicates, opening
from extractors.events.corpus.read import CORPUS, digest_of, load_texts
from extractors.events.corpus.records import CorpusArticle, CorpusSentence
from extractors.home import write_atomically

if TYPE_CHECKING:
    from extractors.events.corpus.frames import Parse

FACTS = "facts.json"


def measure(sentences: Sequence[CorpusSentence], parse: Parse) -> dict[str, Any]:
    """The figures that need a language model or all pairs; the plain counts are made when they are shown."""
    texts = {sentence.id: sentence.text for sentence in sentences}
    return {
        "near_duplicates": [list(pair) for pair in near_duplicates(texts)],
        "same_eight_words": [list(pair) for pair in near_duplicates(texts, length=8, shared=1)],
        "openings": Counter(opening(s.text) for s in sentences).most_common(8),
        "distinct_openings": len({opening(s.text) for s in sentences}),
        "forms": _forms(sentences, parse),
    }


def measure_articles(articles: Sequence[CorpusArticle]) -> dict[str, Any]:
    """What is alike between whole texts."""
    texts = {article.id: article.text for article in articles}
    pairs = near_duplicates(texts, shared=SHARED_BY_ARTICLES)
    runs = near_duplicates(texts, length=8, shared=1)
    return {"near_duplicates": [list(pair) for pair in pairs], "same_eight_words": [list(r) for r in runs]}


def write_facts(parse: Parse, folder: Path = CORPUS) -> None:
    sentences, articles = load_texts(folder)
    facts = {
        "digest": digest_of(folder),
        **measure(sentences, parse),
        "articles": measure_articles(articles),
    }
    text = json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
    write_atomically(folder / FACTS, lambda target: target.write_text(text, encoding="utf-8"))


def read_facts(folder: Path = CORPUS) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    return facts


def _forms(sentences: Iterable[CorpusSentence], parse: Parse) -> dict[str, dict[str, Any]]:
    """Per class (root or family): distinct trigger lemmas, and how often each frame occurs."""
    lemmas: dict[str, set[str]] = defaultdict(set)
    frames: dict[str, Counter[str]] = defaultdict(Counter)
    for event, lemma, frame in forms(sentences, parse):
        for name in (event.root, *([str(event.family)] if event.family else [])):
            lemmas[name].add(lemma)
            frames[name][frame] += 1
    return {
        name: {"lemmas": len(lemmas[name]), "frames": dict(sorted(frames[name].items()))}
        for name in sorted(lemmas)
    }
