"""A title before a name that only the article knows in, whom its holder serves or leads out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.events.actors.words import words

if TYPE_CHECKING:
    from extractors.events.actors.lexicon import Lexicon
    from extractors.events.actors.memory import Memory
    from extractors.events.actors.records import Title
    from extractors.records import Actor


def side_led(texts: Sequence[str], start: int, title: Title, memory: Memory) -> str | None:
    """ "The group's leader, Ann Lee", where rebels are told of: no head of a government."""
    is_led = title.office == "supreme_leader" and start > 1 and texts[start - 1] == "'s"
    is_band = is_led and texts[start - 2].lower() in words("bands")
    return "REB" if is_band and memory.words & words("fighters_told") else title.sector


def of_the_title(title: Title, memory: Memory, lexicon: Lexicon) -> Actor | None:
    """ "Sen. Cotton", in an article that speaks of the United States or of nobody else."""
    if title.form.lower() not in words("american_titles"):
        return None
    countries = memory.countries
    return None if countries and "USA" not in countries else lexicon.actor_of("USA")


def of_the_body(before: Sequence[str], sentence: int, memory: Memory, lexicon: Lexicon) -> Actor | None:
    """ "ministry spokeswoman Ana Ruiz", after "Peru's trade ministry" or "the State Department"."""
    body = before[-1].lower() if before else ""
    country = memory.holder_of(body, sentence) if body in words("offices") else None
    return lexicon.actor_of(country) if country else None
