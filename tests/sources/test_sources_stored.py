from __future__ import annotations

import io
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extractors.errors import SourceError
from extractors.sources.folder import Folder, own_url
from extractors.sources.kinds import StoredPage, UnreadablePage
from extractors.sources.model import Source
from extractors.sources.warc import Warc

PAGE = '<html><head><link rel="canonical" href="https://a.org/{name}"></head><p>text</p></html>'
SAVED = datetime(2018, 5, 16, 12, tzinfo=UTC)


def source(kind: str, path: Path) -> Source:
    return Source.model_validate(
        {"name": "saved", "title": "s", "kind": kind, "path": path, "language": "en", "country": "KOR"}
        | {"ownership": "private"}
    )


def save(path: Path, text: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    os.utime(path, (SAVED.timestamp(), SAVED.timestamp()))


def test_folder_pages_have_the_url_they_give_themselves(tmp_path: Path) -> None:
    save(tmp_path / "b.html", PAGE.format(name="b"))
    save(tmp_path / "sub" / "a b.HTM", "<p>no address</p>")
    save(tmp_path / "c.html", '<meta property="og:url" content="https://a.org/c"><p>x</p>')
    save(tmp_path / "same-as-b.html", PAGE.format(name="b?utm_source=x"))
    save(tmp_path / "notes.txt", "no page")
    pages = list(Folder().pages(source("folder", tmp_path), max_bytes=10_000))
    assert [page.url for page in pages] == [
        "https://a.org/b",
        "https://a.org/c",
        "file:///same-as-b.html",
        "file:///sub/a%20b.HTM",
    ]
    assert all(isinstance(page, StoredPage) and page.saved_at == SAVED for page in pages)


def test_a_page_too_large_is_told_of(tmp_path: Path) -> None:
    save(tmp_path / "big.html", b"x" * 200)
    (page,) = Folder().pages(source("folder", tmp_path), max_bytes=100)
    assert page == UnreadablePage("file:///big.html", "200 bytes, more than 100")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such folder"):
        list(Folder().pages(source("folder", tmp_path / "none"), max_bytes=100))


@pytest.mark.parametrize(
    "body",
    [b"", b"\x00\x01", b'<link rel="canonical" href="/relative">', b'<link rel=canonical href="http://[">'],
)
def test_pages_without_an_address_of_their_own(body: bytes) -> None:
    assert own_url(body) is None


def test_the_address_is_found_in_a_page_cut_off_in_the_middle() -> None:
    assert own_url(PAGE.format(name="x").encode()[:70]) == "https://a.org/x"


def warc(*records: tuple[str, str, str, bytes]) -> bytes:
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=True)
    for url, status, content_type, body in records:
        headers = StatusAndHeaders(status, [("Content-Type", content_type)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2018-05-16T12:00:00Z", "WARC-Record-ID": f"<urn:{url}>"},
        )
        writer.write_record(record)
    return stream.getvalue()


def test_warc_gives_the_html_responses_with_their_ids(tmp_path: Path) -> None:
    large = b"<p>" + b"word " * 20_000
    data = warc(
        ("https://a.org/1", "200 OK", "text/html; charset=utf-8", large),
        ("https://a.org/2", "404 Not Found", "text/html", b"<p>gone</p>"),
        ("https://a.org/3", "200 OK", "image/png", b"\x89PNG"),
        ("https://a.org/4", "200 OK", "application/xhtml+xml", b"<p>four</p>"),
    )
    save(tmp_path / "crawl.warc.gz", data)
    first, second = Warc().pages(source("warc", tmp_path / "crawl.warc.gz"), max_bytes=1_000_000)
    assert isinstance(first, StoredPage)
    assert (first.url, first.body, first.saved_at) == ("https://a.org/1", large, SAVED)
    assert first.record_id == "<urn:https://a.org/1>"
    assert first.headers == (("Content-Type", "text/html; charset=utf-8"), ("Content-Length", "100003"))
    assert second.url == "https://a.org/4"


def test_a_warc_cut_off_gives_what_stands_before_the_cut(tmp_path: Path) -> None:
    pages = [(f"https://a.org/{n}", "200 OK", "text/html", os.urandom(5_000)) for n in range(3)]
    data = warc(*pages)
    save(tmp_path / "cut.warc.gz", data[: len(data) - 2_000])
    read = list(Warc().pages(source("warc", tmp_path), max_bytes=1_000_000))
    assert [page.url for page in read[:2]] == ["https://a.org/0", "https://a.org/1"]
    assert isinstance(read[-1], UnreadablePage)


def test_a_page_in_a_warc_too_large_is_told_of(tmp_path: Path) -> None:
    save(tmp_path / "a.warc.gz", warc(("https://a.org/1", "200 OK", "text/html", b"x" * 500)))
    (page,) = Warc().pages(source("warc", tmp_path), max_bytes=100)
    assert page == UnreadablePage("https://a.org/1", "more than 100 bytes")


def test_a_folder_without_warc_files(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no \.warc"):
        list(Warc().pages(source("warc", tmp_path), max_bytes=100))
