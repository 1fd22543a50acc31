"""Section pages: articles told from navigation on pages of our own, counted link by link."""

from __future__ import annotations

import contextlib
import functools
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urljoin

import pytest
from lxml import html
from section_pages import HELD, SEEN, SectionPage

from extractors.newsroom.content import Outlet
from extractors.newsroom.edition import Edition
from extractors.newsroom.loader import load_newsroom
from extractors.newsroom.pages import front_page
from extractors.sources.kinds import UnreadableListingError
from extractors.sources.links import MAX_ANCHORS
from extractors.sources.section import Rule, Section, link_rules
from extractors.sources.urls import canonical_url


@dataclass(frozen=True)
class Count:
    found: int
    right: int
    wanted: int

    @property
    def precision(self) -> float:
        return self.right / self.found

    @property
    def recall(self) -> float:
        return self.right / self.wanted


def wanted(page: SectionPage) -> set[str]:
    marked = html.document_fromstring(page.html).xpath("//a[@data-article]/@href")
    return {canonical_url(urljoin(page.url, str(href))) for href in marked}


def found(page: SectionPage) -> set[str]:
    return {canonical_url(entry.url) for entry in Section().read(page.body, url=page.url).entries}


def count(makers: Iterable[Callable[[], SectionPage]]) -> Count:
    pairs = [(found(make()), wanted(make())) for make in makers]
    return Count(
        found=sum(len(got) for got, _ in pairs),
        right=sum(len(got & want) for got, want in pairs),
        wanted=sum(len(want) for _, want in pairs),
    )


@pytest.mark.parametrize(("makers", "links"), [(SEEN, 68), (HELD, 51)], ids=["seen", "held"])
def test_articles_are_told_from_the_rest_of_the_site(
    makers: tuple[Callable[[], SectionPage], ...], links: int
) -> None:
    counted = count(makers)
    assert counted.wanted == links
    assert counted.precision >= 0.97
    assert counted.recall >= 0.97


def fronts() -> list[Callable[[], SectionPage]]:
    """The front pages of the demo newsroom, whose templates were written for other purposes."""
    news = load_newsroom()
    edition = news.as_of(news.nights[-1])
    return [functools.partial(front, edition, outlet) for outlet in edition.outlets]


def front(edition: Edition, outlet: Outlet) -> SectionPage:
    base = f"http://{outlet.name}.localhost"
    text = front_page(edition, outlet, None, base)
    for posting in edition.of(outlet):
        text = text.replace(f'href="{base}{posting.path}"', f'data-article href="{base}{posting.path}"')
    return SectionPage(outlet.name, f"{base}/", text)


def test_the_fronts_of_the_demo_newsroom() -> None:
    counted = count(fronts())
    assert counted.wanted > 60, counted
    assert counted.precision >= 0.97
    assert counted.recall >= 0.97


@pytest.mark.parametrize("rule", link_rules().rules, ids=lambda rule: rule.id)
def test_a_rule_matches_its_example_and_not_its_counterexample(rule: Rule) -> None:
    assert rule.pattern.search(rule.yes)
    assert not rule.pattern.search(rule.no)


def test_a_rule_that_nothing_needs_is_not_there() -> None:
    assert len({rule.id for rule in link_rules().rules}) == len(link_rules().rules)
    assert {rule.where for rule in link_rules().rules} == {"path", "text", "place"}


def test_links_lead_to_the_same_site_and_carry_their_headline() -> None:
    page = b"""<base href="https://www.a.org/world/"><h2><a href="2018/05/16/truce-holds-in-the-east">
      Truce holds  in the east,<b> for now</b></a></h2>
      <h2><a href="https://news.a.org/2018/05/16/talks-open-in-geneva">Talks open again in Geneva</a></h2>
      <h2><a href="https://b.org/2018/05/16/talks-open-in-geneva">Talks open again in Geneva</a></h2>
      <h2><a href="http://[broken">Talks open again in Geneva today</a></h2>"""
    entries = Section().read(page, url="https://a.org/x").entries
    assert [(entry.url, entry.title) for entry in entries] == [
        ("https://www.a.org/world/2018/05/16/truce-holds-in-the-east", "Truce holds in the east, for now"),
        ("https://news.a.org/2018/05/16/talks-open-in-geneva", "Talks open again in Geneva"),
    ]


@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff" * 90, b"<p>We are back soon</p>", b"<a href='/about'>About us</a>" * 9]
)
def test_a_page_without_articles_is_an_error(body: bytes) -> None:
    with pytest.raises(UnreadableListingError):
        Section().read(body, url="https://a.org/")


@pytest.mark.parametrize("noise", [b"<div>", b"<a href='/a-b-c-d-e'>", b"<a", b"<a href='/x'>" + b"y" * 50])
def test_huge_pages_end_soon(noise: bytes) -> None:
    started = time.process_time()
    with contextlib.suppress(UnreadableListingError):
        assert len(Section().read(noise * 60_000, url="https://a.org/").entries) <= MAX_ANCHORS
    assert time.process_time() - started < 10
