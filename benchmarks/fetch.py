"""A local server of many hosts in; how fast, how politely and how completely it is fetched, out.

    python benchmarks/fetch.py                                   # 200 hosts, 20,000 pages
    python benchmarks/fetch.py --hosts 8 --pages 160             # small
    python benchmarks/fetch.py --apart                           # only speed, a worker for each source

Two nights are fetched. The first runs through: speed and memory. The second is killed with SIGKILL in
the middle and run again. What must hold is asserted from the server's own log and the files left: no host
saw more requests at a time, or sooner one after the other, than it was promised; nothing that was stored
was asked for again; every page is there with its own text, or with the reason why not.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from time import monotonic, sleep

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]  # runs from a clone without installing

from fetch_site import Hit, Site  # noqa: E402

from extractors.fetch.archive import read_pages, read_responses  # noqa: E402
from extractors.fetch.crawl import Outcome, fetch_sources  # noqa: E402
from extractors.fetch.manifest import MANIFEST, FetchReport, Role, read_manifest  # noqa: E402
from extractors.fetch.manifest import Outcome as PageOutcome  # noqa: E402
from extractors.fetch.partial import take_stock  # noqa: E402
from extractors.home import Home  # noqa: E402
from extractors.settings import Settings  # noqa: E402
from extractors.sources.model import Source  # noqa: E402

THROUGH, KILLED = date(2018, 5, 16), date(2018, 7, 30)
HEALABLE = {500, 503}
TICK_SECONDS = 0.25
APART_AT_A_TIME = 4
LAG_SECONDS = 0.01  # what the clocks of the two processes may differ by on a busy machine


@dataclass
class Memory:
    """The worker's resident memory in MB, with the seconds since its start, and its CPU seconds so far."""

    samples: list[tuple[float, float]] = field(default_factory=list)
    cpu_seconds: float = 0.0

    def around(self, share: float) -> float:
        """The mean of the tenth of the run around this share of it."""
        end = self.samples[-1][0]
        near = [mb for at, mb in self.samples if abs(at / end - share) <= 0.05]
        return sum(near) / len(near) if near else self.samples[-1][1]


@dataclass(frozen=True)
class Options:
    hosts: int
    pages: int
    errors: float
    slow: float
    page_bytes: int
    delay: float
    concurrency: int
    at_once: int


def sources_of(site: Site, options: Options) -> list[Source]:
    common = {
        "kind": "feed",
        "language": "en",
        "ownership": "archive",
        "allow_loopback": True,
        "max_pages": options.pages,
        "delay_seconds": options.delay,
        "concurrency": options.concurrency,
        "retries": 1,
        "retry_wait_seconds": 0.2,
    }
    return [
        Source.model_validate({"name": name, "title": name, "url": url, **common})
        for name, url in site.feeds()
    ]


def run_night(home: Home, night: date, listing: Path, at_once: int, *, apart: bool) -> int:
    """What the benchmark's child process does: one night over the sources of the listing.

    With `apart`, each source has a worker of its own, four at a time: what a night would cost without
    the shared one.
    """
    sources = [Source.model_validate_json(line) for line in listing.read_text().splitlines()]
    failed: dict[str, Outcome] = {}

    def ended(name: str, outcome: Outcome) -> None:
        if not isinstance(outcome, FetchReport):
            failed[name] = outcome

    settings = Settings(
        fetch_concurrency=at_once, fetch_requests_per_second=100_000, user_agent="Bench/1.0 (+http://b.test)"
    )

    def fetch(some: list[Source]) -> None:
        fetch_sources(
            some, night=night, home=home, settings=settings, on_end=ended, on_progress=lambda *_: None
        )

    with ThreadPoolExecutor(APART_AT_A_TIME) as pool:
        list(pool.map(fetch, [[source] for source in sources] if apart else [sources]))
    for name, error in failed.items():
        sys.stderr.write(f"{name}: {error}\n")
    return len(failed)


