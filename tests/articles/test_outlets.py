"""Pages in the markup of kinds of outlets, each with a trap: every field as outlets/expected.yml has it."""

from __future__ import annotations

import pytest

from extractors.articles.parse import parse_page
from tests.articles.samples import NOW, OUTLETS, Sample, samples


@pytest.mark.parametrize("item", samples(OUTLETS), ids=lambda item: item.name)
def test_page_is_read_in_full(item: Sample) -> None:
    article = parse_page(item.page, now=NOW)
    record = article.to_json()
    for field in ("title", "authors", "published_at", "language", "kind"):
        assert record[field] == item.expected.get(field), (field, item.expected["trap"])
    assert record["modified_at"] == item.expected.get("modified_at")
    assert article.dateline == item.expected.get("dateline")
    assert article.url == item.expected.get("canonical", item.expected["url"])
    if "paragraphs" in item.expected:
        assert article.text.split("\n\n") == item.expected["paragraphs"], item.expected["trap"]


def test_every_file_of_the_folder_is_expected() -> None:
    assert {path.stem for path in OUTLETS.glob("*.html")} == {item.name for item in samples(OUTLETS)}
