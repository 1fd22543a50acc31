"""An event on its way: a candidate whose actors, time and modality are known and whose family is not yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.events.actors_of import is_known
from extractors.events.candidates import Candidate
from extractors.records import Actor, Modality

if TYPE_CHECKING:
    from extractors.events.actors import SentenceActors


ADVERSARIES = frozenset({"REB", "SEP", "INS", "UAF"})
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
    def has_other_side(self) -> bool:
        """Some target is a state, an organisation or of another state: not just "the bank"."""
        ours = {actor.country for actor in self.sources if actor.country}
        return _are_adversaries(self.known_sources, self.known_targets) or any(
            (actor.country and actor.country not in ours) or len(actor.code) > 3 or actor.code in ORGANISED
            for actor in self.known_targets
        )

    @property
    def frees_someone(self) -> bool:
        """Who is let go is whom it is done to, whatever states the sentence names besides."""
        return bool(self.known_targets) and self.candidate.composed.act in {"release_person", "pardon"}

    @property
    def is_domestic(self) -> bool:
        """Both sides known, and all of one country. A state and those who fight it are two sides."""
        ours = {actor.country for actor in self.known_sources}
        countries = {actor.country for actor in self.known_targets}
        if countries - ours - {None} or _are_adversaries(self.known_sources, self.known_targets):
            return False
        if any(
            actor.country is None and len(actor.code) == 3 and actor.code not in ORGANISED
            for actor in self.known_targets
        ):
            return True
        return bool(self.known_targets) and len(ours | countries) == 1 and None not in ours | countries


def _are_adversaries(ours: tuple[Actor, ...], theirs: tuple[Actor, ...]) -> bool:
    """Rebels or separatists on one side, the state on the other."""
    sides = [{actor.sector for actor in side} for side in (ours, theirs)]
    return any(one & ADVERSARIES and other and not other & ADVERSARIES for one, other in (sides, sides[::-1]))


def country_of(actor: Actor) -> str:
    """What the lists of participants and adversaries hold: ISO3, or the code of who has no country."""
    return actor.country or actor.code
