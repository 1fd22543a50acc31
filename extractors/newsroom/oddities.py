"""oddities.yml as records: what the outlets do that a crawler and a parser must survive."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from extractors.newsroom.content import Record, SitePath, Slug, Text


class OfOutlet(Record):
    outlet: Slug


class OfArticle(OfOutlet):
    article: Slug


class Robots(OfOutlet):
    """What an outlet's robots.txt says beside its sitemap."""

    kind: Literal["robots"]
    disallow: tuple[SitePath, ...] = ()
    crawl_delay: float | None = Field(None, gt=0, le=1)


class Disallowed(OfArticle):
    """An article that robots.txt forbids although the listing offers it."""

    kind: Literal["disallowed"]


class Moved(OfArticle):
    """The listing offers `path`, which answers 301 to the article's canonical URL."""

    kind: Literal["moved"]
    path: SitePath


class Tracked(OfOutlet):
    """Every link of the outlet's listing carries these query parameters."""

    kind: Literal["tracked"]
    parameters: dict[Text, Text] = Field(min_length=1)


class Repeated(OfArticle):
    """The listing offers the article twice."""

    kind: Literal["repeated"]


class Flaky(OfArticle):
    """The article's first `failures` requests get `status`, as long as the server lives."""

    kind: Literal["flaky"]
    failures: int = Field(1, ge=1)
    status: int = Field(500, ge=500, le=599)


class Broken(OfArticle):
    """The article's page has no end tags of the kinds named and stops after `keep_share` of its length."""

    kind: Literal["broken"]
    unclosed: tuple[Annotated[str, Field(pattern=r"^[a-z0-9]+$")], ...] = ()
    keep_share: float = Field(1.0, gt=0, le=1)


class Listed(OfOutlet):
    """Something that the listing offers beside the articles, on `nights` or, without them, for ten days."""

    path: SitePath
    headline: Text
    published_at: AwareDatetime
    nights: frozenset[date] | None = None


class Missing(Listed):
    """The listing offers a page that answers 404."""

    kind: Literal["missing"]


class Hanging(Listed):
    """The listing offers a page that sends headers and then nothing until the client leaves."""

    kind: Literal["hanging"]
    seconds: float = Field(60, gt=0, le=60)


class ListedFront(Listed):
    """The listing offers a section front."""

    kind: Literal["listed_front"]


class Gallery(Listed):
    """The listing offers a page of pictures: captions, and no article."""

    kind: Literal["gallery"]
    captions: tuple[Text, ...] = Field(min_length=1)


Oddity = Annotated[
    Robots
    | Tracked
    | Disallowed
    | Moved
    | Repeated
    | Flaky
    | Broken
    | Missing
    | Hanging
    | ListedFront
    | Gallery,
    Field(discriminator="kind"),
]
