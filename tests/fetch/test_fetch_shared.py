"""Many sources in one worker: limits of a host and of all hosts hold over them, failures stay apart."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler
from itertools import pairwise

import pytest
from conftest import HTML, FetchAll, Reply, Site

from extractors.errors import SourceError
from extractors.fetch.archive import read_responses
from extractors.fetch.manifest import FetchReport
from extractors.fetch.polite import backoff
from extractors.home import Home
from extractors.sources.model import Source

NIGHT = date(2018, 5, 16)
MakeSource = Callable[..., Source]


class Gauge:
    """Replies that take a while, and the most of them that were open at a time, by host and over all."""

    def __init__(self, seconds: float) -> None:
        self.open: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self._seconds = seconds
        self._lock = threading.Lock()

    def __call__(self, handler: BaseHTTPRequestHandler) -> Reply:
        names = (handler.headers["Host"].partition(":")[0], "all")
        with self._lock:
            for name in names:
                self.open[name] += 1
                self.most[name] = max(self.most[name], self.open[name])
        time.sleep(self._seconds)
        with self._lock:
            for name in names:
                self.open[name] -= 1
        return 200, HTML, b"<p>page</p>"


@pytest.fixture
def outlets(site: Site, make_source: MakeSource) -> Iterator[Callable[..., list[Source]]]:
    """So many sources with so many pages each, which the gauge answers; on hosts of their own or on one."""

    def make(
        prefix: str, count: int, pages: int, gauge: Gauge, host: str = "", **fields: object
    ) -> list[Source]:
        made = []
        for n in range(count):
            at = host or f"{prefix}-{n}.localhost"
            paths = [f"/{prefix}-{n}-{page}" for page in range(pages)]
            site.pages |= dict.fromkeys(paths, gauge)
            site.rss([(site.url(path, at), None) for path in paths], f"/{prefix}-{n}.xml")
            made.append(make_source(f"{prefix}-{n}", url=site.url(f"/{prefix}-{n}.xml", at), **fields))
        return made

    site.hits.clear()
    yield make
    site.hits.clear()


def fetched(ends: dict[str, object]) -> list[int]:
    return [end.fetched if isinstance(end, FetchReport) else -1 for end in ends.values()]


def test_two_sources_of_one_host_share_its_concurrency(
    outlets: Callable[..., list[Source]], fetch_all: FetchAll
) -> None:
    gauge = Gauge(0.05)
    ends = fetch_all(outlets("twins", 3, 6, gauge, host="shared.localhost", concurrency=2))
    assert fetched(ends) == [6, 6, 6]
    assert gauge.most["shared.localhost"] == 2


def test_without_a_delay_too_a_queue_is_not_sent_at_once(
    outlets: Callable[..., list[Source]], fetch_all: FetchAll
) -> None:
    gauge = Gauge(0.1)
    assert fetched(fetch_all(outlets("rush", 1, 12, gauge, concurrency=3))) == [12]
    assert gauge.most["all"] == 3


def test_two_sources_of_one_host_share_its_clock_and_the_longer_delay_holds(
    site: Site, outlets: Callable[..., list[Source]], make_source: MakeSource, fetch_all: FetchAll
) -> None:
    hasty, calm = outlets("pace", 2, 4, Gauge(0), host="pace.localhost", concurrency=4)
    calm = calm.model_copy(update={"delay_seconds": 0.25})
    assert fetched(fetch_all([calm, hasty])) == [4, 4]
    times = [hit.at for hit in site.hits]
    assert Counter(site.paths())["/robots.txt"] == 1
    assert len(times) == 11
    # both feeds may be out before the second source has told of its delay
    assert min(later - earlier for earlier, later in pairwise(times[2:])) >= 0.24


def test_all_sources_share_the_concurrency_of_the_settings(
    outlets: Callable[..., list[Source]], fetch_all: FetchAll
) -> None:
    gauge = Gauge(0.05)
    assert fetched(fetch_all(outlets("many", 8, 3, gauge, concurrency=4), fetch_concurrency=3)) == [3] * 8
    assert gauge.most["all"] == 3


def test_all_sources_share_the_rate_of_the_settings(
    site: Site, outlets: Callable[..., list[Source]], fetch_all: FetchAll
) -> None:
    ends = fetch_all(outlets("rate", 4, 3, Gauge(0), concurrency=4), fetch_requests_per_second=20.0)
    assert fetched(ends) == [3] * 4
    times = sorted(hit.at for hit in site.hits)
    assert len(times) == 20
    assert times[-1] - times[0] >= 19 / 20 - 0.1


def test_so_many_sources_at_once_as_the_settings_say(
    site: Site, outlets: Callable[..., list[Source]], fetch_all: FetchAll
) -> None:
    assert fetched(fetch_all(outlets("turn", 3, 4, Gauge(0)), fetch_sources_at_once=1)) == [4] * 3
    turns = [path.split("-")[1][0] for path in site.paths() if path.startswith("/turn-")]
    assert turns == sorted(turns)


def test_a_slow_host_does_not_hold_up_the_others(
    site: Site, outlets: Callable[..., list[Source]], make_source: MakeSource, fetch_all: FetchAll
) -> None:
    site.pages["/tired.xml"] = (503, {"Retry-After": "6"}, b"")
    tired = make_source("tired", url=site.url("/tired.xml", "tired.localhost"))
    sources = [tired, *outlets("brisk", 3, 3, Gauge(0))]
    ends = fetch_all(sources, fetch_concurrency=2)
    assert isinstance(ends["tired"], SourceError)
    assert list(ends)[-1] == "tired"
    assert fetched(ends)[:3] == [3, 3, 3]
    paths = site.paths()
    second_try = paths.index("/tired.xml", paths.index("/tired.xml") + 1)
    assert sum("brisk" in path for path in paths[:second_try]) == 12


def test_sources_fail_alone(
    site: Site, home: Home, outlets: Callable[..., list[Source]], make_source: MakeSource, fetch_all: FetchAll
) -> None:
    site.pages["/none.xml"] = (404, HTML, b"")
    sources = outlets("fine", 2, 2, Gauge(0))
    sources[1:1] = [
        make_source("gone", url=site.url("/none.xml")),
        make_source("no-list", kind="url_list", path=home.root / "missing.txt"),
        make_source("no-folder", kind="folder", path=home.root / "missing"),
        make_source("outside", url=site.url("/fine-0.xml"), allow_loopback=False),
    ]
    ends = fetch_all(sources)
    failed = {name: str(end) for name, end in ends.items() if isinstance(end, SourceError)}
    assert set(failed) == {"gone", "no-list", "no-folder", "outside"}
    assert "HTTP 404" in failed["gone"]
    assert "loopback" in failed["outside"]
    assert len(ends) == 6


def test_each_source_has_its_own_archive(
    home: Home, outlets: Callable[..., list[Source]], fetch_all: FetchAll
) -> None:
    fetch_all(outlets("own", 2, 3, Gauge(0), host="own.localhost"))
    for n in range(2):
        responses = read_responses(home.warc(NIGHT, f"own-{n}"))
        pages = [response.url for response in responses if "/own-" in response.url]
        assert len(pages) == 4
        assert all(f"/own-{n}" in url for url in pages)


def test_pauses_between_tries_grow_and_differ() -> None:
    waits = [[backoff(1.0, times) for _ in range(50)] for times in range(4)]
    for times, of_try in enumerate(waits):
        assert all(0.75 * 2**times <= wait <= 1.25 * 2**times for wait in of_try)
        assert len(set(of_try)) > 25
    assert backoff(30.0, 5) == 30.0
