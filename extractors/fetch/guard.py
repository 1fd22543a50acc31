"""Requests in, only those out that lead to addresses the source may reach; redirects pass here too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.resolver import HostResolution
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.address import IPv4Address
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from extractors.fetch.addresses import is_localhost, literal_address, refusal
from extractors.sources.urls import credentials, is_web_url


class RefusedError(IgnoreRequest):
    """A URL that leads where no request may go; the message says why."""


@implementer(IHostnameResolver)
class GuardedResolver:
    """The reactor's resolver behind the address rules.

    A connection is made to the very addresses that passed, so a name that resolves to something else
    the next moment (DNS rebinding) gains nothing. Literal addresses come through here as well.
    """

    def __init__(self, reactor: Any, *, allow_loopback: bool) -> None:
        self._reactor = reactor
        self._inner = reactor.nameResolver
        self._allow_loopback = allow_loopback
        self.refused: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> GuardedResolver:
        return cls(reactor, allow_loopback=crawler.settings.getbool("ALLOW_LOOPBACK"))

    def install_on_reactor(self) -> None:
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802  the interface's name
        self,
        receiver: Any,
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        passed = _Filter(receiver, hostName, self)
        if is_localhost(hostName):
            passed.resolutionBegan(HostResolution(hostName))
            passed.addressResolved(IPv4Address("TCP", "127.0.0.1", portNumber))
            passed.resolutionComplete()
            return HostResolution(hostName)
        return self._inner.resolveHostName(passed, hostName, portNumber, addressTypes, transportSemantics)

    def why_refused(self, address: str) -> str | None:
        return refusal(address, allow_loopback=self._allow_loopback)


@implementer(IResolutionReceiver)
class _Filter:
    """Hands on the addresses of one host that may be reached."""

    def __init__(self, receiver: Any, host: str, resolver: GuardedResolver) -> None:
        self._receiver = receiver
        self._host = host
        self._resolver = resolver

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if why := self._resolver.why_refused(address.host):
            self._resolver.refused[self._host] = why
        else:
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        self._receiver.resolutionComplete()


class AddressGuard:
    """Downloader middleware: refuses schemes, credentials and literal addresses before all else, also
    before a robots.txt is asked for there."""

    def __init__(self, *, allow_loopback: bool) -> None:
        self._allow_loopback = allow_loopback

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AddressGuard:
        return cls(allow_loopback=crawler.settings.getbool("ALLOW_LOOPBACK"))

    def process_request(self, request: Request) -> None:
        if not is_web_url(request.url):
            raise RefusedError("refused: neither http nor https")
        if credentials(request.url):
            raise RefusedError("refused: the URL carries a user or password")
        address = literal_address(request.url)
        if address and (why := refusal(address, allow_loopback=self._allow_loopback)):
            raise RefusedError(f"refused: {why}")


class RefusalTeller:
    """Downloader middleware, nearer to the network than retries: a host none of whose addresses passed is
    refused, not unknown."""

    def process_exception(self, request: Request, exception: Exception) -> None:
        if isinstance(exception, CannotResolveHostError):
            from twisted.internet import reactor

            host = urlparse_cached(request).hostname or ""
            if why := reactor.nameResolver.refused.get(host):
                raise RefusedError(f"refused: {host} leads to {why}") from exception
