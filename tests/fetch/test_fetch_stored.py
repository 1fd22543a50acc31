from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from extractors.errors import SourceError
from extractors.fetch.archive import read_pages
from extractors.fetch.crawl import fetch_source
from extractors.fetch.manifest import MANIFEST, PAGES, read_manifest
from extractors.home import Home
from extractors.settings import Settings
from extractors.sources.model import Source

FIRST, SECOND = date(2018, 5, 16), date(2018, 5, 17)
SAVED = datetime(2018, 5, 14, 8, 30, tzinfo=UTC)


def save(path: Path, text: str, at: datetime = SAVED) -> None:
    path.write_text(text)
    os.utime(path, (at.timestamp(), at.timestamp()))


def folder_of_pages(path: Path) -> Path:
    path.mkdir()
    for name in "abc":
        save(path / f"{name}.html", f'<link rel="canonical" href="https://a.org/{name}"><p>{name}</p>')
    (path / "large.html").write_text("x" * 300_000)
    return path


def test_a_folder_becomes_an_archive_like_any_other(
    tmp_path: Path, settings: Settings, make_source: Callable[..., Source]
) -> None:
    source = make_source("saved", kind="folder", path=folder_of_pages(tmp_path / "pages"))
    home = Home(tmp_path / "home")
    heard: list[tuple[int, int]] = []
    report = fetch_source(
        source,
        night=FIRST,
        home=home,
        settings=settings,
        on_progress=lambda done, total: heard.append((done, total)),
    )
    assert (report.listed, report.fetched, report.failed) == (4, 3, 1)
    assert heard[-1] == (4, 4)
    pages = list(read_pages(home.warc(FIRST, "saved")))
    assert [page.url for _, page in pages] == ["https://a.org/a", "https://a.org/b", "https://a.org/c"]
    assert all(page.fetched_at == line.fetched_at == SAVED for line, page in pages)
    assert all(page.content_type == "text/html" for _, page in pages)


def test_the_same_folder_gives_the_same_archive(
    tmp_path: Path, settings: Settings, make_source: Callable[..., Source]
) -> None:
    source = make_source("saved", kind="folder", path=folder_of_pages(tmp_path / "pages"))
    homes = [Home(tmp_path / name) for name in ("one", "two")]
    for home in homes:
        fetch_source(source, night=FIRST, home=home, settings=settings)
    for name in (MANIFEST, PAGES):
        first, second = ((home.warc(FIRST, "saved") / name).read_bytes() for home in homes)
        assert first == second


def test_on_the_next_night_only_what_was_saved_anew_is_taken(
    tmp_path: Path, settings: Settings, make_source: Callable[..., Source]
) -> None:
    folder = folder_of_pages(tmp_path / "pages")
    source = make_source("saved", kind="folder", path=folder)
    home = Home(tmp_path / "home")
    fetch_source(source, night=FIRST, home=home, settings=settings)
    save(
        folder / "b.html",
        '<link rel="canonical" href="https://a.org/b"><p>new</p>',
        datetime(2018, 5, 17, tzinfo=UTC),
    )
    report = fetch_source(source, night=SECOND, home=home, settings=settings)
    assert (report.fetched, report.unchanged) == (1, 2)
    ((line, page),) = read_pages(home.warc(SECOND, "saved"))
    assert (line.url, page.html) == (
        "https://a.org/b",
        b'<link rel="canonical" href="https://a.org/b"><p>new</p>',
    )


def test_an_archive_we_wrote_can_be_a_source(
    tmp_path: Path, settings: Settings, make_source: Callable[..., Source]
) -> None:
    home = Home(tmp_path / "home")
    fetch_source(
        make_source("saved", kind="folder", path=folder_of_pages(tmp_path / "pages")),
        night=FIRST,
        home=home,
        settings=settings,
    )
    archive = home.warc(FIRST, "saved") / PAGES
    again = make_source("again", kind="warc", path=archive, exclude_urls=["/b$"])
    report = fetch_source(again, night=FIRST, home=home, settings=settings)
    assert (report.fetched, report.disallowed) == (2, 1)
    copies = {page.id: page.html for _, page in read_pages(home.warc(FIRST, "again"))}
    originals = {page.id: page.html for _, page in read_pages(home.warc(FIRST, "saved"))}
    assert copies.items() < originals.items()


def test_max_pages_of_a_folder(
    tmp_path: Path, settings: Settings, make_source: Callable[..., Source]
) -> None:
    source = make_source("saved", kind="folder", path=folder_of_pages(tmp_path / "pages"), max_pages=2)
    home = Home(tmp_path / "home")
    report = fetch_source(source, night=FIRST, home=home, settings=settings)
    assert (report.fetched, report.disallowed) == (2, 1)
    reasons = [line.reason for line in read_manifest(home.warc(FIRST, "saved") / MANIFEST)]
    assert "not fetched: beyond max_pages of the source" in reasons


def test_an_empty_folder_is_an_empty_night(
    tmp_path: Path, settings: Settings, make_source: Callable[..., Source]
) -> None:
    (tmp_path / "pages").mkdir()
    source = make_source("saved", kind="folder", path=tmp_path / "pages")
    home = Home(tmp_path / "home")
    assert fetch_source(source, night=FIRST, home=home, settings=settings).listed == 0
    assert list(read_pages(home.warc(FIRST, "saved"))) == []


def test_a_missing_folder_leaves_nothing(
    tmp_path: Path, settings: Settings, make_source: Callable[..., Source]
) -> None:
    source = make_source("saved", kind="folder", path=tmp_path / "none")
    home = Home(tmp_path / "home")
    with pytest.raises(SourceError, match="no such folder"):
        fetch_source(source, night=FIRST, home=home, settings=settings)
    assert list(home.warc(FIRST, "saved").parent.iterdir()) == []
