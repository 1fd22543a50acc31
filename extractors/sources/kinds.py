"""What every kind of source offers: where it lies, what it lists, or which stored pages it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO, Literal, Protocol

if TYPE_CHECKING:
    from extractors.sources.model import Source

Location = Literal["url", "path", "either"]


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


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """A file of pages at a URL that was read to its end, tonight or (`is_known`) on an earlier night."""

    url: str
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file of pages at a URL that could not be read, or not to its end, with the reason."""

    url: str
    reason: str


class BrokenFileError(OSError):
    """A file at a URL that cannot be read, or not any further."""


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


class Remote(Protocol):
    """Where archives at URLs come from; whoever asks knows nothing of HTTP."""

    def open(self, url: str) -> BinaryIO:
        """Raises BrokenFileError, as reading from the stream does."""
        ...

    def has_read(self, url: str) -> bool:
        """Whether an earlier night read the file to its end."""
        ...


Stored = StoredPage | UnreadablePage | ArchiveFile | UnreadFile


class ArchiveKind(Protocol):
    """A source whose pages were saved by others, on this disk or elsewhere."""

    location: Location

    def pages(self, source: Source, *, max_bytes: int, remote: Remote | None = None) -> Iterator[Stored]:
        """The saved pages, in a stable order.

        Raises:
            SourceError: nothing can be read at the source's path or URL.
        """
        ...
