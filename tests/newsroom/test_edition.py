"""What an outlet shows depends on the night, and on nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from extractors.newsroom.content import Outlet
from extractors.newsroom.edition import Edition, Newsroom, Posting
from extractors.newsroom.listings import listed_items

from .client import FIRST, SECOND, THIRD


def slugs(edition: Edition, outlet: str) -> list[str]:
    return [posting.article.slug for posting in edition.postings if posting.outlet.name == outlet]


def titles(edition: Edition, outlet: Outlet) -> list[str]:
    return [item.title for item in listed_items(edition, outlet, "http://x")]


def ferry(edition: Edition, outlet: str) -> Posting:
    found = [p for p in edition.postings if (p.outlet.name, p.article.slug) == (outlet, "ferry-line-opens")]
    assert len(found) == 1
    return found[0]


def test_only_what_is_published_by_the_end_of_the_utc_day(small: Newsroom) -> None:
    assert slugs(small.as_of(FIRST), "micro-daily") == ["ferry-line-opens"]
    assert slugs(small.as_of(SECOND), "micro-daily") == ["live-from-the-harbour", "ferry-line-opens"]
    assert slugs(small.as_of(SECOND), "json-post") == ["ferry-line-opens"]
    assert slugs(small.as_of(THIRD), "json-post") == ["cafe-review", "ferry-line-opens"]
    assert small.as_of(date(2018, 5, 13)).postings == ()


def test_update_shows_from_its_night(small: Newsroom) -> None:
    assert ferry(small.as_of(SECOND), "bare-wire").current.headline.startswith("Ferry <script>")
    updated = ferry(small.as_of(THIRD), "bare-wire")
    assert updated.current.headline == "Ferry line closes again"
    assert updated.current.paragraphs == ("The ferry line closed on Wednesday.",)
    assert updated.published_at == datetime(2018, 5, 14, 9, 30, tzinfo=UTC)


def test_carriers_edit_and_keep_the_first_version(small: Newsroom) -> None:
    edition = small.as_of(THIRD)
    assert ferry(edition, "json-post").current.headline == "Ports linked again"
    assert len(ferry(edition, "json-post").current.paragraphs) == 1
    assert ferry(edition, "open-graph").current.paragraphs[0] == "Our own first line."
    assert len(ferry(edition, "open-graph").current.paragraphs) == 3
    assert ferry(edition, "micro-daily").origin.name == "bare-wire"


def test_listings_hold_ten_days_newest_first(small: Newsroom) -> None:
    outlet = small.outlets[0]
    assert titles(small.as_of(THIRD), outlet) == ["“Café” reviewed", "Gone", "Ports linked again"]
    day_ten = small.as_of(FIRST + timedelta(days=9))
    assert "Ports linked again" in titles(day_ten, outlet)
    day_eleven = small.as_of(FIRST + timedelta(days=10))
    assert titles(day_eleven, outlet) == [
        "“Café” reviewed",
        "Gone",
    ]
    assert titles(small.as_of(FIRST + timedelta(days=30)), outlet) == []


def test_extras_of_named_nights_are_listed_on_those_only(small: Newsroom) -> None:
    outlet = small.outlets[0]
    on_second = titles(small.as_of(SECOND), outlet)
    assert on_second == ["Slow", "Gone", "Ports linked again"]
    assert "Slow" not in titles(small.as_of(THIRD), outlet)


def test_related_articles_are_older_than_the_version_shown(small: Newsroom) -> None:
    edition = small.as_of(THIRD)
    review = next(posting for posting in edition.postings if posting.article.slug == "cafe-review")
    assert [other.article.slug for other in edition.related(review)] == ["ferry-line-opens"]
    assert edition.related(ferry(edition, "json-post")) == ()
