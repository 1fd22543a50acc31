"""Our own newsroom's and corpus's texts in, 500-word articles of an ordinary day's mix out.

World news and politics are paragraphs of whole articles: of the newsroom and of the corpus (training and test
part alike: nothing is learnt here). Of the corpus's single sentences only those are taken that tell no event,
for the kinds of news that they are of; the others stand denser than in any article.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from extractors.events.corpus import load_corpus
from extractors.events.corpus.read import load_articles
from extractors.newsroom.content import paragraphs
from extractors.newsroom.loader import load_newsroom
from extractors.records import CodeInput

WORDS = 500
# What a general news site publishes, roughly: our assumption, and what the speed depends on most.
SHARES = {"world": 0.25, "politics": 0.20, "local": 0.15, "business": 0.15, "sport": 0.15, "life": 0.10}
OF_SECTION = {
    "world": "world", "opinion": "world", "politics": "politics", "business": "business", "sport": "sport",
    "culture": "life",
}  # fmt: skip
# Where no event counts.
OF_MISS = {
    "business": "business", "sport": "sport", "crime": "local", "weather": "local", "domestic": "politics",
    "culture": "life", "science": "life", "metaphor": "life",
}  # fmt: skip
FROM_NEWSROOM = 0.6  # of the paragraphs, where the newsroom has the section
WHOLE = ("world", "politics")  # what the corpus's articles are about, each as likely
LONGEST_RUN = 3  # corpus sentences in a paragraph
DAY = datetime(2018, 5, 18, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Pools:
    """By kind of news: paragraphs with their headline, and single sentences."""

    paragraphs: dict[str, list[tuple[str, str]]]
    sentences: dict[str, list[str]]


def read_pools() -> Pools:
    whole: dict[str, list[tuple[str, str]]] = {kind: [] for kind in SHARES}
    single: dict[str, list[str]] = {kind: [] for kind in SHARES}
    for article in load_newsroom().articles:
        kind = OF_SECTION.get(article.section)
        if kind is not None and article.language == "en":
            whole[kind] += [(article.headline, paragraph) for paragraph in paragraphs(article.body)]
    for article in load_articles():
        for kind in WHOLE:
            whole[kind] += [(article.title or "", paragraph) for paragraph in paragraphs(article.text)]
    for sentence in load_corpus():
        kind = OF_MISS.get(sentence.miss or "")
        if kind is not None:
            single[kind].append(sentence.text)
    return Pools(whole, single)


def mixed_articles(count: int, *, seed: int = 4) -> Iterator[CodeInput]:
    """`count` articles of about 500 words; the same seed gives the same ones."""
    chance, pools = random.Random(seed), read_pools()
    for number in range(count):
        [kind] = chance.choices(list(SHARES), list(SHARES.values()))
        yield _article(f"mixed-{number:06d}", kind, pools, chance)


def _article(name: str, kind: str, pools: Pools, chance: random.Random) -> CodeInput:
    title, words, told = None, 0, []
    while words < WORDS:
        if pools.paragraphs[kind] and (not pools.sentences[kind] or chance.random() < FROM_NEWSROOM):
            headline, paragraph = chance.choice(pools.paragraphs[kind])
            title = title or headline
        else:
            run = chance.choices(pools.sentences[kind], k=chance.randint(1, LONGEST_RUN))
            paragraph = " ".join(run)
        told.append(paragraph)
        words += len(paragraph.split())
    return CodeInput(name, "\n\n".join(told), DAY, title)
