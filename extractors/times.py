"""A time as a page states it in, an aware UTC time out: never invented, never guessed from half a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from dateutil import parser as dateutil_parser

from extractors.months import in_english

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_ISO = re.compile(
    r"^(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?",
    re.I,
)
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})?")
_EPOCH = re.compile(r"^\d{10}(\d{3})?$")
_DOTTED = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_AMBIGUOUS = re.compile(r"\b(0?[1-9]|1[0-2])[/-](0?[1-9]|1[0-2])[/-]\d{4}\b")
_NOISE = re.compile(r"^\W*(?:published|posted|updated|last updated|on|date)\b[\s:]*(?:on|at)?\s*", re.I)
_GREENWICH = re.compile(r"\b(?:GMT|UTC)\s*(?=[+-]\d)")  # dateutil takes "GMT+3" for three hours behind
_ABBREVIATIONS = re.compile(r"\b(a|p)\.m\.", re.I)

# Abbreviations that news pages print. A place's rules where summer time matters, else fixed hours.
# IST is India's: Israeli and Irish pages write offsets.
_ZONES: dict[str, str | float] = {
    "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "GMT": 0, "UTC": 0, "Z": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
    "SAST": 2, "WAT": 1, "CAT": 2, "EAT": 3, "MSK": 3, "TRT": 3, "IRST": 3.5, "GST": 4, "PKT": 5, "IST": 5.5,
    "ICT": 7, "WIB": 7, "HKT": 8, "SGT": 8, "MYT": 8, "PHT": 8, "AWST": 8, "KST": 9, "JST": 9,
    "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """A stated time: aware if the page says which zone, and with a clock time or only a day."""

    at: datetime
    has_time: bool

    @property
    def zone(self) -> tzinfo | None:
        return self.at.tzinfo

    def in_utc(self, page_zone: tzinfo | None) -> datetime:
        """UTC; a naive time is in the page's zone. A bare day stays the day it is, at midnight UTC."""
        if not self.has_time:
            return self.at.replace(tzinfo=UTC)
        stated = self.at if self.at.tzinfo else self.at.replace(tzinfo=page_zone or UTC)
        return stated.astimezone(UTC)


def parse_moment(stated: str | None) -> Moment | None:
    """What the string says, or None if it does not say at least year, month and day without doubt."""
    text = (stated or "").strip()
    if not 8 <= len(text) <= 100:
        return None
    try:
        moment = _iso(text) or _epoch(text) or _prose(text)
        return moment if moment and moment.in_utc(None) >= EARLIEST else None
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None


def _iso(text: str) -> Moment | None:
    found = _ISO.match(text)
    if not found:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    clock = (int(hour or 0), int(minute or 0), min(int(second or 0), 59))
    at = datetime(int(year), int(month), int(day), *clock, tzinfo=_zone(zone) if zone else None)
    return Moment(at, has_time=hour is not None)


def _zone(text: str) -> tzinfo | None:
    if offset := _OFFSET.fullmatch(text):
        delta = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        return timezone(-delta if offset[1] == "-" else delta)
    known = _ZONES.get(text.upper())
    if known is None:
        return None
    return ZoneInfo(known) if isinstance(known, str) else timezone(timedelta(hours=known))


def _epoch(text: str) -> Moment | None:
    if not _EPOCH.match(text):
        return None
    return Moment(datetime.fromtimestamp(int(text[:10]), UTC), has_time=True)


def _prose(text: str) -> Moment | None:
    """ "May 18, 2018, 3:04 p.m. EDT", "Fri, 18 May 2018 09:00:00 +0900", "18.05.2018 10:00"."""
    if _AMBIGUOUS.search(text):
        return None
    plain = _ABBREVIATIONS.sub(r"\1m", _NOISE.sub("", text)).replace("|", " ").replace("•", " ")
    plain = _GREENWICH.sub("", plain)
    plain = in_english(_DOTTED.sub(r"\3-\2-\1", plain))
    # What is missing is filled from the default: two defaults that share nothing show it.
    first, second = (
        dateutil_parser.parse(plain, default=default, tzinfos=lambda name, offset: _named(name, offset))
        for default in (datetime(2001, 1, 1, 1, 1), datetime(2004, 2, 2, 2, 2))  # noqa: DTZ001
    )
    if first.date() != second.date():
        return None
    has_time = first.time() == second.time()
    return Moment(first if has_time else first.replace(hour=0, minute=0, second=0, tzinfo=None), has_time)


def _named(name: str | None, offset: int | None) -> tzinfo | None:
    if offset is not None:
        return timezone(timedelta(seconds=offset))
    return _zone(name) if name else None
