"""Listings that lead to listings: loops and endless chains end, section pages are read like feeds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from conftest import Reply, Site

from extractors.fetch.crawl import fetch_source
from extractors.fetch.manifest import MANIFEST, Outcome, Role, read_manifest
from extractors.home import Home
from extractors.settings import Settings
from extractors.sources.model import Source

NIGHT = date(2018, 5, 16)
Make = Callable[..., Source]


@pytest.fixture(autouse=True)
def _fresh(site: Site) -> None:
    site.pages.clear()
    site.hits.clear()
    site.page("/p")


def index(*urls: str) -> Reply:
    children = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return 200, {}, f"<sitemapindex>{children}</sitemapindex>".encode()


def urlset(*urls: str) -> Reply:
    return 200, {}, f"<urlset>{''.join(f'<url><loc>{url}</loc></url>' for url in urls)}</urlset>".encode()


def test_indexes_that_name_each_other_are_read_once(
    site: Site, settings: Settings, make_source: Make, tmp_path: Path
) -> None:
    site.pages["/a.xml"] = index(site.url("/a.xml"), site.url("/b.xml"), site.url("/b.xml#again"))
    site.pages["/b.xml"] = index(site.url("/a.xml"), site.url("/c.xml"))
    site.pages["/c.xml"] = urlset(site.url("/p"))
    source = make_source(kind="sitemap", url=site.url("/a.xml"))
    report = fetch_source(source, night=NIGHT, home=Home(tmp_path), settings=settings)
    assert (report.fetched, report.listings) == (1, 3)
    assert all(site.paths().count(path) == 1 for path in ("/a.xml", "/b.xml", "/c.xml", "/p"))


def test_an_endless_chain_of_indexes_ends(
    site: Site, settings: Settings, make_source: Make, tmp_path: Path
) -> None:
    asked = iter(range(10_000))

    def next_index(handler: BaseHTTPRequestHandler) -> Reply:
        number = next(asked)
        path = f"/i{number + 1}.xml"
        site.pages[path] = next_index
        return index(site.url(path), site.url(f"/p{number}.xml"))

    site.pages["/i0.xml"] = next_index
    source = make_source(kind="sitemap", url=site.url("/i0.xml"), concurrency=16, retries=0)
    fetch_source(source, night=NIGHT, home=Home(tmp_path), settings=settings)
    assert 20 < sum(path.endswith(".xml") for path in site.paths()) <= 250


def test_a_section_page_is_read_like_a_feed(
    site: Site, settings: Settings, make_source: Make, tmp_path: Path
) -> None:
    paths = [f"/world/2018/05/16/ministers-agree-to-talk-{n}" for n in range(4)]
    for path in paths:
        site.page(path)
    links = "".join(f'<h2><a href="{path}">Ministers agree to talk again</a></h2>' for path in paths)
    page = f'<nav><a href="/world">World</a><a href="/world?page=2">Next</a></nav>{links}'
    site.pages["/world"] = (200, {"Content-Type": "text/html"}, page.encode())
    source = make_source(kind="section", url=site.url("/world"), exclude_urls=["-3$"])
    report = fetch_source(source, night=NIGHT, home=Home(tmp_path), settings=settings)
    assert (report.listed, report.fetched, report.disallowed) == (4, 3, 1)
    assert set(site.paths()) == {"/robots.txt", "/world", *paths[:3]}


def test_one_broken_sitemap_of_an_index_gets_its_line(
    site: Site, settings: Settings, make_source: Make, tmp_path: Path
) -> None:
    site.pages["/a.xml"] = index(site.url("/good.xml"), site.url("/broken.xml"))
    site.pages["/good.xml"] = urlset(site.url("/p"))
    site.pages["/broken.xml"] = (200, {}, b"<html>we are back soon</html>")
    source = make_source(kind="sitemap", url=site.url("/a.xml"))
    home = Home(tmp_path)
    assert fetch_source(source, night=NIGHT, home=home, settings=settings).fetched == 1
    lines = read_manifest(home.warc(NIGHT, "outlet") / MANIFEST)
    bad = [line for line in lines if line.role is Role.LISTING and line.outcome is Outcome.ERROR]
    assert ["the root element is <html>" in str(line.reason) for line in bad] == [True]
