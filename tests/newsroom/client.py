"""A plain HTTP client: `*.localhost` need not resolve, the Host header says who is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from typing import NamedTuple

FIXTURES = Path(__file__).parent / "fixtures"
FIRST, SECOND, THIRD = (date(2018, 5, day) for day in (14, 15, 16))


class Reply(NamedTuple):
    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


Get = Callable[..., Reply]


def request(port: int, host: str, path: str, *, method: str = "GET", **headers: str) -> Reply:
    """One request on a connection of its own; `If_None_Match="x"` becomes a header of that name."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, path, headers={"Host": host, **named})
        response = connection.getresponse()
        return Reply(response.status, response.headers, response.read())
    finally:
        connection.close()
