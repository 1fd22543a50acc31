"""Two nights of one source on a server that does what the real web does, and what is left on disk."""

from __future__ import annotations

import gzip
import socket
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler
from itertools import pairwise

import brotli
import pytest
from conftest import HTML, Site, answer, gzipped
from warcio.archiveiterator import ArchiveIterator

from extractors.fetch.archive import read_pages
from extractors.fetch.crawl import fetch_source
from extractors.fetch.manifest import MANIFEST, PAGES, FetchLine, FetchReport, Outcome, Role, read_manifest
from extractors.home import Home
from extractors.settings import Settings
from extractors.sources.model import Source

FIRST, SECOND = date(2018, 5, 16), date(2018, 5, 17)
NOON, LATER = datetime(2018, 5, 16, 12, tzinfo=UTC), datetime(2018, 5, 17, 8, tzinfo=UTC)


def flaky(count: list[int]) -> Callable[[BaseHTTPRequestHandler], tuple[int, dict[str, str], bytes]]:
    def reply(handler: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
        count.append(1)
        return (500, HTML, b"<p>oops</p>") if len(count) == 1 else (200, HTML, b"<p>healed</p>")

    return reply


def build(site: Site) -> None:
    def hang(handler: BaseHTTPRequestHandler) -> None:
        site.released.wait(20)
        handler.close_connection = True

    def stall(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        handler.wfile.write(b"<p>so far and no further")
        handler.wfile.flush()
        hang(handler)

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        try:
            for _ in range(100):
                handler.wfile.write(b"x" * 10_000)
        except OSError:
            pass
        handler.close_connection = True

    site.page("/plain")
    site.pages["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private/\n")
    site.pages["/gzip"] = gzipped(b"<html><p>packed</p></html>")
    packed = brotli.compress(b"<html><p>brotli</p></html>")
    site.pages["/brotli"] = (200, {**HTML, "Content-Encoding": "br"}, packed)
    site.pages["/latin"] = (
        200,
        {"Content-Type": "text/html; charset=windows-1252"},
        "<p>café</p>".encode("cp1252"),
    )
    site.pages["/flaky"] = flaky([])
    site.pages["/down"] = (503, HTML, b"<p>down</p>")
    site.pages["/moved"] = (301, {"Location": "/landed"}, b"")
    site.page("/landed")
    site.pages["/circle"] = (302, {"Location": "/circle"}, b"")
    site.pages["/large"] = (200, HTML, b"x" * 300_000)
    site.pages["/bomb"] = gzipped(b"x" * 5_000_000)
    site.pages["/hang"], site.pages["/stall"], site.pages["/endless"] = hang, stall, endless
    site.page("/private/secret")
    site.pages["/metadata"] = (302, {"Location": "http://169.254.169.254/latest/meta-data/"}, b"")
    site.pages["/file"] = (302, {"Location": "file:///etc/passwd"}, b"")
    site.pages["/router"] = (302, {"Location": "http://10.0.0.1/"}, b"")


LISTED = tuple(
    "/plain /gzip /brotli /latin /flaky /down /moved /circle /large /bomb /hang /stall /endless "  # noqa: SIM905
    "/private/secret /metadata /file /router /missing".split()
)


@pytest.fixture(scope="module")
def first(
    site: Site, home: Home, settings: Settings, make_source: Callable[..., Source]
) -> tuple[FetchReport, list[tuple[int, int]]]:
    build(site)
    extra = [
        "/plain?utm_source=rss#top",
        "mailto:news@outlet.localhost",
        "file:///etc/passwd",
        "http://192.168.0.1/",
    ]
    site.rss([*((path, NOON) for path in LISTED), *((link, None) for link in extra)], ETag='"one"')
    heard: list[tuple[int, int]] = []
    report = fetch_source(
        make_source(url=site.url("/rss.xml"), concurrency=8),
        night=FIRST,
        home=home,
        settings=settings,
        on_progress=lambda done, total: heard.append((done, total)),
    )
    return report, heard


@pytest.fixture(scope="module")
def lines(first: object, home: Home) -> dict[str, FetchLine]:
    manifest = read_manifest(home.warc(FIRST, "outlet") / MANIFEST)
    return {line.url.partition(".localhost")[2].partition("/")[2] or line.url: line for line in manifest}


def line_of(lines: dict[str, FetchLine], path: str) -> tuple[Outcome, int | None, str | None]:
    line = lines[path]
    return line.outcome, line.status, line.reason


@pytest.mark.parametrize("path", ["plain", "gzip", "brotli", "latin", "flaky", "moved"])
def test_pages_that_are_fetched(lines: dict[str, FetchLine], path: str) -> None:
    assert line_of(lines, path) == (Outcome.FETCHED, 200, None)


@pytest.mark.parametrize(
    ("path", "status", "reason"),
    [
        ("missing", 404, "HTTP 404 Not Found"),
        ("down", 503, "HTTP 503 Service Unavailable"),
        ("circle", None, "max redirections reached"),
        ("large", None, "larger than max_page_bytes"),
        ("endless", None, "larger than max_page_bytes"),
        ("bomb", None, "larger than max_page_bytes"),
        ("hang", None, "no complete answer"),
        ("stall", None, "no complete answer"),
        ("file", 302, "the redirect to file:///etc/passwd was not followed"),
    ],
)
def test_pages_that_fail_say_why(
    lines: dict[str, FetchLine], path: str, status: int | None, reason: str
) -> None:
    line = lines[path]
    assert (line.outcome, line.status) == (Outcome.ERROR, status)
    assert reason in str(line.reason)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("private/secret", "forbidden by robots.txt"),
        ("metadata", "169.254.169.254 is link-local"),
        ("router", "10.0.0.1 is no public address"),
        ("http://192.168.0.1/", "192.168.0.1 is no public address"),
        ("file://etc/passwd", "only http and https"),  # as feedparser mends it
        ("mailto:news@outlet.localhost", "only http and https"),
    ],
)
def test_where_no_request_may_go(lines: dict[str, FetchLine], path: str, reason: str) -> None:
    line = lines[path]
    assert line.outcome is Outcome.DISALLOWED
    assert reason in str(line.reason)


