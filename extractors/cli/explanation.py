"""What the coder thought of a sentence, as text for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.text import Text

from extractors.events.explain import Considered, SentenceStory, marks
from extractors.records import Actor, Event
from extractors.reference import cameo_events

STYLES = {
    "trigger": "bold reverse",
    "source": "bold underline blue",
    "target": "italic underline magenta",
    "both": "bold italic underline cyan",
    "dropped": "strike",
}
LEGEND = ("source", "target", "both", "trigger", "dropped")


def legend() -> Text:
    text = Text()
    for role in LEGEND:
        text.append(role, style=STYLES[role]).append("  ")
    return text


def explanation_of(story: SentenceStory) -> Text:
    """The sentence with triggers and actors marked, then each candidate with its path and its outcome."""
    text = Text()
    for mark in marks(story):
        text.append(mark.text, style=STYLES.get(mark.role, ""))
    if not story.is_parsed:
        return text.append("\n  no word of the lexicon: not parsed\n", style="dim")
    if not story.considered:
        text.append("\n  no candidate", style="dim")
    for each in story.considered:
        _append(text, each)
    return text.append("\n")


def _append(text: Text, candidate: Considered) -> None:
    text.append(f"\n  {candidate.trigger}: ", style="bold").append(candidate.path)
    text.append(f"  [{candidate.frame}; {', '.join(candidate.entries)}]", style="dim")
    if candidate.dropped:
        text.append(f"\n    dropped: {candidate.dropped}", style="red")
    for event in candidate.events:
        if event.path != candidate.path:
            text.append(f"\n    {event.path}")
        text.append(f"\n    {event_line(event)}", style="green")
        for name, value in facts_of(event):
            text.append(f"\n      {name}: ", style="dim").append(value)


def event_line(event: Event) -> str:
    family = f" {event.family.value.replace('_', ' ')}" if event.family else ""
    label = cameo_events()[event.cameo_code].label
    return (
        f"{event.cameo_code}{family}: {names(event.sources)} → {names(event.targets)} ({label}), "
        f"{event.modality}, {date_told(event)}, confidence {event.confidence:.2f}"
    )


def facts_of(event: Event) -> Iterator[tuple[str, str]]:
    """What the event has beside code, actors, modality and date, empty fields left out."""
    if event.place is not None:
        yield "place", ", ".join(filter(None, (event.place.name, event.place.country)))
    if event.attribution:
        yield "attribution", event.attribution
    for name, value in event.details.items():
        if value not in (None, "", [], (), False):
            yield name.replace("_", " "), _told(value)


def names(actors: tuple[Actor, ...]) -> str:
    told = (f"{actor.name} ({actor.code})" if actor.code else actor.name for actor in actors)
    return ", ".join(told) or "nobody"


def date_told(event: Event) -> str:
    """ "2018-05-15 (day)"; a day that only the publication gives is told as such."""
    return f"{event.event_date or 'no date'} ({event.date_precision.value})"


def _told(value: Any) -> str:
    if value is True:
        return "yes"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
