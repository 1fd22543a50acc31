"""An edition in, what an outlet tells crawlers out: RSS, Atom, news sitemap, sitemap, robots.txt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from extractors.newsroom.content import Listing, Outlet
from extractors.newsroom.edition import Edition, Posting
from extractors.newsroom.oddities import Disallowed, Moved, Repeated, Robots, Tracked
from extractors.newsroom.pages import environment

LISTING_PATHS = {
    Listing.RSS: "/rss.xml",
    Listing.ATOM: "/atom.xml",
    Listing.NEWS_SITEMAP: "/news-sitemap.xml",
}
LISTING_TYPES = {
    Listing.RSS: "application/rss+xml",
    Listing.ATOM: "application/atom+xml",
    Listing.NEWS_SITEMAP: "application/xml",
}


@dataclass(frozen=True)
class Item:
    """One line of a listing."""

    url: str
    title: str
    summary: str
    published_at: datetime
    updated_at: datetime
    language: str
    section: str = ""
    authors: tuple[str, ...] = ()


def listing(edition: Edition, outlet: Outlet, base: str) -> str:
    """The outlet's feed or news sitemap: the last ten days, newest first, oddities among them."""
    items = listed_items(edition, outlet, base)
    updated_at = max((item.updated_at for item in items), default=edition.end)
    template = environment().get_template(f"{outlet.listing}.xml")
    address = f"{base}{LISTING_PATHS[outlet.listing]}"
    return template.render(outlet=outlet, base=base, address=address, items=items, updated_at=updated_at)


def listed_items(edition: Edition, outlet: Outlet, base: str) -> tuple[Item, ...]:
    items = [item for posting in edition.listed(outlet) for item in _items(edition, posting, base)]
    for extra in edition.listed_extras(outlet):
        url = f"{base}{extra.path}{_query(edition, outlet)}"
        times = (extra.published_at, extra.published_at)
        items.append(Item(url, extra.headline, extra.headline, *times, outlet.language))
    return tuple(sorted(items, key=lambda item: (-item.published_at.timestamp(), item.url)))


def sitemap(edition: Edition, outlet: Outlet, base: str) -> str:
    """Every article of the outlet, whatever its age."""
    template = environment().get_template("sitemap.xml")
    return template.render(base=base, postings=edition.of(outlet))


def robots(edition: Edition, outlet: Outlet, base: str) -> str:
    rules = edition.quirks(Robots, outlet)
    forbidden = [posting.path for posting in edition.of(outlet) if edition.quirk_of(Disallowed, posting)]
    delays = [rule.crawl_delay for rule in rules if rule.crawl_delay]
    is_news = outlet.listing is Listing.NEWS_SITEMAP
    template = environment().get_template("robots.txt")
    return template.render(
        disallow=[*(path for rule in rules for path in rule.disallow), *forbidden],
        crawl_delay=max(delays, default=None),
        sitemap=f"{base}{LISTING_PATHS[Listing.NEWS_SITEMAP] if is_news else '/sitemap.xml'}",
    )


def _items(edition: Edition, posting: Posting, base: str) -> tuple[Item, ...]:
    """The posting's line in the listing, twice where an oddity repeats it."""
    moved = edition.quirk_of(Moved, posting)
    article = posting.article
    item = Item(
        url=f"{base}{moved.path if moved else posting.path}{_query(edition, posting.outlet)}",
        title=posting.current.headline,
        summary=article.summary,
        published_at=posting.published_at,
        updated_at=posting.current.at,
        language=article.language,
        section=article.section,
        authors=article.byline,
    )
    return (item, item) if edition.quirk_of(Repeated, posting) else (item,)


def _query(edition: Edition, outlet: Outlet) -> str:
    parameters = {
        name: value for odd in edition.quirks(Tracked, outlet) for name, value in odd.parameters.items()
    }
    return f"?{urlencode(parameters)}" if parameters else ""
