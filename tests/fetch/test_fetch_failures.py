"""Sources that are down, workers and runs that are killed, disks that are full: nothing passes for whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from conftest import HTML, Site

from extractors.errors import CommuniqueError, SourceError, StageError
from extractors.fetch.crawl import fetch_source
from extractors.fetch.manifest import MANIFEST
from extractors.home import Home
from extractors.settings import PROJECT_ROOT, Settings
from extractors.sources.model import Source

NIGHT = date(2018, 5, 16)
Fetch = Callable[..., CommuniqueError]


@pytest.fixture
def failure(home: Home, settings: Settings, make_source: Callable[..., Source]) -> Fetch:
    """The error that fetching a source ends with; nothing of the source is left behind but for a crash."""

    def fetch(name: str, *, crashes: bool = False, **fields: object) -> CommuniqueError:
        with pytest.raises(CommuniqueError) as raised:
            fetch_source(make_source(name, **fields), night=NIGHT, home=home, settings=settings)
        assert left(home, name) == ([f".{name}.partial"] if crashes else [])
        assert name in raised.value.where
        assert raised.value.next_step
        return raised.value

    return fetch


def left(home: Home, name: str) -> list[str]:
    folder = home.warc(NIGHT, name).parent
    return [path.name for path in folder.iterdir() if name in path.name] if folder.exists() else []


def test_a_feed_that_is_down(site: Site, failure: Fetch) -> None:
    site.pages["/down.xml"] = (500, HTML, b"oops")
    error = failure("down", url=site.url("/down.xml"))
    assert isinstance(error, SourceError)
    assert "HTTP 500" in error.what
    assert site.url("/down.xml") in error.where
    assert site.paths().count("/down.xml") == 2


def test_a_feed_that_is_no_feed(site: Site, failure: Fetch) -> None:
    site.pages["/page.xml"] = (200, HTML, b"<html><p>Please accept our cookies</p></html>")
    assert "unreadable: an HTML page instead of a feed" in failure("page", url=site.url("/page.xml")).what


def test_a_feed_that_robots_txt_forbids(site: Site, failure: Fetch) -> None:
    site.pages["/robots.txt"] = (200, {}, b"User-agent: TestBot\nDisallow: /\n")
    site.rss([], "/forbidden.xml")
    assert "forbidden by robots.txt" in failure("forbidden", url=site.url("/forbidden.xml")).what
    del site.pages["/robots.txt"]


def test_a_robots_txt_that_cannot_be_read_forbids_all(site: Site, failure: Fetch) -> None:
    site.pages["/robots.txt"] = (503, {}, b"")
    site.rss([], "/closed.xml")
    assert "robots.txt of outlet.localhost" in failure("closed", url=site.url("/closed.xml")).what
    assert "/closed.xml" not in site.paths()
    del site.pages["/robots.txt"]


def test_a_host_where_nobody_answers(failure: Fetch) -> None:
    error = failure("nobody", url="http://nobody.localhost:1/rss.xml", retries=0)
    assert "refused" in error.what.lower()


def test_a_name_that_nobody_knows(failure: Fetch) -> None:
    error = failure("unknown", url="http://unknown.invalid/rss.xml", retries=0)
    assert "unknown.invalid" in error.what


def test_a_missing_list_is_told_by_the_worker(failure: Fetch, tmp_path: Path) -> None:
    assert "cannot be read" in failure("nolist", kind="url_list", path=tmp_path / "none.txt").what


def hang(site: Site, path: str) -> None:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        site.released.wait(30)
        handler.close_connection = True

    site.pages[path] = reply


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_for(condition: Callable[[], object], seconds: float = 15.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def test_a_killed_worker_is_told_with_the_end_of_its_log(site: Site, failure: Fetch) -> None:
    hang(site, "/kill-me.xml")
    killed: list[int] = []

    def kill() -> None:
        wait_for(lambda: "/kill-me.xml" in site.paths())
        for child in children(os.getpid()):
            if b"extractors.fetch.worker" in Path(f"/proc/{child}/cmdline").read_bytes():
                killed.append(child)
                os.kill(child, signal.SIGKILL)

    # The children file lists those of one thread: fetch in the main thread, kill from another.
    thread = threading.Thread(target=kill)
    thread.start()
    error = failure("killed", crashes=True, url=site.url("/kill-me.xml"), timeout_seconds=30)
    thread.join()
    assert len(killed) == 1
    assert "ended with code -9" in error.what
    assert "Spider opened" in error.what


RUN = """
import sys
from datetime import date
from pathlib import Path
from extractors.errors import CommuniqueError
from extractors.fetch.crawl import fetch_source
from extractors.home import Home
from extractors.settings import Settings
from extractors.sources.model import Source
{before}
source = Source.model_validate_json(sys.argv[1])
try:
    fetch_source(source, night=date(2018, 5, 16), home=Home(Path(sys.argv[2])), settings=Settings())
except CommuniqueError as error:
    sys.exit(f"{{type(error).__name__}}: {{error}}")
"""


def run(source: Source, home: Home, before: str = "") -> subprocess.Popen[bytes]:
    arguments = [sys.executable, "-c", RUN.format(before=before), source.model_dump_json(), str(home.root)]
    return subprocess.Popen(
        arguments,
        stderr=subprocess.PIPE,
        cwd=home.root,
        env={**os.environ, "PYTHONPATH": str(PROJECT_ROOT)},
    )


def test_a_killed_run_takes_its_worker_along_and_the_next_one_does_its_work(
    site: Site, home: Home, settings: Settings, make_source: Callable[..., Source]
) -> None:
    home.root.mkdir(exist_ok=True)
    site.page("/survivor")
    hang(site, "/cut.xml")
    source = make_source("cut", url=site.url("/cut.xml"), timeout_seconds=30)
    with run(source, home) as process:
        wait_for(lambda: "/cut.xml" in site.paths())
        (worker,) = children(process.pid)
        process.kill()
        process.wait()
    wait_for(lambda: not Path(f"/proc/{worker}").exists() or is_zombie(worker))
    assert not home.warc(NIGHT, "cut").exists()
    assert len(left(home, "cut")) == 1
    site.rss([("/survivor", None)], "/cut.xml")
    assert fetch_source(source, night=NIGHT, home=home, settings=settings).fetched == 1
    assert left(home, "cut") == ["cut"]


def is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_a_full_disk_stops_the_source(site: Site, home: Home, make_source: Callable[..., Source]) -> None:
    site.pages["/heavy"] = (200, HTML, os.urandom(150_000))
    site.rss([("/heavy", None)], "/heavy.xml")
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))"
    with run(make_source("heavy", url=site.url("/heavy.xml")), home, before=full) as process:
        _, said = process.communicate(timeout=30)
    assert process.returncode == 1
    assert b"StageError" in said
    assert b"cannot be written" in said
    assert left(home, "heavy") == [".heavy.partial"]


def test_a_broken_manifest_of_an_earlier_night_is_named(
    site: Site, home: Home, settings: Settings, make_source: Callable[..., Source]
) -> None:
    earlier = home.warc(date(2018, 5, 15), "broken") / MANIFEST
    earlier.parent.mkdir(parents=True)
    earlier.write_text('{"night": "2018-05-15"}\n')
    with pytest.raises(StageError, match=r"manifest\.jsonl:1"):
        fetch_source(
            make_source("broken", url=site.url("/rss.xml")), night=NIGHT, home=home, settings=settings
        )
    assert left(home, "broken") == []
