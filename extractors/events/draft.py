"""An event on its way: a candidate whose actors, time and modality are known and whose family is not yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.events.actors_of import is_known
from extractors.events.candidates import Candidate
from extractors.records import Actor, Modality

if TYPE_CHECKING:
    from extractors.events.actors import SentenceActors


ORGANISED = frozenset({"IGO", "NGO", "IMG", "MNC", "WST", "EUR", "AFR", "ASA", "MEA", "LAM"})


@dataclass(frozen=True, slots=True)
class Draft:
    candidate: Candidate
    sources: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    modality: Modality
    known: SentenceActors
    sentence: str

    @property
    def known_sources(self) -> tuple[Actor, ...]:
        return tuple(actor for actor in self.sources if is_known(actor))

    @property
    def known_targets(self) -> tuple[Actor, ...]:
        return tuple(actor for actor in self.targets if is_known(actor))

    @property
    def is_domestic(self) -> bool:
        """Both sides known, and all of one country."""
        if any(
            actor.country is None and len(actor.code) == 3 and actor.code not in ORGANISED
            for actor in self.known_targets
        ):
            return True
        countries = {actor.country for actor in (*self.known_sources, *self.known_targets)}
        return bool(self.known_targets) and len(countries) == 1 and None not in countries


def country_of(actor: Actor) -> str:
    """What the lists of participants and adversaries hold: ISO3, or the code of who has no country."""
    return actor.country or actor.code
