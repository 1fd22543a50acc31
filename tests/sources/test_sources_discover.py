"""What a front page and a robots.txt name: feeds, sitemaps, sections; guesses only for what is missing."""

from __future__ import annotations

import pytest
import yaml
from lxml import html

from extractors.sources.discover import Candidate, SiteInfo, candidates, site_info, yaml_lines

SITE = "https://www.a.org/"
PAGE = """<html lang="en-GB"><head><meta property="og:site_name" content="The A"><title>A: latest</title>
<link rel="alternate" type="application/rss+xml" title="All" href="/feeds/all.rss">
<link rel="alternate" type="application/feed+json" href="https://feeds.a.org/all.json">
<link rel="alternate" hreflang="fr" href="/fr/"><link rel="stylesheet" href="/rss.css">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)"></head>
<nav><a href="/world">World</a><a href="/sport">Sport</a><a href="/world/middle-east/">Middle East</a></nav>
<a href="/rss/">RSS</a><a href="https://b.org/rss/">Elsewhere</a></html>"""
ROBOTS = "User-agent: *\nSitemap: /sitemap.xml\nsitemap: https://www.a.org/news-sitemap.xml\n"


def named(page: str, robots: str = "") -> list[tuple[str, str, str]]:
    found = candidates(html.document_fromstring(page), robots, url=SITE)
    return [(each.kind, each.url.removeprefix(SITE), each.found) for each in found]


def test_what_a_site_names() -> None:
    assert named(PAGE, ROBOTS) == [
        ("feed", "feeds/all.rss", "declared by the page"),
        ("feed", "https://feeds.a.org/all.json", "declared by the page"),
        ("feed", "rss/", "linked on the page"),
        ("sitemap", "news-sitemap.xml", "robots.txt"),
        ("sitemap", "sitemap.xml", "robots.txt"),
        ("section", "", "the page itself"),
        ("section", "world", "linked on the page"),
        ("section", "world/middle-east/", "linked on the page"),
    ]


def test_what_a_site_does_not_name_is_guessed() -> None:
    assert named("<p>x</p>")[1:] == [
        ("feed", "rss.xml", "guessed"),
        ("feed", "feed/", "guessed"),
        ("sitemap", "sitemap.xml", "guessed"),
    ]


def test_a_site_that_names_a_thousand_feeds_is_asked_for_four() -> None:
    page = "".join(f'<a href="/rss/{n}.xml">x</a>' for n in range(1000))
    assert sum(kind == "feed" for kind, _, _ in named(page)) == 4


def test_what_the_page_says_of_the_site() -> None:
    assert site_info(html.document_fromstring(PAGE)) == SiteInfo("The A", "en")
    assert site_info(html.document_fromstring("<p>x</p>")) == SiteInfo(None, None)


@pytest.mark.parametrize("title", ['He said: "no"', "#1 - News", "{a: b}", "Ünïcode", None])
def test_the_lines_are_yaml_whatever_the_title(title: str | None) -> None:
    lines = yaml_lines(Candidate("feed", "https://www.news.co.kr/rss", "x"), SiteInfo(title, "ko"))
    (entry,) = yaml.safe_load(lines)
    assert entry["title"] == (title or "news.co.kr")
    assert (entry["name"], entry["country"], entry["language"]) == ("news", "KOR", "ko")
