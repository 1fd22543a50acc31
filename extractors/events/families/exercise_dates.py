"""The time that a sentence tells and an exercise in, its first and last day out."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING

from extractors.events.families.exercise_tense import CHANGES
from extractors.events.time import EventTime
from extractors.records import DatePrecision

if TYPE_CHECKING:
    from extractors.events.families.exercise import Exercise

LONGEST_DAYS = 100  # "this year" is no exercise's time
RECENT_DAYS = 3


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


def dates_of(exercise: Exercise, when: EventTime) -> dict[str, str | None]:
    """`start_date` and `end_date`. A single day is the first or the last by the verb: "began", "ended on"."""
    first, last = _range(when)
    if first == last:
        is_change = exercise.is_going_on or exercise.status in CHANGES - {"postponed"}
        first = None if exercise.is_ending or is_change else first
        last = last if exercise.is_ending else None
    days = {"start_date": first, "end_date": last}
    return {name: day.isoformat() if day else None for name, day in days.items()}


def _range(when: EventTime) -> tuple[date | None, date | None]:
    if when.precision in {DatePrecision.PUBLICATION, DatePrecision.UNKNOWN}:
        return None, None
    first, last = when.start or when.date, when.end or when.start or when.date
    if first is not None and last is not None and (last - first).days > LONGEST_DAYS:
        return None, None
    return first, last
