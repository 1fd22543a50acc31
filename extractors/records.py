"""The records that pass between the parts: a fetched page, an article, an event mention."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Family(StrEnum):
    CONCESSION = "concession"
    THREAT = "threat"
    MILITARY_EXERCISE = "military_exercise"


class Modality(StrEnum):
    """How the sentence holds the event. Marts count what is asserted or planned."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    CONDITIONAL = "conditional"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"
    HISTORICAL = "historical"


class DatePrecision(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    PUBLICATION = "publication"  # nothing in the sentence dates the event; the article's day stands in
    UNKNOWN = "unknown"


class ArticleKind(StrEnum):
    """What a fetched page turned out to be. The first four have running text, whose events are coded."""

    ARTICLE = "article"
    OPINION = "opinion"
    LIVE_BLOG = "live_blog"
    STUB = "stub"  # the open part of a paywalled article
    SECTION_FRONT = "section_front"
    GALLERY = "gallery"
    ERROR_PAGE = "error_page"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Actor:
    """One side of an event.

    `text` is how the sentence puts it, `name` the canonical name, `code` the CAMEO actor code as GDELT
    composes it (`PRKGOV`, `USAMIL`), `country` ISO 3166-1 alpha-3 or None, `sector` a CAMEO type code
    or None.
    """

    text: str
    name: str
    code: str
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of the article's text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    index: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    country: str | None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One event mention: one act between its sources and targets, as one sentence tells it.

    Tellings of one event in an article share its `event_id`; `mention_id` is the telling's own. `details`
    holds the fields of the family as the design's table names them. `path` is how the grammar came to the
    code, for people ("threaten ∘ (halt ∘ meet) = 134").
    """

    event_id: str
    family: Family | None
    cameo_code: str
    cameo_root: str
    plover: str
    quad_class: int
    goldstein: float
    sources: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    modality: Modality
    event_date: date | None
    date_precision: DatePrecision
    place: Place | None
    trigger: Span
    sentence: Sentence
    attribution: str | None
    details: dict[str, Any]
    confidence: float
    path: str
    mention_id: str = ""

    def to_json(self) -> dict[str, Any]:
        """The record as `communique code` writes it: JSON types only, dates in ISO 8601."""
        record = asdict(self)
        record["event_date"] = self.event_date.isoformat() if self.event_date else None
        return record


@dataclass(frozen=True, slots=True)
class CodeInput:
    """One line of `communique code`: the text to code and when it was published."""

    id: str
    text: str
    published_at: datetime | None = None
    title: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One line of `communique parse`, or one WARC record: a page as it was fetched.

    `html` is the decoded page or its bytes; `content_type` the HTTP header, which may name the charset.
    """

    id: str
    url: str
    html: str | bytes
    content_type: str | None = None
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """What parse makes of a page. Times are UTC. `text` keeps paragraphs, one blank line between them.

    `url` is the canonical URL. `kind` other than article or opinion carries its `reason`.
    """

    id: str
    url: str
    title: str | None
    authors: tuple[str, ...]
    published_at: datetime | None
    modified_at: datetime | None
    language: str | None
    text: str
    kind: ArticleKind = ArticleKind.ARTICLE
    reason: str | None = None
    dateline: str | None = None
    readers: dict[str, str] = field(default_factory=dict)  # field → the reader that gave it

    def to_json(self) -> dict[str, Any]:
        """The record as `communique parse` writes it: JSON types only, times in ISO 8601 with zone."""
        record = asdict(self)
        record["authors"] = list(self.authors)
        for name in ("published_at", "modified_at"):
            record[name] = record[name].isoformat() if record[name] else None
        return record


def stable_id(*parts: object, length: int = 16) -> str:
    """Hexadecimal digest of the parts: the same parts give the same id on every machine, in every run."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.blake2b(joined.encode(), digest_size=length // 2).hexdigest()