class Night:
    """A night in a process of its own, with the memory of its worker."""

    def __init__(self, home: Home, night: date, listing: Path, at_once: int, *, apart: bool = False) -> None:
        own = [str(Path(__file__).resolve()), "--night", str(night), str(home.root), str(listing)]
        own += ["--at-once", str(at_once), *(["--apart"] if apart else [])]
        self._process = subprocess.Popen([sys.executable, *own], start_new_session=True)
        self.memory = Memory()
        self.started = monotonic()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def kill(self) -> None:
        """The process and its worker, at once."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def wait(self) -> float:
        code = self._process.wait()
        assert code == 0, f"{code} sources failed"
        return monotonic() - self.started

    def _watch(self) -> None:
        while self._process.poll() is None:
            sleep(TICK_SECONDS)
            for child in _children(self._process.pid):
                if mb := _resident_mb(child):
                    self.memory.samples.append((monotonic() - self.started, mb))
                    self.memory.cpu_seconds = _cpu_seconds(child) or self.memory.cpu_seconds


def _children(pid: int) -> list[int]:
    try:
        return [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except OSError:
        return []


def _resident_mb(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    line = next((line for line in status.splitlines() if line.startswith("VmRSS")), "VmRSS: 0 kB")
    return int(line.split()[1]) / 1024


def _cpu_seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Manners:
    """What the hosts saw: the most requests at a time, the least time between two, the share of too short
    ones, and by how much the worst was too short beyond what the server's own lag explains."""

    most_open: int
    least_gap: float
    short: float
    worst: float


def manners(hits: list[Hit], site: Site, delay: float) -> Manners:
    by_host: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_host[hit.host].append(hit)
    pairs = [
        pair for of_host in by_host.values() for pair in pairwise(sorted(of_host, key=lambda hit: hit.start))
    ]
    short = [(one, two) for one, two in pairs if two.start - one.start < delay]
    return Manners(
        most_open=max(hit.open for hit in hits),
        least_gap=min(two.start - one.start for one, two in pairs),
        short=len(short) / len(pairs),
        worst=max((delay - (two.start - one.start) - site.lag(one.start) for one, two in short), default=0.0),
    )


def check_manners(hits: list[Hit], site: Site, options: Options) -> Manners:
    seen = manners(hits, site, options.delay)
    assert seen.most_open <= options.concurrency, f"{seen.most_open} requests to a host at a time"
    assert seen.worst <= LAG_SECONDS, f"{seen.worst:.3f} s too soon after another"
    return seen


def check_once(hits: list[Hit], stored: set[tuple[str, str]] | None = None) -> int:
    """No page was asked for twice but to heal; of a killed night, none that was stored before. Gives how
    many were under way when the night was killed and had to be asked for again."""
    asked = Counter((hit.host, hit.path) for hit in hits if hit.status not in HEALABLE)
    twice = {page for page, times in asked.items() if times > 1}
    if stored is None:
        assert not twice, f"asked for twice: {sorted(twice)[:5]}"
        return 0
    assert not twice & stored, f"stored and asked for again: {sorted(twice & stored)[:5]}"
    assert all(asked[page] == 2 for page in twice)
    return len(twice)


def check_whole(home: Home, night: date, site: Site) -> int:
    """Every page has its line, and what was fetched its own text in the archive; gives the pages fetched."""
    fetched = 0
    for name, url in site.feeds():
        number, feed = int(url.split("host-")[1].split(".")[0]), int(url[-5])
        folder, host = home.warc(night, name), site.host(number)
        lines = {
            line.url.partition(f":{site.port}")[2]: line
            for line in read_manifest(folder / MANIFEST)
            if line.role is Role.ARTICLE
        }
        assert sorted(lines) == sorted(site.paths(number, feed)), name
        for path, line in lines.items():
            assert line.status == site.status(path), f"{host}{path}: {line.status}, {line.reason}"
            assert (line.outcome is PageOutcome.FETCHED) == (line.status == 200), f"{host}{path}"
        pages = {line.url.partition(f":{site.port}")[2]: page for line, page in read_pages(folder)}
        assert all(page.html == site.body(host, path) for path, page in pages.items()), name
        assert len(pages) == sum(line.status == 200 for line in lines.values()), name
        assert len({response.id for response in read_responses(folder)}) == sum(
            1 for _ in read_responses(folder)
        )
        fetched += len(pages)
    return fetched


def stored_pages(home: Home, night: date) -> set[tuple[str, str]]:
    """What the archives of a killed night hold, finished sources and others."""
    found = set()
    for path in home.warc_night(night).glob("*/pages.warc.gz"):
        for url, stored in take_stock(path).responses.items():
            if stored.status not in HEALABLE:
                host, _, rest = url.removeprefix("http://").partition(":")
                found.add((host, "/" + rest.partition("/")[2]))
    return {(host, path) for host, path in found if path.startswith(("/page", "/feed"))}


