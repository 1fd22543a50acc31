"""A number of hosts and pages in, a news server on loopback that remembers every request out."""

from __future__ import annotations

import asyncio
import threading
from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import sha256
from time import monotonic

HTML = "text/html; charset=utf-8"
SLOW_SECONDS = 1.0
TICK_SECONDS = 0.005


@dataclass(frozen=True, slots=True)
class Hit:
    """One request: when it came, when its answer was out, how many of its host were open with it."""

    host: str
    path: str
    status: int
    start: float
    end: float
    open: int


@dataclass
class Site:
    """`hosts` names below localhost with `pages` pages in all; some have two feeds, which share the pages.

    Of a hundred pages, `errors` fail: half for good (404), a quarter once (500, then the page), a quarter
    always (503); `slow` take a second. Which ones follows from the page's number.
    """

    hosts: int
    pages: int
    errors: float
    slow: float
    page_bytes: int
    hits: list[Hit] = field(default_factory=list)
    port: int = 0
    _stalls: list[tuple[float, float]] = field(default_factory=list)
    _open: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _failed_once: set[str] = field(default_factory=set)

    def host(self, number: int) -> str:
        return f"host-{number}.localhost"

    def feeds(self) -> list[tuple[str, str]]:
        """Name and URL of each feed; every tenth host has a second one."""
        first = [(f"outlet-{n}", f"http://{self.host(n)}:{self.port}/feed-0.xml") for n in range(self.hosts)]
        second = [
            (f"outlet-{n}-second", f"http://{self.host(n)}:{self.port}/feed-1.xml")
            for n in range(0, self.hosts, 10)
        ]
        return first + second

    def paths(self, host: int, feed: int) -> list[str]:
        """The pages that a feed lists."""
        own = range(host, self.pages, self.hosts)
        if host % 10:
            return [f"/page-{page}" for page in own]
        return [f"/page-{page}" for page in own if page // self.hosts % 2 == feed]

    def status(self, path: str) -> int:
        """What becomes of a page in the end."""
        share = self._share(path, "error")
        if share >= self.errors:
            return 200
        return 404 if share < self.errors / 2 else 503 if share < self.errors * 3 / 4 else 200

    def heals(self, path: str) -> bool:
        return self.errors * 3 / 4 <= self._share(path, "error") < self.errors

    def body(self, host: str, path: str) -> bytes:
        words = f"{host}{path} says that talks go on. "
        text = (words * (self.page_bytes // len(words) + 1))[: self.page_bytes]
        return f"<html><title>{host}{path}</title><p>{text}</p></html>".encode()

    def serve(self) -> None:
        """Answer from a thread of its own until the process ends."""
        ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._run(ready)), daemon=True).start()
        ready.wait()

    def lag(self, at: float) -> float:
        """How late this server's own clock was about then: it may have noted a request so much too late."""
        end = bisect(self._stalls, (at + 0.1, 0.0))
        return max(
            (late for woke, late in self._stalls[max(0, end - 8) : end] if woke > at - 0.1), default=0.0
        )

    async def _tick(self) -> None:
        while True:
            due = monotonic() + TICK_SECONDS
            await asyncio.sleep(TICK_SECONDS)
            if (late := monotonic() - due) > TICK_SECONDS / 2:
                self._stalls.append((due + late, late))

    async def _run(self, ready: threading.Event) -> None:
        ticker = asyncio.create_task(self._tick())
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0, backlog=4096)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await asyncio.gather(server.serve_forever(), ticker)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await self._exchange(head.decode("latin-1"), writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _exchange(self, head: str, writer: asyncio.StreamWriter) -> None:
        start = monotonic()
        lines = head.split("\r\n")
        path = lines[0].split(" ")[1]
        host = next(line for line in lines if line.lower().startswith("host:")).split(":")[1].strip()
        self._open[host] += 1
        at_once = self._open[host]
        status, kind, body = 0, HTML, b""
        try:
            if self._share(path, "slow") < self.slow and path.startswith("/page"):
                await asyncio.sleep(SLOW_SECONDS)
            status, kind, body = self._answer(host, path)
            top = f"HTTP/1.1 {status} .\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        finally:
            self._open[host] -= 1
            self.hits.append(Hit(host, path, status, start, monotonic(), at_once))
        writer.write(top.encode() + body)
        await writer.drain()

    def _answer(self, host: str, path: str) -> tuple[int, str, bytes]:
        if path == "/robots.txt":
            return 200, "text/plain", b"User-agent: *\nDisallow: /private/\n"
        if path.startswith("/feed-"):
            return 200, "application/rss+xml", self._feed(host, int(path[6]))
        if self.heals(path) and path not in self._failed_once:
            self._failed_once.add(path)
            return 500, HTML, b"<p>once</p>"
        status = self.status(path)
        return status, HTML, self.body(host, path) if status == 200 else b"<p>error</p>"

    def _feed(self, host: str, feed: int) -> bytes:
        number = int(host.split(".")[0].removeprefix("host-"))
        items = "".join(
            f"<item><title>t</title><link>http://{host}:{self.port}{path}</link></item>"
            for path in self.paths(number, feed)
        )
        head = '<?xml version="1.0"?><rss version="2.0"><channel><title>feed</title>'
        return f"{head}{items}</channel></rss>".encode()

    def _share(self, path: str, what: str) -> float:
        return int.from_bytes(sha256(f"{what} {path}".encode()).digest()[:4], "big") / 2**32
