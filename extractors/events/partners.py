"""A draft in, what it lacks of a partner out: a meeting takes two, and a third country makes it 044."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.events import syntax

if TYPE_CHECKING:
    from extractors.events.draft import Draft
    from extractors.records import Place

CALLS, UNCLEAR_CALLS = frozenset({"02", "10"}), frozenset({"020"})
MEETING, NEUTRAL, VISIT = "040", "044", "042"
SAYINGS = frozenset({"request", "consider", "threat", "threat_force"})  # "will not ask": no refusal
OWN = ("his ", "her ", "its ", "their ")
ORDERING = frozenset({"order", "tell", "instruct", "command", "direct"})
OFFICIAL = frozenset({"GOV", "MIL"})
MEETINGS = frozenset({MEETING, NEUTRAL, "041", "046"})


def lacks_other_side(draft: Draft) -> str | None:
    """A meeting needs two, an appeal somebody who makes it, a bare promise somebody known to get it."""
    composed = draft.candidate.composed
    if composed.code[:2] in CALLS and not draft.sources:
        return "an appeal by nobody"
    if composed.code in UNCLEAR_CALLS and not draft.targets:
        return "an appeal to nobody, for nothing clear"
    both = {*draft.sources, *draft.targets}
    if composed.code in MEETINGS and len(both) < 2 and (not both or next(iter(both)).country):
        return "a meeting of one"
    outer = draft.candidate.chain.outer
    if (
        composed.operator == "refuse"
        and composed.act in SAYINGS
        and outer is not None
        and outer.entry is None
    ):
        return "only not said"
    if composed.code == VISIT and not (draft.known_sources and draft.targets):
        return "a journey, not known from whom or to whom"
    if composed.code == VISIT and not _is_abroad(draft):
        return "a journey at home"
    if _commands(draft) and _is_within_government(draft):
        return "an order within one government"
    has_clause = any(c.dep_ in {"xcomp", "ccomp"} for c in draft.candidate.chain.act.token.children)
    if composed.act == "promise" and not draft.known_targets and not has_clause and not _is_counted(draft):
        return "a promise to nobody known"
    return None


def _is_abroad(draft: Draft) -> bool:
    ours = {actor.country for actor in draft.sources}
    if not draft.known_targets:
        return not any(actor.name.startswith(("a ", "an ")) for actor in draft.targets)
    return len(ours) > 1 or any(
        actor.country not in ours or not actor.country for actor in draft.known_targets
    )


def _commands(draft: Draft) -> bool:
    """ "ordered the ministry to", "asked his advisers to" """
    verb = draft.candidate.trigger.lemma_
    return verb in ORDERING or (verb == "ask" and all(a.name.startswith(OWN) for a in draft.targets))


def _is_within_government(draft: Draft) -> bool:
    """ "told his ministers to": who takes orders is no other side."""
    both = [*draft.sources, *draft.targets]
    return bool(draft.sources and draft.targets) and (
        len({actor.country for actor in both}) == 1 and all(actor.code[3:] in OFFICIAL for actor in both)
    )


def _is_counted(draft: Draft) -> bool:
    """ "offered 4,500 men": so much that somebody is meant, told or not."""
    token = draft.candidate.chain.act.token
    given = syntax.direct_object(token) if token.lemma_ == "offer" else None
    return given is not None and any(child.dep_ == "nummod" for child in given.children)


def on_neutral_ground(code: str, place: Place | None, draft: Draft) -> str:
    """The code, or 044 for a meeting in a third country: "the two met in Doha"."""
    if code != MEETING or place is None or place.country is None:
        return code
    sides = [actor.country for actor in (*draft.sources, *draft.targets)]
    return code if None in sides or place.country in sides or len(set(sides)) < 2 else NEUTRAL
