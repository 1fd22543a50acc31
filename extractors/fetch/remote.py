"""The URL of a large file in, its bytes as a stream out, by the rules of every request; breaks are healed."""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urljoin, urlsplit

import httpx

from extractors.fetch.addresses import is_localhost, refusal
from extractors.fetch.history import History
from extractors.fetch.limits import MAX_BACKOFF
from extractors.settings import Settings
from extractors.sources.kinds import BrokenFileError
from extractors.sources.model import Source
from extractors.sources.urls import is_web_url

if TYPE_CHECKING:
    from protego import Protego

MAX_FILE_BYTES = 20_000_000_000  # a file of CC-NEWS has one
MAX_REDIRECTS = 5
CHUNK = 65_536


@dataclass
class RemoteFiles:
    """Opens the files of one source. What earlier nights read to the end is known and not asked for again."""

    source: Source
    settings: Settings
    history: History
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _deadline: float = field(init=False)
    _client: httpx.Client = field(init=False)
    _robots: dict[str, Protego] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._deadline = self.clock() + self.source.time_limit_seconds
        timeout = self.source.timeout_seconds or self.settings.download_timeout_seconds
        # trust_env: a proxy would resolve names itself, out of reach of the address rules.
        self._client = httpx.Client(
            timeout=timeout,
            trust_env=False,
            headers={"User-Agent": self.settings.user_agent},
            # A connection is one host's own, also where two hosts share an address.
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    def close(self) -> None:
        self._client.close()

    def has_read(self, url: str) -> bool:
        return url in self.history.files

    def open(self, url: str) -> BinaryIO:
        """The file as a stream that goes on by itself where a connection breaks.

        Raises:
            BrokenFileError: it may not be asked for, the server has it not, or it cannot be reached.
        """
        parts = urlsplit(url)
        if not self._is_allowed(f"{parts.scheme}://{parts.netloc}", url):
            raise BrokenFileError("forbidden by robots.txt")
        stream = _RemoteStream(self, url)
        stream.connect()
        return io.BufferedReader(stream, CHUNK)

    def respond(self, url: str, headers: dict[str, str]) -> httpx.Response:
        """The response after redirects, its body not yet read; each step goes to an address that passed."""
        for _ in range(MAX_REDIRECTS + 1):
            response = self._client.send(self._request(url, headers), stream=True)
            location = response.headers.get("Location")
            if not (300 <= response.status_code < 400 and location):
                return response
            response.close()
            url = urljoin(url, location)
        raise BrokenFileError(f"more than {MAX_REDIRECTS} redirects")

    def wait(self, tries: int) -> None:
        self.sleep(min(self.source.retry_wait_seconds * 2**tries, MAX_BACKOFF))

    def check_time(self) -> None:
        if self.clock() > self._deadline:
            raise BrokenFileError("time_limit_seconds of the source was reached")

    def _request(self, url: str, headers: dict[str, str]) -> httpx.Request:
        """A request to the very address that passed, so that a name cannot lead elsewhere the next moment."""
        if not is_web_url(url):
            raise BrokenFileError(f"refused: {url} is neither http nor https")
        target = httpx.URL(url)
        address = self._address(target.host)
        request = self._client.build_request(
            "GET", target, headers={"Accept-Encoding": "identity", **headers}
        )
        request.extensions["sni_hostname"] = target.host
        request.url = target.copy_with(host=address)
        return request

    def _address(self, host: str) -> str:
        if is_localhost(host):
            host = "127.0.0.1"
        try:
            found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(f"{host} cannot be resolved: {error}") from error
        reasons = []
        for *_, sockaddr in found:
            why = refusal(str(sockaddr[0]), allow_loopback=self.source.allow_loopback)
            if why is None:
                return str(sockaddr[0])
            reasons.append(why)
        raise BrokenFileError(f"refused: {host} leads to {reasons[0]}")

    def _is_allowed(self, host: str, url: str) -> bool:
        from protego import Protego

        if host not in self._robots:
            try:
                response = self.respond(f"{host}/robots.txt", {})
                text = next(response.iter_bytes(500_000), b"") if response.status_code == 200 else b""
                response.close()
            except httpx.HTTPError as error:
                raise BrokenFileError(f"robots.txt of {host} cannot be read ({error})") from error
            if response.status_code >= 500:
                raise BrokenFileError(f"robots.txt of {host} cannot be read (HTTP {response.status_code})")
            self._robots[host] = Protego.parse(text.decode(errors="replace"))
        return bool(self._robots[host].can_fetch(url, self.settings.user_agent.split("/")[0]))


class _RemoteStream(io.RawIOBase):
    """Bytes of a URL in their order; after a break it asks for the rest (Range, If-Range)."""

    def __init__(self, files: RemoteFiles, url: str) -> None:
        self._files = files
        self._url = url
        self._position = 0
        self._tries = 0
        self._version: str | None = None
        self._response: httpx.Response | None = None
        self._chunks: Iterator[bytes] = iter(())
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._left:
            self._left = self._next()
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count

    def close(self) -> None:
        if self._response is not None:
            self._response.close()
        super().close()

    def connect(self) -> None:
        """Ask from the present position on, again and again while it can heal."""
        while True:
            self._files.check_time()
            try:
                self._take(self._files.respond(self._url, self._range()))
            except httpx.TransportError as error:
                self._again(str(error) or type(error).__name__)
            else:
                return

    def _range(self) -> dict[str, str]:
        if not self._position:
            return {}
        conditions = {"If-Range": self._version} if self._version else {}
        return {"Range": f"bytes={self._position}-", **conditions}

    def _take(self, response: httpx.Response) -> None:
        if response.status_code >= 500 or response.status_code in (408, 429):
            response.close()
            raise httpx.ReadError(f"HTTP {response.status_code}")
        if response.status_code not in (200, 206):
            response.close()
            raise BrokenFileError(f"HTTP {response.status_code}")
        version = response.headers.get("ETag") or response.headers.get("Last-Modified")
        if self._position and version != self._version:
            response.close()
            raise BrokenFileError("it was changed while it was read")
        self._version = version
        self._response = response
        self._chunks = response.iter_raw()
        if self._position and response.status_code == 200:
            self._skip(self._position)

    def _skip(self, count: int) -> None:
        """A server that knows no ranges sends all again."""
        while count > 0:
            chunk = next(self._chunks, b"")
            if not chunk:
                raise httpx.ReadError("shorter than before")
            self._left = chunk[count:]
            count -= len(chunk)
        self._position += len(self._left)

    def _next(self) -> bytes:
        while True:
            self._files.check_time()
            try:
                chunk = next(self._chunks, b"")
            except httpx.TransportError as error:
                self._again(str(error) or type(error).__name__)
                self.connect()
                if self._left:
                    left, self._left = self._left, b""
                    return left
                continue
            self._position += len(chunk)
            self._tries = 0 if chunk else self._tries
            if self._position > MAX_FILE_BYTES:
                raise BrokenFileError(f"more than {MAX_FILE_BYTES:,} bytes")
            return chunk

    def _again(self, reason: str) -> None:
        if self._response is not None:
            with suppress(httpx.HTTPError):
                self._response.close()
        if self._tries >= self._files.source.retries:
            raise BrokenFileError(f"{reason} ({self._tries + 1} tries)")
        self._files.wait(self._tries)
        self._tries += 1
