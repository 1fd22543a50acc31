"""A page's address and the one it claims in, the URL that names the article out."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from extractors.articles.document import Document

if TYPE_CHECKING:
    from tldextract import TLDExtract

_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|cmpid?|ocid|ns_\w+|at_\w+|ftag|smid|ref(errer|src)?"
    r"|xtor|wt\.mc_\w+|_ga|spm|share|outputtype|amp|feature)$",
    re.I,
)
_VARIANTS = frozenset({"amp", "print", "index.html", "index.htm", "index.php", "full", "all", "singlepage"})
_PORTS = {"http": 80, "https": 443}
_LONGEST = 2_000


def canonical_url(document: Document) -> str:
    """rel=canonical or og:url where it can be true, else the address that was fetched."""
    links = document.tree.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")
    for claim in (*links[:1], document.meta("og:url")):
        if (
            claim
            and (url := normalised(urljoin(document.url, claim.strip())))
            and _is_plausible(url, document.url)
        ):
            return url
    return normalised(document.url) or document.url


def normalised(url: str) -> str | None:
    """Lower-case host, no default port, fragment or tracking parameter; None if it is no web address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").lower()
    if parts.scheme.lower() not in _PORTS or not host or len(url) > _LONGEST:
        return None
    netloc = host if port in (None, _PORTS[parts.scheme.lower()]) else f"{host}:{port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._", errors="replace")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _TRACKING.match(name)]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept, errors="replace")
    return urlunsplit((parts.scheme.lower(), netloc, path, query, ""))


def _is_plausible(claim: str, fetched: str) -> bool:
    """The same site, and not the site's front or a section above the page."""
    claimed, own = urlsplit(claim), urlsplit(normalised(fetched) or fetched)
    if claimed.netloc != own.netloc and not _same_site(claimed.hostname or "", own.hostname or ""):
        return False
    steps, above = _steps(own.path), _steps(claimed.path)
    if not above and (steps or own.query):
        return False
    is_above = len(above) < len(steps) and steps[: len(above)] == above
    return not is_above or set(steps[len(above) :]) <= _VARIANTS


def _same_site(first: str, second: str) -> bool:
    site = _suffixes()(first).top_domain_under_public_suffix
    return bool(site) and site == _suffixes()(second).top_domain_under_public_suffix


@cache
def _suffixes() -> TLDExtract:
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None)  # the list that the package ships, no download


def _steps(path: str) -> list[str]:
    return [step for step in path.split("/") if step]
