"""The corpus' whole texts in, the tables of `corpus/README.md` that describe them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from extractors.events.corpus.records import ArticleStyle, CorpusArticle, CorpusEvent, Split
from extractors.events.corpus.told import told_by_sentence
from extractors.markdown import table
from extractors.records import Family, Modality
from extractors.reference import cameo_roots


def articles_part(articles: Sequence[CorpusArticle], facts: Mapping[str, Any]) -> Iterator[str]:
    """`facts`: of the articles, as facts.measure_articles gives them."""
    parts = _by_part(articles)
    yield "### Articles\n"
    yield from _size(parts)
    yield from _spread(parts)
    yield from _roots(parts)
    yield from table(
        ("alike", "pairs of articles"),
        [
            ("eight or more runs of five words in common", str(len(facts["near_duplicates"]))),
            ("a run of eight words in common", str(len(facts["same_eight_words"]))),
        ],
    )


def _by_part(articles: Sequence[CorpusArticle]) -> dict[str, Sequence[CorpusArticle]]:
    names = sorted({article.part for article in articles})
    return {name: [a for a in articles if a.part == name] for name in names} | {"all": articles}


def _size(parts: Mapping[str, Sequence[CorpusArticle]]) -> Iterator[str]:
    head = ("file", "articles", "test", "words", "sentences", "with one that counts", "with any", "events")
    yield from table(head, [_size_row(name, own) for name, own in parts.items()])


def _size_row(name: str, articles: Sequence[CorpusArticle]) -> tuple[str, ...]:
    told = [events for article in articles for _, events in told_by_sentence(article)]
    counting = sum(any(event.counts for event in events) for events in told)
    any_event = sum(bool(events) for events in told)
    test = sum(article.split is Split.TEST for article in articles)
    words = sum(len(article.text.split()) for article in articles)
    counts = (len(articles), test, words, len(told))
    events = sum(len(article.events) for article in articles)
    shares = (f"{share:,} ({share / len(told):.0%})" for share in (counting, any_event))
    return name, *(f"{count:,}" for count in counts), *shares, f"{events:,}"


def _spread(parts: Mapping[str, Sequence[CorpusArticle]]) -> Iterator[str]:
    rows = [
        (name, _styles(own), _of_events(own, Modality, lambda e: e.modality), _families(own))
        for name, own in parts.items()
    ]
    yield from table(("file", "styles", "modalities", "families"), rows)


def _styles(articles: Sequence[CorpusArticle]) -> str:
    counts = Counter(article.style for article in articles)
    return ", ".join(f"{style} {counts[style]}" for style in ArticleStyle if counts[style])


def _families(articles: Sequence[CorpusArticle]) -> str:
    return _of_events(articles, Family, lambda event: event.family)


def _of_events(
    articles: Sequence[CorpusArticle],
    values: type[Family | Modality],
    of: Callable[[CorpusEvent], Family | Modality | None],
) -> str:
    counts = Counter(of(event) for article in articles for event in article.events)
    return ", ".join(f"{value} {counts[value]}" for value in values if counts[value])


def _roots(parts: Mapping[str, Sequence[CorpusArticle]]) -> Iterator[str]:
    counts = {name: Counter(e.root for a in own for e in a.events) for name, own in parts.items()}
    rows = [
        (f"{root.root} {root.label}", *(f"{found[root.root]:,}" for found in counts.values()))
        for root in cameo_roots().values()
    ]
    yield from table(("root", *counts), rows)
