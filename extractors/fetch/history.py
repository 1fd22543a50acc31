"""A source's manifests of earlier nights in, what it has shown us before out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from extractors.fetch.manifest import MANIFEST, FetchLine, Outcome, Role, read_manifest
from extractors.home import Home
from extractors.sources.urls import canonical_url

LOOK_BACK_NIGHTS = 60
SEEN = {Outcome.FETCHED, Outcome.NOT_MODIFIED, Outcome.UNCHANGED}


@dataclass(frozen=True, slots=True)
class Seen:
    """A URL when last seen: what the listing said, when it was fetched, what makes a request conditional."""

    listed_updated_at: datetime | None = None
    last_fetched_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None

    def is_outdated(self, updated_at: datetime | None) -> bool:
        """Whether a listing that says `updated_at` tells of a newer version."""
        known = self.listed_updated_at or self.last_fetched_at
        return updated_at is not None and (known is None or updated_at > known)


@dataclass(frozen=True, slots=True)
class History:
    """`pages` by canonical URL, of the listing and after redirects; `listings` by URL, empty when pages of
    the last night may still heal.

    (An unchanged feed would then be answered with 304 and the pages that failed never be tried again.)
    `files`: archives at URLs that were read to their end; they are never read again.
    """

    pages: Mapping[str, Seen] = field(default_factory=dict)
    listings: Mapping[str, Seen] = field(default_factory=dict)
    files: frozenset[str] = frozenset()


def read_history(home: Home, source: str, night: date) -> History:
    """What the 60 nights before `night` saw. There is no other memory of what was fetched."""
    pages: dict[str, Seen] = {}
    listings: dict[str, Seen] = {}
    files: set[str] = set()
    for days in range(LOOK_BACK_NIGHTS, 0, -1):
        path = home.warc(night - timedelta(days=days), source) / MANIFEST
        if not path.exists():
            continue
        lines = list(read_manifest(path))
        pages |= {key: _seen(line) for line in lines if _is_seen(line, Role.ARTICLE) for key in _keys(line)}
        listings |= {line.url: _seen(line) for line in lines if _is_seen(line, Role.LISTING)}
        files |= {line.url for line in lines if _is_seen(line, Role.LISTING)}
        if any(line.can_heal for line in lines):
            listings = {}
    return History(pages, listings, frozenset(files))


def _keys(line: FetchLine) -> set[str]:
    """Made anew, so that a rule added to urls.yml does not make known pages new."""
    return {canonical_url(url) for url in {line.url, line.final_url or line.url}}


def _is_seen(line: FetchLine, role: Role) -> bool:
    return line.role is role and line.outcome in SEEN


def _seen(line: FetchLine) -> Seen:
    return Seen(line.listed_updated_at, line.last_fetched_at, line.etag, line.last_modified)
