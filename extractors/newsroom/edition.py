"""The newsroom's articles in, what each outlet shows at the end of one night out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import TypeVar

from extractors.newsroom.content import Article, CarriedEdit, Outlet, Section, Template, paragraphs
from extractors.newsroom.oddities import Listed, Oddity, OfArticle, OfOutlet

LISTED_DAYS = 10
RELATED = 4
CARRIER_DELAY = timedelta(minutes=7)

# Only some real addresses tell the date of publication; the bare pages' must come from their text.
PATHS = {
    Template.JSONLD: "/{section}/{day:%Y/%m/%d}/{slug}",
    Template.OPENGRAPH: "/{day:%Y/%m/%d}/{slug}.html",
    Template.MICRODATA: "/{section}/{slug}",
    Template.BARE: "/articles/{slug}.htm",
}

Quirk = TypeVar("Quirk", bound=OfOutlet)
ArticleQuirk = TypeVar("ArticleQuirk", bound=OfArticle)


@dataclass(frozen=True)
class Version:
    at: datetime
    headline: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Posting:
    """An article as one outlet publishes it: its own, or a wire story it carries."""

    outlet: Outlet
    article: Article
    origin: Outlet
    path: str
    published_at: datetime
    versions: tuple[Version, ...]

    @property
    def current(self) -> Version:
        return self.versions[-1]

    @property
    def is_updated(self) -> bool:
        return len(self.versions) > 1

    @property
    def is_carried(self) -> bool:
        return self.origin != self.outlet

    @property
    def encoding(self) -> str:
        return "utf-8" if self.is_carried else self.article.encoding

    def before(self, moment: datetime) -> Posting:
        """The posting as it stood just before `moment`, which must be after its publication."""
        shown = tuple(version for version in self.versions if version.at < moment)
        return Posting(self.outlet, self.article, self.origin, self.path, self.published_at, shown)


@dataclass(frozen=True)
class Newsroom:
    outlets: tuple[Outlet, ...]
    articles: tuple[Article, ...]
    oddities: tuple[Oddity, ...]

    @cached_property
    def postings(self) -> tuple[Posting, ...]:
        outlets = {outlet.name: outlet for outlet in self.outlets}
        return tuple(
            _posting(outlets[name], article, outlets[article.outlet], position)
            for article in self.articles
            for position, name in enumerate((article.outlet, *article.carried_by))
            if name in outlets and article.outlet in outlets
        )

    @property
    def nights(self) -> tuple[date, ...]:
        """The nights on which something is first published."""
        return tuple(sorted({article.night for article in self.articles}))

    def as_of(self, night: date) -> Edition:
        """What was published up to the end of that UTC day, each article in its version of then."""
        end = datetime.combine(night, time.min, UTC) + timedelta(days=1)
        shown = (posting.before(end) for posting in self.postings if posting.published_at < end)
        newest_first = sorted(shown, key=lambda posting: (-posting.published_at.timestamp(), posting.path))
        oddities = tuple(
            odd for odd in self.oddities if not isinstance(odd, Listed) or odd.published_at < end
        )
        return Edition(night, end, self.outlets, tuple(newest_first), oddities)


@dataclass(frozen=True)
class Edition:
    """All outlets at the end of `night`; `postings` are newest first."""

    night: date
    end: datetime
    outlets: tuple[Outlet, ...]
    postings: tuple[Posting, ...]
    oddities: tuple[Oddity, ...]

    def of(self, outlet: Outlet, *, section: Section | None = None) -> tuple[Posting, ...]:
        return tuple(
            posting
            for posting in self.postings
            if posting.outlet == outlet and section in (None, posting.article.section)
        )

    def listed(self, outlet: Outlet) -> tuple[Posting, ...]:
        since = self.end - timedelta(days=LISTED_DAYS)
        return tuple(posting for posting in self.of(outlet) if posting.published_at >= since)

    def listed_extras(self, outlet: Outlet) -> tuple[Listed, ...]:
        since = self.end - timedelta(days=LISTED_DAYS)
        extras = self.quirks(Listed, outlet)
        return tuple(
            extra
            for extra in extras
            if extra.published_at >= since and (extra.nights is None or self.night in extra.nights)
        )

    def quirks(self, kind: type[Quirk], outlet: Outlet) -> tuple[Quirk, ...]:
        """The outlet's oddities of one kind."""
        return tuple(odd for odd in self.oddities if isinstance(odd, kind) and odd.outlet == outlet.name)

    def quirk_of(self, kind: type[ArticleQuirk], posting: Posting) -> ArticleQuirk | None:
        """The oddity of that kind that the posting has, if it has one."""
        of_outlet = self.quirks(kind, posting.outlet)
        return next((odd for odd in of_outlet if odd.article == posting.article.slug), None)

    def related(self, posting: Posting) -> tuple[Posting, ...]:
        """Older articles of the outlet, as they stood then: a page changes only when its article does."""
        older = (
            other.before(posting.current.at)
            for other in self.of(posting.outlet)
            if other.article != posting.article and other.published_at < posting.current.at
        )
        section = posting.article.section
        return tuple(sorted(older, key=lambda other: other.article.section != section))[:RELATED]


def _posting(outlet: Outlet, article: Article, origin: Outlet, position: int) -> Posting:
    """`position` is 0 for the outlet's own article; carriers publish the first version, minutes later."""
    at = article.published_at.astimezone(UTC) + CARRIER_DELAY * position
    first = Version(at, article.headline, paragraphs(article.body))
    path = PATHS[outlet.template].format(
        section=article.section, day=at.astimezone(outlet.zone), slug=article.slug
    )
    if position:
        edited = _edited(first, article.carried_edits.get(outlet.name, CarriedEdit()))
        return Posting(outlet, article, origin, path, at, (edited,))
    return Posting(outlet, article, origin, path, at, (first, *_updates(article)))


def _edited(version: Version, edit: CarriedEdit) -> Version:
    kept = version.paragraphs[: len(version.paragraphs) - edit.drop_last_paragraphs]
    opening = paragraphs(edit.prepend) if edit.prepend else ()
    return Version(version.at, edit.headline or version.headline, (*opening, *kept))


def _updates(article: Article) -> tuple[Version, ...]:
    headlines = [article.headline]
    for update in article.updates:
        headlines.append(update.headline or headlines[-1])
    return tuple(
        Version(update.at.astimezone(UTC), headline, paragraphs(update.body))
        for update, headline in zip(article.updates, headlines[1:], strict=True)
    )
