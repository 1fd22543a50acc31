"""A text in, what the coder thought of each sentence out: candidates, their paths, why some were dropped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from extractors.records import CodeInput, Event, Sentence, Span

if TYPE_CHECKING:
    from extractors.events.candidates import Candidate
    from extractors.events.coder import Coder

TOLD_AGAIN = "told again: counted once, with the fullest telling of it"


@dataclass(frozen=True, slots=True)
class Considered:
    """One candidate. `dropped` says why it became no event; None when it did.

    `span` is the trigger in the text. `events` are those that the article keeps, `merged` those that
    another sentence, or another candidate of this one, tells as well.
    """

    path: str
    trigger: str
    entries: tuple[str, ...]
    frame: str
    dropped: str | None
    events: tuple[Event, ...] = ()
    merged: tuple[Event, ...] = ()
    span: Span | None = None


@dataclass(slots=True)
class SentenceStory:
    """A sentence. `is_parsed` is False where the cheap filter saw no word of the lexicon."""

    sentence: Sentence
    is_parsed: bool
    considered: list[Considered] = field(default_factory=list)

    @property
    def events(self) -> list[Event]:
        return [event for each in self.considered for event in each.events]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a sentence and its part: trigger, source, target, both, dropped, or "" for the rest."""

    text: str
    role: str


def explain(
    text: str, *, coder: Coder, published_at: datetime | None = None, title: str | None = None
) -> list[SentenceStory]:
    """Every sentence of the text with its candidates, in order."""
    stories: dict[int, SentenceStory] = {}

    def watch(
        sentence: Sentence, candidate: Candidate | None, events: tuple[Event, ...], dropped: str | None
    ) -> None:
        story = stories.setdefault(sentence.index, SentenceStory(sentence, candidate is not None))
        if candidate is not None:
            story.is_parsed = True
            story.considered.append(_considered(sentence, candidate, events, dropped))

    coded = coder.code_one(CodeInput("explain", text, published_at, title), watch=watch)
    kept = {event.event_id: event for event in coded}
    for story in stories.values():
        story.considered = [_as_kept(each, kept) for each in story.considered]
    return [stories[index] for index in sorted(stories)]


def _considered(
    sentence: Sentence, candidate: Candidate, events: tuple[Event, ...], dropped: str | None
) -> Considered:
    from extractors.events.assemble import span_of

    return Considered(
        path=candidate.composed.path,
        trigger=candidate.trigger.text,
        entries=candidate.entry_ids,
        frame=candidate.roles.frame,
        dropped=dropped,
        events=events,
        span=span_of(candidate.trigger, sentence),
    )


def _as_kept(each: Considered, kept: dict[str, Event]) -> Considered:
    """The events as the article has them in the end; the others are told elsewhere too. Takes from `kept`."""
    own = tuple(kept.pop(event.event_id) for event in each.events if event.event_id in kept)
    ids = {event.event_id for event in own}
    merged = tuple(event for event in each.events if event.event_id not in ids)
    dropped = TOLD_AGAIN if merged and not own else each.dropped
    return replace(each, events=own, merged=merged, dropped=dropped)


def marks(story: SentenceStory) -> list[Mark]:
    """The sentence cut into its triggers, the actors of its events, and what lies between."""
    roles = [""] * len(story.sentence.text)
    for role, start, end in _spans(story):
        roles[start:end] = [role] * (end - start)
    found: list[Mark] = []
    for character, role in zip(story.sentence.text, roles, strict=True):
        if found and found[-1].role == role:
            found[-1] = Mark(found[-1].text + character, role)
        else:
            found.append(Mark(character, role))
    return found


def _spans(story: SentenceStory) -> Iterator[tuple[str, int, int]]:
    """Parts with their places in the sentence; what comes later stands over what came before."""
    first = story.sentence.start
    for each in story.considered:
        if each.span is not None and not each.events:
            yield "dropped", each.span.start - first, each.span.end - first
    sources = {actor.text for event in story.events for actor in event.sources}
    targets = {actor.text for event in story.events for actor in event.targets}
    for text in sorted(sources | targets, key=lambda text: (len(text), text)):
        role = "both" if text in sources & targets else "source" if text in sources else "target"
        start = _place(text, story.sentence.text)
        if start is not None:
            yield role, start, start + len(text)
    for event in story.events:
        yield "trigger", event.trigger.start - first, event.trigger.end - first


def _place(text: str, sentence: str) -> int | None:
    """Where the words stand in the sentence by themselves: "US", but not in "BUS"."""
    start = sentence.find(text) if text else -1
    while start >= 0:
        end = start + len(text)
        if not sentence[start - 1 : start].isalnum() and not sentence[end : end + 1].isalnum():
            return start
        start = sentence.find(text, start + 1)
    return None
