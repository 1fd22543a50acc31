"""The time that a sentence tells and an exercise in, its first and last day out."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from extractors.events.families.exercise_fields import count_of
from extractors.events.families.exercise_tense import CHANGES
from extractors.events.time import EventTime
from extractors.records import DatePrecision

if TYPE_CHECKING:
    from extractors.events.families.exercise import Exercise

LONGEST_DAYS = 100  # "this year" is no exercise's time
A_MONTH = 31
RECENT_DAYS = 3
_LENGTH = re.compile(r"\b(\d{1,2}|[a-z-]+)[ -](day|week|fortnight)s?(?:[ -]long)? \w", re.I)
_UNITS = {"day": 1, "week": 7, "fortnight": 14}


class Timing(Enum):
    """How the date of the sentence lies to the day of publication."""

    PAST = "days before"
    NOW = "about the same, or not dated"
    COMING = "after"


def timing_of(when: EventTime, published: datetime | None) -> Timing:
    if when.is_background:
        return Timing.PAST
    first, last = when.start or when.date, when.end or when.date
    if published is None or first is None or last is None:
        return Timing.NOW
    if first > published.date():
        return Timing.COMING
    return Timing.PAST if (published.date() - last).days > RECENT_DAYS else Timing.NOW


def dates_of(
    exercise: Exercise, when: EventTime, sentence: str, published: datetime | None
) -> dict[str, str | None]:
    """`start_date` and `end_date`. A single day is the first or the last by the verb: "began", "ended on".

    The other is counted from how long it lasts ("an 11-day drill"); what is over has no day to come.
    """
    first, last = _range(when)
    if first == last:
        is_change = exercise.is_going_on or exercise.status in CHANGES - {"postponed", "resumed"}
        first = None if exercise.is_ending or is_change else first
        last = last if exercise.is_ending else None
        first, last = _counted(first, last, _days(sentence) if exercise.is_timed else None)
    if exercise.status == "completed" and published is not None and (last or first):
        is_to_come = max(day for day in (first, last) if day) > published.date()
        first, last = (None, None) if is_to_come else (first, last)
    days = {"start_date": first, "end_date": last}
    return {name: day.isoformat() if day else None for name, day in days.items()}


def _counted(first: date | None, last: date | None, days: int | None) -> tuple[date | None, date | None]:
    if days is None:
        return first, last
    length = timedelta(days=days - 1)
    return first or (last - length if last else None), last or (first + length if first else None)


def _days(sentence: str) -> int | None:
    """ "ten days of", "the two-week drill", "eleven days of drills": 10, 14, 11."""
    for found in _LENGTH.finditer(sentence):
        words = found.group(1).lower()
        count = int(words) if words.isdigit() else 1 if words in {"a", "an"} else count_of(words)
        if count:
            return count * _UNITS[found.group(2).lower()]
    return None


def _range(when: EventTime) -> tuple[date | None, date | None]:
    """Of a week or a season the days are not told, of a month not the last."""
    if when.precision in {DatePrecision.PUBLICATION, DatePrecision.UNKNOWN, DatePrecision.WEEK}:
        return None, None
    first, last = when.start or when.date, when.end or when.start or when.date
    if first is None or last is None:
        return first, last
    if (last - first).days > (LONGEST_DAYS if when.precision is DatePrecision.DAY else A_MONTH):
        return None, None
    return first, None if when.precision is DatePrecision.MONTH else last
