"""Listed pages in, which of them to fetch and why the others not out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from extractors.fetch.history import History, Seen
from extractors.fetch.manifest import BEYOND, FetchLine, Outcome
from extractors.sources.kinds import Entry
from extractors.sources.model import Source
from extractors.sources.urls import canonical_url, clean_url, is_web_url

NOT_WEB = "only http and https are fetched"
FILTERED = "left out by include_urls or exclude_urls of the source"
OUT_OF_TIME = "not fetched: time_limit_seconds of the source was reached"


@dataclass(frozen=True, slots=True)
class Page:
    """A listed page with the URL to request and the key that names it across nights."""

    url: str
    key: str
    updated_at: datetime | None


@dataclass
class Plan:
    """`due` are the pages to fetch, latest first; `order` holds every page once, as listed."""

    due: list[Page] = field(default_factory=list)
    settled: dict[str, FetchLine] = field(default_factory=dict)
    order: dict[str, Page] = field(default_factory=dict)


def page_of(entry: Entry) -> Page | None:
    """None for what is no URL at all, such as http://[."""
    try:
        return Page(clean_url(entry.url), canonical_url(entry.url), entry.updated_at)
    except ValueError:
        return None


def make_plan(entries: Iterable[Entry], *, source: Source, history: History, night: date) -> Plan:
    """Each page once, under the latest time that a listing gives it; at most `source.page_limit` due."""
    plan = Plan()
    for page in filter(None, map(page_of, entries)):
        known = plan.order.get(page.key)
        if known is None or _later(page, known):
            plan.order[page.key] = page
    for page in plan.order.values():
        if line := verdict(page, source=source, history=history, night=night):
            plan.settled[page.key] = line
        else:
            plan.due.append(page)
    plan.due.sort(key=lambda page: -page.updated_at.timestamp() if page.updated_at else 0.0)
    for page in plan.due[source.page_limit :]:
        plan.settled[page.key] = settled(page, Outcome.DISALLOWED, BEYOND, source=source, night=night)
    del plan.due[source.page_limit :]
    return plan


def verdict(page: Page, *, source: Source, history: History, night: date) -> FetchLine | None:
    """The line of a page that is not to be fetched, None for one that is."""
    if source.is_web and not is_web_url(page.url):
        return settled(page, Outcome.DISALLOWED, NOT_WEB, source=source, night=night)
    if not source.wants(page.url):
        return settled(page, Outcome.DISALLOWED, FILTERED, source=source, night=night)
    seen = history.pages.get(page.key)
    if seen is None or seen.is_outdated(page.updated_at):
        return None
    reason = "fetched on an earlier night and not updated since"
    return settled(page, Outcome.UNCHANGED, reason, source=source, night=night, seen=seen)


def settled(
    page: Page, outcome: Outcome, reason: str, *, source: Source, night: date, seen: Seen | None = None
) -> FetchLine:
    """The line of a page for which no request was made; it carries on what earlier nights knew."""
    return FetchLine(
        night=night,
        source=source.name,
        url=page.url,
        final_url=None,
        outcome=outcome,
        reason=reason,
        canonical_url=page.key,
        etag=seen.etag if seen else None,
        last_modified=seen.last_modified if seen else None,
        listed_updated_at=page.updated_at or (seen.listed_updated_at if seen else None),
        last_fetched_at=seen.last_fetched_at if seen else None,
    )


def _later(page: Page, known: Page) -> bool:
    return page.updated_at is not None and (known.updated_at is None or page.updated_at > known.updated_at)
