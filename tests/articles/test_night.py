"""A source's night: WARC and manifest in, Parquet out, to the byte."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from extractors.articles.night import ParseReport, parse_source
from extractors.articles.rows import minhash
from extractors.errors import StageError
from extractors.home import Home
from extractors.landing.schema import ARTICLES, FETCHES
from extractors.records import stable_id
from extractors.settings import Settings
from tests.articles.samples import NOW, samples

NIGHT = date(2018, 5, 20)
HTML = "text/html; charset=utf-8"


def write_warc(home: Home, responses: list[tuple[str, str, str, bytes]], source: str = "wire") -> Path:
    """Each response: URL, time, status line with content type after a bar, body."""
    path = home.warc(NIGHT, source) / "pages.warc.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    records = [_record(number, *response) for number, response in enumerate(responses)]
    path.write_bytes(b"".join(gzip.compress(record) for record in records))
    return path


def _record(number: int, url: str, at: str, answer: str, body: bytes) -> bytes:
    status, _, content_type = answer.partition("|")
    http = f"HTTP/1.1 {status}\r\nContent-Type: {content_type or HTML}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:08d}>\r\nWARC-Date: {at}\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def run(home: Home, source: str = "wire") -> ParseReport:
    return parse_source(
        night=NIGHT,
        source=source,
        home=home,
        settings=Settings(processes=1),
        now=NOW,
        on_progress=lambda done: None,
    )


def story(words: str) -> bytes:
    return f"<html lang=en><title>A story of today</title><body><p>{words * 12}</p></body></html>".encode()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_every_sample_page_becomes_a_row(home: Home) -> None:
    pages = [item.page for item in samples()]
    assert all(isinstance(page.html, bytes) for page in pages)
    write_warc(
        home,
        [
            (p.url, "2018-05-20T10:00:00Z", f"200 OK|{p.content_type or 'text/html'}", bytes(p.html))
            for p in pages
        ],  # type: ignore[arg-type]
    )
    report = run(home)
    table = pq.read_table(home.articles(NIGHT) / "wire.parquet")
    assert table.schema.equals(ARTICLES)
    rows = {row["url"]: row for row in table.to_pylist()}
    for item in samples():
        row = rows[item.expected["canonical"]]
        assert row["kind"] == item.expected["kind"]
        assert row["article_id"] == stable_id(row["url"])
        assert row["warc_file"] == f"warc/night={NIGHT}/wire/pages.warc.gz"
        assert row["fetched_at"] == datetime(2018, 5, 20, 10, tzinfo=UTC)
    assert (report.pages, report.repeated, sum(report.kinds.values())) == (len(pages), 0, len(pages))
    assert table["article_id"].to_pylist() == sorted(table["article_id"].to_pylist())


def test_what_is_no_page_is_counted_with_its_reason(home: Home) -> None:
    write_warc(
        home,
        [
            ("https://e.org/a/one", "2018-05-20T10:00:00Z", "200 OK", story("The talks went on. ")),
            ("https://e.org/a/two", "2018-05-20T10:00:00Z", "404 Not Found", b"gone"),
            ("https://e.org/a/three", "2018-05-20T10:00:00Z", "503 Busy", b"busy"),
            ("https://e.org/feed", "2018-05-20T10:00:00Z", "200 OK|application/rss+xml", b"<rss/>"),
        ],
    )
    report = run(home)
    assert report.pages == 1
    assert report.skipped == {"content type application/rss+xml": 1, "status 404": 1, "status 503": 1}


def test_of_one_canonical_url_the_latest_stays(home: Home) -> None:
    link = b'<link rel="canonical" href="https://e.org/a/one">'
    write_warc(
        home,
        [
            (
                "https://e.org/a/one?page=print",
                "2018-05-20T12:00:00Z",
                "200 OK",
                link + story("The later words. "),
            ),
            ("https://e.org/a/one", "2018-05-20T10:00:00Z", "200 OK", link + story("The earlier words. ")),
            ("https://e.org/a/one", "2018-05-20T13:00:00Z", "200 OK", link + b"<title>404 Not Found</title>"),
        ],
    )
    report = run(home)
    rows = pq.read_table(home.articles(NIGHT) / "wire.parquet").to_pylist()
    assert (len(rows), report.repeated) == (1, 2)
    assert rows[0]["text"].startswith("The later words.")


def test_time_of_the_record_is_the_limit_of_the_future(home: Home) -> None:
    head = b'<meta property="article:published_time" content="2018-05-25T00:00:00Z">'
    write_warc(
        home, [("https://e.org/a/one", "2018-05-20T10:00:00Z", "200 OK", head + story("The talks went on. "))]
    )
    run(home)
    row = pq.read_table(home.articles(NIGHT) / "wire.parquet").to_pylist()[0]
    assert row["published_at"] is None
    assert "in the future" in row["reason"]


def test_same_files_same_bytes(home: Home) -> None:
    write_warc(
        home,
        [(f"https://e.org/a/{n}", "2018-05-20T10:00:00Z", "200 OK", story(f"Talk {n}. ")) for n in range(5)],
    )
    run(home)
    before = (home.articles(NIGHT) / "wire.parquet").read_bytes()
    run(home)
    assert (home.articles(NIGHT) / "wire.parquet").read_bytes() == before
    assert [path.name for path in home.articles(NIGHT).iterdir()] == ["wire.parquet"]


def test_manifest_becomes_fetches(home: Home) -> None:
    folder = home.warc(NIGHT, "wire")
    folder.mkdir(parents=True)
    lines = [
        {
            "url": "https://e.org/a",
            "final_url": "https://e.org/b",
            "outcome": "fetched",
            "status": 200,
            "reason": None,
            "bytes": 10,
            "fetched_at": "2018-05-20T10:00:00Z",
        },
        {"url": "https://e.org/c", "outcome": "disallowed", "reason": "robots.txt", "fetched_at": None},
    ]
    (folder / "manifest.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    report = run(home)
    table = pq.read_table(home.fetches(NIGHT) / "wire.parquet")
    assert table.schema.equals(FETCHES)
    assert report.fetches == 2
    assert table["fetched_at"].to_pylist() == [datetime(2018, 5, 20, 10, tzinfo=UTC), None]
    assert pq.read_table(home.articles(NIGHT) / "wire.parquet").num_rows == 0


def test_broken_manifest_names_the_line(home: Home) -> None:
    folder = home.warc(NIGHT, "wire")
    folder.mkdir(parents=True)
    (folder / "manifest.jsonl").write_text('{"url": "https://e.org/a"}\n')
    with pytest.raises(StageError, match=r"manifest\.jsonl:1: no manifest line: has no 'outcome'"):
        run(home)


def test_truncated_warc_is_an_error_not_a_short_night(home: Home) -> None:
    path = write_warc(
        home, [("https://e.org/a/one", "2018-05-20T10:00:00Z", "200 OK", story("Talk. ") * 50)] * 3
    )
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(StageError, match="cannot be read as WARC"):
        run(home)
    assert not (home.articles(NIGHT) / "wire.parquet").exists()


def test_minhash_is_near_for_near_texts() -> None:
    words = [f"w{number}" for number in range(400)]
    first, second, other = (
        minhash(words),
        minhash(words[:-20]),
        minhash([f"x{number}" for number in range(400)]),
    )
    assert first is not None
    assert second is not None
    assert other is not None
    assert len(first) == 64 * 8
    alike = np.mean(np.frombuffer(first, "<u8") == np.frombuffer(second, "<u8"))
    unlike = np.mean(np.frombuffer(first, "<u8") == np.frombuffer(other, "<u8"))
    assert alike > 0.8
    assert unlike < 0.1
    assert minhash([]) is None
