"""Servers that want to use up memory, disk or time, or break a parser: each page ends with its reason."""

from __future__ import annotations

import gzip
import io
import os
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event, Thread

import brotli
import pytest
from backports import zstd
from conftest import HTML, Reply, Site
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extractors.errors import SourceError
from extractors.fetch.archive import read_pages, read_responses
from extractors.fetch.crawl import fetch_source
from extractors.fetch.manifest import MANIFEST, PAGES, FetchLine, FetchReport, Outcome, read_manifest
from extractors.fetch.partial import take_stock
from extractors.home import Home
from extractors.settings import Settings
from extractors.sources.model import Source

NIGHT = date(2018, 5, 16)
MakeSource = Callable[..., Source]
ZEROS = bytes(100_000_000)
MOST_MB = 400  # of any one worker; the bombs together unpack to more than two GB


def packed(coding: str, body: bytes) -> Reply:
    return 200, {**HTML, "Content-Encoding": coding}, body


def drip(handler: BaseHTTPRequestHandler) -> None:
    """A byte every tenth of a second, for as long as it is listened to."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    try:
        for _ in range(200):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.1)
    except OSError:
        handler.close_connection = True


def raw(content: bytes, times: int = 1) -> Callable[[BaseHTTPRequestHandler], None]:
    """These bytes instead of an answer, so many times, then the end of the connection."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        try:
            for _ in range(times):
                handler.wfile.write(content)
        except OSError:
            pass
        handler.close_connection = True

    return reply


def chunks(handler: BaseHTTPRequestHandler) -> None:
    raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")(handler)
    raw(b"2710\r\n" + b"x" * 10_000 + b"\r\n", 100_000)(handler)


def nested() -> bytes:
    body = ZEROS
    for _ in range(3):
        body = gzip.compress(body)
    return body


LARGE = "larger than max_page_bytes"
HOSTILE = {
    "gzip-bomb": (packed("gzip", gzip.compress(ZEROS)), LARGE),
    "deflate-bomb": (packed("deflate", zlib.compress(ZEROS)), LARGE),
    "brotli-bomb": (packed("br", brotli.compress(ZEROS, quality=4)), LARGE),
    "zstd-bomb": (packed("zstd", zstd.compress(ZEROS)), LARGE),
    "nested-bomb": (packed("gzip, gzip, gzip", nested()), LARGE),
    "no-gzip": (packed("gzip", b"this is no gzip"), "cannot be unpacked"),
    "no-brotli": (packed("br", b"this is no brotli"), "cannot be unpacked"),
    "no-zstd": (packed("zstd", b"this is no zstd"), "cannot be unpacked"),
    "endless-chunks": (chunks, LARGE),
    "huge-length": ((200, {**HTML, "Content-Length": "99999999999999999999"}, b"x"), LARGE),
    "negative-length": ((200, {**HTML, "Content-Length": "-5"}, b"x"), ""),
    "drip": (drip, "no complete answer"),
    "headers": (raw(b"HTTP/1.1 200 OK\r\n" + b"X-Flood: 1\r\n" * 1000, 10_000), "header is larger"),
    "continues": (raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, 10_000), "header is larger"),
    "long-header": (raw(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 10_000_000), ""),
    "endless-status": (raw(b"HTTP/1.1 200 " + b"y" * 10_000_000), ""),
    "no-http": (raw(b"SSH-2.0-OpenSSH_9.2\r\n"), ""),
    "silence": (raw(b""), ""),
    "circle": ((302, {"Location": "/circle"}, b""), "max redirections reached"),
    "growing": ((302, {"Location": "growing/growing"}, b""), ""),
    "no-location": ((302, {"Location": "http://["}, b""), ""),
    "port": ((302, {"Location": "http://outlet.localhost:99999999/"}, b""), ""),
    "binary-location": ((302, {"Location": "\x00\xff\xfe//\x80"}, b""), ""),
    "long-location": ((302, {"Location": "http://" + "a." * 5000 + "test/"}, b""), ""),
}
STRANGE: dict[str, Reply] = {
    "charset": (200, {"Content-Type": 'text/html; charset="no-such\'\x00charset"'}, b"<p>in</p>"),
    "codec": (200, {"Content-Type": "text/html; charset=zip_codec"}, b"<p>in</p>"),
    "idna": (200, {"Content-Type": "text/html; charset=idna"}, b"<p>in</p>"),
    "type": (200, {"Content-Type": ";;;=/\xff\xfe" + "x" * 10_000}, b"<p>in</p>"),
    "coding": (200, {**HTML, "Content-Encoding": "x-unheard-of"}, b"<p>in</p>"),
    "etag": (200, {**HTML, "ETag": "\xe4\xf6" * 500, "Last-Modified": "yesterday"}, b"<p>in</p>"),
    "folded": (200, {**HTML, "X-Folded": "one\r\n\ttwo\r\n WARC-Type: request"}, b"<p>in</p>"),
    "refresh": (200, {**HTML, "Refresh": "0; url=http://169.254.169.254/"}, b"<p>in</p>"),
    "cookies": (200, {**HTML, "Set-Cookie": "a=b", "Retry-After": "-1"}, b"<p>in</p>"),
    "meta": (200, HTML, b"<meta http-equiv=refresh content='0;url=http://10.0.0.1/'><p>in</p>"),
}


