"""The URL of a site in, the listings by which it can be read out, each tried once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from extractors.errors import SourceError
from extractors.fetch.archive import Response, read_responses
from extractors.fetch.crawl import fetch_source
from extractors.fetch.manifest import MANIFEST, FetchLine, Outcome, Role, read_manifest
from extractors.fetch.page import one_page_source
from extractors.fetch.plan import page_of
from extractors.home import Home
from extractors.settings import Settings
from extractors.sources.discover import Candidate, SiteInfo, candidates, site_info
from extractors.sources.kinds import Entry, Listing, UnreadableListingError
from extractors.sources.registry import WEB_KINDS


@dataclass(frozen=True, slots=True)
class Tried:
    """A candidate and what it lists: pages or further sitemaps, the newest; or why it cannot be read."""

    candidate: Candidate
    entries: int = 0
    listings: int = 0
    newest: datetime | None = None
    problem: str | None = None

    @property
    def is_usable(self) -> bool:
        return self.problem is None and self.entries + self.listings > 0


@dataclass(frozen=True, slots=True)
class Discovery:
    """`robots` is the status of the site's robots.txt, None when there was no answer."""

    url: str
    info: SiteInfo
    robots: int | None
    tried: tuple[Tried, ...]

    @property
    def best(self) -> Tried | None:
        """A feed before a sitemap before a section page: feeds say when a page was updated."""
        order = list(WEB_KINDS)
        usable = [tried for tried in self.tried if tried.is_usable]
        return min(usable, key=lambda tried: order.index(tried.candidate.kind), default=None)


def discover(url: str, settings: Settings, *, night: date, allow_loopback: bool = False) -> Discovery:
    """Fetch the page and the listings that it and robots.txt name; keep nothing of it on disk.

    Raises:
        SourceError: the page could not be fetched, or may not be; says why.
    """
    front, robots = _fetch([url], settings, night=night, allow_loopback=allow_loopback)
    page = front.get(url)
    if not isinstance(page, Response):
        raise SourceError(
            page or "this is no URL", where=url, next_step="name the address of the site's front page"
        )
    own = _itself(page)
    if own is not None:
        return Discovery(page.url, SiteInfo(None, None), _status(robots), (own,))
    tree = _tree(page.body)
    text = robots.body.decode(errors="replace") if robots and robots.status == 200 else ""
    named = candidates(tree, text, url=page.url)
    answers, _ = _fetch([each.url for each in named], settings, night=night, allow_loopback=allow_loopback)
    tried = tuple(_try(each, answers.get(each.url)) for each in named)
    kept = tuple(each for each in tried if each.is_usable or each.candidate.found != "guessed")
    return Discovery(page.url, site_info(tree), _status(robots), kept)


def _fetch(
    urls: Iterable[str], settings: Settings, *, night: date, allow_loopback: bool
) -> tuple[dict[str, Response | str], Response | None]:
    """What each URL answered, or why it did not; and the robots.txt of the first one's host."""
    wanted = list(urls)
    with tempfile.TemporaryDirectory(prefix="communique-discover-") as folder:
        listing = Path(folder) / "urls.txt"
        listing.write_text("".join(f"{url}\n" for url in wanted), encoding="utf-8")
        home = Home(Path(folder) / "home")
        pause = 0.0 if allow_loopback else 1.0
        source = one_page_source(listing, allow_loopback=allow_loopback)
        source = source.model_copy(update={"delay_seconds": pause})
        fetch_source(source, night=night, home=home, settings=settings)
        found = home.warc(night, source.name)
        responses = list(read_responses(found))
        lines = [line for line in read_manifest(found / MANIFEST) if line.role is Role.ARTICLE]
    by_id = {response.id: response for response in responses}
    robots_url = urljoin(wanted[0], "/robots.txt")
    robots = next((response for response in responses if response.url == robots_url), None)
    return {asked: _answer(line, by_id) for line in lines for asked in wanted if _same(asked, line)}, robots


def _same(asked: str, line: FetchLine) -> bool:
    page = page_of(Entry(asked))
    return page is not None and page.key == line.canonical_url


def _answer(line: FetchLine, by_id: dict[str, Response]) -> Response | str:
    if line.outcome is Outcome.FETCHED and line.warc_record_id in by_id:
        return by_id[str(line.warc_record_id)]
    return str(line.reason)


def _itself(page: Response) -> Tried | None:
    """The page as a feed or sitemap, when the user named one."""
    for kind in ("feed", "sitemap"):
        tried = _try(Candidate(kind, page.url, "the address itself"), page)
        if tried.problem is None:
            return tried
    return None


def _try(candidate: Candidate, answer: Response | str | None) -> Tried:
    if not isinstance(answer, Response):
        return Tried(candidate, problem=answer or "not asked")
    try:
        found: Listing = WEB_KINDS[candidate.kind].read(answer.body, url=answer.url)
    except UnreadableListingError as error:
        return Tried(candidate, problem=str(error))
    newest = max((entry.updated_at for entry in found.entries if entry.updated_at), default=None)
    return Tried(candidate, len(found.entries), len(found.listings), newest)


def _tree(body: bytes) -> Any:
    from lxml import etree, html

    try:
        return html.document_fromstring(body)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return html.document_fromstring("<html></html>")


def _status(robots: Response | None) -> int | None:
    return robots.status if robots else None
