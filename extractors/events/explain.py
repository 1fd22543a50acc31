"""A text in, what the coder thought of each sentence out: candidates, their paths, why some were dropped."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from extractors.records import CodeInput, Event, Sentence

if TYPE_CHECKING:
    from extractors.events.candidates import Candidate
    from extractors.events.coder import Coder


@dataclass(frozen=True, slots=True)
class Considered:
    """One candidate. `dropped` says why it became no event; None when it did."""

    path: str
    trigger: str
    entries: tuple[str, ...]
    frame: str
    dropped: str | None
    events: tuple[Event, ...] = ()


@dataclass(slots=True)
class SentenceStory:
    sentence: Sentence
    is_parsed: bool
    considered: list[Considered] = field(default_factory=list)


def explain(text: str, *, coder: Coder, published_at: datetime | None = None) -> list[SentenceStory]:
    """Every sentence of the text with its candidates, in order."""
    stories: dict[int, SentenceStory] = {}

    def watch(
        sentence: Sentence, candidate: Candidate | None, events: tuple[Event, ...], dropped: str | None
    ) -> None:
        story = stories.setdefault(sentence.index, SentenceStory(sentence, candidate is not None))
        if candidate is not None:
            story.is_parsed = True
            story.considered.append(
                Considered(
                    candidate.composed.path, candidate.trigger.text, candidate.entry_ids,
                    candidate.roles.frame, dropped, events,
                )
            )  # fmt: skip

    events = coder.code_one(CodeInput("explain", text, published_at), watch=watch)
    for event in events:
        if event.path.startswith("judge"):  # no candidate of the grammar's stands behind it
            story = stories[event.sentence.index]
            story.considered.append(Considered(event.path, event.trigger.text, (), "judge", None, (event,)))
    return [stories[index] for index in sorted(stories)]
