"""500-word articles in, the coder's speed out: on one core and on two, memory, time by stage, a projection.

    python benchmarks/code_speed.py [ARTICLES.jsonl] [--count 5000] [--cores 2] [--write docs/speed.md]

Without a file the articles are mixed from our newsroom and corpus (mixture.py). Seconds are of the
processor. Neighbours on the machine still cost: run it where nothing else does.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path

from mixture import SHARES, WORDS, mixed_articles
from rich.progress import track
from stages import Stopwatch

from extractors.events.coder import Coder
from extractors.events.splitter import split_sentences
from extractors.records import CodeInput

WARM_UP = 50
STAGES_FROM = 300  # articles whose stages are timed
A_DAY = 500_000  # articles
GROWTH_FROM = 0.2  # of the run: what is loaded and remembered by then is no leak
SEED = 4


@dataclass
class Figures:
    """What a run came to; `memory` are megabytes of the process after a fifth of it and at its end."""

    articles: int = 0
    words: int = 0
    sentences: int = 0
    events: int = 0
    seconds: float = 0.0
    memory: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Articles of 500 words a second."""
        return self.words / WORDS / self.seconds


def read_articles(source: Path | None, count: int, *, seed: int = SEED) -> Iterator[CodeInput]:
    if source is None:
        yield from mixed_articles(count, seed=seed)
        return
    lines = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    for number, line in enumerate(islice(cycle(lines), count)):
        day = line.get("published_at") or line.get("date")
        published = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
        yield CodeInput(str(number), line["text"], published, line.get("title"))


def measure(coder: Coder, articles: Iterable[CodeInput], count: int) -> Figures:
    """Code the articles one after the other."""
    found = Figures()
    for item in articles:
        started = time.process_time()
        found.events += len(coder.code_one(item))
        found.seconds += time.process_time() - started
        found.articles += 1
        found.words += len(item.text.split())
        found.sentences += sum(1 for _ in split_sentences(item.text))
        if found.articles in (int(count * GROWTH_FROM), count):
            found.memory.append(memory())
    return found


def memory() -> float:
    """Megabytes that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def time_stages(articles: Iterable[CodeInput]) -> dict[str, float]:
    """Share of the processor's time by stage."""
    coder = Coder()
    watch = Stopwatch(coder)
    for item in articles:
        coder.code_one(item)
    return watch.shares()


@cache
def coder_of_process() -> Coder:
    coder = Coder()
    for item in read_articles(None, WARM_UP, seed=0):
        coder.code_one(item)
    return coder


def one_of_several(source: Path | None, count: int, seed: int) -> Figures:
    return measure(coder_of_process(), read_articles(source, count, seed=seed), count)


def on_cores(source: Path | None, count: int, cores: int) -> float:
    """Articles of 500 words a second of as many processes at once, each by its own processor's time."""
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(one_of_several, source, count // cores, SEED + number) for number in range(cores)]
        return sum(job.result().rate for job in jobs)


def report(one: Figures, several: dict[int, float], stages: dict[str, float], source: str) -> str:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cores = max(several, default=1)
    rate = several.get(cores, one.rate)
    start, end = one.memory[0], one.memory[-1]
    rows = [
        ("articles", f"{one.articles:,} of {one.words / one.articles:.0f} words, {source}"),
        ("events", f"{one.events:,}"),
        ("articles of 500 words a second, one core", f"{one.rate:.1f}"),
        ("sentences a second, one core", f"{one.sentences / one.seconds:.0f}"),
        *((f"articles of 500 words a second, {n} processes", f"{r:.1f}") for n, r in several.items()),
        (f"{A_DAY:,} articles of 500 words on {cores} cores", f"{A_DAY / rate / 3600:.1f} hours"),
        (
            "memory after a fifth of the run, at its end, at its peak",
            f"{start:.0f}, {end:.0f}, {peak:.0f} MB",
        ),
        ("processor", f"{processor()}, {os.cpu_count()} cores"),
    ]
    lines = ["| what | figure |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows), ""]
    lines += ["| stage | share of the time |", "|---|---|"]
    lines += [f"| {name} | {share:.0%} |" for name, share in stages.items()]
    return "\n".join(lines) + "\n"


def processor() -> str:
    info = Path("/proc/cpuinfo")
    names = [line for line in info.read_text().splitlines() if line.startswith("model name")]
    return names[0].split(":")[1].strip() if names else platform.machine()


def main() -> None:
    given = _arguments()
    articles = track(
        read_articles(given.source, given.count), description="one core", total=given.count, transient=True
    )
    one = measure(coder_of_process(), articles, given.count)
    several = {given.cores: on_cores(given.source, given.count, given.cores)} if given.cores > 1 else {}
    stages = time_stages(read_articles(given.source, STAGES_FROM))
    mix = ", ".join(f"{kind} {share:.0%}" for kind, share in SHARES.items())
    told = report(one, several, stages, str(given.source.name) if given.source else mix)
    sys.stdout.write(told)
    if given.write:
        _write(given.write, told)


def _write(page: Path, table: str) -> None:
    """Between the page's two marks."""
    before, _, rest = page.read_text(encoding="utf-8").partition("<!-- figures -->\n")
    _, _, after = rest.partition("<!-- end of figures -->")
    page.write_text(f"{before}<!-- figures -->\n{table}<!-- end of figures -->{after}", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("source", nargs="?", type=Path)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--write", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
