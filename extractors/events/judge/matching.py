"""A coded event and a sentence's true events in, the one that it tells of out."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.events.corpus.records import CorpusActor, CorpusEvent
from extractors.records import Actor, Event, Family, Modality

LIKE = {"10": "02", "19": "18", "20": "18"}  # PLOVER takes these together
MEETING = "04"
SMALL = frozenset({"the", "a", "an", "of", "and", "in", "to", "for", "its", "his", "their", "'s", "s", "on"})


def same_class(one: str, other: str) -> bool:
    """Roots that PLOVER holds for one class."""
    return LIKE.get(one[:2], one[:2]) == LIKE.get(other[:2], other[:2])


def same_side(coded: Sequence[Actor], true: Sequence[CorpusActor]) -> bool:
    """One actor in common, by country, by code or by a word of the text; or nobody on either."""
    if not true:
        return True
    return any(_same_actor(one, other) for one in coded for other in true)


def best_match(event: Event, truths: Sequence[CorpusEvent]) -> CorpusEvent | None:
    """The sentence's true event of the same class at the same words, else between the same two sides."""
    first, last = event.sentence.start, event.sentence.end
    alike = [
        true
        for true in truths
        if first <= true.trigger.start < last and same_class(event.cameo_code, true.cameo_code)
    ]
    scored = [(_agreement(event, true), -index, true) for index, true in enumerate(alike)]
    best = max(scored, key=lambda found: found[:2], default=None)
    return best[2] if best is not None and best[0] >= 2 else None


def is_told_right(event: Event, true: CorpusEvent) -> bool:
    """News where it is news, and nobody on either side who is not there in truth.

    Who takes part in an exercise or in talks is on both sides of it, whichever are told.
    """
    is_news = event.modality in (Modality.ASSERTED, Modality.PLANNED)
    if is_news is not true.counts:
        return False
    if event.family is Family.MILITARY_EXERCISE or event.cameo_root == MEETING:
        told = (*true.sources, *true.targets)
        return not told or _holds((*event.sources, *event.targets), told)
    return _holds(event.sources, true.sources) and _holds(event.targets, true.targets)


def _holds(coded: Sequence[Actor], true: Sequence[CorpusActor]) -> bool:
    """A phrase without a code beside nobody in truth is no actor, and does no harm."""
    named = [actor for actor in coded if actor.code]
    if not true:
        return not named
    return bool(coded) and all(any(_is(one, other) for other in true) for one in named or coded)


def _is(coded: Actor, true: CorpusActor) -> bool:
    """The same country or body, and the same part of it where both tell a part; else the same words."""
    if not true.code:
        return bool(_content(coded.text) & _content(true.text))
    one, other = coded.code, true.code
    return one[:3] == other[:3] and (one[3:6] == other[3:6] or len(one) == 3 or len(other) == 3)


def _agreement(event: Event, true: CorpusEvent) -> float:
    overlaps = event.trigger.start < true.trigger.end and true.trigger.start < event.trigger.end
    sides = same_side(event.sources, true.sources) + same_side(event.targets, true.targets)
    return 2 * overlaps + sides + 0.5 * (event.cameo_code == true.cameo_code)


def _same_actor(coded: Actor, true: CorpusActor) -> bool:
    if true.code and coded.code and coded.code[:3] == true.code[:3]:
        return True
    return bool(_content(coded.text) & _content(true.text))


def _content(text: str) -> set[str]:
    return {word.strip(".,'’\"") for word in text.lower().split()} - SMALL - {""}
