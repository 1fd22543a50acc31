"""The fetch worker as it is, in a world where 127.0.0.2 counts as public and a name server lies.

`*.outside.test` is 127.0.0.2; `rebind.outside.test` so for the first two questions, then 127.0.0.1;
`both.outside.test` is 127.0.0.1 and 127.0.0.2; every other name is looked up as it would be.
"""

from __future__ import annotations

import socket
import sys
from typing import Any

from twisted.internet.address import IPv4Address

from extractors.fetch import guard
from extractors.fetch.addresses import refusal
from extractors.fetch.worker import main

PUBLIC = "127.0.0.2"
TRUTHS = 2


class NameServer:
    """Twisted's interface of a resolver, as far as it is used."""

    def __init__(self) -> None:
        self._asked = 0

    def resolveHostName(self, receiver: Any, name: str, port: int = 0, *rest: Any) -> Any:  # noqa: N802
        receiver.resolutionBegan(self)
        for address in self._addresses(name):
            receiver.addressResolved(IPv4Address("TCP", address, port))
        receiver.resolutionComplete()
        return self

    def cancel(self) -> None: ...

    def _addresses(self, name: str) -> list[str]:
        if name == "rebind.outside.test":
            self._asked += 1
            return [PUBLIC if self._asked <= TRUTHS else "127.0.0.1"]
        if name == "both.outside.test":
            return ["127.0.0.1", PUBLIC]
        if name.endswith(".outside.test"):
            return [PUBLIC]
        try:
            return [socket.gethostbyname(name)]
        except OSError:
            return []


def outside_is_public(address: str, *, allow_loopback: bool) -> str | None:
    return None if address == PUBLIC else refusal(address, allow_loopback=allow_loopback)


def install(resolver: guard.GuardedResolver) -> None:
    resolver._inner = NameServer()
    resolver._reactor.installNameResolver(resolver)


if __name__ == "__main__":
    guard.refusal = outside_is_public  # type: ignore[attr-defined]
    guard.GuardedResolver.install_on_reactor = install  # type: ignore[method-assign]
    sys.exit(main())
