"""The article's element: one, several of a class, or a row per paragraph; teasers do not count."""

from __future__ import annotations

import pytest

from extractors.articles.container import article_container, prose_by_element, prose_characters
from tests.articles.samples import opened

PROSE = "The ministers of both countries agreed on Friday to open the border before the end of the year."
CARD = f"<div class=card><h4><a href=/x>Another headline</a></h4><p>{PROSE}</p></div>"


@pytest.mark.parametrize(
    "body",
    [
        f"<div id=it><p>{PROSE}</p><p>{PROSE}</p></div>",
        f"<div id=it><div class=c><p>{PROSE}</p></div><div class=c><p>{PROSE}</p></div></div>",
        f"<section><div id=it><p>{PROSE}</p><p>{PROSE}</p></div><p>Short.</p></section>",
    ],
)
def test_smallest_element_with_the_prose(body: str) -> None:
    content = opened(f"<main>{body}</main>{CARD * 5}").content
    weights = prose_by_element(content)
    found = article_container(content, weights)
    assert found is not None
    assert (found.get("id"), weights[found]) == ("it", 2 * len(PROSE))


def test_page_of_teasers_has_none() -> None:
    content = opened(CARD * 5).content
    assert article_container(content, prose_by_element(content)) is None


def test_prose_is_long_and_no_list_of_links() -> None:
    doc = opened(
        f"<p>{PROSE}</p><p>Short.</p><p><a href=/x>{PROSE}</a></p><p>{'瓦尔多拉和凯斯特里亚两国政府' * 2}</p>"
    )
    assert [prose_characters(paragraph) > 0 for paragraph in doc.tree.iter("p")] == [True, False, False, True]
