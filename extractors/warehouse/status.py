"""The home folder into what the engineer on call asks first: what ran, what is fresh, what is held back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from extractors.errors import BusyError
from extractors.home import Home
from extractors.warehouse.database import connect
from extractors.warehouse.publish import read_manifest

STAGES = ("fetched", "parsed", "coded", "loaded", "checked", "published")


@dataclass(frozen=True, slots=True)
class NightStatus:
    """How far a night has come: the last of `STAGES` that is done, and when it was loaded and checked."""

    night: date
    stage: str
    loaded_at: datetime | None = None
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    path: Path
    bytes: int
    night: date
    build_id: str
    published_at: datetime
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class Status:
    """`quarantined` counts held rows by raw table and expectation; `is_busy` when a run holds the build file
    and the counts and times are those of the last publication."""

    nights: tuple[NightStatus, ...]
    snapshot: Snapshot | None
    quarantined: dict[tuple[str, str], int]
    is_busy: bool

    @property
    def failed_nights(self) -> tuple[date, ...]:
        """Nights that have begun and did not get to a checked load, the one that is running aside."""
        return tuple(each.night for each in self.nights if each.stage not in ("checked", "published"))

    def age_in_days(self, today: date) -> int | None:
        """Days since the night of the snapshot; None without one."""
        return (today - self.snapshot.night).days if self.snapshot else None


@dataclass(frozen=True, slots=True)
class _Books:
    nights: dict[date, tuple[datetime, datetime | None]]
    quarantined: dict[tuple[str, str], int]


def status(home: Home) -> Status:
    """Read the folders, the build file where nobody writes to it, and the published snapshot."""
    snapshot = _snapshot(home)
    published = _books(home.snapshot)
    try:
        books, is_busy = _books(home.build_database), False
    except BusyError:
        books, is_busy = published, True
    nights = sorted(set(_begun(home)) | set(books.nights))
    return Status(
        nights=tuple(_night_status(home, night, books, published) for night in nights),
        snapshot=snapshot,
        quarantined=books.quarantined,
        is_busy=is_busy,
    )


def _snapshot(home: Home) -> Snapshot | None:
    manifest = read_manifest(home)
    if manifest is None or not home.snapshot.exists():
        return None
    return Snapshot(
        path=home.snapshot,
        bytes=home.snapshot.stat().st_size,
        night=date.fromisoformat(manifest["night"]),
        build_id=manifest["build_id"],
        published_at=datetime.fromisoformat(manifest["published_at"]),
        rows={name: table["rows"] for name, table in manifest["tables"].items() if "." not in name},
    )


def _books(database: Path) -> _Books:
    if not database.exists():
        return _Books({}, {})
    with connect(database, read_only=True) as connection:
        if not connection.execute("select 1 from duckdb_tables() where schema_name = 'ops'").fetchall():
            return _Books({}, {})
        nights: list[Any] = connection.execute(
            "select night, loaded_at, case when is_checked then checked_at end from ops.nights"
        ).fetchall()
        held: list[Any] = connection.execute(
            "select table_name, expectation, count(*) from quarantine.rows "
            "where not is_released group by all order by all"
        ).fetchall()
    return _Books(
        {night: (loaded, checked) for night, loaded, checked in nights},
        {(table, expectation): count for table, expectation, count in held},
    )


def _begun(home: Home) -> Iterable[date]:
    """Nights that any stage has a folder for."""
    for parent in ("warc", "landing/articles", "landing/mentions"):
        for folder in (home.root / parent).glob("night=*"):
            yield date.fromisoformat(folder.name.removeprefix("night="))


def _night_status(home: Home, night: date, books: _Books, published: _Books) -> NightStatus:
    loaded_at, checked_at = books.nights.get(night, (None, None))
    done = {
        "fetched": True,
        "parsed": any(home.articles(night).glob("*.parquet")),
        "coded": any(home.mentions(night).glob("*.parquet")),
        "loaded": loaded_at is not None,
        "checked": checked_at is not None,
        "published": checked_at is not None and published.nights.get(night, (None, None))[1] is not None,
    }
    return NightStatus(night, [stage for stage in STAGES if done[stage]][-1], loaded_at, checked_at)
