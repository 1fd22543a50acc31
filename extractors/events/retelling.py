"""An article's events in, the same without what it only tells again out; the fullest telling stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from extractors.records import Actor, Event, Family, Modality

MISSING: tuple[object, ...] = (None, "", [], ())


def without_retellings(events: Iterable[Event]) -> list[Event]:
    """Threats, concessions and exercises are told once an article; other events once a sentence's wording."""
    kept: list[Event] = []
    for event in events:
        place = next((i for i, other in enumerate(kept) if is_same(other, event)), None)
        if place is None:
            kept.append(event)
        else:
            kept[place] = fuller(kept[place], event)
    return sorted(kept, key=lambda e: (e.sentence.start, e.trigger.start, e.cameo_code, e.event_id))


def is_same(one: Event, other: Event) -> bool:
    if one.family != other.family:
        return False
    if one.family is None:
        return _is_repeated_text(one, other)
    if {one.modality, other.modality} & {
        Modality.HISTORICAL,
        Modality.DENIED,
    } and one.modality != other.modality:
        return False
    if one.family is Family.MILITARY_EXERCISE:
        return _same_exercise(one, other)
    return (
        one.cameo_code == other.cameo_code
        and _overlap(one.sources, other.sources)
        and _compatible(one.targets, other.targets)
    )


def _is_repeated_text(one: Event, other: Event) -> bool:
    """A caption or a pulled quote that repeats a sentence word for word."""
    return (
        one.sentence.text == other.sentence.text
        and one.sentence.start != other.sentence.start
        and (one.cameo_code, one.trigger.text) == (other.cameo_code, other.trigger.text)
        and _countries(one.sources) == _countries(other.sources)
        and _countries(one.targets) == _countries(other.targets)
    )


def _same_exercise(one: Event, other: Event) -> bool:
    names = {e.details.get("exercise_name") for e in (one, other)} - {None}
    return (
        len(names) < 2
        and one.details.get("status") == other.details.get("status")
        and set(one.details["participants"]) == set(other.details["participants"])
        and one.sentence.index != other.sentence.index
    )


def _countries(actors: tuple[Actor, ...]) -> set[str]:
    return {actor.country or actor.code or actor.name for actor in actors}


def _overlap(one: tuple[Actor, ...], other: tuple[Actor, ...]) -> bool:
    return bool(_countries(one) & _countries(other))


def _compatible(one: tuple[Actor, ...], other: tuple[Actor, ...]) -> bool:
    return not one or not other or _overlap(one, other)


def fuller(one: Event, other: Event) -> Event:
    """The telling with more to it, its gaps filled from the other."""
    best, rest = (one, other) if _fullness(one) >= _fullness(other) else (other, one)
    details: dict[str, Any] = {
        key: value if value not in MISSING and value is not False else rest.details.get(key, value)
        for key, value in best.details.items()
    }
    return replace(best, details=details, targets=best.targets or rest.targets, sources=best.sources)


def _fullness(event: Event) -> tuple[int, float]:
    told = sum(value not in MISSING for value in event.details.values())
    return (2 * bool(event.targets) + told, event.confidence)
