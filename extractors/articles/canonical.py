"""A page's address and the one it claims in, the URL that names the article out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from extractors.articles.addresses import normalised
from extractors.articles.document import Document

if TYPE_CHECKING:
    from tldextract import TLDExtract

_VARIANTS = frozenset({"amp", "print", "index.html", "index.htm", "index.php", "full", "all", "singlepage"})


def canonical_url(document: Document) -> str:
    """rel=canonical or og:url where it can be true, else the address that was fetched."""
    links = document.tree.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")
    for claim in (*links[:1], document.meta("og:url")):
        url = _absolute(claim, document.url)
        if url and _is_plausible(url, document.url):
            return url
    return document.url


def _absolute(claim: str | None, base: str) -> str | None:
    try:
        return normalised(urljoin(base, claim.strip())) if claim else None
    except ValueError:
        return None


def _is_plausible(claim: str, fetched: str) -> bool:
    """The same site, and not the site's front or a section above the page."""
    claimed, own = urlsplit(claim), urlsplit(fetched)
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