def through(site: Site, home: Home, listing: Path, options: Options) -> dict[str, object]:
    """A whole night: speed, memory, manners."""
    night = Night(home, THROUGH, listing, options.at_once)
    seconds = night.wait()
    seen = check_manners(site.hits, site, options)
    check_once([hit for hit in site.hits if hit.path.startswith("/page")])
    fetched = check_whole(home, THROUGH, site)
    memory = night.memory
    return {
        "hosts": site.hosts,
        "sources": len(site.feeds()),
        "pages listed": site.pages,
        "pages fetched": fetched,
        "requests": len(site.hits),
        "seconds": round(seconds, 1),
        "pages per second": round(site.pages / seconds, 1),
        "pages per CPU second of the worker": round(site.pages / memory.cpu_seconds, 1),
        "most requests to a host at a time": f"{seen.most_open} of {options.concurrency} allowed",
        "time between two requests to a host": f"{options.delay:g} s asked, least {seen.least_gap:.3f} s",
        "of these too short in the server's log": f"{100 * seen.short:.1f} %, by no more than "
        f"{max(seen.worst, 0):.3f} s beyond its own lag",
        "memory of the worker at 25, 50, 75, 100 % of the run": ", ".join(
            f"{memory.around(share):.0f}" for share in (0.25, 0.5, 0.75, 0.97)
        )
        + " MB",
    }


def check_flat(memory: str) -> None:
    """From the middle of the run to its end the worker grows by no more than a tenth."""
    middle, end = (int(part) for part in memory.removesuffix(" MB").split(", ")[1::2])
    assert end <= middle * 1.1 + 5, f"memory grew from {middle} to {end} MB"


def killed(site: Site, home: Home, listing: Path, options: Options) -> dict[str, object]:
    """A night that is killed when half of its pages are out, and run again."""
    night = Night(home, KILLED, listing, options.at_once)
    while sum(hit.path.startswith("/page") for hit in list(site.hits)) < site.pages / 2:
        assert night._process.poll() is None, "the night was over before it could be killed"
        sleep(0.02)
    night.kill()
    sleep(1.2)  # answers under way reach the log
    before = len(site.hits)
    stored = stored_pages(home, KILLED)
    Night(home, KILLED, listing, options.at_once).wait()
    check_manners(site.hits[:before], site, options)
    check_manners(site.hits[before:], site, options)
    pages = [hit for hit in site.hits if hit.path.startswith(("/page", "/feed"))]
    again = check_once(pages, stored)
    check_whole(home, KILLED, site)
    return {
        "pages and feeds stored when it was killed": len(stored),
        "of these asked for again": 0,
        "under way when it was killed, asked for again": again,
        "pages lost": 0,
    }


def apart(site: Site, home: Home, listing: Path, options: Options) -> dict[str, object]:
    """A night with a worker for each source: its speed alone."""
    seconds = Night(home, THROUGH, listing, options.at_once, apart=True).wait()
    return {
        "sources": len(site.feeds()),
        "pages fetched": check_whole(home, THROUGH, site),
        "seconds": round(seconds, 1),
        "pages per second": round(site.pages / seconds, 1),
    }


def measure(options: Options, parts: tuple[Callable[..., dict[str, object]], ...]) -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="communique-bench-") as folder:
        home, listing = Home(Path(folder)), Path(folder) / "sources.jsonl"
        figures: dict[str, object] = {}
        for part in parts:
            site = Site(options.hosts, options.pages, options.errors, options.slow, options.page_bytes)
            site.serve()
            sources = sources_of(site, options)
            listing.write_text("".join(source.model_dump_json() + "\n" for source in sources))
            figures |= part(site, home, listing, options)
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--errors", type=float, default=0.05, help="share of pages that fail")
    parser.add_argument("--slow", type=float, default=0.02, help="share of pages that take a second")
    parser.add_argument("--page-bytes", type=int, default=20_000)
    parser.add_argument("--delay", type=float, default=0.1, help="seconds between two requests to a host")
    parser.add_argument("--concurrency", type=int, default=2, help="requests to a host at a time")
    parser.add_argument("--at-once", type=int, default=64, help="requests at a time over all hosts")
    parser.add_argument("--apart", action="store_true", help="only measure a worker for each source")
    parser.add_argument("--night", nargs=3, help=argparse.SUPPRESS)
    given = vars(parser.parse_args())
    night, is_apart = given.pop("night"), given.pop("apart")
    if night:
        day, home, listing = date.fromisoformat(night[0]), Home(Path(night[1])), Path(night[2])
        return run_night(home, day, listing, given["at_once"], apart=is_apart)
    options = Options(**given)
    figures = measure(options, (apart,) if is_apart else (through, killed))
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")
    if options.pages >= 5_000 and not is_apart:
        check_flat(str(figures["memory of the worker at 25, 50, 75, 100 % of the run"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
