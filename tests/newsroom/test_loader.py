"""Files that fit load; the others are refused with the file and the field."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extractors.errors import SettingsError
from extractors.newsroom.content import paragraphs
from extractors.newsroom.edition import Newsroom
from extractors.newsroom.loader import load_newsroom

from .client import FIRST, FIXTURES, SECOND, THIRD

FERRY = "articles/2018-05-14/ferry-line-opens.md"
CAFE = "articles/2018-05-16/cafe-review.md"


def test_fixture_files_load(small: Newsroom) -> None:
    assert small.nights == (FIRST, SECOND, THIRD)
    assert [outlet.name for outlet in small.outlets] == [
        "json-post",
        "open-graph",
        "micro-daily",
        "bare-wire",
    ]
    ferry = small.articles[0]
    assert ferry.byline == ("Ada Quill", "Bo Reed")
    assert ferry.carried_edits["json-post"].drop_last_paragraphs == 1
    assert ferry.updates[0].headline == "Ferry line closes again"


def test_paragraphs_end_at_blank_lines_only() -> None:
    assert paragraphs("One\nline.\n\n\n  Two. \r\n\r\nThree.\n") == ("One line.", "Two.", "Three.")


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        (FERRY, "section: world", "section: wrold", "section"),
        (FERRY, "section: world", "sektion: world", "sektion"),
        (FERRY, "+02:00", "", "published_at"),
        (FERRY, "outlet: bare-wire", "outlet: no-such", "outlet"),
        (FERRY, "[json-post, open-graph, micro-daily]", "[json-post, open-graph, bare-wire]", "carried_by"),
        (FERRY, "[json-post, open-graph, micro-daily]", "[json-post]", "carried_edits"),
        (FERRY, "at: 2018-05-16", "at: 2018-05-13", "updates.0.at"),
        (FERRY, "2018-05-14T11:30:00+02:00", "2018-05-15T00:30:00+00:00", "published_at"),
        (FERRY, "headline: ", "headline: ]", "YAML"),
        (CAFE, "windows-1252", "windows-9999", "encoding"),
        (CAFE, "---\nThe", "The", "front matter"),
        ("outlets.yml", "Europe/London", "Europe/Atlantis", "0.time_zone"),
        ("outlets.yml", "name: open-graph", "name: json-post", "1.name"),
        ("outlets.yml", "template: bare", "template: plain", "3.template"),
        ("oddities.yml", "kind: moved", "kind: removed", "2"),
        ("oddities.yml", "crawl_delay: 0.1", "crawl_delay: 10", "0.robots.crawl_delay"),
        ("oddities.yml", "article: cafe-review", "article: cafe", "1.article"),
        ("oddities.yml", "outlet: bare-wire, path", "outlet: bear-wire, path", "10.outlet"),
    ],
)
def test_misfits_are_named(tmp_path: Path, file: str, old: str, new: str, field: str) -> None:
    folder = shutil.copytree(FIXTURES, tmp_path / "newsroom")
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))
    with pytest.raises(SettingsError) as caught:
        load_newsroom(folder)
    assert caught.value.where.endswith(file)
    assert caught.value.what.startswith(f"{field}: ")


def test_same_name_on_two_nights_is_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(FIXTURES, tmp_path / "newsroom")
    text = (folder / CAFE).read_text().replace("2018-05-16T00", "2018-05-14T10")
    (folder / "articles/2018-05-14/cafe-review.md").write_text(text)
    with pytest.raises(SettingsError, match="another night has the same"):
        load_newsroom(folder)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"outlets\.yml: file: cannot be read"):
        load_newsroom(tmp_path)
