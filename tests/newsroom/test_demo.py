"""The demo newsroom itself: it has what the pipeline's tests count on, and all of it can be served."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

import pytest

from extractors.newsroom.content import Kind, Listing, Section, Template
from extractors.newsroom.edition import Newsroom
from extractors.newsroom.exchange import finish
from extractors.newsroom.listings import LISTING_PATHS, listed_items
from extractors.newsroom.loader import load_newsroom
from extractors.newsroom.oddities import Broken, Disallowed, Flaky, Hanging, Oddity
from extractors.newsroom.pages import article_page, live_entries
from extractors.newsroom.server import NewsroomAddress, running
from extractors.newsroom.site import Site

from .client import request

NIGHTS = tuple(date(2018, 5, 14) + timedelta(days=day) for day in range(10))
KINDS = get_args(get_args(Oddity)[0])
DOCS = Path(__file__).parents[2] / "docs" / "newsroom.md"


@pytest.fixture(scope="module")
def demo() -> Newsroom:
    return load_newsroom()


@pytest.fixture(scope="module")
def address(demo: Newsroom) -> Iterator[NewsroomAddress]:
    with running(night=NIGHTS[-1], newsroom=demo) as address:
        yield address


def test_ten_nights_six_outlets_eighty_articles(demo: Newsroom) -> None:
    assert demo.nights == NIGHTS
    assert len(demo.outlets) == 6
    assert len(demo.articles) >= 80
    assert {outlet.template for outlet in demo.outlets} == set(Template)
    assert {outlet.listing for outlet in demo.outlets} == set(Listing)


def test_articles_are_of_every_sort(demo: Newsroom) -> None:
    assert {article.kind for article in demo.articles} == set(Kind)
    assert {article.section for article in demo.articles} == set(Section)
    assert len({article.language for article in demo.articles} - {"en"}) >= 2
    assert sum(article.language != "en" for article in demo.articles) >= 3
    assert any(article.encoding != "utf-8" for article in demo.articles)
    assert any(article.updates for article in demo.articles)
    assert any(article.paywalled for article in demo.articles)
    assert any(article.nothing_expected for article in demo.articles)


def test_wire_story_stands_on_four_outlets(demo: Newsroom) -> None:
    copies = Counter(posting.article.slug for posting in demo.postings)
    assert copies.most_common(1)[0][1] >= 4


def test_every_kind_of_oddity_is_there(demo: Newsroom) -> None:
    assert {type(oddity) for oddity in demo.oddities} == set(KINDS)


@pytest.mark.parametrize("night", NIGHTS)
def test_every_night_brings_news(demo: Newsroom, night: date) -> None:
    before, after = demo.as_of(night - timedelta(days=1)), demo.as_of(night)
    assert len(after.postings) - len(before.postings) >= 8


def test_every_page_renders_on_every_night(demo: Newsroom) -> None:
    for night in NIGHTS:
        site = Site(demo.as_of(night))
        for posting in site.edition.postings:
            quirks = [site.edition.quirk_of(kind, posting) for kind in (Flaky, Broken)]
            response = site.respond(f"{posting.outlet.name}.localhost", posting.path)
            assert response.status == (500 if quirks[0] else 200), posting.path
            if not any(quirks):
                text = html.unescape(response.body.decode(posting.encoding))
                assert posting.current.headline in text, posting.path


@pytest.mark.parametrize("template", Template)
def test_every_template_renders_each_article(demo: Newsroom, template: Template) -> None:
    edition = demo.as_of(NIGHTS[-1])
    outlet = next(outlet for outlet in demo.outlets if outlet.template is template)
    for posting in edition.postings:
        page = html.unescape(article_page(edition, replace(posting, outlet=outlet), "http://x"))
        shown = posting.current.paragraphs[: 1 if posting.article.paywalled else None]
        if posting.article.kind is Kind.LIVE_BLOG:
            shown = tuple(entry.text for entry in live_entries(shown))
        assert [text for text in (posting.current.headline, *shown) if text not in page] == []
        assert all(name in page for name in posting.article.byline)


def test_feeds_lead_to_pages(demo: Newsroom, address: NewsroomAddress) -> None:
    """Over HTTP, every listed link but the hanging one: 200, or what the oddity orders."""
    edition = demo.as_of(address.night)
    statuses: Counter[int] = Counter()
    for outlet in demo.outlets:
        assert request(address.port, address.host(outlet.name), LISTING_PATHS[outlet.listing]).status == 200
        hanging = {odd.path for odd in edition.quirks(Hanging, outlet)}
        for item in listed_items(edition, outlet, address.url(outlet.name, "")):
            path = urlsplit(item.url)._replace(scheme="", netloc="").geturl()
            if path not in hanging:
                statuses[request(address.port, address.host(outlet.name), path).status] += 1
    assert statuses.pop(200) >= 80
    assert statuses == {301: 1, 404: 1, 500: 1}


def test_encoded_page_cannot_be_read_as_utf8(demo: Newsroom) -> None:
    site = Site(demo.as_of(NIGHTS[-1]))
    (posting,) = (posting for posting in site.edition.postings if posting.encoding != "utf-8")
    response = site.respond(f"{posting.outlet.name}.localhost", posting.path)
    assert response.content_type == f"text/html; charset={posting.encoding}"
    assert posting.current.headline.encode(posting.encoding)
    with pytest.raises(UnicodeDecodeError):
        response.body.decode("utf-8")


def test_pages_change_only_when_their_article_does(demo: Newsroom) -> None:
    """A crawler that comes back each night gets 304 for every article page without an update."""
    first, last = (Site(demo.as_of(night)) for night in (NIGHTS[4], NIGHTS[-1]))
    later = {(posting.outlet.name, posting.path): posting for posting in last.edition.postings}
    for posting in first.edition.postings:
        if first.edition.quirk_of(Flaky, posting):
            continue
        host = f"{posting.outlet.name}.localhost"
        tag = finish(first.respond(host, posting.path), {}.get).headers["ETag"]
        again = finish(last.respond(host, posting.path), {"If-None-Match": tag}.get)
        is_updated = later[posting.outlet.name, posting.path].versions != posting.versions
        assert again.status == (200 if is_updated else 304), posting.path


def test_disallowed_article_is_listed_and_served(demo: Newsroom, address: NewsroomAddress) -> None:
    edition = demo.as_of(address.night)
    (posting,) = (posting for posting in edition.postings if edition.quirk_of(Disallowed, posting))
    host = address.host(posting.outlet.name)
    assert f"Disallow: {posting.path}\n" in request(address.port, host, "/robots.txt").text
    assert request(address.port, host, posting.path).status == 200


def test_docs_table_says_what_the_oddities_are() -> None:
    names = [get_args(kind.model_fields["kind"].annotation)[0] for kind in KINDS]
    rows = [f"| `{name}` | {kind.__doc__} |" for name, kind in zip(names, KINDS, strict=True)]
    assert "\n".join(rows) in DOCS.read_text(), "docs/newsroom.md must hold these rows, in this order"
