"""A text and the publication day in, its time expressions as ranges of days out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial

from extractors.events import timex_readers as readers
from extractors.records import DatePrecision

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan\.?|feb\.?|mar\.?|apr\.?|aug\.?|sept?\.?|oct\.?|nov\.?|dec\.?)"
)
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[89]\d\d|20\d\d)"
_WEEKDAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_NUMBER = (
    r"(?:\d{1,3}|a couple of|couple of|a few|few|several|an?|one|two|three|four|five|six|seven|eight|nine"
    r"|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    r"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:-(?:one|two|three|four|five|six|seven|eight|nine))?)"
)
_UNIT = r"(?:minute|hour|day|week|fortnight|month|year|decade)"
_TO = r"\s*(?:-|–|—|\bto\b|\buntil\b|\btill\b|\bthrough\b|\band\b)\s*"


@dataclass(frozen=True, slots=True)
class Timex:
    """Characters `first` to `last` (exclusive) of the text mean the days `start` to `end`."""

    first: int
    last: int
    text: str
    start: date | None
    end: date | None
    precision: DatePrecision
    is_background: bool = False


@lru_cache(maxsize=256)  # the triggers of a sentence ask one after the other
def find_all(text: str, *, published: date | None, tense: readers.Tense) -> tuple[Timex, ...]:
    """All time expressions in order, the longer reading where two overlap.

    `tense` decides whether "on Tuesday" and "in May" lie before or after the publication. Without
    `published` only expressions that name their year have a date.
    """
    found: list[Timex] = []
    taken: list[tuple[int, int]] = []
    for rule, match in _matches(text):
        first, last = match.span()
        if any(first < end and start < last for start, end in taken):
            continue
        expression = _read(rule, match, published, tense)
        if expression is not None:
            found.append(replace(expression, text=text[first:last]))
            taken.append((first, last))
    return tuple(sorted(found, key=lambda expression: expression.first))


@lru_cache(maxsize=64)
def _matches(text: str) -> tuple[tuple[Rule, re.Match[str]], ...]:
    """In small letters, which is faster to search than to leave the case open."""
    small = text.lower()
    if len(small) != len(text):  # a letter that has no small form of one character
        small = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    if not _HINT.search(small):
        return ()
    there = {kind for kind, pattern in _KINDS.items() if pattern.search(small)}
    rules = (rule for rule in _RULES if rule.needs <= there)
    return tuple((rule, match) for rule in rules for match in rule.pattern.finditer(small))


@dataclass(frozen=True, slots=True)
class Rule:
    pattern: re.Pattern[str]
    read: readers.Reader
    is_background: bool = False
    needs_publication: bool = True
    needs: frozenset[str] = frozenset()  # kinds of word (see _KINDS) without which it cannot match


def _read(rule: Rule, match: re.Match[str], published: date | None, tense: readers.Tense) -> Timex | None:
    year = match.groupdict().get("year")
    if published is None and rule.needs_publication and not year:
        return None
    reference = published or date(int(year or 1), 1, 1)
    try:
        days = rule.read(match, reference, tense)
    except (ValueError, OverflowError):  # 31 June
        return None
    if days is None:
        return None
    start, end, precision = days
    old = bool(published and (end or start) and (end or start).year < published.year - 1)  # type: ignore[union-attr]
    return Timex(*match.span(), match.group(), start, end, precision, rule.is_background or old)


def _rule(
    pattern: str,
    read: readers.Reader,
    *,
    is_background: bool = False,
    needs_publication: bool = True,
    needs: str = "",
) -> Rule:
    kinds = frozenset(needs.split())
    return Rule(re.compile(rf"\b(?:{pattern})"), read, is_background, needs_publication, kinds)


# Looked for once a text.
_KINDS = {
    "digit": re.compile(r"\d"),
    "month": re.compile(rf"\b{_MONTH}"),
    "weekday": re.compile(_WEEKDAY),
    "since": re.compile(r"since"),
    "eve": re.compile(r"\beve\b"),
}


_ON = rf"(?:{_WEEKDAY},?\s+)?"
_RANGE_HEAD = r"(?:from\s+|between\s+)?"
_WHICH = r"(?P<which>last|next|this|previous|past|coming|current)"
# Without one of these no rule matches.
_HINT = re.compile(
    rf"\d|\b{_MONTH}\b|{_WEEKDAY}|{_UNIT}|weekend|spring|summer|autumn|\bfall\b|winter|today|tonight|tomorrow"
    r"|last night|overnight|\bthis (?:morning|afternoon|evening)|in the past|\bago\b|centur"
    r"|war\b|\bera\b|histor|christmas|new year|boxing day|\beve\b"
)
_RULES: tuple[Rule, ...] = (
    _rule(
        r"\d{4}-\d\d-\d\d\b",
        readers.iso_day,
        needs_publication=False,
        needs="digit",
    ),
    # "from 3 to 9 September", "14-25 May 2018"
    _rule(
        rf"{_RANGE_HEAD}(?P<day>{_DAY})(?:\s+(?P<month>{_MONTH}))?{_TO}(?P<day2>{_DAY})\s+(?:of\s+)?(?P<month2>{_MONTH})"
        rf"(?:,?\s+(?P<year>{_YEAR}))?\b",
        readers.calendar_range,
        needs="digit month",
    ),
    # "May 14-25", "from September 3 to September 9, 2018"
    _rule(
        rf"{_RANGE_HEAD}{_ON}(?P<month>{_MONTH})\s+(?P<day>{_DAY}){_TO}(?:(?P<month2>{_MONTH})\s+)?(?P<day2>{_DAY})"
        rf"(?:,?\s+(?P<year>{_YEAR}))?\b(?!\s*(?:million|billion|percent|per|[,.]\d))",
        readers.calendar_range,
        needs="digit month",
    ),
    # "Tuesday, 12 June 2018", "the 12th of June"
    _rule(
        rf"on the eve of (?:the\s+)?(?P<month>{_MONTH})\s+(?P<day>{_DAY})(?:,?\s+(?P<year>{_YEAR}))?(?!\w)",
        readers.eve,
        needs="digit month eve",
    ),
    _rule(
        rf"on the eve of (?:the\s+)?(?P<day>{_DAY})\s+(?P<month>{_MONTH})(?:,?\s+(?P<year>{_YEAR}))?(?!\w)",
        readers.eve,
        needs="digit month eve",
    ),
    _rule(
        r"(?:on\s+)?(?P<holiday>christmas (?:eve|day)|new year['’]s (?:eve|day)|boxing day|may day)"
        rf"(?:,?\s+(?P<year>{_YEAR}))?(?!\w)",
        readers.holiday,
    ),
    _rule(
        rf"(?:on\s+)?{_ON}(?:the\s+)?(?P<day>{_DAY})\s+(?:of\s+)?(?P<month>{_MONTH})(?:,?\s+(?P<year>{_YEAR}))?(?!\w)",
        readers.calendar_day,
        needs="digit month",
    ),
    # "June 12, 2018", "on Sept. 11"
    _rule(
        rf"(?:on\s+)?{_ON}(?P<month>{_MONTH})\s+(?P<day>{_DAY})(?:,?\s+(?P<year>{_YEAR}))?(?![\w:])(?!,\d)",
        readers.calendar_day,
        needs="digit month",
    ),
    _rule(
        r"in the past\b(?!\s+(?:\w+\s+){0,2}(?:hour|day|week|month|year|decade)s?\b)",
        readers.no_date,
        is_background=True,
        needs_publication=False,
    ),
    _rule(
        r"(?:about |nearly |almost |some |more than |over |just )?"
        rf"(?P<number>{_NUMBER})\s+(?P<unit>{_UNIT})s?\s+ago\b(?:\s+(?:this (?:week|month)|today)\b)?",
        readers.ago,
    ),
    _rule(r"(?:(?P<part>half|(?:a )?quarter of) a|(?:a|one)) century ago\b", readers.century_ago),
    _rule(
        r"(?:(?:many|some|several|a few)\s+)?(?:years|decades|centuries) (?:ago|earlier|before)\b"
        r"|long ago\b",
        readers.no_date,
        is_background=True,
        needs_publication=False,
    ),
    _rule(
        r"(?:in|during|since) the (?:early |late |mid-?)?(?:\d\d)?\d0s\b|(?:in|during) the \w+ century\b",
        readers.no_date,
        is_background=True,
        needs_publication=False,
    ),
    _rule(
        r"(?:during|in|since|after|before|at the end of|throughout) (?:the )?"
        r"(?:cold war|korean war|vietnam war|second world war|"
        r"first world war|world war (?:ii|i|two|one)|soviet era|colonial era|gulf war)\b",
        readers.no_date,
        is_background=True,
        needs_publication=False,
    ),
    _rule(
        r"historically\b|in recent history\b|last century\b|in the last century\b",
        readers.no_date,
        is_background=True,
        needs_publication=False,
    ),
    # "since May 2015", "since Monday", "since 2015"
    _rule(
        rf"since\s+(?:(?P<part>early|mid|late)[\s-]+)?(?:(?P<which>last)\s+)?(?P<month>{_MONTH})(?:,?\s+(?P<year>{_YEAR}))?(?!\w)",
        partial(readers.since, readers.month),
        needs="since month",
    ),
    _rule(
        rf"since\s+(?:(?P<which>last)\s+)?(?P<weekday>{_WEEKDAY})\b",
        partial(readers.since, readers.weekday),
        needs="since weekday",
    ),
    _rule(
        rf"since\s+(?P<year>{_YEAR})\b",
        partial(readers.since, readers.year),
        needs="since digit",
    ),
    _rule(
        r"since\s+(?P<lead>early\s+|late\s+)?(?P<which>last)\s+(?P<unit>week|weekend|month|year)\b(?!-)",
        partial(readers.since, readers.relative_unit),
        needs="since",
    ),
    # "in mid-August", "by the end of May 2018", "late last May"
    _rule(
        r"(?:in\s+|by\s+|at\s+|for\s+|until\s+)?(?:the\s+)?"
        r"(?P<part>early|mid|late|beginning of|start of|end of)"
        r"[\s-]+(?:(?P<which>last|next|this)\s+)?"
        rf"(?P<month>{_MONTH})(?:,?\s+(?P<year>{_YEAR}))?(?!\w)",
        readers.month,
        needs="month",
    ),
    _rule(
        rf"(?:in\s+)?(?P<which>last|next|this past|this)\s+(?P<month>{_MONTH})(?!\w)",
        readers.month,
        needs="month",
    ),
    _rule(
        rf"(?P<month>{_MONTH})(?:,|\s+of)?\s+(?P<year>{_YEAR})\b",
        readers.month,
        needs="month digit",
    ),
    _rule(
        rf"(?:in|during|by|until|till|from|through|for|throughout)\s+(?P<month>{_MONTH})(?!\w)",
        readers.month,
        needs="month",
    ),
    _rule(
        r"(?:in |during |by )?(?:the )?(?P<nth>first|second|third|fourth|last) (?P<fraction>half|quarter) of "
        rf"(?:(?P<year>{_YEAR})|(?P<which>this|next|last|the) year)\b",
        readers.fraction,
    ),
    _rule(
        r"(?:in |by |since |during )?(?:the )?(?P<season>spring|summer|autumn|fall|winter)(?: of|,)? "
        rf"(?P<year>{_YEAR})\b",
        readers.season,
        needs="digit",
    ),
    _rule(
        rf"(?:between|from)\s+(?P<year>{_YEAR})\s+(?:and|to|until|through)\s+(?P<year2>{_YEAR})\b",
        readers.years,
        needs="digit",
    ),
    _rule(
        r"(?:in|during|by|until|till|from|through|throughout|back in|back to|of)\s+"
        r"(?:(?P<part>early|late|mid)[\s-]*)?"
        rf"(?P<year>{_YEAR})\b(?!\s+(?:troops|people|soldiers))",
        readers.year,
        needs="digit",
    ),
    _rule(rf"(?:{_NUMBER})\s+{_UNIT}s?\s+(?:earlier|later|before|after)\b", readers.no_date),
    _rule(
        rf"(?:in|over|during|within|for|throughout)\s+(?:the\s+)?(?P<which>past|last|coming|next)\s+(?:(?P<number>{_NUMBER})\s+)?(?P<unit>{_UNIT})(?P<plural>s)\b",
        readers.recent,
    ),
    _rule(
        rf"(?:in|within)\s+(?:about\s+|the next\s+)?(?P<number>{_NUMBER})\s+(?P<unit>{_UNIT})s?"
        r"(?:['’]s? time)?\b",
        readers.ahead,
    ),
    _rule(
        rf"(?P<lead>(?:earlier|later)\s+(?:in\s+)?|early\s+|late\s+)?(?:the\s+)?{_WHICH}\s+(?P<unit>week|weekend|month|year)\b(?!-)",
        readers.relative_unit,
    ),
    _rule(
        r"(?P<which>last|next|this|the coming)\s+(?P<season>spring|summer|autumn|fall|winter)\b",
        readers.season,
    ),
    _rule(r"(?:over|at|on|during|for) the weekend\b", readers.weekend),
    _rule(
        r"(?:(?:by|at|before|until|from|since|towards?)\s+)?the\s+(?P<part>end|start|beginning)\s+of\s+"
        r"(?:the|(?P<which>this|next|last))\s+(?P<unit>week|month|year)\b(?!-)",
        readers.end_of_unit,
    ),
    _rule(r"(?:by|at|before|until)\s+(?:the\s+)?(?P<unit>month|year)['’]?s?[ -]end\b", readers.end_of_unit),
    _rule(
        r"on the (?P<day>[12]?\d|3[01])(?:st|nd|rd|th)(?=[.,;]|$)",
        readers.day_of_month,
        needs="digit",
    ),
    _rule(
        rf"(?:on\s+|this\s+(?:past\s+)?)?(?:{_WHICH}\s+)?(?P<weekday>{_WEEKDAY})\b",
        readers.weekday,
        needs="weekday",
    ),
    _rule(
        r"the day (?:before yesterday|after tomorrow)|yesterday|today|tonight|tomorrow|last night|overnight"
        r"|this (?:morning|afternoon|evening)\b",
        readers.word_day,
    ),
)
