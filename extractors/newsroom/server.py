"""A night in, its newsroom served on loopback: blocking for the command line, in a thread for tests."""

from __future__ import annotations

import select
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any, NamedTuple

from extractors.errors import SourceError
from extractors.newsroom.content import Outlet
from extractors.newsroom.edition import Newsroom
from extractors.newsroom.exchange import finish
from extractors.newsroom.listings import LISTING_PATHS
from extractors.newsroom.loader import load_newsroom
from extractors.newsroom.site import Response, Site

LOOPBACK = "127.0.0.1"
IDLE_SECONDS = 30
POLL_SECONDS = 0.1


class LoggedRequest(NamedTuple):
    host: str
    path: str
    status: int


@dataclass(frozen=True)
class NewsroomAddress:
    """Where a running newsroom answers; connect to 127.0.0.1 where `*.localhost` does not resolve."""

    port: int
    night: date
    outlets: tuple[Outlet, ...]
    requests: list[LoggedRequest]

    def host(self, outlet: str) -> str:
        return f"{outlet}.localhost:{self.port}"

    def url(self, outlet: str, path: str = "/") -> str:
        return f"http://{self.host(outlet)}{path}"

    def listing_url(self, outlet: Outlet) -> str:
        """The feed or news sitemap that the outlet offers crawlers."""
        return self.url(outlet.name, LISTING_PATHS[outlet.listing])


def serve(
    *,
    night: date,
    port: int,
    ready: Callable[[str], None] | None = None,
    newsroom: Newsroom | None = None,
) -> None:
    """Serve the newsroom as of `night` until interrupted; `ready` gets the address once it answers.

    Raises:
        SourceError: the port is taken.
        SettingsError: an article, outlet or oddity file does not fit.
    """
    server = _bind(newsroom or load_newsroom(), night, port)
    try:
        if ready:
            ready(f"http://{LOOPBACK}:{server.server_port}/")
        with suppress(KeyboardInterrupt):
            server.serve_forever(poll_interval=POLL_SECONDS)
    finally:
        server.close()


@contextmanager
def running(*, night: date, port: int = 0, newsroom: Newsroom | None = None) -> Iterator[NewsroomAddress]:
    """The newsroom as of `night`, in a thread; port 0 takes a free one. Raises as `serve` does."""
    newsroom = newsroom or load_newsroom()
    server = _bind(newsroom, night, port)
    thread = Thread(target=server.serve_forever, args=(0.02,), name=f"newsroom-{night}", daemon=True)
    thread.start()
    try:
        yield NewsroomAddress(server.server_port, night, newsroom.outlets, server.requests)
    finally:
        server.shutdown()
        thread.join()
        server.close()


def _bind(newsroom: Newsroom, night: date, port: int) -> NewsroomServer:
    try:
        return NewsroomServer(port, Site(newsroom.as_of(night)))
    except OSError as error:
        raise SourceError(
            f"port {port} cannot be used: {error.strerror}",
            where="demo newsroom",
            next_step="stop what listens there, or give another --port",
        ) from error


class NewsroomServer(ThreadingHTTPServer):
    """A thread per connection, on loopback only; closing it ends open and hanging connections too."""

    daemon_threads = False  # joined by close(), so that no thread outlives its night
    request_queue_size = 128

    def __init__(self, port: int, site: Site) -> None:
        super().__init__((LOOPBACK, port), Handler)
        self.site = site
        self.requests: list[LoggedRequest] = []
        self.closing = Event()
        self._open: set[socket.socket] = set()
        self._lock = Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves is no error of ours."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    def close(self) -> None:
        """End all connections, wait for their threads, free the port."""
        self.closing.set()
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    server: NewsroomServer
    protocol_version = "HTTP/1.1"
    server_version = "newsroom"
    sys_version = ""
    timeout = IDLE_SECONDS
    wbufsize = -1  # one segment per response: unbuffered, Nagle and delayed ACK cost 40 ms each
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        host = self.headers.get("Host", "")
        response = finish(self.server.site.respond(host, self.path), self.headers.get)
        self.server.requests.append(LoggedRequest(host, self.path, response.status))
        self._send(response)

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: `requests` is the log."""

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.content_type:
            self.send_header("Content-Type", response.content_type)
        if response.hang_seconds:
            self._hang(response.hang_seconds)
            return
        if response.status != 304:
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)

    def _hang(self, seconds: float) -> None:
        """Promise a body, then send none until the client leaves, the server closes or time is up."""
        self.send_header("Content-Length", "65536")
        self.end_headers()
        self.wfile.flush()
        self.close_connection = True
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.server.closing.wait(POLL_SECONDS):
            readable, _, _ = select.select([self.connection], [], [], 0)
            if readable and not self.connection.recv(1024):
                return
