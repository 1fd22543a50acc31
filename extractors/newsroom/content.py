"""The newsroom's files as records: what an outlet, an article and an oddity must say to be served."""

from __future__ import annotations

import codecs
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
SitePath = Annotated[str, Field(pattern=r"^/[A-Za-z0-9/._-]*$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
Text = Annotated[str, Field(min_length=1)]


class Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Template(StrEnum):
    """Where a page keeps its headline, authors and times; `bare` has them in the text only."""

    JSONLD = "jsonld"
    OPENGRAPH = "opengraph"
    MICRODATA = "microdata"
    BARE = "bare"


class Listing(StrEnum):
    """How an outlet tells crawlers what is new."""

    RSS = "rss"
    ATOM = "atom"
    NEWS_SITEMAP = "news_sitemap"


class Section(StrEnum):
    WORLD = "world"
    POLITICS = "politics"
    BUSINESS = "business"
    SPORT = "sport"
    OPINION = "opinion"
    LIVE = "live"
    CULTURE = "culture"


class Kind(StrEnum):
    ARTICLE = "article"
    OPINION = "opinion"
    LIVE_BLOG = "live_blog"


class Outlet(Record):
    """One invented outlet; its host is `<name>.localhost`."""

    name: Slug
    title: Text
    country: str = Field(pattern=r"^[A-Z]{3}$")
    language: Language
    ownership: Literal["state", "public", "private", "agency"]
    template: Template
    listing: Listing
    time_zone: str
    wire: bool = False

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("not an IANA time zone") from error
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class Update(Record):
    """A later version of an article under the same URL; `body` is the whole new body."""

    at: AwareDatetime
    headline: Text | None = None
    body: Text


class CarriedEdit(Record):
    """What a carrier changes in a wire story."""

    headline: Text | None = None
    drop_last_paragraphs: int = Field(default=0, ge=0)
    prepend: Text | None = None


class Article(Record):
    """One article file. `slug` is its name, `night` its folder, `body` what follows the front matter."""

    slug: Slug
    night: date
    outlet: Slug
    headline: Text
    byline: tuple[Text, ...] = ()
    published_at: AwareDatetime
    section: Section
    summary: Text
    dateline: Text | None = None
    language: Language = "en"
    encoding: str = "utf-8"
    carried_by: tuple[Slug, ...] = ()
    carried_edits: dict[Slug, CarriedEdit] = Field(default_factory=dict)
    updates: tuple[Update, ...] = ()
    kind: Kind = Kind.ARTICLE
    paywalled: bool = False
    storyline: str = "none"
    expect: tuple[dict[str, object], ...] = ()
    nothing_expected: bool = False
    body: Text

    @field_validator("encoding")
    @classmethod
    def _known_encoding(cls, value: str) -> str:
        try:
            codecs.lookup(value)
        except LookupError as error:
            raise ValueError("not an encoding that Python knows") from error
        return value

    @field_validator("updates")
    @classmethod
    def _in_order(cls, value: tuple[Update, ...]) -> tuple[Update, ...]:
        if list(value) != sorted(value, key=lambda update: update.at):
            raise ValueError("updates must be in the order of their times")
        return value


def paragraphs(body: str) -> tuple[str, ...]:
    """The body's paragraphs: separated by blank lines, line breaks inside them joined."""
    blocks = (" ".join(block.split()) for block in body.replace("\r\n", "\n").split("\n\n"))
    return tuple(block for block in blocks if block)
