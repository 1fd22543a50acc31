"""A name, its title, the country before it and the date in, the person and his or her office out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from extractors.events.actors.lexicon import Lexicon
from extractors.events.actors.records import Office, Person, Title
from extractors.records import Actor

# Titles that fit whoever leads, or anybody: they decide nothing between office-holders.
NEUTRAL = {"supreme_leader", "courtesy", "academic", "official"}
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


def person_actor(
    lexicon: Lexicon, person: Person, *, text: str, day: date | None, title: Title | None, is_former: bool
) -> Actor:
    """The person as an actor of the country or organisation served; ELI when out of office."""
    office = None if is_former else office_on(person, day, title)
    if office is None:
        country = person.country
        code = (lexicon.countries[country].cameo if country else "") + "ELI"
        return Actor(text, person.name, code, country, "ELI")
    if office.organisation:
        body = lexicon.organisations[office.organisation].actors[0]
        return Actor(text, person.name, body.code, body.country, body.sector)
    assert office.country is not None  # checked when the table is read
    code = lexicon.countries[office.country].cameo + office.sector
    return Actor(text, person.name, code, office.country, office.sector)
