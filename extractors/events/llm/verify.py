"""The events that a model tells in, the record's events out: evidence found in the text, codes that exist."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache

from extractors.events.actors import tables
from extractors.events.llm.answer import Side, Told, Where
from extractors.events.llm.quotes import find_quote
from extractors.events.splitter import split_sentences
from extractors.records import Actor, CodeInput, Event, Place, Sentence, Span, stable_id
from extractors.reference import CameoEvent, actor_types, cameo_events, countries

UNVERIFIED = "evidence not in the text"
NO_CODE = "unknown CAMEO code"
NOBODY = "no actor of the text"
TWICE = "told twice"
ORGANISATIONS = ("id", "kind", "name", "aliases", "country", "code", "valid_from", "valid_to")


def verified(
    told: Iterable[Told], item: CodeInput, *, start: int, end: int, model: str, dropped: Counter[str]
) -> list[Event]:
    """Events whose words stand in characters `start` to `end` of the text; `dropped` counts the others."""
    sentences = [s for s in split_sentences(item.text) if start <= s.start < end]
    events: dict[str, Event] = {}
    for each in told:
        event = _event(each, item, sentences, model, dropped)
        if event is not None and event.event_id in events:
            dropped[TWICE] += 1
        elif event is not None:
            events[event.event_id] = event
    return list(events.values())


def _event(
    told: Told, item: CodeInput, sentences: list[Sentence], model: str, dropped: Counter[str]
) -> Event | None:
    fact = cameo_events().get(told.cameo_code)
    if fact is None:
        dropped[NO_CODE] += 1
        return None
    trigger = _trigger(told, item.text, sentences)
    if trigger is None:
        dropped[UNVERIFIED] += 1
        return None
    sources, targets = (_actors(side, item.text) for side in (told.sources, told.targets))
    if not sources and not targets:
        dropped[NOBODY] += 1
        return None
    return _record(told, fact, item, trigger, sources, targets, model)


def _trigger(told: Told, text: str, sentences: list[Sentence]) -> tuple[Span, Sentence] | None:
    """The trigger within its evidence, and the sentence that holds it."""
    if not sentences:
        return None
    evidence = find_quote(told.evidence, text, start=sentences[0].start, end=sentences[-1].end)
    if evidence is None:
        return None
    found = find_quote(told.trigger, text, start=evidence[0], end=evidence[1])
    if found is None:
        return None
    sentence = next((s for s in sentences if s.start <= found[0] < s.end), None)
    if sentence is None:
        return None
    return Span(text[found[0] : found[1]], *found), sentence


def _record(
    told: Told,
    fact: CameoEvent,
    item: CodeInput,
    at: tuple[Span, Sentence],
    sources: tuple[Actor, ...],
    targets: tuple[Actor, ...],
    model: str,
) -> Event:
    trigger, sentence = at
    names = [actor.name for actor in sources], [actor.name for actor in targets]
    identity = (item.id, sentence.start, trigger.start, fact.code, told.family, *names[0], ">", *names[1])
    return Event(
        event_id=stable_id(*identity),
        family=told.family,
        cameo_code=fact.code, cameo_root=fact.root, plover=fact.plover,
        quad_class=fact.quad_class, goldstein=fact.goldstein,
        sources=sources, targets=targets, modality=told.modality,
        event_date=date.fromisoformat(told.event_date) if told.event_date else None,
        date_precision=told.date_precision,
        place=_place(told.place),
        trigger=trigger, sentence=sentence, attribution=told.attribution,
        details=_details(told), confidence=round(told.confidence, 3),
        path=f"{model} = {fact.code}",
    )  # fmt: skip


def _details(told: Told) -> dict[str, object]:
    """The family's fields; of lists of countries what are countries."""
    details = told.details()
    for field in ("participants", "directed_at", "demanded_by"):
        if field in details:
            details[field] = [code for code in details[field] if code in countries()]
    if details.get("host") not in countries() and "host" in details:
        details["host"] = None
    return details


def _actors(sides: Iterable[Side], text: str) -> tuple[Actor, ...]:
    found = {actor: None for side in sides if (actor := _actor(side, text)) is not None}
    return tuple(found)


def _actor(side: Side, text: str) -> Actor | None:
    """None where the words are not in the text; a country or sector that does not exist is left out."""
    place = find_quote(side.text, text)
    if place is None:
        return None
    quoted = text[place[0] : place[1]]
    known = _organisations().get(side.name.lower()) or _organisations().get(side.text.lower())
    if known is not None:
        code, country, sector = known
        return Actor(quoted, side.name, code, country, sector)
    country = side.country if side.country in countries() else None
    sector = side.sector if side.sector in actor_types() else None
    code = (countries()[country].cameo_code if country else "") + (sector or "")
    return Actor(quoted, side.name, code, country, sector)


@cache
def _organisations() -> dict[str, tuple[str, str | None, str | None]]:
    """Lower-case name or alias → actor code, country, sector, from the actor lexicon."""
    found: dict[str, tuple[str, str | None, str | None]] = {}
    for row, _ in tables.read_table(tables.DATA / "organisations.csv", ORGANISATIONS):
        country = row["country"] or None
        cameo = countries()[country].cameo_code if country else ""
        sector = re.sub(rf"^{cameo}", "", row["code"])[:3] or None
        for name in filter(None, (row["name"], *row["aliases"].split("|"))):
            found.setdefault(name.lower(), (row["code"], country, sector))
    return found


def _place(where: Where | None) -> Place | None:
    if where is None or not where.name.strip():
        return None
    country = where.country if where.country in countries() else None
    entry = countries().get(country or "")
    if entry is not None and where.name.lower() in {entry.name.lower(), entry.official_name.lower()}:
        return Place(where.name, country, entry.lat, entry.lon)
    return Place(where.name, country)
