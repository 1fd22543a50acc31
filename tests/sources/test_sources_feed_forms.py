"""Feeds as outlets really send them: several namespaces, relative links, odd zones and encodings, JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from extractors.sources.feed import Feed
from extractors.sources.kinds import Entry, UnreadableListingError

BASE = "https://a.org/feeds/all.xml"
NAMESPACES = (
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)


def rss(items: str, encoding: str = "utf-8", declared: str | None = None) -> bytes:
    head = f'<?xml version="1.0" encoding="{declared or encoding}"?><rss version="2.0" {NAMESPACES}>'
    return f"{head}<channel><title>A</title><link>https://a.org/</link>{items}</channel></rss>".encode(
        encoding
    )


def read(body: bytes, url: str = BASE) -> list[Entry]:
    return list(Feed().read(body, url=url).entries)


def test_namespaces_do_not_take_the_place_of_the_item() -> None:
    (entry,) = read(
        rss(
            "<item><media:group><media:content url='https://cdn.org/p.jpg'><media:title>A photo</media:title>"
            "</media:content></media:group><atom:link rel='self' href='https://a.org/self'/>"
            "<title>The story</title><link>https://a.org/story</link><dc:creator>Jane Roe</dc:creator>"
            "<content:encoded><![CDATA[<p>With <a href='https://b.org/'>a link</a></p>]]></content:encoded>"
            "<enclosure url='https://cdn.org/a.mp3' type='audio/mpeg' length='1'/>"
            "<dc:date>2018-05-16T09:30:00+09:00</dc:date></item>"
        )
    )
    assert entry == Entry("https://a.org/story", datetime(2018, 5, 16, 0, 30, tzinfo=UTC), "The story")


def test_feedburner_hides_the_article_behind_its_own_address() -> None:
    item = "<item><link>http://feeds.burner.org/~r/a/1</link><feedburner:origLink>{}</feedburner:origLink></item>"
    assert [entry.url for entry in read(rss(item.format("https://a.org/1")))] == ["https://a.org/1"]


def test_a_permanent_guid_stands_in_for_the_link_and_another_does_not() -> None:
    items = (
        "<item><guid isPermaLink='true'>https://a.org/1</guid></item>"
        "<item><guid isPermaLink='false'>tag:a.org,2</guid></item>"
    )
    assert [entry.url for entry in read(rss(items))] == ["https://a.org/1"]


def test_relative_links_lead_on_from_the_feed_and_from_xml_base() -> None:
    assert [entry.url for entry in read(rss("<item><link>../1.html</link></item>"))] == [
        "https://a.org/1.html"
    ]
    atom = (
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.b.org/world/"><title>B</title>'
        b'<entry><title>x</title><link href="1.html"/></entry>'
        b'<entry xml:base="asia/"><title>y</title><link rel="alternate" href="2.html"/></entry></feed>'
    )
    urls = [entry.url for entry in read(atom)]
    assert urls == ["https://news.b.org/world/1.html", "https://news.b.org/world/asia/2.html"]


@pytest.mark.parametrize(
    ("stated", "in_utc"),
    [
        ("Wed, 16 May 2018 09:30:00 KST", "2018-05-16T00:30"),
        ("Wed, 16 May 2018 09:30:00 +0900 (KST)", "2018-05-16T00:30"),
        ("Wed, 16 May 2018 09:30:00 CEST", "2018-05-16T07:30"),
        ("Wed, 16 May 2018 09:30:00 GMT+3", "2018-05-16T06:30"),
        ("Wed, 16 May 2018 09:30:00 UTC+0900", "2018-05-16T00:30"),
        ("Wed, 16 May 2018 09:30:00 EST", "2018-05-16T14:30"),
        ("2018-05-16T09:30:00.123-03:30", "2018-05-16T13:00"),
        ("2018-05-16 09:30:00", "2018-05-16T09:30"),
        ("20180516T093000Z", "2018-05-16T09:30"),
        ("1526463000", "2018-05-16T09:30"),
        ("yesterday", None),
        ("Wed, 16 May 2018 09:30:00 -12345", None),
        ("2018-13-45", None),
    ],
)
def test_dates_and_their_zones(stated: str, in_utc: str | None) -> None:
    (entry,) = read(rss(f"<item><link>/1</link><pubDate>{stated}</pubDate></item>"))
    assert entry.updated_at == (datetime.fromisoformat(f"{in_utc}+00:00") if in_utc else None)


ITEM = "<item><title>Été à Zürich: “paix”</title><link>/1</link></item>"


@pytest.mark.parametrize(
    "body",
    [
        rss(ITEM, "utf-8"),
        b"\xef\xbb\xbf" + rss(ITEM, "utf-8"),
        rss(ITEM, "utf-16"),
        rss(ITEM, "cp1252", declared="utf-8"),
        rss(ITEM, "cp1252", declared="iso-8859-1"),
        rss(ITEM, "utf-8", declared="us-ascii"),
        rss(ITEM, "utf-8", declared="x-no-such-charset"),
    ],
    ids=["utf-8", "bom", "utf-16", "cp1252 as utf-8", "cp1252 as latin-1", "utf-8 as ascii", "unknown"],
)
def test_encodings_that_are_not_what_they_say(body: bytes) -> None:
    (entry,) = read(body)
    assert (entry.url, entry.title) == ("https://a.org/1", "Été à Zürich: “paix”")


JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "J",
    "items": [
        {
            "id": "1",
            "url": "/1",
            "title": "Talks",
            "date_published": "2018-05-15T01:00:00Z",
            "date_modified": "2018-05-16T09:30:00+09:00",
        },
        {"id": "https://a.org/2", "external_url": "https://b.org/2", "date_published": 7, "title": None},
        {"id": "3", "content_text": "a note without an address"},
        "no item",
        {"id": "4", "url": "http://[broken"},
    ],
}


@pytest.mark.parametrize("version", ["1", "1.1"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_json_feed(version: str, encoding: str) -> None:
    feed = JSON_FEED | {"version": f"https://jsonfeed.org/version/{version}"}
    assert read(json.dumps(feed).encode(encoding)) == [
        Entry("https://a.org/1", datetime(2018, 5, 16, 0, 30, tzinfo=UTC), "Talks"),
        Entry("https://a.org/2", None, None),
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"items": 7, "version": "https://jsonfeed.org/version/1"}', "no list `items`"),
        (b'{"items": []}', "its version is None"),
        (b'{"items": [', "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"[]", "no list `items`"),
    ],
)
def test_json_that_is_no_feed(body: bytes, reason: str) -> None:
    with pytest.raises(UnreadableListingError, match=reason):
        read(body)


@pytest.mark.parametrize(
    "body",
    [
        rss(""),
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>B</title></feed>',
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"/>',
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": []}',
    ],
)
def test_a_quiet_outlet_is_no_error(body: bytes) -> None:
    assert read(body) == []


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><html><body><h1>Service unavailable</h1></body></html>",
        b"\xef\xbb\xbf\n<!-- cache miss --><html lang=en><p>Just a moment...</p></html>",
    ],
)
def test_an_html_page_instead_of_a_feed_says_so(body: bytes) -> None:
    with pytest.raises(UnreadableListingError, match="HTML page instead of a feed"):
        read(body)
