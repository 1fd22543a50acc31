"""A section page in, the articles it links to out: told from the rest of the site by rules that are data."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from extractors.sources.kinds import Entry, Listing, Location, UnreadableListingError
from extractors.sources.links import Link, page_links

if TYPE_CHECKING:
    from extractors.sources.model import Source

RULES = Path(__file__).with_name("link_rules.yml")
MAX_BYTES = 5_000_000
# Links of one shape of address (digits and words made alike) are of one kind: they share their fate a little.
GROUP_SIZE = 4
GROUP_POINTS = 1.5


class Section:
    """`kind: section`: a page at `url` that links to articles, such as an outlet's world news."""

    location: Location = "url"

    def start(self, source: Source) -> Listing:
        return Listing(listings=(Entry(str(source.url)),))

    def read(self, body: bytes, *, url: str) -> Listing:
        entries = tuple(Entry(link.url, None, link.title or None) for link in article_links(body, url=url))
        if not entries:
            raise UnreadableListingError("no link on it looks like an article's")
        return Listing(entries=entries)


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    where: str
    points: float
    pattern: re.Pattern[str]
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class Rules:
    threshold: float
    rules: tuple[Rule, ...]

    def points(self, where: str, text: str) -> float:
        return sum(rule.points for rule in self.rules if rule.where == where and rule.pattern.search(text))


@functools.cache
def link_rules() -> Rules:
    data = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    rules = (Rule(**rule | {"pattern": re.compile(rule["pattern"])}) for rule in data["rules"])
    return Rules(data["threshold"], tuple(rules))


def article_links(body: bytes, *, url: str) -> list[Link]:
    """The links of the page that lead to articles, in its order.

    Raises:
        UnreadableListingError: the body is no HTML, or larger than MAX_BYTES.
    """
    from lxml import etree, html

    if len(body) > MAX_BYTES:
        raise UnreadableListingError(f"{len(body):,} bytes, more than {MAX_BYTES:,}")
    parser = html.HTMLParser(huge_tree=False, encoding=_encoding(body))
    try:
        tree = html.document_fromstring(body, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableListingError(f"no HTML ({error})") from error
    links = page_links(tree, url=url)
    threshold = link_rules().threshold
    return [link for link, points in zip(links, scores(links), strict=True) if points >= threshold]


def _encoding(body: bytes) -> str | None:
    """UTF-8 where it can be; else what the page declares, which libxml2 finds."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return None
    return "utf-8"


def scores(links: Iterable[Link]) -> list[float]:
    """Points of each link: its own, and what the links of the same shape of address tell of it."""
    listed = list(links)
    own = [_own_points(link) for link in listed]
    groups: dict[str, list[float]] = defaultdict(list)
    for link, points in zip(listed, own, strict=True):
        groups[_shape(link.path)].append(points)
    return [points + _shared(groups[_shape(link.path)]) for link, points in zip(listed, own, strict=True)]


def _own_points(link: Link) -> float:
    rules = link_rules()
    place = max(rules.points("place", place) for place in link.places)
    return rules.points("path", link.path) + rules.points("text", link.text) + place


def _shape(path: str) -> str:
    """`/news/2018/05/16/truce-holds` and `/news/2018/05/17/talks-open-again` have the same shape."""
    slugs = re.sub(r"[^/?&=.]*[-_][^/?&=.]*", "S", re.sub(r"\d+", "9", path))
    return re.sub(r"(?<==)[^&]*|[^/]{16,}", "S", slugs)


def _shared(group: list[float]) -> float:
    if len(group) < GROUP_SIZE:
        return 0.0
    likely = sum(points >= link_rules().threshold for points in group) / len(group)
    return GROUP_POINTS * (2 * likely - 1)
