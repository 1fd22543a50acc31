"""A wire story carried by others, from landing to the marts: one representative, all outlets, one witness."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.articles.rows import text_minhash
from extractors.events.corpus import load_articles
from extractors.home import Home
from extractors.records import stable_id
from extractors.warehouse.database import connect
from extractors.warehouse.models import build_models
from tests.warehouse.factory import NOW, article, at, land, load, threat

SENTENCE = "Pyongyang threatened to call off the summit."


def told(number: int, slug: str, outlet: str, text: str, hour: int) -> dict[str, Any]:
    row = article(number, slug, outlet, text=text, published_at=at(number, hour))
    return row | {"minhash": text_minhash(text), "text_digest": stable_id(text.casefold())}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Night 1: a wire story, carried whole and cut; another story. Night 2: carried with a credit."""
    story, other = (each.text for each in load_articles()[:2])
    words = story.split()
    wire = told(1, "wire", "harbour-wire", story, 9)
    whole = told(1, "carried", "delta-post", story, 11)
    cut = told(1, "short", "ridge-times", " ".join(words[: len(words) * 6 // 10]), 12)
    own = told(1, "own-report", "delta-post", other, 13)
    late = told(2, "seen-from-here", "state-herald", f"From our agencies\n\n{story} Edited here.", 8)
    home = Home(tmp_path_factory.mktemp("home"))
    mentions = [threat(each, SENTENCE) for each in (wire, whole, cut, own)]
    land(home, 1, articles=[wire, whole, cut, own], mentions=mentions)
    land(home, 2, articles=[late], mentions=[threat(late, SENTENCE)])
    load(home, 1)
    load(home, 2)
    build_models(home=home, now=NOW)
    return home


def rows(home: Home, query: str) -> list[Any]:
    with connect(home.build_database, read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_every_outlet_is_kept_and_the_first_to_publish_represents_them(home: Home) -> None:
    wire = stable_id("https://harbour-wire.example/wire")
    assert rows(
        home,
        "select outlet_id, origin_outlet_id, is_representative, article_group_id = "
        f"'{wire}' from marts.dim_articles order by published_at",
    ) == [
        ("harbour-wire", "harbour-wire", True, True),
        ("delta-post", "harbour-wire", False, True),
        ("ridge-times", "harbour-wire", False, True),
        ("delta-post", "delta-post", True, False),
        ("state-herald", "harbour-wire", False, True),
    ]


def test_the_event_counts_copies_as_one_story(home: Home) -> None:
    assert rows(
        home,
        "select mention_count, article_count, article_group_count, outlet_count, outlet_country_count, "
        "witness_count from marts.fct_events",
    ) == [(5, 5, 2, 4, 4, 2)]
    assert rows(home, "select count(*), count(distinct article_group_id) from marts.fct_event_mentions") == [
        (5, 2)
    ]


def test_the_marts_keep_where_the_outlets_are_and_who_owns_them(home: Home) -> None:
    assert rows(
        home, "select outlet_id, country_code, ownership from marts.dim_outlets order by outlet_id"
    ) == [
        ("delta-post", "USA", "private"),
        ("harbour-wire", "GBR", "agency"),
        ("ridge-times", "KOR", "private"),
        ("state-herald", "RUS", "state"),
    ]
