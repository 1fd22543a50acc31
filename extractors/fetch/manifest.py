"""What became of every URL of a source in a night: one line of manifest.jsonl each, and their sum."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from extractors.errors import StageError

MANIFEST = "manifest.jsonl"
PAGES = "pages.warc.gz"
REPORT = "report.json"

BEYOND = "not fetched: beyond max_pages of the source"


class Role(StrEnum):
    LISTING = "listing"
    ARTICLE = "article"


class Outcome(StrEnum):
    FETCHED = "fetched"
    NOT_MODIFIED = "not_modified"  # the server answered 304
    UNCHANGED = "unchanged"  # fetched on an earlier night and not updated since: no request was made
    DISALLOWED = "disallowed"  # by robots.txt, by the source's filters or by the address rules
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class FetchLine:
    """One URL. The first nine fields are those of landing.schema.FETCHES; times are UTC.

    `listed_updated_at` is what the listing said, `last_fetched_at` when the page was last fetched in
    any night, `warc_record_id` the response in pages.warc.gz that answers the URL after redirects.
    """

    night: date
    source: str
    url: str
    final_url: str | None
    outcome: Outcome
    status: int | None = None
    reason: str | None = None
    bytes: int | None = None
    fetched_at: datetime | None = None
    role: Role = Role.ARTICLE
    canonical_url: str = ""
    etag: str | None = None
    last_modified: str | None = None
    listed_updated_at: datetime | None = None
    last_fetched_at: datetime | None = None
    warc_record_id: str | None = None

    @property
    def can_heal(self) -> bool:
        """Whether a later night may fetch what this one did not."""
        if self.outcome is Outcome.ERROR:
            return self.status is None or self.status >= 500 or self.status in (408, 429)
        return self.reason == BEYOND

    def to_json(self) -> dict[str, Any]:
        record = asdict(self)
        return {
            name: value.isoformat() if isinstance(value, date) else value for name, value in record.items()
        }


def write_manifest(path: Path, lines: Iterable[FetchLine]) -> None:
    with path.open("w", encoding="utf-8") as stream:
        for line in lines:
            stream.write(json.dumps(line.to_json(), ensure_ascii=False) + "\n")


def read_manifest(path: Path) -> Iterator[FetchLine]:
    """The lines of a manifest in their order: listings first, then pages as they were listed.

    Raises:
        StageError: the file cannot be read or a line is none of a manifest.
    """
    number = 0
    try:
        with path.open(encoding="utf-8") as stream:
            for number, text in enumerate(stream, start=1):  # noqa: B007
                yield _line(json.loads(text))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StageError(
            f"the manifest cannot be read: {error}",
            where=f"{path}:{number}",
            next_step=f"remove {path.parent} and run that night again",
        ) from error


def _line(record: dict[str, Any]) -> FetchLine:
    for name in ("fetched_at", "listed_updated_at", "last_fetched_at"):
        record[name] = datetime.fromisoformat(record[name]).astimezone(UTC) if record[name] else None
    record["night"] = date.fromisoformat(record["night"])
    record["outcome"], record["role"] = Outcome(record["outcome"]), Role(record["role"])
    return FetchLine(**record)


@dataclass(frozen=True, slots=True)
class FetchReport:
    """Pages of one source in one night: listed = fetched + not_modified + unchanged + disallowed + failed.

    `bytes` is what was received, listings included; `seconds` how long it took; `listings` how many
    feeds or sitemaps were read, `listings_not_modified` how many of them answered 304.
    """

    source: str
    listed: int
    fetched: int
    not_modified: int
    unchanged: int
    disallowed: int
    failed: int
    bytes: int
    seconds: float
    listings: int = 0
    listings_not_modified: int = 0

    @classmethod
    def of(cls, source: str, lines: Iterable[FetchLine], *, seconds: float) -> FetchReport:
        counts: Counter[tuple[Role, Outcome]] = Counter()
        received = 0
        for line in lines:
            counts[line.role, line.outcome] += 1
            received += line.bytes or 0
        pages = {outcome: counts[Role.ARTICLE, outcome] for outcome in Outcome}
        return cls(
            source=source,
            listed=sum(pages.values()),
            fetched=pages[Outcome.FETCHED],
            not_modified=pages[Outcome.NOT_MODIFIED],
            unchanged=pages[Outcome.UNCHANGED],
            disallowed=pages[Outcome.DISALLOWED],
            failed=pages[Outcome.ERROR],
            bytes=received,
            seconds=round(seconds, 3),
            listings=sum(counts[Role.LISTING, outcome] for outcome in Outcome),
            listings_not_modified=counts[Role.LISTING, Outcome.NOT_MODIFIED],
        )

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> FetchReport:
        record = json.loads(path.read_text(encoding="utf-8"))
        return cls(**{field.name: record[field.name] for field in fields(cls)})


def cannot_write(folder: Path, error: OSError) -> StageError:
    return StageError(
        f"the archive cannot be written: {error.strerror or error}",
        where=str(folder),
        next_step="free space on that disk or correct its rights, then run the night again",
    )
