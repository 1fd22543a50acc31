"""What goes over the wire: validators, redirects, encodings, failures, and a server that ends cleanly."""

from __future__ import annotations

import gzip
import signal
import subprocess
import sys
import time
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from extractors.errors import SourceError
from extractors.newsroom.edition import Newsroom
from extractors.newsroom.server import LoggedRequest, NewsroomAddress, running, serve
from extractors.settings import PROJECT_ROOT

from .client import FIXTURES, SECOND, THIRD, Get, request

FERRY = "/world/2018/05/14/ferry-line-opens"
CAFE = "/culture/2018/05/16/cafe-review"
UPDATED = "/articles/ferry-line-opens.htm"


def test_unchanged_page_is_not_sent_again(get: Get) -> None:
    first = get("json-post", FERRY)
    etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    assert modified == "Mon, 14 May 2018 09:37:00 GMT"
    for headers in (
        {"If_None_Match": etag},
        {"If_None_Match": f'"other", W/{etag}'},
        {"If_None_Match": "*"},
        {"If_Modified_Since": modified},
        {"If_Modified_Since": "Tue, 15 May 2018 00:00:00 GMT"},
    ):
        again = get("json-post", FERRY, **headers)
        assert (again.status, again.body) == (304, b""), headers
        assert again.headers["ETag"] == etag


def test_changed_page_is_sent_again(get: Get) -> None:
    etag = get("json-post", FERRY).headers["ETag"]
    for headers in (
        {"If_None_Match": '"other"'},
        {"If_None_Match": '"other"', "If_Modified_Since": "Mon, 14 May 2018 09:37:00 GMT"},
        {"If_Modified_Since": "Mon, 14 May 2018 09:36:59 GMT"},
        {"If_Modified_Since": "yesterday"},
    ):
        again = get("json-post", FERRY, **headers)
        assert (again.status, again.headers["ETag"]) == (200, etag), headers


def test_same_night_twice_is_the_same_to_the_byte(
    small: Newsroom, get: Get, address: NewsroomAddress
) -> None:
    pages = (("json-post", FERRY), ("json-post", "/rss.xml"), ("open-graph", "/"), ("bare-wire", UPDATED))
    with running(night=THIRD, newsroom=small) as again:
        for outlet, path in pages:
            repeated = request(again.port, address.host(outlet), path)
            assert repeated.body == get(outlet, path).body
            assert repeated.headers["ETag"] == get(outlet, path).headers["ETag"]


def test_page_changes_only_when_its_article_does(small: Newsroom, get: Get, address: NewsroomAddress) -> None:
    with running(night=SECOND, newsroom=small) as before:
        for outlet, path, is_changed in (("json-post", FERRY, False), ("bare-wire", UPDATED, True)):
            earlier = request(before.port, address.host(outlet), path)
            assert (earlier.headers["ETag"] != get(outlet, path).headers["ETag"]) is is_changed
        assert request(before.port, before.host("json-post"), CAFE).status == 404


def test_gzip_when_accepted(get: Get) -> None:
    plain, packed = get("json-post", FERRY), get("json-post", FERRY, Accept_Encoding="br, gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert get("json-post", FERRY, If_None_Match=packed.headers["ETag"]).status == 304
    assert "Content-Encoding" not in get("json-post", FERRY, Accept_Encoding="gzip;q=0").headers
    assert "Content-Encoding" not in plain.headers


def test_moved_page_leads_to_its_canonical_address(get: Get, address: NewsroomAddress) -> None:
    moved = get("open-graph", "/old/ferry?utm_source=atom")
    assert moved.status == 301
    assert moved.headers["Location"] == address.url("open-graph", "/2018/05/14/ferry-line-opens.html")
    assert get("open-graph", "/2018/05/14/ferry-line-opens.html?utm_source=atom").status == 200


def test_other_charset_is_declared_and_used(get: Get) -> None:
    review = get("json-post", CAFE)
    assert review.headers["Content-Type"] == "text/html; charset=windows-1252"
    text = review.body.decode("windows-1252")
    assert "The café’s name is “Été”." in text
    assert "Its owner is called &#48149;." in text
    with pytest.raises(UnicodeDecodeError):
        review.body.decode("utf-8")


def test_flaky_page_fails_once(get: Get) -> None:
    statuses = [get("micro-daily", "/live/live-from-the-harbour").status for _ in range(3)]
    assert statuses == [500, 200, 200]


def test_broken_page_is_unclosed_and_cut(get: Get) -> None:
    broken = get("micro-daily", "/world/ferry-line-opens")
    assert broken.status == 200
    assert "</p>" not in broken.text
    assert "</html>" not in broken.text
    assert "The ferry line opened on Monday" in broken.text


def test_missing_page_and_unknown_host(get: Get, address: NewsroomAddress) -> None:
    assert get("json-post", "/world/gone").status == 404
    unknown = request(address.port, f"nobody.localhost:{address.port}", "/")
    assert unknown.status == 404
    assert f'href="http://bare-wire.localhost:{address.port}/"' in unknown.text
    assert request(address.port, "json-post.example.org", "/").status == 404
    assert request(address.port, "json-post.localhost:x<script>", "/").text.count("<script>") == 0


def test_hanging_page_sends_headers_and_nothing_else(address: NewsroomAddress) -> None:
    connection = HTTPConnection("127.0.0.1", address.port, timeout=0.5)
    connection.request("GET", "/world/slow", headers={"Host": address.host("json-post")})
    response = connection.getresponse()
    assert response.status == 200
    with pytest.raises(TimeoutError):
        response.read()
    response.close()
    connection.close()


def test_closing_ends_hanging_and_idle_connections(small: Newsroom) -> None:
    with running(night=THIRD, newsroom=small) as address:
        connections = [HTTPConnection("127.0.0.1", address.port, timeout=5) for _ in range(2)]
        for connection, path in zip(connections, ("/world/slow", "/robots.txt"), strict=True):
            connection.request("GET", path, headers={"Host": address.host("json-post")})
        responses = [connection.getresponse() for connection in connections]
        assert responses[1].read()
        started = time.monotonic()
    assert time.monotonic() - started < 2
    for response, connection in zip(responses, connections, strict=True):
        response.close()
        connection.close()
    with running(night=SECOND, port=address.port, newsroom=small) as again:
        assert request(again.port, again.host("json-post"), CAFE).status == 404


def test_head_has_no_body(get: Get) -> None:
    head = get("json-post", FERRY, method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["Content-Length"]) == len(get("json-post", FERRY).body)


def test_connection_stays_open_between_requests(address: NewsroomAddress) -> None:
    connection = HTTPConnection("127.0.0.1", address.port, timeout=5)
    for path in ("/robots.txt", FERRY, "/world/gone"):
        connection.request("GET", path, headers={"Host": address.host("json-post")})
        assert connection.getresponse().read()
    connection.close()
    assert address.requests == [
        LoggedRequest(address.host("json-post"), "/robots.txt", 200),
        LoggedRequest(address.host("json-post"), FERRY, 200),
        LoggedRequest(address.host("json-post"), "/world/gone", 404),
    ]


def test_pictures_and_styles_are_there(get: Get) -> None:
    assert get("json-post", "/media/any.gif").headers["Content-Type"] == "image/gif"
    assert get("json-post", "/static/site.css").headers["Content-Type"] == "text/css"


def test_taken_port_says_what_to_do(small: Newsroom, address: NewsroomAddress) -> None:
    with pytest.raises(SourceError, match=f"port {address.port} cannot be used.*\n.*--port"):
        serve(night=THIRD, port=address.port, newsroom=small)


def test_serve_tells_when_it_answers_and_ends_when_interrupted(small: Newsroom) -> None:
    told: list[str] = []

    def interrupt(url: str) -> None:
        told.append(url)
        raise KeyboardInterrupt

    with running(night=THIRD, newsroom=small) as earlier:
        port = earlier.port
    with pytest.raises(KeyboardInterrupt):
        serve(night=THIRD, port=port, ready=interrupt, newsroom=small)
    assert told == [f"http://127.0.0.1:{port}/"]
    with running(night=THIRD, port=port, newsroom=small) as again:
        assert again.port == port


SERVE = """
from datetime import date
from pathlib import Path
from extractors.newsroom.loader import load_newsroom
from extractors.newsroom.server import serve
newsroom = load_newsroom(Path({folder!r}))
serve(night=date(2018, 5, 16), port=0, ready=lambda url: print(url, flush=True), newsroom=newsroom)
"""


def test_serve_blocks_until_interrupted() -> None:
    command = [sys.executable, "-c", SERVE.format(folder=str(FIXTURES))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT_ROOT) as process:
        assert process.stdout
        port = urlsplit(process.stdout.readline().strip()).port
        assert port
        assert request(port, f"json-post.localhost:{port}", FERRY).status == 200
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(5) == 0