@pytest.fixture(scope="module", autouse=True)
def peaks() -> Iterator[dict[int, float]]:
    """By process id, the most memory (MB) of each fetch worker of this process so far."""
    found: dict[int, float] = {}
    done = Event()
    watch = Thread(target=_watch, args=(found, done))
    watch.start()
    yield found
    done.set()
    watch.join()


def _watch(found: dict[int, float], done: Event) -> None:
    while not done.wait(0.02):
        for folder in Path("/proc").iterdir():
            try:
                if folder.name.isdigit() and b"extractors.fetch.worker" in (folder / "cmdline").read_bytes():
                    status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
                    if int(status["PPid"]) == os.getpid() and "VmHWM" in status:
                        found[int(folder.name)] = int(status["VmHWM"].split()[0]) / 1024
            except OSError:
                continue  # it ended meanwhile


@pytest.fixture(scope="module")
def night(
    site: Site, home: Home, settings: Settings, make_source: MakeSource
) -> tuple[FetchReport, dict[str, FetchLine]]:
    for path, (reply, _) in HOSTILE.items():
        site.pages[f"/{path}"] = reply
    site.pages |= {f"/{path}": reply for path, reply in STRANGE.items()}
    site.rss([(f"/{path}", None) for path in (*HOSTILE, *STRANGE)])
    source = make_source(url=site.url("/rss.xml"), concurrency=8, retries=0, timeout_seconds=4)
    report = fetch_source(source, night=NIGHT, home=home, settings=settings)
    lines = read_manifest(home.warc(NIGHT, "outlet") / MANIFEST)
    return report, {line.url.rpartition("/")[2]: line for line in lines}


@pytest.mark.parametrize("path", HOSTILE)
def test_a_hostile_page_ends_as_an_error_with_its_reason(
    night: tuple[FetchReport, dict[str, FetchLine]], path: str
) -> None:
    line = night[1][path]
    assert line.outcome is Outcome.ERROR
    assert line.reason
    assert HOSTILE[path][1] in line.reason


@pytest.mark.parametrize("path", STRANGE)
def test_a_strange_page_is_fetched_all_the_same(
    night: tuple[FetchReport, dict[str, FetchLine]], home: Home, path: str
) -> None:
    assert night[1][path].outcome is Outcome.FETCHED
    pages = {line.url.rpartition("/")[2]: page.html for line, page in read_pages(home.warc(NIGHT, "outlet"))}
    assert bytes(pages[path]).endswith(b"<p>in</p>")


def test_memory_stays_within_bounds(night: object, peaks: dict[int, float]) -> None:
    assert peaks
    assert max(peaks.values()) < MOST_MB


def test_the_archive_holds_them_without_their_bodies(night: object, home: Home) -> None:
    folder = home.warc(NIGHT, "outlet")
    assert (folder / PAGES).stat().st_size < 2_000_000
    bodies = {response.url.rpartition("/")[2]: response.body for response in read_responses(folder)}
    stock = take_stock(folder / PAGES).responses
    reasons = {url.rpartition("/")[2]: stored.truncated for url, stored in stock.items()}
    for path, (_, reason) in HOSTILE.items():
        if reason in (LARGE, "cannot be unpacked"):
            assert (bodies[path], bool(reasons[path])) == (b"", True)
    assert not any(reasons[path] for path in STRANGE)


def test_nothing_is_asked_of_where_a_page_would_lead(night: object, site: Site) -> None:
    assert site.paths().count("/circle") == 6
    assert not any("Cookie" in hit.headers for hit in site.hits)


@pytest.mark.parametrize(
    ("name", "body"),
    [("huge", b"User-agent: *\nAllow: /\n" * 100_000), ("bomb", gzip.compress(ZEROS))],
)
def test_a_robots_txt_that_is_too_large_forbids_its_host(
    site: Site, home: Home, settings: Settings, make_source: MakeSource, name: str, body: bytes
) -> None:
    headers = {"Content-Encoding": "gzip"} if name == "bomb" else {}
    site.pages["/robots.txt"] = (200, headers, body)
    host = f"robots-{name}.localhost"
    site.rss([], "/robots.xml")
    with pytest.raises(SourceError, match=r"robots\.txt of .* cannot be read \(larger than"):
        fetch_source(
            make_source(f"robots-{name}", url=site.url("/robots.xml", host)),
            night=NIGHT,
            home=home,
            settings=settings,
        )
    del site.pages["/robots.txt"]
    assert "/robots.xml" not in [hit.path for hit in site.hits if hit.host.startswith(host)]


