"""One source in, what a first round of it finds out: for the one who adds an outlet."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from extractors.errors import CommuniqueError
from extractors.fetch.archive import read_pages, read_responses
from extractors.fetch.crawl import fetch_source, silent
from extractors.fetch.manifest import MANIFEST, FetchLine, FetchReport, read_manifest
from extractors.home import Home
from extractors.records import Page
from extractors.settings import Settings
from extractors.sources.model import Source

SAMPLES = 5


@dataclass(frozen=True, slots=True)
class Robots:
    """What a host's robots.txt says: its HTTP status, the pause it asks of us, the sitemaps it names."""

    host: str
    status: int
    crawl_delay: float | None
    sitemaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """`problem` is why nothing could be read; else what was: the lines of the manifest and sample pages."""

    source: Source
    problem: CommuniqueError | None = None
    report: FetchReport | None = None
    robots: tuple[Robots, ...] = ()
    lines: tuple[FetchLine, ...] = ()
    pages: tuple[Page, ...] = ()


def check_source(
    source: Source,
    settings: Settings,
    *,
    night: date,
    samples: int = SAMPLES,
    on_progress: Callable[[int, int], None] = silent,
) -> SourceCheck:
    """Read the source's listing and at most `samples` of its pages, and keep nothing of it on disk."""
    sampled = source.model_copy(update={"max_pages": min(samples, source.page_limit)})
    with tempfile.TemporaryDirectory(prefix="communique-check-") as folder:
        home = Home(Path(folder))
        try:
            report = fetch_source(sampled, night=night, home=home, settings=settings, on_progress=on_progress)
        except CommuniqueError as error:
            return SourceCheck(source, problem=error)
        found = home.warc(night, source.name)
        return SourceCheck(
            source,
            report=report,
            robots=tuple(_robots(found, settings.user_agent)),
            lines=tuple(read_manifest(found / MANIFEST)),
            pages=tuple(page for _, page in read_pages(found)),
        )


def _robots(folder: Path, user_agent: str) -> Iterator[Robots]:
    from protego import Protego

    for response in read_responses(folder):
        parts = urlsplit(response.url)
        if parts.path == "/robots.txt":
            rules = Protego.parse(response.body.decode(errors="ignore") if response.status == 200 else "")
            delay = rules.crawl_delay(user_agent.split("/")[0])
            pause = None if delay is None else float(delay)
            yield Robots(parts.netloc, response.status, pause, tuple(rules.sitemaps))
