"""A matched time expression and the publication day in, its first and last day and precision out."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum

from extractors.records import DatePrecision

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
NUMBERS = {
    **{
        "a": 1,
        "an": 1,
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
    },
    **{"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "couple of": 2, "a couple of": 2, "fifteen": 15},
    **{"twenty": 20, "thirty": 30, "few": 3, "a few": 3, "several": 3},
}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
PRECISION = {
    **{"day": DatePrecision.DAY, "hour": DatePrecision.DAY, "minute": DatePrecision.DAY},
    **{"week": DatePrecision.WEEK, "weekend": DatePrecision.WEEK, "fortnight": DatePrecision.WEEK},
    **{"month": DatePrecision.MONTH, "year": DatePrecision.YEAR, "decade": DatePrecision.YEAR},
}


class Tense(StrEnum):
    """On which side of the publication a sentence puts its event."""

    PAST = "past"
    FUTURE = "future"
    OPEN = "open"


Range = tuple[date | None, date | None, DatePrecision]
Reader = Callable[[re.Match[str], date, Tense], Range | None]


def no_date(match: re.Match[str], published: date, tense: Tense) -> Range:
    return None, None, DatePrecision.UNKNOWN


def iso_day(match: re.Match[str], published: date, tense: Tense) -> Range:
    day = date.fromisoformat(match.group())
    return day, day, DatePrecision.DAY


def _month_number(text: str) -> int:
    return MONTHS[text.lower().rstrip(".")]


def _day_number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _year_for(month: int, day: int, published: date, tense: Tense) -> int:
    """The year that puts a date without one on the side of the tense; else nearest to the publication."""
    years = (published.year - 1, published.year, published.year + 1)
    days = {year: date(year, month, min(day, calendar.monthrange(year, month)[1])) for year in years}
    if tense is Tense.PAST:
        return max(year for year in years if days[year] <= published)
    if tense is Tense.FUTURE:
        return min(year for year in years if days[year] >= published)
    return min(years, key=lambda year: abs((days[year] - published).days))


def calendar_day(match: re.Match[str], published: date, tense: Tense) -> Range:
    month, day = _month_number(match["month"]), _day_number(match["day"])
    year = int(match["year"]) if match["year"] else _year_for(month, day, published, tense)
    found = date(year, month, day)
    return found, found, DatePrecision.DAY


def calendar_range(match: re.Match[str], published: date, tense: Tense) -> Range:
    groups = match.groupdict()
    month = _month_number(groups["month"] or groups["month2"])
    month2 = _month_number(groups["month2"] or groups["month"])
    day, day2 = _day_number(groups["day"]), _day_number(groups["day2"])
    year = int(groups["year"]) if groups["year"] else _year_for(month, day, published, tense)
    start = date(year, month, day)
    end = date(year + (month2 < month), month2, day2)
    return (start, end, DatePrecision.DAY) if start <= end else None  # type: ignore[return-value]


def month_range(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def month(match: re.Match[str], published: date, tense: Tense) -> Range:
    groups = match.groupdict()
    month, which, part = _month_number(groups["month"]), groups.get("which"), groups.get("part")
    year = _year_of_month(month, groups.get("year"), which, published, tense)
    first, last = month_range(year, month)
    part = (part or "").lower()
    if part.startswith(("early", "beginning", "start")):
        last = first.replace(day=10)
    elif part.startswith("mid"):
        first, last = first.replace(day=11), first.replace(day=20)
    elif part.startswith(("late", "end")):
        first = first.replace(day=21)
    return first, last, DatePrecision.MONTH


def _year_of_month(month: int, year: str | None, which: str | None, published: date, tense: Tense) -> int:
    if year:
        return int(year)
    which = (which or "").lower()
    if which == "last":
        return published.year - (month >= published.month)
    if which == "next":
        return published.year + (month <= published.month)
    if which == "this":
        return published.year
    day = 1 if tense is Tense.PAST else 28
    return _year_for(month, day if tense is not Tense.OPEN else 15, published, tense)


def year(match: re.Match[str], published: date, tense: Tense) -> Range:
    year = int(match["year"])
    return date(year, 1, 1), date(year, 12, 31), DatePrecision.YEAR


def since(inner: Reader, match: re.Match[str], published: date, tense: Tense) -> Range:
    found = inner(match, published, Tense.PAST)
    assert found is not None
    return found[0], None, found[2]


def weekday(match: re.Match[str], published: date, tense: Tense) -> Range:
    groups = match.groupdict()
    which = (groups.get("which") or "").lower()
    back = (published.weekday() - WEEKDAYS[groups["weekday"].lower()]) % 7
    if which == "last":
        day = published - timedelta(days=back or 7)
    elif which in ("next", "coming") or (tense is Tense.FUTURE and which != "past"):
        day = published + timedelta(days=(7 - back) % 7 or (7 if which == "next" else 0))
    else:
        day = published - timedelta(days=back)
    return day, day, DatePrecision.DAY


def word_day(match: re.Match[str], published: date, tense: Tense) -> Range:
    word = match.group().lower()
    offset = 0
    if "yesterday" in word or word == "last night":
        offset = -2 if "before" in word else -1
    elif "tomorrow" in word:
        offset = 2 if "after" in word else 1
    day = published + timedelta(days=offset)
    return day, day, DatePrecision.DAY


def _shift_month(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _span_of(unit: str, published: date, offset: int) -> tuple[date, date]:
    """First and last day of the week, month ... `offset` of them away from the publication's."""
    if unit in ("week", "fortnight"):
        first = published - timedelta(days=published.weekday()) + timedelta(weeks=offset)
        return first, first + timedelta(days=6)
    if unit == "weekend":
        saturday = published - timedelta(days=published.weekday()) + timedelta(days=5, weeks=offset)
        return saturday, saturday + timedelta(days=1)
    if unit == "month":
        first = _shift_month(published, offset)
        return month_range(first.year, first.month)
    return date(published.year + offset, 1, 1), date(published.year + offset, 12, 31)


