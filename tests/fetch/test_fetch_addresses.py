from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from conftest import Site
from twisted.internet.address import IPv4Address, IPv6Address

from extractors.errors import SourceError
from extractors.fetch.addresses import is_localhost, literal_address, refusal
from extractors.fetch.crawl import fetch_source
from extractors.fetch.guard import GuardedResolver
from extractors.fetch.manifest import MANIFEST, Outcome, read_manifest
from extractors.home import Home
from extractors.settings import Settings
from extractors.sources.model import Source

NIGHT = date(2018, 5, 16)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_pass(address: str) -> None:
    assert refusal(address, allow_loopback=False) is None


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.100.100.200",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "240.0.0.1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "::10.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:a00:1::",
        "2002:a9fe:a9fe::1",
        "not an address",
    ],
)
def test_addresses_inside_a_network_never_pass(address: str) -> None:
    assert refusal(address, allow_loopback=True)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"])
def test_loopback_passes_only_where_the_source_allows_it(address: str) -> None:
    assert "loopback" in str(refusal(address, allow_loopback=False))
    assert refusal(address, allow_loopback=True) is None


def test_names_of_this_machine() -> None:
    assert is_localhost("localhost")
    assert is_localhost("Outlet.LOCALHOST.")
    assert not is_localhost("localhost.example.org")
    assert literal_address("http://[::1]:80/x") == "::1"
    assert literal_address("http://example.org/127.0.0.1") is None


class Receiver:
    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.is_complete = False

    def resolutionBegan(self, resolution: object) -> None: ...  # noqa: N802

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.is_complete = True


class Reactor:
    """A reactor whose name server answers with one public and two inner addresses."""

    def __init__(self) -> None:
        self.nameResolver = self

    def resolveHostName(self, receiver: Any, name: str, port: int, *rest: object) -> None:  # noqa: N802
        receiver.resolutionBegan(None)
        for host in ("10.0.0.7", "93.184.216.34"):
            receiver.addressResolved(IPv4Address("TCP", host, port))
        receiver.addressResolved(IPv6Address("TCP", "::1", port))
        receiver.resolutionComplete()


def test_a_name_leads_only_to_its_public_addresses() -> None:
    resolver = GuardedResolver(Reactor(), allow_loopback=False)
    receiver = Receiver()
    resolver.resolveHostName(receiver, "rebinding.example.org", 80)
    assert receiver.addresses == ["93.184.216.34"]
    assert receiver.is_complete
    assert "rebinding.example.org" in resolver.refused


def test_localhost_names_never_ask_a_name_server() -> None:
    receiver = Receiver()
    GuardedResolver(Reactor(), allow_loopback=True).resolveHostName(receiver, "outlet.localhost", 80)
    assert receiver.addresses == ["127.0.0.1"]


def test_no_form_of_this_machine_is_reached_without_leave(
    site: Site, home: Home, settings: Settings, make_source: Callable[..., Source]
) -> None:
    hosts = "localhost a.localhost 127.0.0.1 127.1 2130706433 0x7f000001 0 [::1] [::ffff:127.0.0.1]".split()  # noqa: SIM905
    path = home.root / "inside.txt"
    path.write_text("\n".join(f"http://{host}:{site.port}/inside" for host in hosts))
    site.page("/inside")
    source = make_source("inside", kind="url_list", path=path, allow_loopback=False, retries=0)
    report = fetch_source(source, night=NIGHT, home=home, settings=settings)
    lines = list(read_manifest(home.warc(NIGHT, "inside") / MANIFEST))
    assert site.hits == []
    assert report.listed == report.disallowed == len(hosts)
    assert all(line.outcome is Outcome.DISALLOWED and "refused" in str(line.reason) for line in lines)


def test_a_feed_on_this_machine_is_refused_without_leave(
    site: Site, home: Home, settings: Settings, make_source: Callable[..., Source]
) -> None:
    site.rss([("/inside", None)])
    source = make_source("feed", url=site.url("/rss.xml"), allow_loopback=False)
    with pytest.raises(SourceError, match="loopback"):
        fetch_source(source, night=NIGHT, home=home, settings=settings)
    assert "/rss.xml" not in site.paths()
