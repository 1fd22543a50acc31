"""What a page is: the signs in kinds.yml, and the articles that look alike."""

from __future__ import annotations

import pytest

from extractors.articles.parse import parse_page
from extractors.records import ArticleKind
from tests.articles.samples import NOW, page

LONG = (
    "<p>The ministers met on Friday and agreed to open the border before the end of the year.</p>" * 3
    + "".join(
        f"<p>Clause {word} of the agreement sets out who will guard which post, and for how many weeks.</p>"
        for word in range(14)
    )
)
ARTICLE_LD = (
    '<script type="application/ld+json">'
    '{"@type":"NewsArticle","headline":"Ministers meet at the border"%s}'
    "</script>"
)


def kind(
    body: str, *, head: str = "", url: str = "https://www.example.org/world/ministers-meet-at-the-border"
) -> ArticleKind:
    return parse_page(page(f"<html lang=en><head>{head}</head><body>{body}</body></html>", url), now=NOW).kind


def test_paywalled_page_with_its_whole_text_is_an_article() -> None:
    head = ARTICLE_LD % ',"isAccessibleForFree":false'
    assert kind(LONG, head=head) == ArticleKind.ARTICLE
    assert kind("<p>The ministers met on Friday.</p>", head=head) == ArticleKind.STUB


@pytest.mark.parametrize(
    "prompt",
    ["この記事は会員限定です。", "Jetzt weiterlesen mit dem Abo", "Pour lire la suite, abonnez-vous"],
)
def test_stub_told_in_other_languages(prompt: str) -> None:
    assert kind(f"<h1>Ministers meet</h1><p>They met on Friday.</p><p>{prompt}</p>") == ArticleKind.STUB


def test_article_among_teasers_is_no_front() -> None:
    cards = "".join(
        f"<div><h3><a href=/w/{n}>Another headline {n}</a></h3><p>{'A teaser of it. ' * 8}</p></div>"
        for n in range(20)
    )
    url = "https://www.example.org/world/ministers-meet"
    assert kind(cards + f"<div id=x>{LONG}</div>" + cards, url=url) == ArticleKind.ARTICLE
    assert kind(cards * 2, url=url) == ArticleKind.SECTION_FRONT


def test_stub_told_by_its_prompt_alone() -> None:
    prompt = "<div><p>This article is for subscribers.</p><a>Subscribe to continue reading</a></div>"
    assert kind(f"<h1>Ministers meet</h1><p>The ministers met on Friday.</p>{prompt}") == ArticleKind.STUB
    assert kind(LONG + prompt) == ArticleKind.ARTICLE


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<meta property="article:section" content="Opinion">', "https://www.example.org/a/b"),
        (ARTICLE_LD % ',"articleSection":["World","Editorials"]', "https://www.example.org/a/b"),
        (
            '<script type="application/ld+json">{"@type":"OpinionNewsArticle","headline":"x y z"}</script>',
            "https://e.org/a/b",
        ),
        ("", "https://www.example.org/commentisfree/2018/may/the-border"),
        ("", "https://www.example.org/editorials/the-border"),
    ],
)
def test_opinion(head: str, url: str) -> None:
    assert kind(LONG, head=head, url=url) == ArticleKind.OPINION


@pytest.mark.parametrize(
    "url", ["https://e.org/world/views-of-the-border", "https://e.org/world/commentator-freed"]
)
def test_words_in_a_headline_make_no_opinion(url: str) -> None:
    assert kind(LONG, url=url) == ArticleKind.ARTICLE


def test_live_page_needs_time_stamps() -> None:
    url = "https://www.example.org/world/live/ministers-meet"
    stamps = "".join(
        f"<time>{hour}:00</time><p>At that hour the ministers were still talking, aides said.</p>"
        for hour in range(8)
    )
    assert kind(LONG + stamps, url=url) == ArticleKind.LIVE_BLOG
    assert kind(LONG, url=url) == ArticleKind.ARTICLE


def test_gallery_with_a_whole_article_is_an_article() -> None:
    url = "https://www.example.org/pictures/parade"
    assert kind("<p>Ships passed the lighthouse.</p>", url=url) == ArticleKind.GALLERY
    assert kind(LONG + LONG.replace("Clause", "Article"), url=url) == ArticleKind.ARTICLE


def test_article_with_many_links_is_no_section_front() -> None:
    links = "".join(
        f'<li><a href="/s/{number}">Another story of the day {number}</a></li>' for number in range(60)
    )
    assert kind(LONG + f"<ul>{links}</ul>", head=ARTICLE_LD % "") == ArticleKind.ARTICLE
    assert kind(f"<ul>{links}</ul>", url="https://www.example.org/world") == ArticleKind.SECTION_FRONT
    assert kind(f"<ul>{links}</ul>", url="https://www.example.org/") == ArticleKind.SECTION_FRONT


def test_articles_that_a_front_lists_do_not_make_it_an_article() -> None:
    listed = ",".join(
        f'{{"item":{{"@type":"NewsArticle","headline":"Story {number}"}}}}' for number in range(9)
    )
    head = f'<script type="application/ld+json">{{"@type":"ItemList","itemListElement":[{listed}]}}</script>'
    cards = "".join(f"<h3><a href='/s/{number}'>Story {number} of the day</a></h3>" for number in range(9))
    assert kind(cards, head=head, url="https://www.example.org/world") == ArticleKind.SECTION_FRONT


@pytest.mark.parametrize(
    "title",
    [
        "404 Not Found",
        "Page not found | Example",
        "Access Denied",
        "Just a moment...",
        "503 Service Unavailable",
    ],
)
def test_error_page(title: str) -> None:
    assert kind("<p>Sorry.</p>", head=f"<title>{title}</title>") == ArticleKind.ERROR_PAGE


def test_article_about_what_was_not_found_is_an_article() -> None:
    assert (
        kind(LONG, head="<title>Border posts: mines not found, says inspector</title>") == ArticleKind.ARTICLE
    )
