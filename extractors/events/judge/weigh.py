"""An event and the judge's reading of its sentence in, what speaks for it and against it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.events.actors_of import is_known
from extractors.events.judge.bearing import bearing
from extractors.events.judge.propose import is_own
from extractors.events.judge.reading import Reading, logit, words_of
from extractors.records import Actor, Event

if TYPE_CHECKING:
    from extractors.events.candidates import Candidate

Weighed = dict[str, float]


def weigh(event: Event, candidate: Candidate, reading: Reading) -> Weighed:
    """Names with their values: how sure the reading is, and of what make the event is."""
    places = [token.i for token in words_of(candidate)]
    same = max(reading.share(place, event.cameo_root) for place in places)
    there = reading.share(candidate.trigger.i, event.cameo_root)
    nothing = min(reading.nothing(place) for place in places)
    origin = "judge" if is_own(candidate) else "grammar"
    one, other = _kind(event.sources), _kind(event.targets)
    root, frame = event.cameo_root, candidate.roles.frame
    depth = min(sum(h.entry is not None for h in candidate.chain.held), 2)
    names = [
        "bias", f"origin={origin}", f"root={root}", f"root={root}/{origin}", f"frame={frame}/{origin}",
        f"source={one}", f"target={other}", f"sides={one}>{other}", f"root={root}/{one}>{other}",
        f"modality={event.modality.value}", f"depth={depth}/{candidate.composed.operator}",
        f"act={candidate.composed.act}", f"family={event.family or 'none'}",
        f"speaker={candidate.chain.speaker is not None}",
    ]  # fmt: skip
    names += [f"hint={hint}" for hint in sorted(candidate.chain.hints)]
    names += bearing(event, candidate, reading.here)
    found = dict.fromkeys(names, 1.0)
    rest = [share for place, share in reading.telling.items() if place not in places]
    rival = max(rest, default=0.0)
    found[f"rank={sum(share > same for share in rest) if rest else 0:.0f}/{origin}"] = 1.0
    found[f"grammar={min(reading.found, 3)}/{origin}"] = 1.0
    found[f"rival/{origin}"] = logit(rival)
    found |= {f"same/{origin}": logit(same), "there": logit(there), "nothing": logit(nothing)}
    return found


def _kind(actors: Sequence[Actor]) -> str:
    """A state, whoever else is of a state, a body that is known, a phrase, or nobody."""
    if not actors:
        return "none"
    if any(actor.country for actor in actors):
        return "state" if any(actor.country and not actor.sector for actor in actors) else "sector"
    return "known" if any(is_known(actor) for actor in actors) else "unnamed"
