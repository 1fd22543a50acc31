"""Attacks that want a request to go inside: by literal, redirect, name server, listing and robots.txt.

An "outside" server on 127.0.0.2, which the worker takes for public here, serves what an attacker would; the
"inside" one on 127.0.0.1 has the same port and must never be asked anything.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler
from itertools import cycle
from pathlib import Path

import pytest
from conftest import HTML, Reply, Site, answer

from extractors.errors import SourceError
from extractors.fetch import process
from extractors.fetch.crawl import fetch_source
from extractors.fetch.manifest import MANIFEST, FetchLine, Outcome, Role, read_manifest
from extractors.home import Home
from extractors.settings import Settings
from extractors.sources.model import Source

NIGHT = date(2018, 5, 16)
OUTSIDE = "news.outside.test"


@dataclass
class World:
    outside: Site
    inside: Site
    fetch: Callable[..., dict[str, FetchLine]]

    def url(self, host: str, path: str = "/inside") -> str:
        return f"http://{host}:{self.inside.port}{path}"

    def ours(self, path: str) -> str:
        return self.outside.url(path, OUTSIDE)


@pytest.fixture
def world(
    tmp_path: Path, settings: Settings, make_source: Callable[..., Source], monkeypatch: pytest.MonkeyPatch
) -> Iterator[World]:
    worker = Path(__file__).with_name("attack_worker.py")
    monkeypatch.setattr(process, "WORKER", (sys.executable, str(worker)))
    inside, outside = Site(), Site()
    servers = [inside.serve()]
    servers.append(outside.serve("127.0.0.2", inside.port))

    def fetch(path: str, **fields: object) -> dict[str, FetchLine]:
        url = str(fields.pop("url", outside.url(path, OUTSIDE)))
        source = make_source("attack", url=url, allow_loopback=False, retries=0, **fields)
        home = Home(tmp_path / "home")
        fetch_source(source, night=NIGHT, home=home, settings=settings)
        lines = read_manifest(home.warc(NIGHT, "attack") / MANIFEST)
        return {line.url: line for line in lines if line.role is Role.ARTICLE}

    for path in ("/inside", "/latest/meta-data/"):
        inside.page(path)
    yield World(outside, inside, fetch)
    for server in servers:
        server.shutdown()
        server.server_close()


INSIDE_LINES = (
    "127.0.0.1 127.1 127.255.255.254 0 0.0.0.0 2130706433 0x7f000001 0x7f.0.0.1 0177.0.0.1 017700000001",
    "localhost a.localhost LOCALHOST localhost. [::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:7f00:0001] [64:ff9b::7f00:1] [2002:7f00:1::]",
    "169.254.169.254 2852039166 0xa9fea9fe 0251.0376.0251.0376 [::ffff:169.254.169.254] [fd00:ec2::254]",
    "[fe80::1] 10.0.0.1 172.16.0.1 192.168.1.1 100.100.100.200 224.0.0.1",
)
INSIDE = tuple(host for line in INSIDE_LINES for host in line.split())


def not_refused(lines: dict[str, FetchLine]) -> list[tuple[str, str | None]]:
    """What was not refused for where it leads."""
    return [
        (line.url, line.reason)
        for line in lines.values()
        if line.outcome is not Outcome.DISALLOWED or "refused" not in str(line.reason)
    ]


def test_the_attackers_own_page_is_reached(world: World) -> None:
    """Else nothing here would prove anything."""
    world.outside.page("/page")
    world.outside.rss([(world.ours("/page"), None)])
    assert world.fetch("/rss.xml")[world.ours("/page")].outcome is Outcome.FETCHED


def test_links_of_a_feed(world: World) -> None:
    world.outside.rss([(world.url(host), None) for host in INSIDE])
    lines = world.fetch("/rss.xml")
    assert len(lines) > 25  # some are one page in two forms
    assert not_refused(lines) == []
    assert world.inside.hits == []


def test_links_of_a_sitemap_and_the_sitemaps_of_an_index(world: World) -> None:
    inside = "".join(f"<sitemap><loc>{world.url(host)}</loc></sitemap>" for host in INSIDE[:20])
    index = f"<sitemapindex><sitemap><loc>{world.ours('/map.xml')}</loc></sitemap>{inside}</sitemapindex>"
    pages = "".join(f"<url><loc>{world.url(host)}</loc></url>" for host in INSIDE)
    world.outside.pages["/index.xml"] = (200, {}, index.encode())
    world.outside.pages["/map.xml"] = (200, {}, f"<urlset>{pages}</urlset>".encode())
    lines = world.fetch("/index.xml", kind="sitemap")
    assert len(lines) > 25
    assert not_refused(lines) == []
    assert world.inside.hits == []


def test_redirects_of_pages(world: World) -> None:
    for number, (host, status) in enumerate(zip(INSIDE, cycle((301, 302, 303, 307, 308)), strict=False)):
        world.outside.pages[f"/to-{number}"] = (status, {"Location": world.url(host)}, b"")
    world.outside.rss([(world.ours(f"/to-{number}"), None) for number in range(len(INSIDE))])
    lines = world.fetch("/rss.xml", concurrency=8)
    assert len(lines) == len(INSIDE)
    assert not_refused(lines) == []
    assert world.inside.hits == []


def test_redirects_of_the_feed_itself(world: World) -> None:
    world.inside.rss([])
    world.outside.pages["/rss.xml"] = (302, {"Location": world.url("127.0.0.1", "/rss.xml")}, b"")
    with pytest.raises(SourceError, match="loopback"):
        world.fetch("/rss.xml")
    assert world.inside.hits == []


def test_redirects_in_a_chain_and_to_other_schemes(world: World) -> None:
    world.outside.pages["/first"] = (302, {"Location": "/second"}, b"")
    world.outside.pages["/second"] = (302, {"Location": f"//127.0.0.1:{world.inside.port}/inside"}, b"")
    schemes = ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/x", "data:text/html,x"]
    schemes += ["javascript:alert(1)", "dict://127.0.0.1:11211/stat", "http:///inside", "s3://bucket/key"]
    for number, location in enumerate(schemes):
        world.outside.pages[f"/scheme-{number}"] = (302, {"Location": location}, b"")
    paths = ["/first", *(f"/scheme-{number}" for number in range(len(schemes)))]
    world.outside.rss([(world.ours(path), None) for path in paths])
    lines = world.fetch("/rss.xml")
    assert len(lines) == len(paths)
    assert not any(line.outcome is Outcome.FETCHED for line in lines.values())
    assert world.inside.hits == []


OTHER_SCHEMES = (
    "file:///etc/passwd",
    "ftp://news.outside.test/x",
    "gopher://news.outside.test/x",
    "data:text/html,<p>x",
    "javascript:alert(1)",
    "s3://bucket/key",
    "unix:///run/docker.sock",
    "HTTP+unix://x/y",
)


def test_links_with_other_schemes(world: World) -> None:
    world.outside.page("/page")
    world.outside.rss([(link.replace("<", "&lt;"), None) for link in (*OTHER_SCHEMES, world.ours("/page"))])
    lines = world.fetch("/rss.xml")
    assert lines.pop(world.ours("/page")).outcome is Outcome.FETCHED
    assert len(lines) >= 5
    # feedparser mends some into a relative link, which is a page that is not there
    assert {line.outcome for line in lines.values()} <= {Outcome.DISALLOWED, Outcome.ERROR}
    assert world.inside.hits == []


def test_a_robots_txt_that_leads_inside_forbids_its_host(world: World) -> None:
    world.outside.pages["/robots.txt"] = (302, {"Location": world.url("127.0.0.1", "/robots.txt")}, b"")
    world.outside.page("/page")
    world.outside.rss([(world.ours("/page"), None)])
    with pytest.raises(SourceError, match=r"robots\.txt of .*loopback"):
        world.fetch("/rss.xml")
    assert world.inside.hits == []
    assert world.outside.paths() == ["/robots.txt"]


def closing(page: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    """A reply after which the connection is closed, so that the next request asks the name server again."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        full: Reply = (200, {**HTML, "Connection": "close"}, page)
        answer(handler, full)
        handler.close_connection = True

    return reply


