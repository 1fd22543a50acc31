"""What a check saw of a source in, findings for people and machines out: counts, samples, problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from extractors.articles.parse import parse_page
from extractors.fetch.check import Robots, SourceCheck
from extractors.fetch.manifest import FetchLine, Outcome, Role
from extractors.records import Article, ArticleKind

SAMPLES = 3
FIRST_CHARACTERS = 80
STALE = timedelta(days=14)
CODED = (ArticleKind.ARTICLE, ArticleKind.OPINION, ArticleKind.LIVE_BLOG)


@dataclass(frozen=True, slots=True)
class Sample:
    title: str | None
    published_at: str | None
    first_words: str
    url: str


@dataclass(frozen=True, slots=True)
class Problem:
    """`is_fatal`: nothing of the source can be used until it is solved."""

    what: str
    next_step: str
    is_fatal: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """Of the pages that were fetched: their kinds, and how many of them have each field."""

    pages: int
    kinds: dict[str, int]
    languages: dict[str, int]
    with_title: int
    with_authors: int
    with_date: int
    median_words: int


@dataclass(frozen=True, slots=True)
class Findings:
    name: str
    kind: str
    location: str
    listings: int
    entries: int
    dated_entries: int
    newest: str | None
    fetched: int
    disallowed: int
    failed: int
    robots: tuple[Robots, ...]
    parsed: Parsed
    samples: tuple[Sample, ...]
    problems: tuple[Problem, ...]

    @property
    def is_usable(self) -> bool:
        return not any(problem.is_fatal for problem in self.problems)

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"is_usable": self.is_usable}


def findings(check: SourceCheck, *, now: datetime) -> Findings:
    """Parse the pages of the check and judge what it saw, as of `now`."""
    articles = [parse_page(page, now=now) for page in check.pages]
    pages = [line for line in check.lines if line.role is Role.ARTICLE]
    outcomes = Counter(line.outcome for line in pages)
    dates = [line.listed_updated_at for line in pages if line.listed_updated_at]
    source = check.source
    return Findings(
        name=source.name,
        kind=source.kind,
        location=str(source.url or source.path),
        listings=sum(line.role is Role.LISTING for line in check.lines),
        entries=len(pages),
        dated_entries=len(dates),
        newest=max(dates).isoformat() if dates else None,
        fetched=outcomes[Outcome.FETCHED],
        disallowed=sum(_is_forbidden(line) for line in pages),
        failed=outcomes[Outcome.ERROR],
        robots=check.robots,
        parsed=_parsed(articles),
        samples=tuple(map(_sample, _best(articles))),
        problems=tuple(_problems(check, pages, articles, now)),
    )


def _is_forbidden(line: FetchLine) -> bool:
    return line.outcome is Outcome.DISALLOWED and not line.can_heal


def _parsed(articles: list[Article]) -> Parsed:
    words = sorted(len(article.text.split()) for article in articles)
    return Parsed(
        pages=len(articles),
        kinds=dict(Counter(str(article.kind) for article in articles)),
        languages=dict(Counter(article.language or "unknown" for article in articles)),
        with_title=sum(bool(article.title) for article in articles),
        with_authors=sum(bool(article.authors) for article in articles),
        with_date=sum(article.published_at is not None for article in articles),
        median_words=words[len(words) // 2] if words else 0,
    )


def _best(articles: list[Article]) -> list[Article]:
    return sorted(articles, key=lambda article: article.kind not in CODED)[:SAMPLES]


def _sample(article: Article) -> Sample:
    published = article.published_at.isoformat() if article.published_at else None
    return Sample(article.title, published, " ".join(article.text.split())[:FIRST_CHARACTERS], article.url)


def _problems(
    check: SourceCheck, pages: list[FetchLine], articles: list[Article], now: datetime
) -> Iterator[Problem]:
    if check.problem:
        yield Problem(check.problem.what, check.problem.next_step, is_fatal=True)
        return
    yield from _listing_problems(check, pages, now)
    yield from _page_problems(check, pages, articles)


def _listing_problems(check: SourceCheck, pages: list[FetchLine], now: datetime) -> Iterator[Problem]:
    dates = [line.listed_updated_at for line in pages if line.listed_updated_at]
    if not pages:
        yield Problem("it lists nothing", "see whether the outlet has another feed (--url of its front page)")
    elif check.source.is_web and not dates:
        yield Problem(
            "its entries carry no dates", "none needed; a page is fetched once, its updates are not noticed"
        )
    elif check.source.is_web and now - max(dates) > STALE:
        yield Problem(
            f"its newest entry is of {max(dates):%Y-%m-%d}", "see whether the outlet has moved its feed"
        )
    pause = max((robots.crawl_delay or 0 for robots in check.robots), default=0)
    needed = min(len(pages), check.source.page_limit) * pause
    if needed > check.source.time_limit_seconds:
        yield Problem(
            f"Crawl-delay {pause:g} s: {needed / 60:.0f} minutes for all it lists",
            "lower max_pages or raise time_limit_seconds; what is left is taken the next night",
        )


def _page_problems(check: SourceCheck, pages: list[FetchLine], articles: list[Article]) -> Iterator[Problem]:
    for line in pages:
        if _is_forbidden(line):
            yield Problem(
                f"not fetched: {line.reason} ({line.url})",
                "leave such pages out with exclude_urls, or remove the outlet if all are forbidden",
                is_fatal=not articles,
            )
            break
    for line in pages:
        if line.outcome is Outcome.ERROR:
            yield Problem(
                f"{line.reason} ({line.url})",
                "open the page in a browser; raise timeout_seconds if the host is slow",
                is_fatal=not articles,
            )
            break
    coded = [article for article in articles if article.kind in CODED]
    if articles and not coded:
        kinds = ", ".join(sorted({str(article.kind) for article in articles}))
        yield Problem(
            f"none of the pages is an article ({kinds})",
            "point `url` to another feed, or narrow it with include_urls",
            is_fatal=True,
        )
    others = sorted({str(article.language) for article in coded} - {check.source.language})
    if coded and others:
        yield Problem(
            f"pages are in {', '.join(others)}, the source says {check.source.language}",
            "correct `language`, or narrow it with include_urls",
        )
