"""A small HTTP server on loopback whose pages a test defines, and which remembers every request."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic

import pytest

from extractors.fetch.crawl import Outcome, fetch_sources
from extractors.home import Home
from extractors.settings import Settings
from extractors.sources.model import Source

Reply = tuple[int, dict[str, str], bytes]
HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass(frozen=True)
class Hit:
    path: str
    host: str
    headers: dict[str, str]
    at: float


@dataclass
class Site:
    """`pages` maps paths to replies, or to functions of the request that give one (or answer themselves)."""

    pages: dict[str, Reply | Callable[[BaseHTTPRequestHandler], Reply | None]] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    def url(self, path: str, host: str = "outlet.localhost") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [hit.path for hit in self.hits]

    def page(self, path: str, title: str = "A page") -> None:
        self.pages[path] = (200, HTML, f"<html><title>{title}</title><p>{title}</p></html>".encode())

    def rss(self, items: list[tuple[str, datetime | None]], path: str = "/rss.xml", **headers: str) -> None:
        body = rss([(link if ":" in link else self.url(link), at) for link, at in items])
        self.pages[path] = (200, {"Content-Type": "application/rss+xml", **headers}, body)

    def serve(self, address: str = "127.0.0.1", port: int = 0) -> ThreadingHTTPServer:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                host = self.headers.get("Host", "")
                site.hits.append(Hit(self.path, host, dict(self.headers.items()), monotonic()))
                reply = site.pages.get(self.path, (404, HTML, b"<p>not here</p>"))
                answer(self, reply(self) if callable(reply) else reply)

            def log_message(self, format: str, *args: object) -> None: ...

        server = ThreadingHTTPServer((address, port), Handler)
        self.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return server


def answer(handler: BaseHTTPRequestHandler, reply: Reply | None) -> None:
    if reply is None:
        return
    status, headers, body = reply
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    if status != 304 and "Content-Length" not in headers:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    if status != 304:
        handler.wfile.write(body)


def rss(items: list[tuple[str, datetime | None]]) -> bytes:
    entries = "".join(
        f"<item><title>t</title><link>{link}</link>"
        f"{f'<pubDate>{format_datetime(at)}</pubDate>' if at else ''}</item>"
        for link, at in items
    )
    head = '<?xml version="1.0"?><rss version="2.0"><channel><title>feed</title>'
    return f"{head}{entries}</channel></rss>".encode()


def gzipped(body: bytes) -> Reply:
    return 200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(body)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    site = Site()
    server = site.serve()
    yield site
    site.released.set()
    server.shutdown()
    server.server_close()


FetchAll = Callable[..., dict[str, Outcome]]


@pytest.fixture
def fetch_all(home: Home, settings: Settings) -> FetchAll:
    """How each of the sources ends, fetched together; keywords change the settings."""

    def fetch(
        sources: list[Source], night: date = date(2018, 5, 16), **changed: object
    ) -> dict[str, Outcome]:
        ends: dict[str, Outcome] = {}
        fetch_sources(
            sources,
            night=night,
            home=home,
            settings=settings.model_copy(update=changed),
            on_end=ends.__setitem__,
            on_progress=lambda *_: None,
        )
        return ends

    return fetch


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings(max_page_bytes=200_000, user_agent="TestBot/1.0 (+http://test.example)")


@pytest.fixture(scope="session")
def make_source() -> Callable[..., Source]:
    """A source on the test server: no pauses, short limits; the arguments win."""

    def make(name: str = "outlet", **fields: object) -> Source:
        given = {
            "title": name,
            "kind": "feed",
            "language": "en",
            "country": "KOR",
            "ownership": "private",
            "allow_loopback": True,
            "timeout_seconds": 2.0,
            "delay_seconds": 0,
            "retries": 1,
            "retry_wait_seconds": 0.05,
        }
        return Source.model_validate({"name": name, **given, **fields})

    return make
