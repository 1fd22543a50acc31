"""Malformed, truncated and random pages: each ends as an article or a marked page, never in an error."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.articles.authors import clean_authors
from extractors.articles.dateline import split_dateline
from extractors.articles.parse import parse_page
from extractors.records import ArticleKind, Page
from extractors.times import parse_moment
from tests.articles.samples import NOW, samples

PAGES = [item.page.html for item in samples()]
BOUNDED = settings(max_examples=80, deadline=None, derandomize=True)
PIECES = st.sampled_from(
    [
        b"<p>",
        b"</p>",
        b"<div class='byline'>",
        b"</div>",
        b"<article>",
        b"<script type='application/ld+json'>",
        b'{"@type":"NewsArticle","author":',
        b"[[",
        b"}",
        b"</script>",
        b"<meta property='og:title' content='",
        b"<time datetime='2018-13-99T99:99'>",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"&#xD800;",
        b"&#0;",
        b"<table><tr>",
        b"<h1>",
        b"</html>",
        b"<base href='javascript:x'>",
        b"<link rel=canonical href='//[::'>",
        b"\x00",
        b"\xff\xfe",
        b"<svg><title>x</title>",
        b"<frameset>",
        b"<plaintext>",
        b"<html lang='\xe9'>",
        b"SEOUL, May 18 (Agency) -- ",
    ]
)


def check(page: bytes | str, content_type: str | None = None) -> None:
    article = parse_page(Page("x", "https://e.org/a/b", page, content_type), now=NOW)
    assert article.kind in {ArticleKind.ARTICLE, ArticleKind.OPINION} or article.reason
    assert "\n\n\n" not in article.text
    json.dumps(article.to_json(), ensure_ascii=False).encode()


@BOUNDED
@given(
    st.binary(max_size=2_000),
    st.sampled_from([None, "text/html", "text/html; charset=utf-16", "x; charset="]),
)
def test_random_bytes(raw: bytes, content_type: str | None) -> None:
    check(raw, content_type)


@BOUNDED
@given(st.text(max_size=1_000))
def test_random_characters(text: str) -> None:
    check(text)


@BOUNDED
@given(st.sampled_from(PAGES), st.floats(0, 1))
def test_truncated(page: bytes, share: float) -> None:
    check(page[: int(len(page) * share)])


@BOUNDED
@given(st.sampled_from(PAGES), st.lists(st.tuples(st.floats(0, 1), PIECES), max_size=8))
def test_damaged(page: bytes, pieces: list[tuple[float, bytes]]) -> None:
    for where, piece in pieces:
        at = int(len(page) * where)
        page = page[:at] + piece + page[at + len(piece) :]
    check(page)


@BOUNDED
@given(st.lists(PIECES, max_size=60).map(b"".join))
def test_tag_soup(page: bytes) -> None:
    check(page)


@BOUNDED
@given(st.text(max_size=120))
def test_field_parsers_take_any_string(text: str) -> None:
    parse_moment(text)
    clean_authors([text])
    dateline, rest = split_dateline(text)
    assert dateline is None or (dateline + rest) != ""