def relative_unit(match: re.Match[str], published: date, tense: Tense) -> Range:
    """ "last month", "earlier this week", "next year", "the coming weekend"."""
    which, unit = match["which"].lower(), match["unit"].lower()
    offset = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0}.get(which, 1)
    if unit == "weekend" and which in ("this", "past", "last", "the"):
        offset = 0 if (published.weekday() >= 5 or tense) and which == "this" else -1
    first, last = _span_of(unit, published, offset)
    lead = (match["lead"] or "").lower()
    if lead.startswith("earlier") and offset == 0:
        last = published
    elif lead.startswith("later") and offset == 0:
        first = published
    return first, last, PRECISION[unit]


def season(match: re.Match[str], published: date, tense: Tense) -> Range:
    groups = match.groupdict()
    first_month, last_month = SEASONS[groups["season"].lower()]
    which = (groups.get("which") or "").lower()
    year = int(groups["year"]) if groups.get("year") else published.year
    if not groups.get("year"):
        begins = date(year, first_month, 1)
        if which == "last" and begins > published - timedelta(days=90):
            year -= 1
        elif which == "next" and begins <= published:
            year += 1
    start = date(year, first_month, 1)
    end = month_range(year + (last_month < first_month), last_month)[1]
    return start, end, DatePrecision.MONTH


def _number(text: str) -> int:
    text = text.lower()
    return int(text) if text.isdigit() else NUMBERS[text]


def _moved(published: date, unit: str, number: int) -> date:
    if unit in ("month", "year", "decade"):
        months = number * {"month": 1, "year": 12, "decade": 120}[unit]
        first = _shift_month(published, months)
        return first.replace(day=min(published.day, calendar.monthrange(first.year, first.month)[1]))
    days = {"minute": 0, "hour": 0, "day": 1, "week": 7, "fortnight": 14}[unit]
    return published + timedelta(days=number * days)


def ago(match: re.Match[str], published: date, tense: Tense) -> Range:
    unit = match["unit"].lower()
    day = _moved(published, unit, -_number(match["number"]))
    return (*_unit_around(day, unit), PRECISION[unit])


def ahead(match: re.Match[str], published: date, tense: Tense) -> Range | None:
    if tense is Tense.PAST:
        return None
    unit = match["unit"].lower()
    day = _moved(published, unit, _number(match["number"]))
    return (*_unit_around(day, unit), PRECISION[unit])


def _unit_around(day: date, unit: str) -> tuple[date, date]:
    return (
        (day, day)
        if unit in ("minute", "hour", "day")
        else _span_of(unit if unit != "decade" else "year", day, 0)
    )


def recent(match: re.Match[str], published: date, tense: Tense) -> Range:
    """ "over the past three weeks", "in the last few days", "in the coming days"."""
    unit = match["unit"].lower()
    number = _number(match["number"]) if match["number"] else 1 if not match["plural"] else 3
    if match["which"].lower() in ("coming", "next"):
        return published, _moved(published, unit, number), PRECISION[unit]
    return _moved(published, unit, -number), published, PRECISION[unit]
