"""A name, its title, the country before it and the date in, the person and his or her office out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from extractors.events.actors.lexicon import Lexicon
from extractors.events.actors.records import Office, Person, Title
from extractors.events.actors.surface import Match
from extractors.events.actors.words import words
from extractors.records import Actor

# Titles that fit whoever leads, or anybody: they decide nothing between office-holders.
NEUTRAL = {"supreme_leader", "courtesy", "academic", "official"}
POSTS = frozenset({"GOV", "OPP", "MIL", "JUD", "SPY"})
BEFORE_TITLE, ENDING = 4, frozenset({",", "."})  # words before the title; what closes its phrase
BEFORE_OFFICE = timedelta(days=2 * 365)
AFTER_OFFICE = timedelta(days=12 * 365)


def choose_person(
    persons: Sequence[Person],
    *,
    title: Title | None,
    country: str | None,
    day: date | None,
    remembered: Person | None,
) -> Person | None:
    """Who of those sharing a surname is meant; None when nobody is likely enough."""
    pool = [p for p in persons if country is None or country in {o.country for o in p.offices}]
    if title and title.office not in NEUTRAL:
        fitting = [p for p in pool if any(o.title == title.office for o in p.offices)]
        if fitting:
            return min(fitting, key=lambda p: (p is not remembered, _distance(p, title, day)))
    if remembered in pool:
        return remembered
    current = [p for p in pool if p.is_known_by_surname and _is_of_the_time(p, day)]
    return min(current, key=lambda p: _distance(p, None, day)) if current else None


def _is_of_the_time(person: Person, day: date | None) -> bool:
    if day is None:
        return True
    last = person.offices[-1].valid_to
    begun = person.offices[0].valid_from - BEFORE_OFFICE <= day
    return begun and (last is None or day <= last + AFTER_OFFICE)


def _distance(person: Person, title: Title | None, day: date | None) -> int:
    """Days between `day` and the nearest time in an office that fits; without a day the latest is nearest."""
    offices = [o for o in person.offices if title is None or o.title == title.office] or person.offices
    if day is None:
        return -max(o.valid_from.toordinal() for o in offices)
    return min(_days_off(office, day) for office in offices)


def _days_off(office: Office, day: date) -> int:
    if office.held_on(day):
        return 0
    edge = office.valid_from if day < office.valid_from else office.valid_to or day
    return abs((day - edge).days)


def office_on(person: Person, day: date | None, title: Title | None) -> Office | None:
    """The office that the person acts in: the one the title names, else the one held that day."""
    offices = person.offices
    if title and title.office not in NEUTRAL:
        named = [office for office in offices if office.title == title.office]
        if named:
            return min(named, key=lambda office: _days_off(office, day) if day else 0)
    if day is None:
        return offices[-1]
    return next((office for office in reversed(offices) if office.held_on(day)), None)


def _sector_told(title: Title | None) -> str:
    """ "envoy Ann Lee", "opposition leader Ann Lee": in a post that the table of offices does not have."""
    is_post = title is not None and title.office not in NEUTRAL - {"official"}
    return title.sector if title is not None and is_post and title.sector in POSTS else "ELI"


def title_behind(texts: Sequence[str], at: Mapping[int, Match], end: int) -> Title | None:
    """ "Ann Lee, the main opposition leader, said": the title behind a name, between two commas."""
    if end >= len(texts) or texts[end] != ",":
        return None
    for start in range(end + 1, min(end + 1 + BEFORE_TITLE, len(texts))):
        found = at.get(start)
        if texts[start] in ENDING or texts[start].lower() in words("former"):
            return None
        if found is not None and isinstance(found.entry, Title):
            return found.entry if found.end < len(texts) and texts[found.end] in ENDING else None
    return None


def person_actor(
    lexicon: Lexicon, person: Person, *, text: str, day: date | None, title: Title | None, is_former: bool
) -> Actor:
    """The person as an actor of the country or organisation served; ELI when out of office."""
    office = None if is_former else office_on(person, day, title)
    if office is None:
        country = person.country
        sector = "ELI" if is_former or country is None else _sector_told(title)
        code = (lexicon.countries[country].cameo if country else "") + sector
        return Actor(text, person.name, code, country, sector)
    if office.organisation:
        body = lexicon.organisations[office.organisation].actors[0]
        return Actor(text, person.name, body.code, body.country, body.sector)
    assert office.country is not None  # checked when the table is read
    code = lexicon.countries[office.country].cameo + office.sector
    return Actor(text, person.name, code, office.country, office.sector)
