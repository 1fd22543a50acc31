"""Feeds, sitemaps and robots.txt, read with the parsers that crawlers use."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit
from urllib.robotparser import RobotFileParser

import feedparser
from lxml import etree

from extractors.newsroom.server import NewsroomAddress

from .client import Get

NEWS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


def test_rss_parses(get: Get) -> None:
    reply = get("json-post", "/rss.xml")
    feed = feedparser.parse(reply.body)
    assert not feed.bozo
    assert feed.version == "rss20"
    assert reply.headers["Content-Type"] == "application/rss+xml"
    assert [entry.title for entry in feed.entries] == ["“Café” reviewed", "Gone", "Ports linked again"]
    assert feed.entries[2].published_parsed[:5] == (2018, 5, 14, 9, 37)


def test_rss_repeats_and_dates_updates(get: Get) -> None:
    feed = feedparser.parse(get("bare-wire", "/rss.xml").body)
    assert [entry.title for entry in feed.entries] == ["The day", *["Ferry line closes again"] * 2]
    assert feed.entries[1].updated_parsed[:5] == (2018, 5, 16, 8, 0)


def test_atom_parses_and_its_links_are_tracked(get: Get) -> None:
    feed = feedparser.parse(get("open-graph", "/atom.xml").body)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert [urlsplit(entry.link).path for entry in feed.entries] == [
        "/2018/05/16/members-only.html",
        "/old/ferry",
    ]
    for entry in feed.entries:
        assert parse_qs(urlsplit(entry.link).query) == {"utm_source": ["atom"], "utm_medium": ["a&b"]}
    assert feed.entries[1].title_detail.value.startswith("Ferry <script>")


def test_news_sitemap_parses(get: Get) -> None:
    tree = etree.fromstring(get("micro-daily", "/news-sitemap.xml").body)
    paths = [urlsplit(url).path for url in tree.xpath("//s:loc/text()", namespaces=NEWS)]
    assert paths == ["/live/live-from-the-harbour", "/world", "/world/ferry-line-opens"]
    assert tree.xpath("//n:publication_date/text()", namespaces=NEWS)[0] == "2018-05-15T23:59:59Z"
    assert tree.xpath("//n:language/text()", namespaces=NEWS) == ["en"] * 3


def test_sitemap_names_every_article(get: Get) -> None:
    tree = etree.fromstring(get("json-post", "/sitemap.xml").body)
    assert len(tree.xpath("//s:loc", namespaces=NEWS)) == 2


def test_robots_forbids_what_the_feed_offers(get: Get, address: NewsroomAddress) -> None:
    robots = RobotFileParser()
    robots.parse(get("json-post", "/robots.txt").text.splitlines())
    listed = [entry.link for entry in feedparser.parse(get("json-post", "/rss.xml").body).entries]
    assert [robots.can_fetch("CommuniqueBot", url) for url in listed] == [False, True, True]
    assert not robots.can_fetch("CommuniqueBot", address.url("json-post", "/search?q=x"))
    assert robots.site_maps() == [address.url("json-post", "/sitemap.xml")]
    assert "Crawl-delay: 0.1" in get("json-post", "/robots.txt").text


def test_robots_without_rules_allows_all(get: Get, address: NewsroomAddress) -> None:
    robots = RobotFileParser()
    robots.parse(get("micro-daily", "/robots.txt").text.splitlines())
    assert robots.can_fetch("CommuniqueBot", address.url("micro-daily", "/account/sign-in"))
    assert robots.site_maps() == [address.url("micro-daily", "/news-sitemap.xml")]
