"""An article's events in, the same without what it only tells again out; the fullest telling stays."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from extractors.events.splitter import is_caption
from extractors.records import Actor, DatePrecision, Event, Family, Modality

# What is denied, past or only supposed is not the event that another sentence asserts.
APART = frozenset({Modality.HISTORICAL, Modality.DENIED, Modality.HYPOTHETICAL})
UNSAID = frozenset({"ongoing", "planned"})  # what a status is taken to be where nothing says it
FIRST_TOLD = ("event_id", "sentence", "trigger", "event_date", "date_precision")
MISSING: tuple[object, ...] = (None, "", [], ())


def without_retellings(events: Iterable[Event], *, nouns: Collection[str] = ()) -> list[Event]:
    """Threats, concessions and exercises are told once an article; other events once a sentence's wording.

    `nouns` are ids of events told by a noun alone ("the summit"): they refer to what is told already.
    """
    kept: list[Event] = []
    for event in events:
        place = next((i for i, other in enumerate(kept) if is_same(other, event)), None)
        if place is None and event.event_id in nouns:
            place = next((i for i, other in enumerate(kept) if _refers_to(event, other)), None)
            if place is not None:
                continue
        if place is None:
            kept.append(event)
        else:
            kept[place] = fuller(kept[place], event)
    return sorted(kept, key=lambda e: (e.sentence.start, e.trigger.start, e.cameo_code, e.event_id))


def without_captions(events: Sequence[Event]) -> list[Event]:
    """Without what the caption under a picture says again."""
    told = [event for event in events if not is_caption(event.sentence.text)]
    return [
        event
        for event in events
        if not is_caption(event.sentence.text) or not any(tells_the_same(event, other) for other in told)
    ]


def linked(events: Iterable[Event]) -> list[Event]:
    """Every telling of one event under the id of its first telling; each keeps its own as `mention_id`."""
    told: list[Event] = []
    found: list[Event] = []
    for event in events:
        first = next((other for other in told if tells_the_same(other, event)), None)
        if first is None:
            told.append(event)
        event_id = event.event_id if first is None else first.event_id
        found.append(replace(event, event_id=event_id, mention_id=event.event_id))
    return found


def tells_the_same(one: Event, other: Event) -> bool:
    """One act between the same sides, told in two sentences: as or less specifically, and of no other day."""
    return (
        one.family == other.family
        and one.family is not Family.MILITARY_EXERCISE
        and one.sentence.index != other.sentence.index
        and _is_as_specific(one.cameo_code, other.cameo_code)
        and not (one.modality != other.modality and {one.modality, other.modality} & APART)
        and _same_sides(one.sources, other.sources)
        and _same_sides(one.targets, other.targets)
        and not _of_different_days(one, other)
    )


def _is_as_specific(one: str, other: str) -> bool:
    """The same code, or one that only leaves the content open: 190 and 195, 040 and 042."""
    general = {code for code in (one, other) if code[2:] == "0"}
    return one == other or (one[:2] == other[:2] and bool(general))


def _same_sides(one: tuple[Actor, ...], other: tuple[Actor, ...]) -> bool:
    return (not one and not other) or _overlap(one, other)


def _of_different_days(one: Event, other: Event) -> bool:
    exact = {one.date_precision, other.date_precision} == {DatePrecision.DAY}
    return exact and one.event_date != other.event_date


def is_same(one: Event, other: Event) -> bool:
    if one.family != other.family:
        return False
    if one.family is None:
        return _is_repeated_text(one, other)
    if one.modality != other.modality and {one.modality, other.modality} & APART:
        return False
    if one.family is Family.MILITARY_EXERCISE:
        return _same_exercise(one, other)
    return (
        one.cameo_code == other.cameo_code
        and _overlap(one.sources, other.sources)
        and _compatible(one.targets, other.targets)
        and not _gives_another_thing(one, other)
    )


def _gives_another_thing(one: Event, other: Event) -> bool:
    """ "will freeze its missile tests and close its reactor": two things given in one sentence."""
    things = {event.details.get("conceded") for event in (one, other)}
    is_listed = one.sentence.index == other.sentence.index and one.family is Family.CONCESSION
    return is_listed and len(things) == 2 and None not in things


def _refers_to(noun: Event, told: Event) -> bool:
    """ "the summit" after "will meet": an encounter or an accord of the same two."""
    return (
        (noun.cameo_code == told.cameo_code or {noun.cameo_root, told.cameo_root} <= {"03", "04"})
        and _countries(noun.sources) == _countries(told.sources)
        and _countries(noun.targets) == _countries(told.targets)
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
    if len(names) > 1 or one.sentence.index == other.sentence.index:
        return False
    ours, theirs = _participants(one), _participants(other)
    statuses = {one.details.get("status"), other.details.get("status")}
    if ours == theirs:
        return len(statuses) == 1
    if min(len(ours), len(theirs)) > 1 or not (ours < theirs or theirs < ours):
        return False
    partial = one if ours < theirs else other
    return len(statuses) == 1 or partial.details.get("status") in UNSAID


def _participants(event: Event) -> set[str]:
    """States by their codes; an alliance that stands alone by its own."""
    return set(event.details["participants"]) or _countries(event.sources)


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
    filled = replace(best, details=details, targets=best.targets or rest.targets, sources=best.sources)
    if one.family is not Family.MILITARY_EXERCISE:
        return filled
    # The status of an exercise is told where it is told first.
    first = {name: getattr(one, name) for name in FIRST_TOLD}
    return replace(filled, **first)


def _is_named(event: Event) -> bool:
    """A person's name says more than "the ministry" or "North Korea"."""
    speaker = event.details.get("speaker") or ""
    states = {text for actor in event.sources if actor.sector is None for text in (actor.text, actor.name)}
    words = speaker.split()
    return len(words) > 1 and speaker not in states and all(word[:1].isupper() for word in words)


def _fullness(event: Event) -> tuple[int, float]:
    told = sum(value not in MISSING for value in event.details.values())
    sides = len(event.details.get("participants", ()))
    return (
        2 * bool(event.targets) + 3 * _is_named(event) + 3 * sides + told,
        event.confidence,
    )
