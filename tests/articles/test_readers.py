"""Each reader alone: what it finds, what it leaves, and that none of them ever makes a request."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from extractors.articles.document import Document
from extractors.articles.parse import parse_page
from extractors.articles.readers import readers
from extractors.times import Moment
from tests.articles.samples import NOW, document, opened, sample, samples

NAMES = sorted(readers())


def read(reader: str, doc: Document) -> dict[str, Any]:
    found = readers()[reader]
    fields = ("title", "authors", "published_at", "modified_at", "language", "text")
    return {field: getattr(found, field)(doc) for field in fields}


def day(moment: Moment | None) -> str | None:
    return moment.at.date().isoformat() if moment else None


def test_jsonld() -> None:
    found = read("jsonld", document("jsonld"))
    assert found["title"] == "Ministers agree to reopen border rail line"
    assert found["authors"] == ("Amara Okoye", "Tomas Lind")
    assert (day(found["published_at"]), day(found["modified_at"])) == ("2018-05-16", "2018-05-17")
    assert found["language"] == "en-GB"


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"NewsArticle","headline":"A talk"}',
        '[{"@type":"WebSite","name":"Site"},{"@type":["Article","NewsArticle"],"headline":"A talk"}]',
        '<!-- {"@type":"http://schema.org/NewsArticle","headline":"A talk",} -->',
        '//<![CDATA[\n{"@type":"ReportageNewsArticle","headline":"A talk"}\n//]]>',
        '{"@type":"WebPage","mainEntity":{"@type":"Article","headline":["A talk"]}}',
        '{"@type":"NewsArticle","headline":"A talk","description":"with a raw\nline break"}',
    ],
)
def test_jsonld_as_sites_write_it(script: str) -> None:
    doc = opened(f'<script type="application/ld+json">{script}</script><p>x</p>')
    assert readers()["jsonld"].title(doc) == "A talk"


@pytest.mark.parametrize(
    "script", ["", "{", "null", "[1, 2]", '{"@type":"NewsArticle"}', '{"@type":7,"headline":{}}']
)
def test_jsonld_of_no_use_is_nothing(script: str) -> None:
    found = read("jsonld", opened(f'<script type="application/ld+json">{script}</script><p>x</p>'))
    assert not any(found.values())


def test_jsonld_of_the_page_itself_before_that_of_others() -> None:
    other = '{"@type":"NewsArticle","headline":"Another story","url":"https://www.example.org/world/another"}'
    own = '{"@type":"NewsArticle","headline":"A talk","mainEntityOfPage":{"@id":"/world/a-story-of-today#x"}}'
    doc = opened(f'<script type="application/ld+json">[{other},{own}]</script><p>x</p>')
    assert readers()["jsonld"].title(doc) == "A talk"


def test_jsonld_body_keeps_its_paragraphs() -> None:
    script = '{"@type":"NewsArticle","articleBody":"<p>One &amp; two.</p><p>Three.</p>\\n\\nFour."}'
    doc = opened(f'<script type="application/ld+json">{script}</script><p>x</p>')
    assert [part.strip() for part in readers()["jsonld"].text(doc)] == ["One & two.", "Three.", "Four."]


def test_opengraph() -> None:
    found = read("opengraph", document("opengraph"))
    assert found["title"] == "Navy ends drill in northern strait a week early | Harbour Wire"
    assert found["authors"] == ("Jonas Velde, Defence Correspondent",)
    assert (day(found["published_at"]), found["language"]) == ("2018-05-19", "en")


def test_opengraph_author_that_is_an_address_is_none() -> None:
    doc = opened('<meta property="article:author" content="https://www.facebook.com/wire"><p>x</p>')
    assert readers()["opengraph"].authors(doc) == ()


def test_opengraph_clock_time_of_the_same_day_beats_the_bare_day() -> None:
    doc = opened(
        '<meta name="pubdate" content="2018-05-18"><meta name="date" content="2018-05-18T10:30:00Z"><p>x</p>'
    )
    found = readers()["opengraph"].published_at(doc)
    assert found is not None
    assert found.has_time


def test_microdata_of_the_article_not_of_its_comments() -> None:
    found = read("microdata", document("microdata"))
    assert found["title"] == "Envoy's visit put off after airspace row"
    assert found["authors"] == ("Rosa Quill",)
    assert day(found["published_at"]) == "2018-05-15"
    assert len(found["text"]) == 4


def test_byline_of_a_bare_page() -> None:
    found = read("byline", document("bare"))
    assert found["title"] == "Two armies to pull back from hill posts"
    assert found["authors"] == ("By Jane Roe",)
    assert found["published_at"].in_utc(None).isoformat() == "2018-05-18T06:04:00+00:00"


def test_byline_time_of_update_is_no_publication() -> None:
    doc = opened("<h1>A talk</h1><p>Updated: 19 May 2018</p><p>Published: 18 May 2018</p>")
    found = read("byline", doc)
    assert (day(found["published_at"]), day(found["modified_at"])) == ("2018-05-18", "2018-05-19")


@pytest.mark.parametrize("name", ["trafilatura", "trafilatura_full", "newspaper3k", "microdata", "byline"])
def test_text_has_the_story(name: str) -> None:
    text = " ".join(readers()[name].text(document("microdata")))
    assert "turned back at the border" in text
    assert "released" not in text
    assert "nine fishermen held since January" in text


def test_htmldate_finds_a_day_in_the_address_but_none_in_the_future() -> None:
    reader = readers()["trafilatura"]
    assert day(reader.published_at(opened("<p>x</p>", "https://e.org/2018/05/18/a-talk"))) == "2018-05-18"
    assert reader.published_at(opened("<p>x</p>", "https://e.org/2019/05/18/a-talk")) is None


def test_newspaper_reads_title_and_authors() -> None:
    found = read("newspaper3k", document("opengraph"))
    assert found["title"].startswith("Navy ends drill in northern strait")
    assert "Jonas Velde" in found["authors"]


def test_newspaper_invents_no_day() -> None:
    reader = readers()["newspaper3k"]
    assert reader.published_at(opened("<p>x</p>", "https://e.org/2018/may/talk")) is None
    assert day(reader.published_at(opened("<p>x</p>", "https://e.org/2018/05/18/talk"))) == "2018-05-18"


def test_newspaper_survives_a_huge_meta_value() -> None:
    doc = opened(
        f'<meta property="og:image:width" content="{"9" * 5_000}">{sample("bare").page.html.decode()}'
    )
    assert readers()["newspaper3k"].title(doc)


@pytest.mark.parametrize("name", NAMES)
def test_empty_page_gives_nothing(name: str) -> None:
    assert not any(read(name, opened("<html><body><div></div></body></html>")).values())


def test_no_reader_changes_the_document() -> None:
    doc = document("jsonld")
    before = doc.tree.text_content(), doc.content.text_content()
    for name in NAMES:
        read(name, doc)
    assert (doc.tree.text_content(), doc.content.text_content()) == before


def test_parsing_never_asks_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """newspaper3k's own parse would fetch the images that this page names, tldextract its suffix list."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError(f"a connection was asked for: {args}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    images = '<meta property="og:image" content="http://images.example/a.jpg"><img src="http://images.example/b.jpg">'
    for item in samples():
        parse_page(item.page, now=NOW)
        doc = opened(images + item.page.html.decode("utf-8", "replace"), item.page.url)
        for name in NAMES:
            read(name, doc)
