"""The committed articles: format, mixture, split, and apart from each other and from the development sets."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache

import pytest

from extractors.events.corpus import (
    ArticleStyle,
    CorpusArticle,
    CorpusEvent,
    Split,
    load_articles,
    load_corpus,
)
from extractors.events.corpus.overlap import SHARED_BY_ARTICLES, grams, near_duplicates
from extractors.events.corpus.read import ARTICLES
from extractors.events.corpus.split import articles_kept_aside
from extractors.events.corpus.told import told_by_sentence
from extractors.records import Family, Modality, Sentence
from extractors.reference import cameo_roots
from tests.corpus.test_corpus import GOLD, countries_by_cameo, is_composed, plain

PARTS = ("asia_america", "europe", "middle_east_africa")
NO_GIFT = {
    "0831",
    "0842",
    "0841",
    "0871",
    "0873",
    "0874",
    "087",
}  # retreat, resignation, bail: nothing is given


@cache
def articles() -> tuple[CorpusArticle, ...]:
    return load_articles()


@cache
def told() -> dict[str, tuple[tuple[Sentence, tuple[CorpusEvent, ...]], ...]]:
    return {article.id: tuple(told_by_sentence(article)) for article in articles()}


def events() -> list[CorpusEvent]:
    return [event for article in articles() for event in article.events]


def test_size() -> None:
    assert len(articles()) >= 290
    assert tuple(sorted({article.part for article in articles()})) == PARTS


@pytest.mark.parametrize("part", PARTS)
def test_ids_name_their_file_and_count_up(part: str) -> None:
    lines = (ARTICLES / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    ids = [json.loads(line)["id"] for line in lines]
    assert ids == [f"{part}-{number:03}" for number in range(1, len(ids) + 1)]


def test_every_article_is_of_a_usual_length() -> None:
    odd = [
        a.id for a in articles() if not (250 <= len(a.text.split()) <= 700 and 14 <= len(told()[a.id]) <= 45)
    ]
    assert odd == []


def test_titles_are_different_and_in_one_line() -> None:
    titles = [article.title for article in articles()]
    assert len({title.casefold() for title in titles}) == len(titles)
    assert [title for title in titles if "\n" in title or len(title) > 120] == []


def test_every_style_is_there_and_none_is_most_of_it() -> None:
    styles = Counter(article.style for article in articles())
    assert all(styles[style] >= 5 for style in ArticleStyle)
    assert max(styles.values()) <= 0.55 * len(articles())


@pytest.mark.parametrize("part", PARTS)
def test_most_sentences_tell_nothing_that_counts(part: str) -> None:
    own = [
        any(event.counts for event in found)
        for article in articles()
        if article.part == part
        for _, found in told()[article.id]
    ]
    assert 0.20 <= sum(own) / len(own) <= 0.45


def test_every_event_stands_in_one_sentence_with_its_actors() -> None:
    astray = []
    for article in articles():
        found = [(sentence, event) for sentence, own in told()[article.id] for event in own]
        assert len(found) == len(article.events), article.id
        astray += [
            f"{article.id}: {event.trigger.text}: {actor.text}"
            for sentence, event in found
            for actor in (*event.sources, *event.targets)
            if actor.text not in sentence.text
        ]
        astray += [f"{article.id}: {e.trigger.text}" for s, e in found if e.trigger.end > s.end]
    assert astray == []


def test_no_act_is_annotated_twice() -> None:
    acts = [(a.id, e.cameo_code, e.trigger.start, e.sources, e.targets) for a in articles() for e in a.events]
    assert [act for act, count in Counter(acts).items() if count > 1] == []


def test_roots_families_and_modalities_are_there() -> None:
    roots = Counter(event.root for event in events())
    assert all(roots[root] >= 15 for root in cameo_roots())
    families = Counter(event.family for event in events())
    assert all(families[family] >= 90 for family in Family)
    modalities = Counter(event.modality for event in events())
    assert all(modalities[modality] >= 15 for modality in Modality)
    assert modalities[Modality.HISTORICAL] >= 0.1 * len(events())


def test_all_continents_act() -> None:
    regions = Counter(
        countries_by_cameo()[actor.code[:3]]
        for event in events()
        for actor in event.sources
        if actor.code[:3] in countries_by_cameo()
    )
    assert all(
        regions[region] >= 30 for region in ("Africa", "Asia", "Europe", "North America", "South America")
    )


def test_actor_codes_are_composed_of_known_ones_and_kosovo_is_cameos() -> None:
    actors = [
        (article.id, actor)
        for article in articles()
        for event in article.events
        for actor in (*event.sources, *event.targets)
    ]
    assert [(name, actor.code) for name, actor in actors if not is_composed(actor.code)] == []
    assert [name for name, actor in actors if actor.code.startswith("XKX")] == []


def test_two_parties_named_together_are_coded_each() -> None:
    together = re.compile(
        r"(?i)^(?:the )?(?:two|both) (?:sides?|countries|governments|armies|koreas|leaders)$"
    )
    known = [
        (article.id, event.trigger.text)
        for article in articles()
        for event in article.events
        for side in (event.sources, event.targets)
        for actor in side
        if together.match(actor.text) and [a.text for a in side].count(actor.text) < 2
    ]
    assert known == []


def test_a_threat_that_was_made_is_asserted_whatever_its_condition() -> None:
    threats = [event for event in events() if event.root == "13"]
    assert all(event.family is Family.THREAT for event in threats)
    assert not [event for event in threats if event.modality is Modality.CONDITIONAL]


def test_giving_way_is_a_concession_save_for_few() -> None:
    without = Counter(e.cameo_code for e in events() if e.root == "08" and e.counts and e.family is None)
    assert without.total() <= 30
    assert sum(count for code, count in without.items() if code not in NO_GIFT) <= 5


def test_a_sixth_of_each_file_is_kept_aside() -> None:
    aside = {article.id for article in articles() if article.split is Split.TEST}
    assert aside == articles_kept_aside(articles()), "run python -m extractors.events.corpus"
    assert articles_kept_aside(reversed(articles())) == aside
    for part in PARTS:
        own = [article for article in articles() if article.part == part]
        assert 0.14 <= sum(article.id in aside for article in own) / len(own) <= 0.19, part


def test_no_article_is_nearly_another() -> None:
    assert near_duplicates({a.id: a.text for a in articles()}, shared=SHARED_BY_ARTICLES) == []


def test_no_text_of_the_test_part_shares_eight_words_with_the_training_part() -> None:
    texts = [*load_corpus(), *articles()]
    train = {gram for text in texts if text.split is Split.TRAIN for gram in grams(text.text, 8)}
    assert [text.id for text in texts if text.split is Split.TEST and grams(text.text, 8) & train] == []


@pytest.mark.skipif(not GOLD.exists(), reason="the development sets are not here")
def test_no_eight_words_in_a_row_are_those_of_the_development_sets() -> None:
    files = [*GOLD.glob("*.jsonl"), *GOLD.glob("*.tsv"), *GOLD.glob("*.txt")]
    assert files
    gold = {gram for file in files for gram in grams(plain(file), 8)}
    assert [a.id for a in articles() if grams(f"{a.title}\n{a.text}", 8) & gold] == []
