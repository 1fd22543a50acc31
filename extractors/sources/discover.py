"""A site's front page and robots.txt in, the feeds, sitemaps and section pages that it names out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from extractors.sources.links import page_links, site_of
from extractors.sources.urls import canonical_url, is_web_url

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
FEED_PATH = re.compile(r"(^|[/._-])(rss|atom|feeds?)([/._-]|$)|\.rdf$")
# Sections whose news is ours to code, in the words that outlets use for them.
SECTION_PATH = re.compile(
    r"^/(?:[\w-]+/)?(world|international|global|politics|diplomacy|foreign[\w-]*|nation(al)?|defen[cs]e|"
    r"security|news|asia|europe|africa|middle-?east|americas|press-?releases?|statements?)/?$"
)
GUESSES = (("feed", "/rss.xml"), ("feed", "/feed/"), ("sitemap", "/sitemap.xml"))
MAX_OF_KIND = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """`found`: where the site names it, `guessed` when it does not."""

    kind: str
    url: str
    found: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """What a front page says of its site, for the lines of a sources file."""

    title: str | None
    language: str | None


def site_info(tree: Any) -> SiteInfo:
    names = [*tree.xpath("//meta[@property='og:site_name']/@content"), *tree.xpath("//title/text()")]
    title = next((" ".join(str(name).split()) for name in names if str(name).strip()), None)
    language = str(next(iter(tree.xpath("/html/@lang")), "")).partition("-")[0].lower()
    return SiteInfo(title, language or None)


def candidates(tree: Any, robots: str, *, url: str) -> list[Candidate]:
    """At most four of a kind, each once, in the order of trust: declared, named, guessed."""
    found: dict[str, Candidate] = {}
    for candidate in (*_feeds(tree, url), *_sitemaps(robots, url), *_sections(tree, url)):
        found.setdefault(canonical_url(candidate.url), candidate)
    chosen = [
        candidate
        for kind in ("feed", "sitemap", "section")
        for candidate in [each for each in found.values() if each.kind == kind][:MAX_OF_KIND]
    ]
    kinds = {candidate.kind for candidate in chosen}
    guessed = [Candidate(k, urljoin(url, path), "guessed") for k, path in GUESSES if k not in kinds]
    return [*chosen, *guessed]


def _feeds(tree: Any, url: str) -> Iterator[Candidate]:
    for link in tree.xpath("//link[@href and contains(concat(' ', @rel, ' '), ' alternate ')]"):
        target = _joined(url, link.get("href"))
        if target and (link.get("type") or "").partition(";")[0].strip().lower() in FEED_TYPES:
            yield Candidate("feed", target, "declared by the page", link.get("title"))
    for anchor in tree.xpath("//a[@href]"):
        target = _joined(url, anchor.get("href"))
        if target and site_of(target) == site_of(url) and FEED_PATH.search(urlsplit(target).path.lower()):
            yield Candidate("feed", target, "linked on the page", " ".join(anchor.text_content().split()))


def _sitemaps(robots: str, url: str) -> Iterator[Candidate]:
    """News sitemaps first: the others list every page of the site."""
    named = re.findall(r"^\s*sitemap\s*:\s*(\S+)", robots, re.IGNORECASE | re.MULTILINE)
    for address in sorted(named, key=lambda address: "news" not in address.lower()):
        if target := _joined(url, address):
            yield Candidate("sitemap", target, "robots.txt")


def _sections(tree: Any, url: str) -> Iterator[Candidate]:
    yield Candidate("section", url, "the page itself")
    for link in page_links(tree, url=url):
        if SECTION_PATH.match(link.path):
            yield Candidate("section", link.url, "linked on the page", link.title or None)


def _joined(base: str, href: str) -> str | None:
    try:
        target = urljoin(base, href.strip())
    except ValueError:
        return None
    return target if is_web_url(target) else None


def yaml_lines(candidate: Candidate, info: SiteInfo) -> str:
    """The entry of a sources file; what only a person can know is marked."""
    import pycountry
    import yaml

    host = (urlsplit(candidate.url).hostname or "").removeprefix("www.")
    name = re.sub(r"[^a-z0-9]+", "-", site_of(candidate.url).partition(".")[0]).strip("-") or "outlet"
    country = pycountry.countries.get(alpha_2=host.rpartition(".")[2].upper().replace("UK", "GB"))
    title = yaml.safe_dump(info.title or host, allow_unicode=True, width=1000).splitlines()[0]
    lines = [
        f"- name: {name}",
        f"  title: {title}",
        f"  kind: {candidate.kind}",
        f"  url: {candidate.url}",
        f"  language: {info.language or 'en  # ISO 639-1; the page does not say'}",
        f"  country: {country.alpha_3 if country else 'XXX  # ISO 3166-1 alpha-3 of where it is based'}",
        "  ownership: private  # or state, public, agency, government, igo",
    ]
    return "\n".join(f"  {line}" for line in lines)
