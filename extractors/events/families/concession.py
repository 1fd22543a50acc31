"""A draft in, the concession's fields out; none where it concedes nothing to another political actor."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from extractors.events import syntax
from extractors.events.draft import Draft
from extractors.events.families import spans
from extractors.events.families.beneficiary import beneficiary
from extractors.records import Modality

OFFERS = frozenset({"intend.offer", "intend.willing"})


def received(draft: Draft) -> Draft:
    """The draft of a concession with whoever it is made to, where only its sentence tells."""
    composed = draft.candidate.composed
    if composed.row.family != "concession" or composed.operator not in {"done", "intend"}:
        return draft
    if draft.has_other_side:
        return draft
    return replace(draft, targets=beneficiary(draft) or draft.targets)


def read_concession(draft: Draft) -> dict[str, Any] | None:
    composed = draft.candidate.composed
    if composed.row.family != "concession" or composed.operator not in {"done", "intend"}:
        return None
    if not _has_giver(draft):
        return None
    if (draft.is_domestic or not draft.known_targets) and not _names_its_gain(draft):
        return None
    exchange = spans.exchange(draft.sentence)
    condition, _ = spans.condition_text(draft.candidate.chain.act.token)
    return {
        "kind": spans.family_data()["concession_kind"].get(composed.act, "policy"),
        "conceded": _conceded(draft),
        "stage": _stage(draft),
        "demanded_by": _demanders(draft),
        "in_exchange_for": exchange or spans.answered(draft.sentence),
        "reason": spans.reason(draft.sentence),
        "is_conditional": bool(exchange or condition),
    }


def _has_giver(draft: Draft) -> bool:
    return bool(draft.known_sources) or any(actor.country for actor in draft.sources)


def _names_its_gain(draft: Draft) -> bool:
    """Without a beneficiary abroad only the word itself counts, and steps that say what they are for."""
    act = draft.candidate.composed.act
    if act in spans.word_set("plain_concessions"):
        return True
    words = {word.strip(".,;:\"'“”’").lower() for word in draft.sentence.split()}
    if act in spans.word_set("under_pressure"):
        return bool(words & spans.word_set("pressure"))
    return act in spans.word_set("for_a_reason") and bool(words & spans.word_set("gesture"))


def _stage(draft: Draft) -> str:
    chain = draft.candidate.chain
    if any(held.entry is not None and held.entry.id in OFFERS for held in chain.held):
        return "offered"
    if draft.modality is Modality.DENIED:
        return "withdrawn"
    return "agreed" if draft.candidate.composed.operator == "intend" else "carried out"


def _conceded(draft: Draft) -> str | None:
    """The thing given: what is lifted, freed or stopped."""
    act = draft.candidate.chain.act
    if syntax.is_verb(act.token):
        return spans.object_text(act.token, act.token) or None
    if act.entry.id.startswith("concede."):
        including = syntax.prepositional(act.token, ("including", "on", "over"))
        return spans.phrase(including) if including is not None else None
    inner = syntax.prepositional(act.token, ("of",))
    return spans.phrase(inner if inner is not None and inner.pos_ != "VERB" else act.token) or None


def _demanders(draft: Draft) -> list[str]:
    demanded = spans.demanded_by(draft.sentence)
    if demanded is None:
        return []
    named = [
        m.actor.country or m.actor.code
        for m in draft.known.mentions
        if m.actor.text and m.actor.text in demanded
    ]
    return sorted(set(named)) or [demanded]
