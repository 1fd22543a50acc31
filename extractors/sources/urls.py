"""URLs as listings give them in, URLs to request and keys that name one page in all its dresses out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote_plus, urlsplit

import yaml
from w3lib.url import canonicalize_url

DEFAULT_PORTS = {"http": 80, "https": 443}
_RULES = Path(__file__).with_name("urls.yml")
LEAST_LABELS = 2


@dataclass(frozen=True, slots=True)
class Parameters:
    """Names and beginnings of names, each with the values that it is limited to."""

    names: dict[str, re.Pattern[str] | None]
    prefixes: tuple[str, ...]

    def match(self, parameter: str) -> bool:
        """Whether the rules are for `name=value`, as it stands in a query."""
        name, _, value = parameter.partition("=")
        name = unquote_plus(name).lower()
        if name.startswith(self.prefixes):
            return True
        allowed = self.names.get(name, ...)
        return allowed is None or (allowed is not ... and bool(allowed.fullmatch(value)))


@dataclass(frozen=True, slots=True)
class UrlRules:
    """The rules of urls.yml."""

    tracking: Parameters
    dress: Parameters
    hosts: tuple[str, ...]
    paths: tuple[tuple[re.Pattern[str], str], ...]


@cache
def url_rules() -> UrlRules:
    given = yaml.safe_load(_RULES.read_text(encoding="utf-8"))
    return UrlRules(
        tracking=_parameters(given["tracking"]),
        dress=_parameters(given["dress"]),
        hosts=tuple(rule["prefix"] for rule in given["hosts"]),
        paths=tuple((re.compile(rule["pattern"]), rule["into"]) for rule in given["paths"]),
    )


def clean_url(url: str) -> str:
    """The URL to request: without fragment, tracking parameters, default port and credentials.

    The rest stays in its order; what follows an @ in the host is the host, and nothing before it is sent.
    """
    parts = urlsplit(url.strip())
    query = _without(parts.query, url_rules().tracking)
    scheme = parts.scheme.lower()
    return parts._replace(scheme=scheme, netloc=_netloc(parts), query=query, fragment="").geturl()


def canonical_url(url: str) -> str:
    """The key of the page, not always a URL that a server knows.

    One for http and https, with and without www, for AMP and mobile pages, for all orders of parameters.
    """
    cleaned = clean_url(url)
    parts = urlsplit(cleaned)
    if parts.scheme not in DEFAULT_PORTS:
        return str(canonicalize_url(cleaned))
    rules = url_rules()
    path = parts.path or "/"
    for pattern, into in rules.paths:
        path = pattern.sub(into, path) or "/"
    query = _without(parts.query, rules.dress)
    folded = parts._replace(scheme="https", netloc=_folded(parts.netloc, rules), path=path, query=query)
    return str(canonicalize_url(folded.geturl()))


def is_web_url(url: str) -> bool:
    """Whether the URL is http or https and names a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in DEFAULT_PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def credentials(url: str) -> tuple[str, str] | None:
    """User and password that the URL carries."""
    user, at, _ = urlsplit(url).netloc.rpartition("@")
    name, _, password = user.partition(":")
    return (
        (unquote_plus(name.replace("+", "%2B")), unquote_plus(password.replace("+", "%2B"))) if at else None
    )


def _parameters(rules: list[dict[str, Any]]) -> Parameters:
    return Parameters(
        names={
            rule["name"]: re.compile(rule["value"], re.IGNORECASE) if "value" in rule else None
            for rule in rules
            if "name" in rule
        },
        prefixes=tuple(rule["prefix"] for rule in rules if "prefix" in rule),
    )


def _without(query: str, parameters: Parameters) -> str:
    return "&".join(part for part in query.split("&") if part and not parameters.match(part))


def _netloc(parts: SplitResult) -> str:
    address = parts.netloc.rpartition("@")[2].lower()
    if parts.port is not None and parts.port == DEFAULT_PORTS.get(parts.scheme.lower()):
        address = address.removesuffix(f":{parts.port}")
    return address.removesuffix(":")


def _folded(netloc: str, rules: UrlRules) -> str:
    for prefix in rules.hosts:
        shorter = netloc.removeprefix(prefix)
        if shorter.count(".") + 1 >= LEAST_LABELS and not shorter.replace(".", "").isdigit():
            netloc = shorter
    return netloc