def test_every_page_has_one_line_in_the_order_listed(
    first: tuple[FetchReport, object], lines: dict[str, FetchLine], home: Home
) -> None:
    report, _ = first
    written = list(read_manifest(home.warc(FIRST, "outlet") / MANIFEST))
    pages = [line.url for line in written if line.role is Role.ARTICLE]
    assert [url.endswith(path) for url, path in zip(pages, LISTED, strict=False)] == [True] * len(LISTED)
    assert report.listed == len(pages) == len(set(pages)) == len(LISTED) + 3
    counts = Counter(line.outcome for line in written if line.role is Role.ARTICLE)
    assert (report.fetched, report.disallowed, report.failed, report.unchanged, report.not_modified) == (
        counts[Outcome.FETCHED],
        counts[Outcome.DISALLOWED],
        counts[Outcome.ERROR],
        0,
        0,
    )
    assert report.listings == 1


def test_progress_is_told(first: tuple[FetchReport, list[tuple[int, int]]]) -> None:
    report, heard = first
    assert heard[-1] == (report.listed, report.listed)
    assert all(done <= total for done, total in heard)
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)


def test_the_server_saw_an_honest_and_polite_crawler(first: object, site: Site) -> None:
    asked = Counter(site.paths())
    assert site.paths()[0] == "/robots.txt"
    assert asked["/robots.txt"] == 1
    assert asked["/private/secret"] == 0
    assert asked["/plain"] == 1
    assert asked["/flaky"] == asked["/down"] == asked["/hang"] == 2
    assert asked["/missing"] == 1
    assert {hit.headers["User-Agent"] for hit in site.hits} == {"TestBot/1.0 (+http://test.example)"}
    assert not any("Referer" in hit.headers or "Cookie" in hit.headers for hit in site.hits)


def test_every_response_is_a_warc_record(first: object, home: Home, site: Site) -> None:
    kinds: Counter[str] = Counter()
    statuses: Counter[tuple[str, str]] = Counter()
    ids = set()
    with (home.warc(FIRST, "outlet") / PAGES).open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests=True):
            body = record.content_stream().read()
            kinds[record.rec_type] += 1
            ids.add(record.rec_headers.get_header("WARC-Record-ID"))
            if record.rec_type == "response":
                assert record.digest_checker.passed is True
                assert record.http_headers.get_header("Content-Length") == str(len(body))
                if not record.rec_headers.get_header("WARC-Truncated"):
                    assert record.rec_headers.get_header("WARC-IP-Address") == "127.0.0.1"
                path = record.rec_headers.get_header("WARC-Target-URI").removeprefix(site.url("/"))
                statuses[path, record.http_headers.get_statuscode()] += 1
    assert kinds["warcinfo"] == 1
    assert kinds["request"] == kinds["response"] == statuses.total()
    assert len(ids) == kinds.total()
    assert statuses["flaky", "500"] == statuses["flaky", "200"] == 1
    assert statuses["down", "503"] == 2
    assert statuses["moved", "301"] == statuses["landed", "200"] == 1
    assert statuses["bomb", "200"] == statuses["large", "200"] == statuses["endless", "200"] == 1
    assert statuses["missing", "404"] == statuses["robots.txt", "200"] == statuses["rss.xml", "200"] == 1


def test_the_archive_gives_the_pages_back_decoded(
    lines: dict[str, FetchLine], home: Home, site: Site
) -> None:
    pages = {line.url: page for line, page in read_pages(home.warc(FIRST, "outlet"))}
    assert len(pages) == 6
    assert pages[site.url("/gzip")].html == b"<html><p>packed</p></html>"
    assert pages[site.url("/brotli")].html == b"<html><p>brotli</p></html>"
    latin = pages[site.url("/latin")]
    assert (latin.html, latin.content_type) == (
        "<p>café</p>".encode("cp1252"),
        "text/html; charset=windows-1252",
    )
    assert pages[site.url("/moved")].url == site.url("/landed")
    assert lines["moved"].final_url == site.url("/landed")
    assert pages[site.url("/plain")].fetched_at == lines["plain"].fetched_at


def test_a_rerun_makes_no_request(
    first: tuple[FetchReport, object],
    site: Site,
    home: Home,
    settings: Settings,
    make_source: Callable[..., Source],
) -> None:
    before = len(site.hits)
    source = make_source(url=site.url("/rss.xml"))
    assert fetch_source(source, night=FIRST, home=home, settings=settings) == first[0]
    assert len(site.hits) == before
    assert sorted(path.name for path in home.warc(FIRST, "outlet").parent.iterdir()) == ["outlet"]


def test_the_second_night_takes_what_is_new_updated_or_failed(
    first: object, site: Site, home: Home, settings: Settings, make_source: Callable[..., Source]
) -> None:
    site.page("/gzip", "a second version")
    site.page("/new")
    site.page("/missing", "there after all")
    items = [("/plain", NOON), ("/gzip", LATER), ("/missing", NOON), ("/new", None)]
    site.rss(items, ETag='"one"')
    before = len(site.hits)
    report = fetch_source(make_source(url=site.url("/rss.xml")), night=SECOND, home=home, settings=settings)
    hits = site.hits[before:]
    assert sorted(hit.path for hit in hits) == ["/gzip", "/missing", "/new", "/robots.txt", "/rss.xml"]
    assert (report.listed, report.fetched, report.unchanged) == (4, 3, 1)
    # Pages of the first night had failed, so the feed was asked for in full although it had an ETag.
    assert not any("If-None-Match" in hit.headers for hit in hits)
    unchanged = next(
        read for read in read_manifest(home.warc(SECOND, "outlet") / MANIFEST) if "/plain" in read.url
    )
    assert unchanged.outcome is Outcome.UNCHANGED
    assert unchanged.last_fetched_at
    assert unchanged.listed_updated_at == NOON


def test_an_unchanged_feed_costs_a_304(
    site: Site, home: Home, settings: Settings, make_source: Callable[..., Source]
) -> None:
    def feed(handler: BaseHTTPRequestHandler) -> None:
        known = handler.headers.get("If-None-Match") == '"v1"' and handler.headers.get("If-Modified-Since")
        answer(handler, (304, {"ETag": '"v1"'}, b"") if known else full)

    site.page("/calm-page")
    site.rss(
        [("/calm-page", NOON)],
        "/calm.xml",
        **{"ETag": '"v1"', "Last-Modified": "Wed, 16 May 2018 12:00:00 GMT"},
    )
    full = site.pages["/calm.xml"]
    assert isinstance(full, tuple)
    site.pages["/calm.xml"] = feed
    source = make_source("calm", url=site.url("/calm.xml"))
    reports = [
        fetch_source(source, night=night, home=home, settings=settings)
        for night in (FIRST, SECOND, date(2018, 5, 18))
    ]
    assert [report.fetched for report in reports] == [1, 0, 0]
    assert [report.listings_not_modified for report in reports] == [0, 1, 1]
    assert site.paths().count("/calm-page") == 1


def test_crawl_delay_spaces_the_requests(
    site: Site, home: Home, settings: Settings, make_source: Callable[..., Source]
) -> None:
    robots = site.pages["/robots.txt"]
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 0.4\n")
    for name in "abc":
        site.page(f"/slow-{name}")
    site.rss([(site.url(f"/slow-{name}", "slow.localhost"), None) for name in "abc"], "/slow.xml")
    source = make_source("slow", url=site.url("/slow.xml", "slow.localhost"), concurrency=4)
    report = fetch_source(source, night=FIRST, home=home, settings=settings)
    site.pages["/robots.txt"] = robots
    times = [hit.at for hit in site.hits if hit.host.startswith("slow.")]
    assert report.fetched == 3
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.38


