"""What every kind of source offers: where it lies, what it lists, or which stored pages it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from extractors.sources.model import Source

Location = Literal["url", "path"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A page, or a further listing, that a listing names. `updated_at` is UTC, None when it does not say."""

    url: str
    updated_at: datetime | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What one listing holds: pages to fetch, and further listings to read first."""

    entries: tuple[Entry, ...] = ()
    listings: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page that was saved earlier: the HTTP response as it would have come, and when it was saved."""

    url: str
    saved_at: datetime
    headers: tuple[tuple[str, str], ...]
    body: bytes
    status: int = 200
    record_id: str | None = None


@dataclass(frozen=True, slots=True)
class UnreadablePage:
    """A saved page that could not be taken over, with the reason."""

    url: str
    reason: str


class UnreadableListingError(ValueError):
    """The body is no listing of this kind, or too broken to read anything from it."""


class WebKind(Protocol):
    """A source whose pages are fetched over HTTP."""

    location: Location

    def start(self, source: Source) -> Listing:
        """What is known before any request: mostly the one listing to fetch."""
        ...

    def read(self, body: bytes, *, url: str) -> Listing:
        """The listing in a fetched body.

        Raises:
            UnreadableListingError: the body is no such listing.
        """
        ...


class ArchiveKind(Protocol):
    """A source whose pages lie on disk already."""

    location: Location

    def pages(self, source: Source, *, max_bytes: int) -> Iterator[StoredPage | UnreadablePage]:
        """The saved pages, in a stable order.

        Raises:
            SourceError: nothing can be read at the source's path.
        """
        ...
