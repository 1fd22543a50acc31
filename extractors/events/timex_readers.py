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
    **{"thirteen": 13, "fourteen": 14, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19},
    **{"forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90},
}
HOLIDAYS = {
    **{"christmas eve": (12, 24), "christmas day": (12, 25), "boxing day": (12, 26)},
    **{"new year's eve": (12, 31), "new year's day": (1, 1), "may day": (5, 1)},
}
YEAR = 300  # days: what is longer is a year
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
    if match.group().startswith("for "):  # "invited him for February"
        tense = Tense.OPEN
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
    if which in ("last", "this past"):
        return published.year - (month >= published.month)
    if which == "next":
        return published.year + (month <= published.month)
    if which == "this":
        return published.year
    day = 1 if tense is Tense.PAST else 28
    return _year_for(month, day if tense is not Tense.OPEN else 15, published, tense)


def holiday(match: re.Match[str], published: date, tense: Tense) -> Range:
    month, day = HOLIDAYS[match["holiday"].lower().replace("’", "'")]
    year = int(match["year"]) if match["year"] else _year_for(month, day, published, tense)
    return date(year, month, day), date(year, month, day), DatePrecision.DAY


def eve(match: re.Match[str], published: date, tense: Tense) -> Range:
    """ "on the eve of the June 12 summit" """
    found = calendar_day(match, published, tense)
    assert found[0] is not None
    day = found[0] - timedelta(days=1)
    return day, day, DatePrecision.DAY


def day_of_month(match: re.Match[str], published: date, tense: Tense) -> Range | None:
    """ "on the 15th": of the month that the tense asks for."""
    day = int(match["day"])
    months = {Tense.PAST: (0, -1), Tense.FUTURE: (0, 1), Tense.OPEN: (0,)}[tense]
    for offset in months:
        first = _shift_month(published, offset)
        found = first.replace(day=day)
        if tense is Tense.OPEN or (found <= published if tense is Tense.PAST else found >= published):
            return found, found, DatePrecision.DAY
    return None


def year(match: re.Match[str], published: date, tense: Tense) -> Range:
    number = int(match["year"])
    first, last = _part_of(date(number, 1, 1), date(number, 12, 31), match.groupdict().get("part") or "")
    return first, last, DatePrecision.YEAR


def fraction(match: re.Match[str], published: date, tense: Tense) -> Range:
    """ "in the first half of next year", "in the second quarter of 2017"."""
    which = (match["which"] or "").lower()
    number = int(match["year"]) if match["year"] else published.year + {"last": -1, "next": 1}.get(which, 0)
    months = 6 if match["fraction"].lower() == "half" else 3
    nth = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": 12 // months - 1}[match["nth"].lower()]
    first = date(number, 1 + min(nth * months, 12 - months), 1)
    return first, month_range(number, first.month + months - 1)[1], DatePrecision.MONTH


def _part_of(first: date, last: date, part: str) -> tuple[date, date]:
    """The early, middle or late third of a time; start and end of a year are its first and last quarter."""
    part = part.lower()
    is_early, is_late = part.startswith(("early", "beginning", "start")), part.startswith(("late", "end"))
    if not (is_early or is_late or part.startswith("mid")):
        return first, last
    if (last - first).days > YEAR:
        begin, end = (1, 4) if is_early else (9, 12) if is_late else (5, 8)
        begin, end = {"beg": (1, 3), "sta": (1, 3), "end": (10, 12)}.get(part[:3], (begin, end))
        return date(first.year, begin, 1), month_range(first.year, end)[1]
    third = timedelta(days=((last - first).days + 1) // 3)
    one = timedelta(days=1)
    if is_early:
        return first, first + third - one
    return (last - third + one, last) if is_late else (first + third, last - third)


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
    if unit == "weekend" and which == "this":
        offset = -1 if tense is Tense.PAST and published.weekday() < 5 else 0
    first, last = _span_of(unit, published, offset)
    lead = (match["lead"] or "").lower()
    if lead.startswith("earlier") and offset == 0:
        last = published
    elif lead.startswith("later") and offset == 0:
        first = published
    else:
        first, last = _part_of(first, last, lead)
    return first, last, PRECISION[unit]


def weekend(match: re.Match[str], published: date, tense: Tense) -> Range:
    """ "over the weekend": the one before, or the one that an announcement is about."""
    is_on = published.weekday() >= 5 or tense is Tense.FUTURE
    first, last = _span_of("weekend", published, 0 if is_on else -1)
    return first, last, PRECISION["weekend"]


def end_of_unit(match: re.Match[str], published: date, tense: Tense) -> Range:
    """ "by the end of the year", "by year's end", "at the start of the month"."""
    groups = match.groupdict()
    unit = groups["unit"].lower()
    which = (groups.get("which") or "").lower()
    first, last = _span_of(unit, published, {"last": -1, "next": 1}.get(which, 0))
    return *_part_of(first, last, groups.get("part") or "end"), PRECISION[unit]


def years(match: re.Match[str], published: date, tense: Tense) -> Range:
    """ "between 1992 and 2004"."""
    return date(int(match["year"]), 1, 1), date(int(match["year2"]), 12, 31), DatePrecision.YEAR


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
    """ "3", "three", "twenty-two"."""
    text = text.lower()
    tens, _, ones = text.partition("-")
    return int(text) if text.isdigit() else NUMBERS[tens] + (NUMBERS[ones] if ones else 0)


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


def century_ago(match: re.Match[str], published: date, tense: Tense) -> Range:
    """ "half a century ago", "a quarter of a century ago" """
    part = (match["part"] or "").lower()
    number = published.year - (25 if "quarter" in part else 50 if "half" in part else 100)
    return date(number, 1, 1), date(number, 12, 31), DatePrecision.YEAR


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
