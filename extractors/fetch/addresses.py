"""IP addresses in, whether a request may go there out: a feed can name any URL, one of ours too."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

# Addresses that carry another one inside; Python counts these two as global whatever they carry.
NAT64 = IPv6Network("64:ff9b::/96")
IPV4_COMPATIBLE = IPv6Network("::/96")


def refusal(address: str, *, allow_loopback: bool) -> str | None:
    """Why no request may go to the address; None when it may.

    Only globally routed unicast addresses pass: not loopback (but with `allow_loopback`), private,
    link-local, carrier-grade NAT, multicast or reserved ones, nor IPv6 forms of those. The metadata
    services of the clouds (169.254.169.254, fd00:ec2::254, 100.100.100.200) are among the refused.
    """
    try:
        ip = _carried(ip_address(address.partition("%")[0]))
    except ValueError:
        return f"{address!r} is no address"
    if ip.is_loopback:
        return None if allow_loopback else f"{address} is this machine itself (loopback)"
    if ip.is_link_local:
        return f"{address} is link-local"
    if ip.is_multicast or not ip.is_global:
        return f"{address} is no public address"
    return None


def literal_address(url: str) -> str | None:
    """The host of the URL when it is written as an IP address."""
    host = urlsplit(url).hostname or ""
    try:
        return str(ip_address(host))
    except ValueError:
        return None


def is_localhost(host: str) -> bool:
    """`localhost` and every name below it mean this machine (RFC 6761), whatever a name server says."""
    name = host.lower().rstrip(".")
    return name == "localhost" or name.endswith(".localhost")


def _carried(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address inside a mapped, 6to4, Teredo, NAT64 or compatible IPv6 address, else the address."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip.ipv4_mapped or ip.sixtofour:
        return ip.ipv4_mapped or ip.sixtofour or ip
    if ip.teredo:
        return ip.teredo[1]
    if ip in NAT64 or (ip in IPV4_COMPATIBLE and int(ip) > 1):
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip
