"""Fetches that are killed: the next goes on with what is stored, asks for none of it again, loses none."""

from __future__ import annotations

import fcntl
import io
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from conftest import HTML, FetchAll, Reply, Site, answer

from extractors.errors import SourceError
from extractors.fetch import visit
from extractors.fetch.archive import ArchiveWriter, read_pages, read_responses
from extractors.fetch.crawl import fetch_source
from extractors.fetch.manifest import MANIFEST, PAGES, FetchReport, read_manifest
from extractors.fetch.partial import take_stock
from extractors.home import Home
from extractors.settings import PROJECT_ROOT, Settings
from extractors.sources.model import Source

NIGHT = date(2018, 5, 16)
AT = datetime(2018, 5, 16, 12, tzinfo=UTC)
RUN = """
import sys
from datetime import date
from pathlib import Path
from extractors.fetch.crawl import fetch_source
from extractors.home import Home
from extractors.settings import Settings
from extractors.sources.model import Source
source = Source.model_validate_json(sys.argv[1])
settings = Settings(user_agent="TestBot/1.0 (+http://test.example)")
fetch_source(source, night=date(2018, 5, 16), home=Home(Path(sys.argv[2])), settings=settings)
"""


def partial(home: Home, name: str) -> Path:
    return home.warc(NIGHT, name).with_name(f".{name}.partial") / PAGES


def kill_when(done: Callable[[], bool], source: Source, home: Home) -> None:
    """Fetch the source in a process that is killed, with its worker, once `done`."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, source.model_dump_json(), str(home.root)],
        env={**os.environ, "PYTHONPATH": str(PROJECT_ROOT)},
        start_new_session=True,
    )
    end = time.monotonic() + 20
    while not done():
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def flaky(times: list[int]) -> Callable[[BaseHTTPRequestHandler], Reply]:
    def reply(handler: BaseHTTPRequestHandler) -> Reply:
        times.append(1)
        return (500, HTML, b"oops") if len(times) == 1 else (200, HTML, b"<p>healed</p>")

    return reply


def test_a_killed_fetch_goes_on_from_where_it_was(
    site: Site, home: Home, settings: Settings, make_source: Callable[..., Source]
) -> None:
    pages = [f"/going-{n}" for n in range(12)]
    for path in pages:
        site.page(path, title=path)
    site.pages["/going-1"] = (301, {"Location": "/landed"}, b"")
    site.page("/landed", "landed")
    site.pages["/going-2"] = flaky([])
    site.rss([(path, None) for path in [*pages, "/gone"]], "/going.xml")
    source = make_source("going", url=site.url("/going.xml"), delay_seconds=0.15, concurrency=1)
    kill_when(lambda: "/going-6" in site.paths(), source, home)
    path = partial(home, "going")
    whole = path.stat().st_size
    with path.open("ab") as stream:  # a record that was being written
        stream.write(path.read_bytes()[:40])
    stored = set(take_stock(path).responses)
    assert path.stat().st_size == whole
    assert site.url("/going-4") in stored
    before = len(site.hits)

    report = fetch_source(source, night=NIGHT, home=home, settings=settings)
    again = {site.url(hit.path) for hit in site.hits[before:]}
    assert again & stored == set()
    assert (report.listed, report.fetched, report.failed) == (13, 12, 1)
    asked = Counter(site.paths())
    under_way = [path for path in [*pages, "/landed", "/going.xml", "/robots.txt"] if asked[path] > 1]
    assert set(under_way) <= {"/going-2", "/going-5", "/going-6", "/going-7"}
    assert asked["/going-2"] == 2
    assert asked["/gone"] == asked["/landed"] == 1
    titles = {line.url: page.html for line, page in read_pages(home.warc(NIGHT, "going"))}
    assert titles[site.url("/going-0")] == b"<html><title>/going-0</title><p>/going-0</p></html>"
    assert titles[site.url("/going-1")] == b"<html><title>landed</title><p>landed</p></html>"
    assert titles[site.url("/going-2")] == b"<p>healed</p>"
    assert len(titles) == 12
    ids = [response.id for response in read_responses(home.warc(NIGHT, "going"))]
    assert len(ids) == len(set(ids))
    assert not path.exists()


def test_the_manifest_of_a_resumed_fetch_tells_when_each_page_was_really_fetched(
    site: Site, home: Home, settings: Settings, make_source: Callable[..., Source]
) -> None:
    for n in range(6):
        site.page(f"/when-{n}")
    site.rss([(f"/when-{n}", None) for n in range(6)], "/when.xml")
    source = make_source("when", url=site.url("/when.xml"), delay_seconds=0.15, concurrency=1)
    kill_when(lambda: "/when-3" in site.paths(), source, home)
    killed_at = datetime.now(UTC)
    fetch_source(source, night=NIGHT, home=home, settings=settings)
    lines = {line.url: line for line in read_manifest(home.warc(NIGHT, "when") / MANIFEST)}
    times = [lines[site.url(f"/when-{n}")].fetched_at for n in range(6)]
    assert all(times)
    assert times[0] < killed_at < times[5]  # type: ignore[operator]
    records = {response.id: response for response in read_responses(home.warc(NIGHT, "when"))}
    assert all(records[str(line.warc_record_id)].at == line.fetched_at for line in lines.values())


@pytest.fixture(scope="module")
def archived() -> tuple[bytes, list[int]]:
    """An archive of four exchanges, and where each of its records ends."""
    stream, ends = io.BytesIO(), [0]
    writer = ArchiveWriter(stream, night=NIGHT, source="s")
    for n in range(4):
        body = os.urandom(300) * 5
        writer.response(f"http://a.org/{n}", status=200, headers=[("X", "y")], body=body, at=AT)
        ends.append(stream.tell())
    return stream.getvalue(), ends


@pytest.mark.parametrize("back", [0, 1, 7, 8, 9, 30, 200, -1, -30])
@pytest.mark.parametrize("whole", [0, 1, 3])
def test_a_torn_record_is_cut_off(
    archived: tuple[bytes, list[int]], tmp_path: Path, whole: int, back: int
) -> None:
    content, ends = archived
    path = tmp_path / PAGES
    # `back` bytes short of the next record's end, or so many bytes into it
    end = ends[whole + 1] - back if back > 0 else ends[whole] - back
    path.write_bytes(content[:end])
    stock = take_stock(path)
    assert path.stat().st_size == ends[whole]
    assert list(stock.responses) == [f"http://a.org/{n}" for n in range(whole)]
    assert all(len(stock.body(stored)) == 1500 for stored in stock.responses.values())
    with path.open("ab") as stream:
        writer = ArchiveWriter(stream, night=NIGHT, source="s", written=stock.written)
        for n in range(whole, 4):
            writer.response(f"http://a.org/{n}", status=200, headers=[], body=b"new", at=AT)
    original = tmp_path / "whole"
    original.mkdir()
    (original / PAGES).write_bytes(content)
    ids = [response.id for response in read_responses(original)]
    assert [response.id for response in read_responses(tmp_path)] == ids


def test_garbage_is_no_archive(tmp_path: Path) -> None:
    path = tmp_path / PAGES
    path.write_bytes(b"not gzip at all")
    assert take_stock(path).written == {}
    assert path.stat().st_size == 0


def test_an_archive_is_written_by_one_worker_only(
    site: Site,
    home: Home,
    settings: Settings,
    make_source: Callable[..., Source],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    site.rss([], "/busy.xml")
    source = make_source("busy", url=site.url("/busy.xml"))
    path = partial(home, "busy")
    path.parent.mkdir(parents=True)
    with path.open("ab") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        stream.write(b"mine")
        stream.flush()
        with pytest.raises(SourceError, match="another process is fetching it"):
            fetch_source(source, night=NIGHT, home=home, settings=settings)
    assert path.read_bytes() == b"mine"
    assert "/busy.xml" not in site.paths()
    assert visit.LOCK_TRIES * visit.LOCK_PAUSE_SECONDS < 10


def test_a_source_that_crashes_the_worker_does_not_take_the_others_along(
    site: Site, home: Home, make_source: Callable[..., Source], fetch_all: FetchAll
) -> None:
    def poison(handler: BaseHTTPRequestHandler) -> None:
        own = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
        for child in own:
            if b"extractors.fetch.worker" in Path(f"/proc/{child}/cmdline").read_bytes():
                os.kill(int(child), signal.SIGKILL)
        handler.close_connection = True

    site.pages["/poison.xml"] = poison
    sources = [make_source("poison", url=site.url("/poison.xml", "poison.localhost"))]
    for n in range(4):
        host = f"good-{n}.localhost"
        links = [site.url(f"/good-{n}-{page}", host) for page in range(5)]
        for page in range(5):
            site.page(f"/good-{n}-{page}")
        site.rss([(link, None) for link in links], f"/good-{n}.xml")
        sources.insert(n // 2, make_source(f"good-{n}", url=site.url(f"/good-{n}.xml", host)))
    ends = fetch_all(sources)
    assert isinstance(ends["poison"], SourceError)
    assert "ended with code -9" in str(ends["poison"])
    good = [ends[f"good-{n}"] for n in range(4)]
    assert all(isinstance(end, FetchReport) and end.fetched == 5 for end in good)
    for n in range(4):
        assert len(list(read_pages(home.warc(NIGHT, f"good-{n}")))) == 5


def test_a_feed_may_change_while_its_fetch_is_dead(
    site: Site, home: Home, settings: Settings, make_source: Callable[..., Source]
) -> None:
    """The stored feed is the night's: its pages are fetched, those of the newer one the next night."""
    for n in range(8):
        site.page(f"/change-{n}")
    site.rss([(f"/change-{n}", None) for n in range(5)], "/change.xml")
    source = make_source("change", url=site.url("/change.xml"), delay_seconds=0.15, concurrency=1)
    kill_when(lambda: "/change-2" in site.paths(), source, home)
    site.rss([(f"/change-{n}", None) for n in range(5, 8)], "/change.xml")
    assert fetch_source(source, night=NIGHT, home=home, settings=settings).fetched == 5
    later = fetch_source(source, night=date(2018, 5, 17), home=home, settings=settings)
    assert later.fetched == 3


def test_an_answer_of_the_server_is_not_taken_for_an_earlier_one(
    site: Site, home: Home, settings: Settings, make_source: Callable[..., Source]
) -> None:
    """Headers that our own archive uses to mark things have no power when a server sends them."""
    site.pages["/marked"] = lambda handler: answer(
        handler, (200, {**HTML, "WARC-Truncated": "length", "X-Crawl-Content-Encoding": "gzip"}, b"<p>in</p>")
    )
    site.rss([("/marked", None)], "/marked.xml")
    source = make_source("marked", url=site.url("/marked.xml"))
    assert fetch_source(source, night=NIGHT, home=home, settings=settings).fetched == 1
