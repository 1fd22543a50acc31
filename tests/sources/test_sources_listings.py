from __future__ import annotations

import gzip
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from extractors.errors import SourceError
from extractors.sources.feed import Feed
from extractors.sources.kinds import Entry, UnreadableListingError
from extractors.sources.model import Source
from extractors.sources.sitemap import MAX_CHILDREN, Sitemap
from extractors.sources.url_list import UrlList

BASE = "https://a.org/feeds/all.xml"

RSS = b"""<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>A</title>
<item><title>Drill &amp; talks</title><link>https://a.org/1?utm_source=rss</link>
  <pubDate>Wed, 16 May 2018 09:30:00 +0900</pubDate></item>
<item><title>No date</title><link>/2</link></item>
<item><title>No link</title></item>
<item><link>http://[broken</link></item>
</channel></rss>"""

ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>B</title>
<entry><title>x</title><link href="https://b.org/1"/><published>2018-05-14T01:00:00Z</published>
<updated>2018-05-16T02:00:00Z</updated></entry></feed>"""

NEWS = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://c.org/1 </loc><news:news><news:publication_date>2018-05-16T10:00:00+08:00
</news:publication_date><news:title>T</news:title></news:news></url>
<!-- a comment --><url><loc>https://c.org/2</loc><lastmod>2018-05-15</lastmod></url>
<url><lastmod>2018-05-15</lastmod></url></urlset>"""

BOMB = b"""<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY x SYSTEM "file:///etc/hostname">]>
<urlset><url><loc>https://d.org/&c;</loc></url><url><loc>&x;</loc></url><url><loc>https://d.org/1</loc></url></urlset>"""


def test_rss() -> None:
    entries = Feed().read(RSS, url=BASE).entries
    assert entries == (
        Entry("https://a.org/1?utm_source=rss", datetime(2018, 5, 16, 0, 30, tzinfo=UTC), "Drill & talks"),
        Entry("https://a.org/2", None, "No date"),
    )


def test_atom_tells_of_updates() -> None:
    (entry,) = Feed().read(ATOM, url=BASE).entries
    assert entry == Entry("https://b.org/1", datetime(2018, 5, 16, 2, tzinfo=UTC), "x")


def test_a_truncated_feed_gives_what_it_still_says() -> None:
    entries = Feed().read(RSS[: RSS.index(b"<item><title>No link")], url=BASE).entries
    assert [entry.url for entry in entries] == ["https://a.org/1?utm_source=rss", "https://a.org/2"]


def test_an_empty_feed_is_a_feed() -> None:
    assert Feed().read(b"<rss version='2.0'><channel></channel></rss>", url=BASE).entries == ()


@pytest.mark.parametrize("body", [b"", b"<html><p>Down for maintenance</p></html>", b"\x00\xff" * 50, b"{}"])
def test_what_is_no_feed(body: bytes) -> None:
    with pytest.raises(UnreadableListingError):
        Feed().read(body, url=BASE)


def test_a_feed_that_is_a_file_name_is_not_opened(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_bytes(RSS)
    with pytest.raises(UnreadableListingError):
        Feed().read(str(feed).encode(), url=BASE)


@pytest.mark.parametrize("body", [NEWS, gzip.compress(NEWS), b"\n" + NEWS])
def test_news_sitemap(body: bytes) -> None:
    assert Sitemap().read(body, url="https://c.org/s.xml").entries == (
        Entry("https://c.org/1", datetime(2018, 5, 16, 2, tzinfo=UTC), "T"),
        Entry("https://c.org/2", datetime(2018, 5, 15, tzinfo=UTC), None),
    )


def test_sitemap_index_gives_the_latest_children() -> None:
    children = "".join(
        f"<sitemap><loc>/s{day}.xml</loc><lastmod>{date(2018, 1, 1) + timedelta(day)}</lastmod></sitemap>"
        for day in range(MAX_CHILDREN + 10)
    )
    listing = Sitemap().read(f"<sitemapindex>{children}</sitemapindex>".encode(), url="https://c.org/")
    assert listing.entries == ()
    assert len(listing.listings) == MAX_CHILDREN
    assert listing.listings[0].url == f"https://c.org/s{MAX_CHILDREN + 9}.xml"


def test_entities_are_not_expanded_and_files_not_read() -> None:
    urls = [entry.url for entry in Sitemap().read(BOMB, url="https://d.org/").entries]
    assert "https://d.org/1" in urls
    assert not any("aaaa" in url or "etc" in url for url in urls)
    assert all(len(url) < 100 for url in urls)


def test_a_sitemap_that_unpacks_to_too_much() -> None:
    with pytest.raises(UnreadableListingError, match="when unpacked"):
        Sitemap().read(gzip.compress(b" " * 60_000_000), url="https://d.org/")


@pytest.mark.parametrize(
    "body", [b"", b"plain text", b"<html><body/></html>", b"\x1f\x8bnot gzip", RSS, b"\xff\xfe\x00"]
)
def test_what_is_no_sitemap(body: bytes) -> None:
    with pytest.raises(UnreadableListingError):
        Sitemap().read(body, url="https://d.org/")


def test_deep_nesting_ends_in_a_listing_or_an_error() -> None:
    body = b"<urlset>" + b"<url>" * 5_000 + b"<loc>https://d.org/1</loc>" + b"</url>" * 5_000 + b"</urlset>"
    try:
        assert len(Sitemap().read(body, url="https://d.org/").entries) <= 1
    except UnreadableListingError as error:
        assert "XML" in str(error)  # noqa: PT017  either end is right


def url_list(path: Path) -> Source:
    return Source(
        name="list", title="l", kind="url_list", path=path, language="en", country="KOR", ownership="private"
    )


def test_url_list(tmp_path: Path) -> None:
    path = tmp_path / "urls.txt"
    path.write_text("\ufeffhttps://a.org/1\n\n# a comment\n  https://a.org/2  \r\n", encoding="utf-8")
    listing = UrlList().start(url_list(path))
    assert listing.entries == (Entry("https://a.org/1"), Entry("https://a.org/2"))
    assert listing.listings == ()


def test_a_missing_url_list(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        UrlList().start(url_list(tmp_path / "none.txt"))
