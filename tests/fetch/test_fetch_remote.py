"""WARC files at URLs and lists of them: streamed, healed where a connection breaks, within the rules."""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Callable
from datetime import date
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from conftest import Reply, Site
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extractors.errors import SourceError
from extractors.fetch.archive import read_pages
from extractors.fetch.crawl import fetch_source
from extractors.fetch.manifest import MANIFEST, FetchLine, Outcome, Role, read_manifest
from extractors.home import Home
from extractors.settings import Settings
from extractors.sources.model import Source

FIRST, SECOND = date(2018, 5, 16), date(2018, 5, 17)
Make = Callable[..., Source]


def warc(*names: str, size: int = 20_000) -> bytes:
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=True)
    for name in names:
        body = f"<p>{name}</p>{os.urandom(size).hex()}".encode()
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            f"https://a.org/{name}",
            "response",
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2018-05-14T12:00:00Z"},
        )
        writer.write_record(record)
    return stream.getvalue()


def breaking(body: bytes, *, at: int, tag: str = '"v1"', ranges: bool = True) -> Callable[..., Reply | None]:
    """Sends up to `at` bytes of what is asked for, then closes the connection; the last piece is whole."""

    def reply(handler: BaseHTTPRequestHandler) -> Reply | None:
        asked = handler.headers.get("Range", "") if ranges else ""
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
        handler.send_response(206 if start else 200)
        handler.send_header("ETag", tag)
        handler.send_header("Content-Length", str(len(body) - start))
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.wfile.write(body[start : start + at])
        handler.close_connection = True
        return None

    return reply


@pytest.fixture(autouse=True)
def _fresh(site: Site) -> None:
    site.pages.clear()
    site.hits.clear()


def lines(home: Home, night: date) -> list[FetchLine]:
    return list(read_manifest(home.warc(night, "outlet") / MANIFEST))


def test_a_file_at_a_url(site: Site, settings: Settings, make_source: Make, tmp_path: Path) -> None:
    site.pages["/news.warc.gz"] = (200, {}, warc("a", "b"))
    source = make_source(kind="warc", url=site.url("/news.warc.gz"))
    home = Home(tmp_path)
    report = fetch_source(source, night=FIRST, home=home, settings=settings)
    assert (report.fetched, report.listings, report.failed) == (2, 1, 0)
    urls = [page.url for _, page in read_pages(home.warc(FIRST, "outlet"))]
    assert urls == ["https://a.org/a", "https://a.org/b"]
    assert site.hits[-1].headers["User-Agent"] == settings.user_agent
    report = fetch_source(source, night=SECOND, home=home, settings=settings)
    assert (report.listed, site.paths().count("/news.warc.gz")) == (0, 1)
    assert [line.outcome for line in lines(home, SECOND)] == [Outcome.UNCHANGED]


