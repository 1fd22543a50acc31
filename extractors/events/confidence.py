"""How an event was found in, how far to trust it out (0..1): a plain heuristic until a judge is trained."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from extractors.events.actors_of import is_known
from extractors.events.wordlists import DATA
from extractors.records import Actor, Modality

if TYPE_CHECKING:
    from extractors.events.candidates import Candidate


@cache
def _factors(path: Path = DATA / "confidence.yml") -> dict[str, dict[str, float]]:
    raw: dict[str, dict[str, float]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return raw


def estimate(
    candidate: Candidate, sources: tuple[Actor, ...], targets: tuple[Actor, ...], modality: Modality
) -> float:
    """Product of the factors in confidence.yml for frame, actors, depth and modality."""
    factors = _factors()
    value = factors["frame"][candidate.roles.frame]
    value *= factors["source"][_kind(sources)] * factors["target"][_kind(targets)]
    value *= factors["depth"][str(min(len(candidate.chain.held), 3))]
    value *= factors["modality"][modality.value]
    return round(value, 3)


def _kind(actors: tuple[Actor, ...]) -> str:
    if not actors:
        return "none"
    return "known" if any(is_known(actor) for actor in actors) else "unnamed"
