"""Stated times: what they say in UTC, and what says too little."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest

from extractors.articles.choose import choose_modified_at, choose_published_at
from extractors.times import parse_moment
from tests.articles.samples import opened


@pytest.mark.parametrize(
    ("stated", "utc"),
    [
        ("2018-05-18T09:00:00Z", "2018-05-18T09:00:00+00:00"),
        ("2018-05-18T09:00:00.123+09:00", "2018-05-18T00:00:00+00:00"),
        ("2018-05-18T09:00:00+0530", "2018-05-18T03:30:00+00:00"),
        ("2018-05-18 09:00", "2018-05-18T09:00:00+00:00"),
        ("2018-05-18", "2018-05-18T00:00:00+00:00"),
        ("Fri, 18 May 2018 09:00:00 +0900", "2018-05-18T00:00:00+00:00"),
        ("May 18, 2018, 3:04 p.m. EDT", "2018-05-18T19:04:00+00:00"),
        ("May 18, 2018 3:04 PM ET", "2018-05-18T19:04:00+00:00"),
        ("January 18, 2018 3:04 PM ET", "2018-01-18T20:04:00+00:00"),
        ("18 May 2018, 14:30 KST", "2018-05-18T05:30:00+00:00"),
        ("18.05.2018 10:15", "2018-05-18T10:15:00+00:00"),
        ("25/05/2018", "2018-05-25T00:00:00+00:00"),
        ("19 de mayo de 2018", "2018-05-19T00:00:00+00:00"),
        ("20. Mai 2018, 15:10 CEST", "2018-05-20T13:10:00+00:00"),
        ("18 мая 2018 г., 12:00 MSK", "2018-05-18T09:00:00+00:00"),
        ("16 août 2018", "2018-08-16T00:00:00+00:00"),
        ("Updated: May 18, 2018", "2018-05-18T00:00:00+00:00"),
        ("1526634000", "2018-05-18T09:00:00+00:00"),
        ("1526634000000", "2018-05-18T09:00:00+00:00"),
    ],
)
def test_stated(stated: str, utc: str) -> None:
    moment = parse_moment(stated)
    assert moment is not None
    assert moment.in_utc(None).isoformat() == utc


@pytest.mark.parametrize(
    "stated",
    [
        "May 2018",
        "/2018/may/",
        "Friday 3 p.m.",
        "05/06/2018",
        "2018",
        "yesterday",
        "2018-13-45",
        "1970-01-01",
        "",
        None,
    ],
)
def test_half_a_date_is_none(stated: str | None) -> None:
    assert parse_moment(stated) is None


def test_a_bare_day_keeps_its_day_in_any_zone() -> None:
    moment = parse_moment("2018-05-18")
    assert moment is not None
    assert moment.in_utc(timezone(timedelta(hours=9))).isoformat() == "2018-05-18T00:00:00+00:00"


def test_naive_time_is_in_the_zone_that_the_page_states_elsewhere() -> None:
    found = choose_published_at(
        opened(
            '<meta property="article:published_time" content="2018-05-18T09:00:00">'
            '<meta property="article:modified_time" content="2018-05-18T11:00:00+09:00"><p>x</p>'
        )
    )
    assert found.value is not None
    assert found.value.isoformat() == "2018-05-18T00:00:00+00:00"


def test_future_time_of_one_reader_gives_way_to_the_next() -> None:
    found = choose_published_at(
        opened(
            '<meta property="article:published_time" content="2999-01-01T00:00:00Z">'
            '<time datetime="2018-05-18T09:00:00Z">Friday</time>'
        )
    )
    assert (found.reader, found.value and found.value.year) == ("byline", 2018)


def test_update_before_publication_is_none() -> None:
    doc = opened('<meta property="article:modified_time" content="2018-05-18T09:00:00Z"><p>x</p>')
    published = choose_published_at(opened('<meta name="date" content="2018-05-18T09:00:00Z"><p>x</p>')).value
    assert choose_modified_at(doc, published).value is None
    assert choose_modified_at(doc, None).value is not None