@pytest.mark.parametrize("ranges", [True, False], ids=["goes on", "asks for all again"])
def test_a_broken_connection_is_healed(
    site: Site, settings: Settings, make_source: Make, tmp_path: Path, ranges: bool
) -> None:
    body = warc(*"abcdef")
    reply = breaking(body, at=len(body) * 2 // 3, ranges=ranges)
    whole = (200, {"ETag": '"v1"'}, body)
    tries = iter([reply, reply if ranges else whole])
    site.pages["/x.warc.gz"] = lambda handler: r(handler) if callable(r := next(tries)) else r
    source = make_source(kind="warc", url=site.url("/x.warc.gz"))
    report = fetch_source(source, night=FIRST, home=Home(tmp_path), settings=settings)
    assert (report.fetched, report.failed) == (6, 0)
    asked = [hit.headers.get("Range") for hit in site.hits if hit.path == "/x.warc.gz"]
    assert asked[0] is None
    assert asked[1].startswith("bytes=")  # type: ignore[union-attr]
    assert site.hits[-1].headers["If-Range"] == '"v1"'


def test_a_file_that_changes_meanwhile_is_not_glued_together(
    site: Site, settings: Settings, make_source: Make, tmp_path: Path
) -> None:
    body = warc(*"abcdef")
    replies = iter([breaking(body, at=len(body) // 2), breaking(body, at=len(body), tag='"v2"')])
    site.pages["/x.warc.gz"] = lambda handler: next(replies)(handler)
    source = make_source(kind="warc", url=site.url("/x.warc.gz"))
    report = fetch_source(source, night=FIRST, home=Home(tmp_path), settings=settings)
    assert 0 < report.fetched < 6
    (file,) = [line for line in lines(Home(tmp_path), FIRST) if line.role is Role.LISTING]
    assert "changed while it was read" in str(file.reason)


def test_a_list_of_files_goes_on_where_the_night_before_ended(
    site: Site, settings: Settings, make_source: Make, tmp_path: Path
) -> None:
    for name in "ab":
        site.pages[f"/crawl/{name}.warc.gz"] = (200, {}, warc(f"{name}1", f"{name}2"))
    listed = b"crawl/a.warc.gz\ncrawl/gone.warc.gz\ncrawl/b.warc.gz\ncrawl/b.warc.gz\nREADME\n"
    site.pages["/data/warc.paths.gz"] = (200, {}, gzip.compress(listed))
    source = make_source(kind="warc", url=site.url("/data/warc.paths.gz"), max_pages=3)
    home = Home(tmp_path)
    fetch_source(source, night=FIRST, home=home, settings=settings)
    first = {line.url.rpartition("/")[2]: line.outcome for line in lines(home, FIRST)}
    assert first == {
        "a.warc.gz": Outcome.FETCHED,
        "gone.warc.gz": Outcome.ERROR,
        "a1": Outcome.FETCHED,
        "a2": Outcome.FETCHED,
        "b1": Outcome.FETCHED,
        "b2": Outcome.DISALLOWED,
    }
    site.hits.clear()
    fetch_source(source, night=SECOND, home=home, settings=settings)
    second = {line.url.rpartition("/")[2]: line.outcome for line in lines(home, SECOND)}
    assert (second["a.warc.gz"], second["b.warc.gz"]) == (Outcome.UNCHANGED, Outcome.FETCHED)
    assert (second["b1"], second["b2"]) == (Outcome.UNCHANGED, Outcome.FETCHED)
    assert "/crawl/a.warc.gz" not in site.paths()


def test_a_list_on_this_disk_with_a_base_url(
    site: Site, settings: Settings, make_source: Make, tmp_path: Path
) -> None:
    site.pages["/deep/a.warc.gz"] = (200, {}, warc("a"))
    (tmp_path / "warc.paths").write_text("a.warc.gz\n")
    source = make_source(kind="warc", path=tmp_path / "warc.paths", base_url=site.url("/deep/"))
    report = fetch_source(source, night=FIRST, home=Home(tmp_path / "home"), settings=settings)
    assert report.fetched == 1


@pytest.mark.parametrize(
    ("robots", "reason"),
    [((200, {}, b"User-agent: *\nDisallow: /x"), "forbidden by robots"), ((503, {}, b""), "HTTP 503")],
)
def test_robots_txt_holds_for_archives_too(
    site: Site, settings: Settings, make_source: Make, tmp_path: Path, robots: Reply, reason: str
) -> None:
    site.pages["/robots.txt"] = robots
    site.pages["/x.warc.gz"] = (200, {}, warc("a"))
    source = make_source(kind="warc", url=site.url("/x.warc.gz"))
    with pytest.raises(SourceError, match=reason):
        fetch_source(source, night=FIRST, home=Home(tmp_path), settings=settings)
    assert site.paths() == ["/robots.txt"]


@pytest.mark.parametrize("host", ["127.0.0.1", "outlet.localhost", "169.254.169.254", "10.0.0.1", "[::1]"])
def test_no_request_leaves_for_addresses_of_our_own(
    site: Site, settings: Settings, make_source: Make, tmp_path: Path, host: str
) -> None:
    source = make_source(kind="warc", url=f"http://{host}:{site.port}/x.warc.gz", allow_loopback=False)
    with pytest.raises(SourceError, match="refused"):
        fetch_source(source, night=FIRST, home=Home(tmp_path), settings=settings)
    assert site.hits == []


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data", "refused"),
        ("file:///etc/passwd", "neither http nor https"),
        ("/x.warc.gz", "more than 5 redirects"),
    ],
)
def test_a_redirect_obeys_the_same_rules(
    site: Site, settings: Settings, make_source: Make, tmp_path: Path, location: str, reason: str
) -> None:
    site.pages["/x.warc.gz"] = (302, {"Location": location}, b"")
    source = make_source(kind="warc", url=site.url("/x.warc.gz"))
    with pytest.raises(SourceError, match=reason):
        fetch_source(source, night=FIRST, home=Home(tmp_path), settings=settings)


def test_a_bomb_in_a_record_stays_small(
    site: Site, settings: Settings, make_source: Make, tmp_path: Path
) -> None:
    site.pages["/x.warc.gz"] = (200, {}, warc("big", size=2_000_000) + warc("small"))
    source = make_source(kind="warc", url=site.url("/x.warc.gz"))
    report = fetch_source(source, night=FIRST, home=Home(tmp_path), settings=settings)
    assert (report.fetched, report.failed) == (1, 1)


def test_a_source_out_of_time_says_so(
    site: Site, settings: Settings, make_source: Make, tmp_path: Path
) -> None:
    site.pages["/x.warc.gz"] = (200, {}, warc("a"))
    source = make_source(kind="warc", url=site.url("/x.warc.gz"), time_limit_seconds=1e-9)
    with pytest.raises(SourceError, match="time_limit_seconds"):
        fetch_source(source, night=FIRST, home=Home(tmp_path), settings=settings)


@pytest.mark.parametrize("body", [b"", b"README\n", b"\x1f\x8bbroken"])
def test_a_list_that_names_nothing(
    site: Site, settings: Settings, make_source: Make, tmp_path: Path, body: bytes
) -> None:
    site.pages["/warc.paths"] = (200, {}, body)
    source = make_source(kind="warc", url=site.url("/warc.paths"))
    with pytest.raises(SourceError, match="list"):
        fetch_source(source, night=FIRST, home=Home(tmp_path), settings=settings)
