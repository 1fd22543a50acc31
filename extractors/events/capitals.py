"""A sentence in capitals in, the sentence as a parser can read it out; and events of it as they were written.

"IRAN THREATENS TO ATTACK ISRAEL" is parsed as "Iran threatens to attack Israel": every letter in its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from extractors.records import Actor, Event, Sentence


def in_small_letters(text: str, names: Iterable[tuple[int, str]]) -> str | None:
    """`names` are put in as they are spelt, at their first characters; None where a letter would take two."""
    small = text.lower()
    if len(small) != len(text):
        return None
    for start, name in names:
        small = small[:start] + name + small[start + len(name) :]
    return small[:1].upper() + small[1:]


def as_written(event: Event, sentence: Sentence) -> Event:
    """The event with all its words as the sentence in capitals has them."""
    return replace(
        event,
        sources=tuple(_actor(actor, sentence.text) for actor in event.sources),
        targets=tuple(_actor(actor, sentence.text) for actor in event.targets),
        attribution=_written(event.attribution, sentence.text),
        details={key: _written(value, sentence.text) for key, value in event.details.items()},
    )


def _actor(actor: Actor, sentence: str) -> Actor:
    return replace(actor, text=_written(actor.text, sentence))


def _written(words: Any, sentence: str) -> Any:
    """Spans are found again whatever their case; all else stays as it is."""
    start = sentence.lower().find(words.lower()) if isinstance(words, str) and words else -1
    return sentence[start : start + len(words)] if start >= 0 and " " in words + " " else words
