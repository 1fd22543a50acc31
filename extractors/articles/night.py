"""A source's night of WARC in, its Parquet of articles and of fetches out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from extractors.articles.bounds import Bounds
from extractors.articles.parse import BOUNDS
from extractors.articles.rows import article_row, write_articles, write_table
from extractors.articles.warc import warc_pages
from extractors.articles.workers import Workers, workers
from extractors.errors import StageError
from extractors.home import Home
from extractors.landing.schema import FETCHES
from extractors.records import ArticleKind
from extractors.settings import Settings

_REQUIRED = ("url", "outcome")
OnProgress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class ParseReport:
    """What became of a source's pages. pages = the sum of `kinds` + `repeated`."""

    source: str
    night: date
    pages: int
    kinds: dict[str, int]
    repeated: int  # pages with the canonical URL of a later one
    skipped: dict[str, int]  # WARC responses that are no page, by reason
    failed: dict[str, int]  # pages that parsing gave up on, by reason
    fetches: int

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"night": self.night.isoformat()}


def parse_source(
    *,
    night: date,
    source: str,
    home: Home,
    settings: Settings,
    now: datetime,
    on_progress: OnProgress,
    bounds: Bounds = BOUNDS,
    pool: Workers | None = None,
) -> ParseReport:
    """Parse what fetch saw of a source in a night. Same files and `now`, same bytes.

    `now` is the limit of the future for pages whose record has no time of its own. `on_progress` is
    called with the number of pages done. A source without WARC gives an empty table. Without a `pool`
    the source starts one of its own, with `bounds`.

    Raises:
        StageError: a WARC or manifest that cannot be read.
    """
    folder = home.warc(night, source)
    fetches = list(_fetch_rows(folder / "manifest.jsonl", night, source))
    skipped: Counter[str] = Counter()
    rows: dict[str, dict[str, Any]] = {}
    pages = 0
    opening = nullcontext(pool) if pool else workers(settings.processes, bounds=bounds)
    for row in _article_rows(folder / "pages.warc.gz", night, source, home, settings, now, opening, skipped):
        pages += 1
        rows[row["article_id"]] = _later(rows.get(row["article_id"]), row)
        on_progress(pages)
    write_articles(home.articles(night) / f"{source}.parquet", rows.values())
    write_table(home.fetches(night) / f"{source}.parquet", fetches, FETCHES)
    return _report(source, night, pages, list(rows.values()), skipped, len(fetches))


def _article_rows(
    path: Path,
    night: date,
    source: str,
    home: Home,
    settings: Settings,
    now: datetime,
    opening: AbstractContextManager[Workers],
    skipped: Counter[str],
) -> Iterator[dict[str, Any]]:
    if not path.exists():
        return
    warc_file = path.relative_to(home.root).as_posix()
    found = warc_pages(path, max_bytes=settings.max_page_bytes, skipped=skipped)
    timed = ((item.page, item.page.fetched_at or now) for item in found)
    with opening as pool:
        for page, article in pool.map(timed):
            yield article_row(article, page, night=night, source=source, warc_file=warc_file)


def _later(known: dict[str, Any] | None, row: dict[str, Any]) -> dict[str, Any]:
    """The row fetched later, or later in the file; but a page with nothing on it replaces no other."""
    if known is None:
        return row
    return max(known, row, key=_rank) if _rank(known) != _rank(row) else row


def _rank(row: dict[str, Any]) -> tuple[bool, datetime]:
    has_content = row["kind"] not in {ArticleKind.EMPTY, ArticleKind.ERROR_PAGE}
    return has_content, row["fetched_at"] or datetime.min.replace(tzinfo=UTC)


def _fetch_rows(path: Path, night: date, source: str) -> Iterator[dict[str, Any]]:
    if not path.exists():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            record = json.loads(line)
            row = {name: record.get(name) for name in FETCHES.names} | {"night": night, "source": source}
            row["fetched_at"] = datetime.fromisoformat(row["fetched_at"]) if row["fetched_at"] else None
            if missing := [name for name in _REQUIRED if not row[name]]:
                raise ValueError(f"has no {missing[0]!r}")
        except (ValueError, TypeError, AttributeError) as error:
            raise StageError(
                f"no manifest line: {error}", where=f"{path}:{number}", next_step="fetch the source again"
            ) from error
        yield row


def _report(
    source: str, night: date, pages: int, rows: list[dict[str, Any]], skipped: Counter[str], fetches: int
) -> ParseReport:
    failed = Counter(str(row["reason"]) for row in rows if (row["reason"] or "").startswith("parsing "))
    kinds = Counter(str(row["kind"]) for row in rows)
    return ParseReport(
        source=source,
        night=night,
        pages=pages,
        kinds=dict(sorted(kinds.items())),
        repeated=pages - len(rows),
        skipped=dict(sorted(skipped.items())),
        failed=dict(sorted(failed.items())),
        fetches=fetches,
    )
