"""Attacks on whoever reads listings: each ends soon, in entries or in an error, and nothing leaks in."""

from __future__ import annotations

import gzip
import socket
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors.sources.feed import MAX_ENTRIES as MAX_ITEMS
from extractors.sources.feed import Feed
from extractors.sources.kinds import Listing, UnreadableListingError
from extractors.sources.sitemap import MAX_ENTRIES, Sitemap
from extractors.sources.xml_limits import MAX_DEPTH, MAX_TAG_BYTES

SECONDS = 10.0
GOOD = b"https://a.org/good"


def feed(items: bytes, doctype: bytes = b"") -> bytes:
    return b"<?xml version='1.0'?>%b<rss version='2.0'><channel>%b</channel></rss>" % (doctype, items)


def item(title: bytes = b"t", link: bytes = GOOD) -> bytes:
    return b"<item><title>%b</title><link>%b</link></item>" % (title, link)


def sitemap(urls: bytes, doctype: bytes = b"") -> bytes:
    return b"<?xml version='1.0'?>%b<urlset>%b</urlset>" % (doctype, urls)


def page(loc: bytes = GOOD, more: bytes = b"") -> bytes:
    return b"<url><loc>%b</loc>%b</url>" % (loc, more)


def read(kind: Feed | Sitemap, body: bytes) -> Listing:
    return kind.read(body, url="https://a.org/listing")


@pytest.fixture(autouse=True)
def _ends_soon() -> Iterator[None]:
    read(Feed(), feed(item()))  # what is imported late is not the attack's time
    started = time.process_time()
    yield
    assert time.process_time() - started < SECONDS


def laughs() -> bytes:
    levels = b"".join(b"<!ENTITY a%d '%b'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    return b"<!DOCTYPE x [<!ENTITY a0 'ha'>%b]>" % levels


def test_billion_laughs_expand_to_nothing() -> None:
    body = feed(item(b"&a11;") + item(b"t", b"https://a.org/&a11;") + item(), laughs())
    entries = read(Feed(), body).entries
    assert entries[-1].url == GOOD.decode()
    assert all(len(entry.url) + len(entry.title or "") < 100 for entry in entries)
    with pytest.raises(UnreadableListingError, match="entity"):
        read(Sitemap(), sitemap(page(b"https://a.org/&a11;") + page(), laughs()))


def test_quadratic_blowup_expands_to_nothing() -> None:
    doctype = b"<!DOCTYPE x [<!ENTITY a '%b'>]>" % (b"x" * 50_000)
    for listing in (
        read(Feed(), feed(item(b"&a;" * 50_000) + item(), doctype)),
        read(Sitemap(), sitemap(page() + page(b"&a;" * 50_000), doctype)),
    ):
        assert GOOD.decode() in [entry.url for entry in listing.entries]
        assert sum(len(entry.url) + len(entry.title or "") for entry in listing.entries) < 500_000


@pytest.mark.parametrize("declaration", ["<!ENTITY x SYSTEM '{}'>", "<!ENTITY % p SYSTEM '{}'> %p;"])
def test_an_external_entity_reads_no_file(tmp_path: Path, declaration: str) -> None:
    (tmp_path / "secret").write_text("https://secret.org/")
    doctype = f"<!DOCTYPE x [{declaration.format((tmp_path / 'secret').as_uri())}]>".encode()
    for listing in (
        read(Feed(), feed(item(b"&x;", b"&x;") + item(), doctype)),
        read(Sitemap(), sitemap(page(b"&x;") + page(), doctype)),
    ):
        assert [entry.url for entry in listing.entries][-1] == GOOD.decode()
        assert "secret.org" not in repr(listing)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A port of this machine at which nobody may knock."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE x [<!ENTITY x SYSTEM '{}'>]>",
        "<!DOCTYPE x SYSTEM '{}'>",
        "<!DOCTYPE x PUBLIC '-//x//y' '{}'>",
        "<!DOCTYPE x [<!ENTITY % p SYSTEM '{}'> %p;]>",
        "<?xml-stylesheet type='text/xsl' href='{}'?>",
    ],
)
def test_an_external_entity_or_dtd_asks_no_server(listener: socket.socket, doctype: str) -> None:
    named = doctype.format(f"http://127.0.0.1:{listener.getsockname()[1]}/x.dtd").encode()
    read(Feed(), feed(item(b"&x;") + item(), named))
    read(Sitemap(), sitemap(page(b"&x;") + page(), named))
    with pytest.raises(TimeoutError):
        listener.accept()


