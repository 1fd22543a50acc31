"""Release lets a row through and the gate keeps to it; checking twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from raw_rows import NIGHT, NOW, Tables, clean_night, load, query, spoil

from extractors.errors import StageError
from extractors.home import Home
from extractors.settings import Settings
from extractors.warehouse.gates import GateReport, check_raw
from extractors.warehouse.quarantine import release

Gate = Callable[..., GateReport]
HELD = "select table_name, row_key, expectation from quarantine.rows where not is_released order by all"


@pytest.fixture
def tables() -> Tables:
    """Article 0 has no title, mention 1 a confidence over 1."""
    return spoil(spoil(clean_night(), "articles", 0, title=None), "mentions", 1, confidence=1.5)


def test_a_released_row_is_not_held_again(home: Home, gate: Gate, tables: Tables) -> None:
    load(home, tables)
    gate()
    assert release(home, "raw.mentions", "mention-16-1") == 1
    assert ("raw.mentions", "mention-16-1", "confidence_in_range") not in query(home, HELD)
    report = gate()
    assert report.held == {"raw.articles.title_present": 1, "raw.mentions.article_not_quarantined": 1}
    assert query(home, "select is_released from quarantine.rows where row_key = 'mention-16-1'") == [(True,)]


def test_a_release_holds_after_the_night_is_loaded_again(home: Home, gate: Gate, tables: Tables) -> None:
    load(home, tables)
    gate()
    release(home, "raw.mentions", "mention-16-1")
    load(home, tables)
    assert "raw.mentions.confidence_in_range" not in gate().held


def test_a_released_row_is_held_for_another_reason(home: Home, gate: Gate, tables: Tables) -> None:
    load(home, tables)
    gate()
    release(home, "raw.mentions", "mention-16-1")
    load(home, spoil(tables, "mentions", 1, modality="perhaps"))
    assert gate().held["raw.mentions.modality_known"] == 1
    assert ("raw.mentions", "mention-16-1", "modality_known") in query(home, HELD)


def test_releasing_an_article_releases_its_mentions(home: Home, gate: Gate, tables: Tables) -> None:
    load(home, tables)
    gate()
    assert release(home, "raw.articles", "article-16-0") == 1
    assert query(home, HELD) == [("raw.mentions", "mention-16-1", "confidence_in_range")]
    assert gate().held == {"raw.mentions.confidence_in_range": 1}


def test_mentions_are_held_again_when_their_article_is(home: Home, gate: Gate, tables: Tables) -> None:
    load(home, tables)
    gate()
    release(home, "raw.articles", "article-16-0")
    load(home, spoil(tables, "articles", 0, language="xx"))
    gate()
    assert ("raw.articles", "article-16-0", "language_known") in query(home, HELD)
    assert ("raw.mentions", "mention-16-0", "article_not_quarantined") in query(home, HELD)


def test_a_mention_held_with_its_article_points_to_it(home: Home, gate: Gate, tables: Tables) -> None:
    load(home, tables)
    gate()
    with pytest.raises(StageError, match=r"release the article: raw\.articles article-16-0"):
        release(home, "raw.mentions", "mention-16-0")


@pytest.mark.parametrize(
    ("table", "key", "message"),
    [("raw.articles", "nobody", "nobody is not held"), ("raw.fetches", "x", "name one of raw.articles, raw")],
)
def test_what_is_not_held_cannot_be_released(
    home: Home, gate: Gate, tables: Tables, table: str, key: str, message: str
) -> None:
    load(home, tables)
    gate()
    with pytest.raises(StageError, match=message):
        release(home, table, key)


def test_a_row_cannot_be_released_twice(home: Home, gate: Gate, tables: Tables) -> None:
    load(home, tables)
    gate()
    release(home, "raw.mentions", "mention-16-1")
    with pytest.raises(StageError, match="is not held"):
        release(home, "raw.mentions", "mention-16-1")


def test_checking_twice_changes_nothing(home: Home, gate: Gate, tables: Tables) -> None:
    load(home, tables)
    first = gate()
    rows = query(home, "from quarantine.rows order by all")
    later = check_raw(home=home, night=NIGHT, settings=Settings(), now=NOW + timedelta(hours=5))
    assert query(home, "from quarantine.rows order by all") == rows
    assert (later.held, later.rows) == (first.held, first.rows)


def test_a_mended_row_leaves_the_quarantine(home: Home, gate: Gate, tables: Tables) -> None:
    load(home, tables)
    gate()
    load(home, clean_night())
    assert gate().held == {}
    assert query(home, HELD) == []


def test_a_row_held_for_two_reasons_has_both_and_one_release(home: Home, gate: Gate) -> None:
    load(home, spoil(clean_night(), "mentions", 2, confidence=2.0, modality="perhaps"))
    assert gate().held == {"raw.mentions.confidence_in_range": 1, "raw.mentions.modality_known": 1}
    assert release(home, "raw.mentions", "mention-16-2") == 2
    assert gate().held == {}


def test_holds_of_other_nights_stay(home: Home, gate: Gate, tables: Tables) -> None:
    later = NIGHT + timedelta(days=1)
    load(home, tables)
    gate()
    held = query(home, HELD)
    load(home, clean_night(later), later)
    gate(later)
    assert query(home, HELD) == held
