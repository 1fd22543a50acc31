"""A draft in, the concession's fields out; none where it concedes nothing to another political actor."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from extractors.events import syntax
from extractors.events.draft import Draft
from extractors.events.families import spans
from extractors.events.families.beneficiary import (
    AGREED,
    FIGHTING,
    agreed_with_speaker,
    beneficiary,
    both_sides,
)
from extractors.events.families.released import freed
from extractors.events.judge.propose import is_own
from extractors.records import Modality

OFFERS = frozenset({"intend.offer", "intend.willing"})
AGREEING = frozenset({"accept", "accede", "agree", "consent", "assent", "acquiesce"})


def received(draft: Draft) -> Draft:
    """The draft of a concession with whoever it is made to, where only its sentence tells."""
    if not _is_step(draft):
        return replace(draft, targets=agreed_with_speaker(draft) or draft.targets)
    draft = both_sides(freed(draft))
    if draft.has_other_side or draft.frees_someone:
        return draft
    return replace(draft, targets=beneficiary(draft) or draft.targets)


def read_concession(draft: Draft) -> dict[str, Any] | None:
    is_agreed = _is_agreed(draft)
    if not (_is_step(draft) or is_agreed) or not _has_giver(draft):
        return None
    is_mutual = len(draft.known_sources) > 1 and draft.targets == draft.sources
    is_plain = draft.known_targets and (is_mutual or not draft.is_domestic) and not _is_any_promise(draft)
    if not is_agreed and not is_plain and not _names_its_gain(draft):
        return None
    exchange = spans.exchange(draft.sentence)
    condition, _ = spans.condition_text(draft.candidate.chain.act.token)
    return {
        "kind": _kind(draft),
        "conceded": _conceded(draft),
        "stage": _stage(draft),
        "demanded_by": _demanders(draft),
        "in_exchange_for": exchange or spans.answered(draft.sentence),
        "reason": spans.reason(draft.sentence),
        "is_conditional": bool(exchange or condition),
    }


def _is_step(draft: Draft) -> bool:
    composed = draft.candidate.composed
    return composed.row.family == "concession" and composed.operator in {"done", "intend"}


def _is_any_promise(draft: Draft) -> bool:
    """A promise of a change that its sentence does not name: "assured Rome"."""
    composed = draft.candidate.composed
    return composed.operator == "intend" and composed.act == "policy_change" and not is_own(draft.candidate)


def _is_agreed(draft: Draft) -> bool:
    """A bare agreement is a concession where the other side tells of it; `received` has found that side."""
    speaker = draft.candidate.chain.speaker
    if draft.candidate.composed.act not in AGREED or speaker is None:
        return False
    return bool(agreed_with_speaker(replace(draft, targets=())))


def _kind(draft: Draft) -> str:
    """Curbs that one state lifts for another are sanctions, those at home are policy."""
    act = draft.candidate.composed.act
    if act == "ease_restriction":
        return "sanctions relief" if draft.has_other_side else "policy"
    return str(spans.family_data()["concession_kind"].get(act, "policy"))


def _has_giver(draft: Draft) -> bool:
    """A state, an organisation or an armed group; an unnamed authority only towards somebody of a state."""
    act = draft.candidate.composed.act
    givers = [a for a in draft.sources if a.country or a.code]
    if act != "ease_dissent":
        givers = [a for a in givers if a.sector not in spans.word_set("no_givers")]
    if any(a.country or len(a.code) > 3 or a.code in FIGHTING for a in givers):
        return True
    return bool(givers) and any(a.country for a in draft.known_targets)


def _names_its_gain(draft: Draft) -> bool:
    """Without a beneficiary abroad only the word itself counts, and steps that say what they are for."""
    act, code = draft.candidate.composed.act, draft.candidate.composed.code
    if act in spans.word_set("plain_concessions") or (is_own(draft.candidate) and code[:3] != "087"):
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
    if draft.candidate.composed.operator == "intend" or chain.act.token.lemma_ in AGREEING:
        return "agreed"
    is_pact = draft.candidate.composed.act == "ceasefire" and len(draft.known_sources) > 1
    return "agreed" if is_pact and not syntax.is_verb(chain.act.token) else "carried out"


def _conceded(draft: Draft) -> str | None:
    """The thing given: what is lifted, freed or stopped."""
    act = draft.candidate.chain.act
    if syntax.is_verb(act.token):
        is_held = bool(draft.candidate.chain.held)
        inner = next((c for c in act.token.children if c.dep_ in {"xcomp", "ccomp"}), None)
        if act.entry.id.startswith("intend.") and inner is not None:
            return spans.clause_text(inner) or None
        return spans.given(act.token, is_held=is_held)
    if act.entry.id.startswith("concede."):
        including = syntax.prepositional(act.token, ("including", "on", "over"))
        return spans.phrase(including) if including is not None else None
    inner = syntax.prepositional(act.token, ("of",))
    return spans.noun_text(inner if inner is not None and inner.pos_ != "VERB" else act.token) or None


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