def test_a_gzipped_sitemap_that_is_a_bomb(
    site: Site, home: Home, settings: Settings, make_source: MakeSource, peaks: dict[int, float]
) -> None:
    site.pages["/map.xml.gz"] = (200, {"Content-Type": "application/gzip"}, gzip.compress(ZEROS))
    source = make_source("mapbomb", kind="sitemap", url=site.url("/map.xml.gz"))
    with pytest.raises(SourceError, match="when unpacked"):
        fetch_source(source, night=NIGHT, home=home, settings=settings)
    assert max(peaks.values()) < MOST_MB


def test_a_warc_record_that_is_a_bomb(
    home: Home, settings: Settings, make_source: MakeSource, tmp_path: Path
) -> None:
    with (tmp_path / "a.warc.gz").open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for n, coding, body in [(0, "gzip", gzip.compress(ZEROS)), (1, "identity", b"<p>in</p>")]:
            headers = [("Content-Type", "text/html"), ("Content-Encoding", coding)]
            record = writer.create_warc_record(
                f"http://a.org/{n}",
                "response",
                payload=io.BytesIO(body),
                length=len(body),
                http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
            )
            writer.write_record(record)
    source = make_source("warcbomb", kind="warc", path=tmp_path / "a.warc.gz")
    report = fetch_source(source, night=NIGHT, home=home, settings=settings)
    assert (report.fetched, report.failed) == (1, 1)


def test_credentials_stay_with_their_own_server_and_out_of_every_file(
    site: Site, home: Home, settings: Settings, make_source: MakeSource
) -> None:
    """A source may have a password; what a feed or a redirect brings along is not used."""
    for path in ("/own", "/listed", "/other"):
        site.page(path)
    site.pages["/led"] = (302, {"Location": f"http://eve:sesame@outlet.localhost:{site.port}/own"}, b"")
    listed = site.url("/listed").replace("//", "//eve:sesame@")
    site.rss(
        [
            (site.url("/own"), None),
            (listed, None),
            (site.url("/led"), None),
            (site.url("/other", "o.localhost"), None),
        ],
        "/secret.xml",
    )
    url = site.url("/secret.xml").replace("//", "//alice:hunter2@")
    site.hits.clear()
    fetch_source(make_source("secret", url=url), night=NIGHT, home=home, settings=settings)
    sent = {hit.path: hit.headers.get("Authorization") for hit in site.hits if hit.path != "/robots.txt"}
    assert sent["/secret.xml"] == "Basic YWxpY2U6aHVudGVyMg=="
    assert sent["/other"] is None
    lines = {
        line.url.rpartition("/")[2]: line for line in read_manifest(home.warc(NIGHT, "secret") / MANIFEST)
    }
    assert lines["listed"].outcome is Outcome.FETCHED
    assert "carries a user" in str(lines["led"].reason)
    missing = make_source("missing", url=url.replace("secret.xml", "missing.xml"))
    with pytest.raises(SourceError) as raised:
        fetch_source(missing, night=NIGHT, home=home, settings=settings)
    left = [path for path in home.root.rglob("*") if path.is_file()]
    packed_up = b"".join(gzip.decompress(path.read_bytes()) for path in left if path.suffix == ".gz")
    plain = b"".join(path.read_bytes() for path in left if path.suffix != ".gz") + str(raised.value).encode()
    assert b"secret.xml" in plain
    assert b"secret.xml" in packed_up
    for secret in (b"hunter2", b"YWxpY2U6"):
        assert secret not in plain + packed_up
    assert [
        line for line in plain.split(b"\n") if b"sesame" in line
    ] == []  # the archive has the feed as it came


@pytest.fixture
def trap() -> Iterator[tuple[int, list[bytes]]]:
    """A proxy that takes note of whoever calls."""
    calls: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            calls.append(connection.recv(1000))
            connection.close()

    Thread(target=listen, daemon=True).start()
    yield listener.getsockname()[1], calls
    listener.close()


def test_a_proxy_of_the_environment_is_not_used(
    site: Site,
    home: Home,
    settings: Settings,
    make_source: MakeSource,
    trap: tuple[int, list[bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    port, calls = trap
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
    monkeypatch.delenv("no_proxy", raising=False)
    site.page("/direct")
    site.rss([("/direct", datetime(2018, 5, 16, tzinfo=UTC))], "/proxy.xml")
    report = fetch_source(
        make_source("proxy", url=site.url("/proxy.xml")), night=NIGHT, home=home, settings=settings
    )
    assert report.fetched == 1
    assert calls == []
    assert os.environ["http_proxy"]
