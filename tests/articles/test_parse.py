"""Whole pages: every field of our own sample pages, and what must hold for any page."""

from __future__ import annotations

import pytest

from extractors.articles.parse import parse_page
from extractors.records import Article, ArticleKind
from tests.articles.samples import NOW, Sample, page, sample, samples

READ = [item for item in samples() if item.expected["kind"] in {"article", "opinion"}]


def parsed(item: Sample) -> Article:
    return parse_page(item.page, now=NOW)


@pytest.mark.parametrize("item", samples(), ids=lambda item: item.name)
def test_kind_and_address(item: Sample) -> None:
    article = parsed(item)
    assert (article.kind, article.url) == (item.expected["kind"], item.expected["canonical"])
    assert (article.reason is None) == (article.kind in {ArticleKind.ARTICLE, ArticleKind.OPINION})


@pytest.mark.parametrize(
    "item", [item for item in samples() if "title" in item.expected], ids=lambda item: item.name
)
def test_title_times_and_language(item: Sample) -> None:
    record = parsed(item).to_json()
    for field in ("title", "published_at", "language"):
        assert record[field] == item.expected[field], field
    assert record["modified_at"] == item.expected.get("modified_at")


@pytest.mark.parametrize("item", READ, ids=lambda item: item.name)
def test_authors_dateline_and_text(item: Sample) -> None:
    article = parsed(item)
    assert list(article.authors) == item.expected["authors"]
    assert article.dateline == item.expected.get("dateline")
    assert article.text.split("\n\n") == item.expected["paragraphs"]


def test_readers_say_who_gave_each_field() -> None:
    assert parsed(sample("microdata")).readers == {
        "title": "byline",
        "authors": "microdata",
        "published_at": "microdata",
        "text": "trafilatura",
        "language": "py3langid",
    }


def test_same_page_same_article() -> None:
    assert parsed(sample("jsonld")) == parsed(sample("jsonld"))


def test_time_in_the_future_is_dropped_with_the_reason() -> None:
    html = sample("opengraph").page.html.replace(b"2018-05-19T06:15:00Z", b"2031-05-19T06:15:00Z")
    article = parse_page(page(html), now=NOW)
    assert article.published_at is None
    assert article.reason == "published_at 2031-05-19T06:15:00+00:00 is in the future: dropped"
    assert article.kind == ArticleKind.ARTICLE


def test_time_a_little_ahead_is_the_time_of_the_fetch() -> None:
    html = sample("opengraph").page.html.replace(b"2018-05-19T06:15:00Z", b"2018-06-01T05:00:00Z")
    article = parse_page(page(html), now=NOW)
    assert (article.published_at, article.reason) == (NOW, None)


def test_bare_day_takes_the_clock_time_that_another_reader_states() -> None:
    head = '<meta name="date" content="2018-05-17">'
    for printed, hour in (("2018-05-17T14:05:00Z", 14), ("2018-05-19T14:05:00Z", 0)):
        article = parse_page(page(f"{head}<h1>Ministers meet</h1><time datetime={printed}></time>"), now=NOW)
        assert article.published_at is not None
        assert (article.published_at.day, article.published_at.hour) == (17, hour)


def test_large_page_without_text_is_a_failure_with_its_size() -> None:
    html = f"<html lang=en><body><div id=root></div><script>var a='{'x' * 30_000}'</script></body></html>"
    article = parse_page(page(html), now=NOW)
    assert article.kind == ArticleKind.EMPTY
    assert article.reason == f"no text found on a large page of {len(html)} characters"


@pytest.mark.parametrize("html", ["", " ", b"", b"\x00", "<!-- only a comment -->"])
def test_nothing_is_empty(html: str | bytes) -> None:
    article = parse_page(page(html), now=NOW)
    assert (article.kind, article.text) == (ArticleKind.EMPTY, "")
    assert article.reason
