"""`explain`: texts, files and URLs in; marks, paths, reasons out; the page is one file and safe."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from extractors.cli import app
from extractors.cli.explanation_page import Told, page_of
from extractors.events.explain import Considered, SentenceStory, marks
from extractors.records import Sentence, Span

THREAT = "Iran threatened to leave the nuclear talks unless the United States lifts sanctions."
TEXT = f"{THREAT} Peru and Chile met on Tuesday. The harvest was good."
HOSTILE = '<script>alert(1)</script> & "quoted"'


def _explain(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["explain", *arguments], env={"COLUMNS": "200"})


def test_the_terminal_shows_path_sides_date_and_fields() -> None:
    shown = _explain(TEXT, "--published", "2018-05-18").stdout
    assert "threaten ∘" in shown
    assert "Iran (IRN) → United States (USA)" in shown
    assert "condition: unless the United States lifts sanctions" in shown
    assert "2018-05-15 (day)" in shown
    assert "no word of the lexicon: not parsed" in shown


def test_a_dropped_candidate_has_its_reason() -> None:
    shown = _explain("The bank opened its doors.").stdout
    assert "allow_access = 086" in shown
    assert "dropped: no known actor on either side" in shown
    assert "→" not in shown


def test_the_same_act_told_twice_is_told_once() -> None:
    shown = _explain(f"{THREAT} {THREAT}").stdout
    assert shown.count(" threat: Iran") == 1
    assert "dropped: told again" in shown
    assert shown.count("unless the United States lifts sanctions.") == 2


def test_a_text_file_and_json_lines(tmp_path: Path) -> None:
    text = tmp_path / "article.txt"
    text.write_text(TEXT)
    assert "threaten ∘" in _explain(str(text)).stdout
    lines = tmp_path / "articles.jsonl"
    record = {"id": "a", "text": TEXT, "title": "Talks in peril", "published_at": "2018-05-18"}
    lines.write_text(json.dumps(record) + "\n" + json.dumps(record | {"id": "b", "title": "Again"}) + "\n")
    shown = _explain(str(lines)).stdout
    assert "Talks in peril" in shown
    assert "Again" in shown


@pytest.mark.parametrize("argument", ["missing.txt", "missing.jsonl"])
def test_a_missing_file_is_no_sentence(argument: str) -> None:
    result = _explain(argument)
    assert result.exit_code == 2
    assert "no such file" in result.stderr


def test_a_line_that_is_no_record_is_named(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_text('{"id": "a", "text": "Peru met Chile."}\n{no json\n')
    result = _explain(str(file))
    assert result.exit_code == 2
    assert "articles.jsonl:2" in result.stderr


def test_the_page_is_one_file_without_script_or_requests(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert _explain(TEXT, "--html", str(page), "--published", "2018-05-18").exit_code == 0
    html = page.read_text()
    assert "threaten ∘" in html
    assert '<mark class="trigger"' in html
    assert "prefers-color-scheme: dark" in html
    assert 'name="viewport"' in html
    assert not re.search(r"<script|<link|src=|@import|url\(", html)


def test_everything_from_the_text_is_escaped(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    _explain(f"{THREAT} {HOSTILE} Peru met Chile.", "--html", str(page))
    html = page.read_text()
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;quoted&#34;" in html


def test_a_url_is_a_link_only_when_it_is_one_of_the_web() -> None:
    def html(url: str) -> str:
        return page_of([Told("t", url, None, [])])

    assert '<a href="https://news.example/a"' in html("https://news.example/a")
    assert "<a " not in html("javascript:alert(1)")


def test_a_page_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    result = _explain(THREAT, "--html", str(tmp_path / "absent" / "page.html"))
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_marks_cut_the_sentence_without_losing_a_character() -> None:
    text = "The BUS met the US envoy."
    candidate = Considered("meet = 040", "met", ("meet.verb",), "active", "why", span=Span("met", 18, 21))
    story = SentenceStory(Sentence(0, 10, 35, text), True, [candidate])
    found = marks(story)
    assert "".join(mark.text for mark in found) == text
    assert [mark.text for mark in found if mark.role == "dropped"] == ["met"]


BODY = "".join(f"<p>{THREAT} The ministers of Peru and Chile met for talks in Lima.</p>" for _ in range(4))
PAGE = f"<html><head><title>Talks</title></head><body><article><h1>Talks</h1>{BODY}</article></body></html>"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path in ("/talks", "/closed")
            body = PAGE.encode() if found else b"User-agent: *\nDisallow: /closed\n"
            self.send_response(200 if found or self.path == "/robots.txt" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8" if found else "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None: ...

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{http.server_address[1]}"
    http.shutdown()
    http.server_close()


def test_a_url_is_fetched_and_parsed(server: str) -> None:
    result = _explain(f"{server}/talks", "--allow-loopback")
    assert result.exit_code == 0, result.stderr
    assert "Talks" in result.stdout
    assert "threaten ∘" in result.stdout


@pytest.mark.parametrize(
    ("path", "allowed", "why"),
    [
        ("/talks", False, "loopback"),
        ("/closed", True, "robots.txt"),
        ("/absent", True, "404"),
    ],
)
def test_a_url_that_may_not_or_cannot_be_read(server: str, path: str, allowed: bool, why: str) -> None:
    result = _explain(f"{server}{path}", *(["--allow-loopback"] if allowed else []))
    assert result.exit_code == 3
    assert why in result.stderr