def test_a_harmless_dtd_is_no_attack() -> None:
    doctype = b"<!DOCTYPE rss [<!ENTITY nbsp '&#160;'>]>"
    (entry,) = read(Feed(), feed(item(b"a&nbsp;b"), doctype)).entries
    assert entry.title == "a\xa0b"


@pytest.mark.parametrize("tag", [b"a", b"x:a xmlns:x='http://x'"])
@pytest.mark.parametrize("is_closed", [True, False])
def test_100_000_nested_tags(tag: bytes, is_closed: bool) -> None:
    nested = b"<%b>" % tag * 100_000 + (b"</%b>" % tag.split()[0] * 100_000 if is_closed else b"")
    for body in (feed(nested + item()), b"&broken <" + feed(nested + item())):
        with pytest.raises(UnreadableListingError, match=f"more than {MAX_DEPTH} deep"):
            read(Feed(), body)
    with pytest.raises(UnreadableListingError, match="Excessive depth"):
        read(Sitemap(), sitemap(page(GOOD, nested)))


def test_html_in_an_item_is_not_nested_markup() -> None:
    html = b"<p>x<br>" * 2_000
    items = b"<item><link>%b</link><description><![CDATA[%b]]></description></item>" % (GOOD, html)
    assert len(read(Feed(), feed(items)).entries) == 1
    assert len(read(Feed(), feed(items.replace(b"<![CDATA[", b"").replace(b"]]>", b""))).entries) == 1


@pytest.mark.parametrize(
    "attributes",
    [b"x='%b'" % (b"y" * 4_000_000), b" ".join(b"a%d='1'" % n for n in range(300_000))],
    ids=["one huge", "many"],
)
def test_huge_attributes(attributes: bytes) -> None:
    with pytest.raises(UnreadableListingError, match=f"a tag of more than {MAX_TAG_BYTES:,} bytes"):
        read(Feed(), feed(b"<item %b><link>%b</link></item>" % (attributes, GOOD)))
    assert len(read(Sitemap(), sitemap(b"<x %b/>" % attributes + page())).entries) <= 1


@pytest.mark.parametrize("noise", [b"<", b"&", b"<![CDATA[", b"<!--", b"<!DOCTYPE ", b"<?", b"]]>"])
def test_noise_of_a_parsers_own_signs(noise: bytes) -> None:
    for body in (noise * 300_000, feed(item() + noise * 300_000)):
        for kind in (Feed(), Sitemap()):
            try:
                assert len(read(kind, body).entries) <= 1
            except UnreadableListingError as error:
                assert str(error)  # noqa: PT017  either end is right


def test_200_000_items_are_read_no_further_than_the_limit() -> None:
    links = b"".join(item(b"t", b"https://a.org/%d" % n) for n in range(200_000))
    entries = read(Feed(), feed(links)).entries
    assert len(entries) == MAX_ITEMS
    assert entries[-1].url == f"https://a.org/{MAX_ITEMS - 1}"


def test_a_million_entries_are_read_no_further_than_the_limit() -> None:
    body = sitemap(b"".join(page(b"https://a.org/%d" % n) for n in range(1_000_000)))
    tracemalloc.start()
    try:
        listing = read(Sitemap(), gzip.compress(body, 1))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(listing.entries) == MAX_ENTRIES
    assert most < 3 * len(body)
