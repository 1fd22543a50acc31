"""What the coder thought of a sentence, as text for the terminal."""

from __future__ import annotations

from rich.text import Text

from extractors.events.explain import Considered, SentenceStory
from extractors.records import Actor, Event


def explanation_of(story: SentenceStory) -> Text:
    """The sentence with its triggers marked, then each candidate with its path and what became of it."""
    text = Text(story.sentence.text)
    text.highlight_words([each.trigger for each in story.considered if not each.dropped], style="bold green")
    if not story.is_parsed:
        return text.append("\n  no word of the lexicon: not parsed", style="dim")
    if not story.considered:
        text.append("\n  no candidate", style="dim")
    for each in story.considered:
        _append(text, each)
    return text.append("\n")


def _append(text: Text, candidate: Considered) -> None:
    text.append(f"\n  {candidate.trigger}: {candidate.path}  [{candidate.frame}]")
    if candidate.dropped:
        text.append(f"\n    dropped: {candidate.dropped}", style="red")
    for event in candidate.events:
        text.append(f"\n    {_event_line(event)}", style="green")


def _event_line(event: Event) -> str:
    family = f" {event.family}" if event.family else ""
    date = f", {event.event_date}" if event.event_date else ""
    return (
        f"{event.cameo_code}{family}: {_names(event.sources)} → {_names(event.targets)}, "
        f"{event.modality}{date}, confidence {event.confidence:.2f}"
    )


def _names(actors: tuple[Actor, ...]) -> str:
    return (
        ", ".join(f"{actor.name} ({actor.code})" if actor.code else actor.name for actor in actors)
        or "nobody"
    )
