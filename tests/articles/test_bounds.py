"""Pages made to get a parser lost: each ends soon, and with the text that is in it."""

from __future__ import annotations

from time import process_time

import pytest

from extractors.articles.bounds import Bounds, bounded_tree
from extractors.articles.parse import parse_page
from extractors.records import ArticleKind
from tests.articles.samples import NOW, page

SENTENCE = "The ministry said on Friday that talks would go on next week in the capital. "
PARAGRAPH = f"<p>{SENTENCE * 8}</p>"
SECONDS = 10.0  # all of them take under 5 s on the machine that this was written on
HUGE = {
    "paragraphs": "".join(f"<p>{SENTENCE}{number}</p>" for number in range(50_000)),
    "list of links": "".join(f"<li><a href='/x/{number}'>to {number}</a></li>" for number in range(50_000)),
    "nested divs": "<div>" * 20_000 + PARAGRAPH + "</div>" * 20_000 + PARAGRAPH,
    "nested spans": "<p>" + "<span>" * 20_000 + SENTENCE * 8,
    "nested tables": "<table><tr><td>" * 5_000 + PARAGRAPH,
    "attributes": f"<div {' '.join(f'a{number}=x' for number in range(100_000))}>{PARAGRAPH}</div>",
    "bylines": "".join(f"<div class='byline author'>By Name {number}</div>" for number in range(10_000)),
    "line breaks": f"<p>{(SENTENCE + '<br><br>') * 6_000}</p>",
    "deep json": f"<script type='application/ld+json'>{'[' * 100_000}</script>{PARAGRAPH}",
    "long title": f"<h1>{'a - ' * 200_000}</h1>{PARAGRAPH}",
    "spaces": f"<p>By {' ' * 500_000}x</p>{PARAGRAPH}",
    "brackets": "<" * 1_000_000 + PARAGRAPH,
}


@pytest.mark.parametrize("name", HUGE)
def test_huge_page_ends_in_time(name: str) -> None:
    before = process_time()
    article = parse_page(page(f"<html lang=en><body>{HUGE[name]}</body></html>"), now=NOW)
    assert process_time() - before < SECONDS
    assert article.text or article.reason


@pytest.mark.parametrize("name", ["nested divs", "nested spans", "nested tables", "attributes", "deep json"])
def test_the_text_inside_is_found(name: str) -> None:
    article = parse_page(page(f"<html lang=en><body>{HUGE[name]}</body></html>"), now=NOW)
    assert article.kind == ArticleKind.ARTICLE
    assert article.text.startswith("The ministry said on Friday")


def test_cut_by_tags_and_by_characters() -> None:
    html = "<p>one</p>" * 10
    by_tags = bounded_tree(html, Bounds(tags=6))
    by_characters = bounded_tree(html, Bounds(characters=25))
    assert by_tags is not None
    assert by_characters is not None
    assert (by_tags.tree.text_content(), by_tags.cut) == ("oneoneone", "more than 6 tags: cut")
    assert (by_characters.tree.text_content(), by_characters.cut) == (
        "oneoneon",
        "longer than 25 characters: cut",
    )


def test_ordinary_page_is_not_touched() -> None:
    bounded = bounded_tree("<html><body><div><p>one</p></div></body></html>", Bounds())
    assert bounded is not None
    assert (bounded.cut, bounded.tree.xpath("string(//div/p)")) == (None, "one")
