"""Pages that others saved (folders, WARC archives) in, pages.warc.gz and manifest.jsonl out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from extractors.errors import SourceError
from extractors.fetch.archive import ArchiveWriter
from extractors.fetch.history import History
from extractors.fetch.manifest import BEYOND, MANIFEST, PAGES, FetchLine, Outcome, Role, write_manifest
from extractors.fetch.plan import Page, page_of, settled, verdict
from extractors.fetch.remote import RemoteFiles
from extractors.settings import Settings
from extractors.sources.kinds import (
    ArchiveFile,
    Entry,
    Stored,
    StoredPage,
    UnreadablePage,
    UnreadFile,
)
from extractors.sources.model import Source
from extractors.sources.registry import ARCHIVE_KINDS
from extractors.sources.warc import is_list


def take_over(
    source: Source,
    folder: Path,
    *,
    night: date,
    history: History,
    settings: Settings,
    on_progress: Callable[[int, int], None],
) -> None:
    """Copy the source's pages into `folder` in the layout that fetching gives; one page in memory at a time.

    Raises:
        SourceError: nothing can be read at the source's path.
    """
    lines: list[FetchLine] = []
    remote = RemoteFiles(source, settings, history)
    with (folder / PAGES).open("wb") as stream, closing(remote):
        archive = ArchiveWriter(stream, night=night, source=source.name)
        copier = _Copier(source, night=night, history=history, archive=archive)
        pages = ARCHIVE_KINDS[source.kind].pages(source, max_bytes=settings.max_page_bytes, remote=remote)
        for line in copier.lines(pages):
            lines.append(line)
            on_progress(len(lines), len(lines))
    _check_read(source, lines)
    write_manifest(folder / MANIFEST, sorted(lines, key=lambda line: line.role is Role.ARTICLE))


def _check_read(source: Source, lines: list[FetchLine]) -> None:
    """An archive at a URL of which nothing at all could be read ends the night for its source."""
    unread = [line for line in lines if line.role is Role.LISTING and line.outcome is Outcome.ERROR]
    if unread and len(unread) == len(lines):
        raise SourceError(
            f"the archive cannot be read: {unread[0].reason}",
            where=f"{source.name} ({unread[0].url})",
            next_step="open the address in a browser; correct `url:` of the source if it has moved, "
            "else run again later",
        )


class _Copier:
    def __init__(self, source: Source, *, night: date, history: History, archive: ArchiveWriter) -> None:
        self._source = source
        self._night = night
        self._history = history
        self._archive = archive
        self._taken: set[str] = set()
        self._copied = 0
        self._is_remote = source.url is not None or is_list(str(source.path))

    def lines(self, pages: Iterator[Stored]) -> Iterator[FetchLine]:
        """One line for each page; a URL that comes a second time in the same archive is left out."""
        for stored in pages:
            if isinstance(stored, ArchiveFile | UnreadFile):
                yield self._file_line(stored)
                continue
            saved_at = stored.saved_at if isinstance(stored, StoredPage) else None
            page = page_of(Entry(stored.url, saved_at))
            if page is None or page.key in self._taken:
                continue
            self._taken.add(page.key)
            line = self._line(stored, page)
            yield line
            if line.reason == BEYOND and self._is_remote:
                return  # the rest of a file of gigabytes is not asked for; the next night goes on

    def _file_line(self, file: ArchiveFile | UnreadFile) -> FetchLine:
        page = Page(file.url, file.url, None)
        if isinstance(file, UnreadFile):
            line = settled(page, Outcome.ERROR, file.reason, source=self._source, night=self._night)
        elif file.is_known:
            reason = "read to its end on an earlier night"
            line = settled(page, Outcome.UNCHANGED, reason, source=self._source, night=self._night)
        else:
            line = settled(page, Outcome.FETCHED, "", source=self._source, night=self._night)
        return replace(line, role=Role.LISTING, reason=line.reason or None)

    def _line(self, stored: StoredPage | UnreadablePage, page: Page) -> FetchLine:
        if isinstance(stored, UnreadablePage):
            return settled(page, Outcome.ERROR, stored.reason, source=self._source, night=self._night)
        if line := verdict(page, source=self._source, history=self._history, night=self._night):
            return line
        if self._copied >= self._source.page_limit:
            return settled(page, Outcome.DISALLOWED, BEYOND, source=self._source, night=self._night)
        self._copied += 1
        return self._copy(stored, page)

    def _copy(self, stored: StoredPage, page: Page) -> FetchLine:
        record_id = self._archive.response(
            stored.url,
            status=stored.status,
            headers=stored.headers,
            body=stored.body,
            at=stored.saved_at,
            record_id=stored.record_id,
        )
        return FetchLine(
            night=self._night,
            source=self._source.name,
            url=page.url,
            final_url=stored.url,
            outcome=Outcome.FETCHED,
            status=stored.status,
            bytes=len(stored.body),
            fetched_at=stored.saved_at,
            canonical_url=page.key,
            listed_updated_at=stored.saved_at,
            last_fetched_at=stored.saved_at,
            warc_record_id=record_id,
        )