def test_retry_after_is_waited_for(
    site: Site, home: Home, settings: Settings, make_source: Callable[..., Source]
) -> None:
    times: list[float] = []

    def busy(handler: BaseHTTPRequestHandler) -> None:
        times.append(time.monotonic())
        answer(handler, (429, {"Retry-After": "1"}, b"") if len(times) == 1 else (200, HTML, b"<p>in</p>"))

    site.pages["/busy"] = busy
    site.pages["/tomorrow"] = (503, {"Retry-After": "86400"}, b"")
    site.page("/after")
    tired = [site.url(path, "tired.localhost") for path in ("/tomorrow", "/after")]
    site.rss([("/busy", None), *((url, None) for url in tired)], "/busy.xml")
    source = make_source("busy", url=site.url("/busy.xml"), concurrency=1)
    report = fetch_source(source, night=FIRST, home=home, settings=settings)
    assert (report.fetched, report.failed) == (1, 2)
    reasons = [str(line.reason) for line in read_manifest(home.warc(FIRST, "busy") / MANIFEST)]
    assert any("wants to be left alone for 86400 s" in reason for reason in reasons)
    assert "/after" not in site.paths()
    assert times[1] - times[0] >= 0.95
    assert site.paths().count("/tomorrow") == 1


def test_a_sitemap_index_and_its_children(
    site: Site, home: Home, settings: Settings, make_source: Callable[..., Source]
) -> None:
    def urlset(path: str) -> bytes:
        return f"<urlset><url><loc>{site.url(path)}</loc></url></urlset>".encode()

    children = "".join(f"<sitemap><loc>{site.url(f'/map-{n}.xml')}</loc></sitemap>" for n in range(3))
    site.pages["/index.xml"] = (200, {}, f"<sitemapindex>{children}</sitemapindex>".encode())
    site.pages["/map-0.xml"] = (200, {"Content-Type": "application/gzip"}, gzip.compress(urlset("/mapped-0")))
    site.pages["/map-1.xml"] = (200, {}, urlset("/mapped-1"))
    site.pages["/map-2.xml"] = (200, {}, b"<html>no map</html>")
    site.page("/mapped-0")
    site.page("/mapped-1")
    source = make_source("maps", kind="sitemap", url=site.url("/index.xml"), exclude_urls=["mapped-1"])
    report = fetch_source(source, night=FIRST, home=home, settings=settings)
    assert (report.listed, report.fetched, report.disallowed, report.listings) == (2, 1, 1, 4)
    written = {
        line.url.rpartition("/")[2]: line for line in read_manifest(home.warc(FIRST, "maps") / MANIFEST)
    }
    assert "unreadable" in str(written["map-2.xml"].reason)
    assert "exclude_urls" in str(written["mapped-1"].reason)


def test_url_list_and_max_pages(
    site: Site, home: Home, settings: Settings, make_source: Callable[..., Source]
) -> None:
    for n in range(4):
        site.page(f"/listed-{n}")
    path = home.root / "urls.txt"
    path.write_text("\n".join(site.url(f"/listed-{n}") for n in range(4)))
    source = make_source("list", kind="url_list", path=path, max_pages=2)
    tonight = fetch_source(source, night=FIRST, home=home, settings=settings)
    assert (tonight.listed, tonight.fetched, tonight.disallowed) == (4, 2, 2)
    tomorrow = fetch_source(source, night=SECOND, home=home, settings=settings)
    assert (tomorrow.unchanged, tomorrow.fetched) == (2, 2)
    assert sorted(path for path in site.paths() if path.startswith("/listed")) == [
        f"/listed-{n}" for n in range(4)
    ]


def test_the_time_limit_of_a_source_leaves_a_line_for_each_page(
    site: Site, home: Home, settings: Settings, make_source: Callable[..., Source]
) -> None:
    for n in range(5):
        site.page(f"/late-{n}")
    site.rss([(f"/late-{n}", None) for n in range(5)], "/late.xml")
    source = make_source(
        "late", url=site.url("/late.xml"), delay_seconds=0.8, time_limit_seconds=2, concurrency=1
    )
    report = fetch_source(source, night=FIRST, home=home, settings=settings)
    assert report.listed == 5
    assert report.failed > 0
    reasons = {line.reason for line in read_manifest(home.warc(FIRST, "late") / MANIFEST)}
    assert "not fetched: time_limit_seconds of the source was reached" in reasons


def test_the_server_is_really_on_loopback(site: Site) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=2) as connection:
        assert connection.getpeername()[0] == "127.0.0.1"