def test_a_name_that_is_bound_to_another_address_the_next_time(world: World) -> None:
    """Two answers are true (robots.txt and feed), the third leads inside."""
    name = "rebind.outside.test"
    world.outside.rss([(world.url(name, f"/page-{n}"), None) for n in range(3)])
    feed = world.outside.pages["/rss.xml"]
    assert isinstance(feed, tuple)
    world.outside.pages |= {"/robots.txt": closing(b""), "/rss.xml": closing(feed[2])}
    for n in range(3):
        world.outside.pages[f"/page-{n}"] = closing(b"<p>outside</p>")
        world.inside.page(f"/page-{n}")
    lines = world.fetch("/rss.xml", url=world.url(name, "/rss.xml"), concurrency=1)
    assert world.outside.paths() == ["/robots.txt", "/rss.xml"]
    assert {line.outcome for line in lines.values()} == {Outcome.DISALLOWED}
    assert all("loopback" in str(line.reason) for line in lines.values())
    assert world.inside.hits == []


def test_a_name_with_an_address_outside_and_one_inside(world: World) -> None:
    world.outside.page("/page")
    world.outside.rss([(world.url("both.outside.test", "/page"), None)])
    world.inside.page("/page")
    lines = world.fetch("/rss.xml")
    assert {line.outcome for line in lines.values()} == {Outcome.FETCHED}
    assert world.inside.hits == []


def test_hosts_that_parsers_read_differently(world: World) -> None:
    port = world.inside.port
    links = [
        f"http://{OUTSIDE}@127.0.0.1:{port}/inside",
        f"http://127.0.0.1.:{port}/inside",
        f"http://①②⑦.⓪.⓪.①:{port}/inside",
        f"http://127.0.0.1:{port}\\@{OUTSIDE}/inside",
        f"http://127.0.0.1:{port}#@{OUTSIDE}/inside",
        f"http://{OUTSIDE}:{port}@127.0.0.1:{port}/inside",
        f"http://127.0.0.1%2f{OUTSIDE}:{port}/inside",
        f"http://[::1%25eth0]:{port}/inside",
        f"http://127.0.0.1:{port}%00.{OUTSIDE}/inside",
        f"http:\\\\127.0.0.1:{port}\\inside",
    ]
    world.outside.rss([(link, None) for link in links])
    lines = world.fetch("/rss.xml")
    assert not any(line.outcome is Outcome.FETCHED for line in lines.values())
    assert world.inside.hits == []
