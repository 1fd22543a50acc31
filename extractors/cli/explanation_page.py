"""What the coder thought of a text, as one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from extractors.cli.explanation import LEGEND, date_told, facts_of, names
from extractors.events.explain import SentenceStory, marks
from extractors.reference import cameo_events

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Told:
    """One text that is explained, with what is known of it."""

    title: str
    url: str | None
    published_at: datetime | None
    stories: Sequence[SentenceStory]

    @property
    def events(self) -> int:
        return sum(len(story.events) for story in self.stories)

    @property
    def candidates(self) -> int:
        return sum(len(story.considered) for story in self.stories)

    @property
    def dropped(self) -> int:
        return sum(each.dropped is not None for story in self.stories for each in story.considered)

    @property
    def parsed(self) -> int:
        return sum(story.is_parsed for story in self.stories)


def page_of(texts: Sequence[Told]) -> str:
    """The page: no script, no request, everything from the text escaped."""
    return (
        _environment()
        .get_template("explain.html")
        .render(
            texts=texts,
            legend=LEGEND,
            marks=marks,
            names=names,
            date_told=date_told,
            facts_of=facts_of,
            label=lambda code: cameo_events()[code].label,
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
