"""An act towards a deed told before in, whoever did that deed out: "Rome condemned the move"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.actors_of import is_known, same_government
from extractors.events.wordlists import word_list
from extractors.records import Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.draft import Draft
    from extractors.records import Actor, Event

ANSWERS = frozenset({"05", "11"})  # roots of praise and of disapproval
ASKING = frozenset({"appeal", "demand"})
HELD_BEFORE = frozenset({"release_person", "return_property"})
HOLDING = ("171", "173", "181", "115")  # seized, arrested, abducted, tried
DEFINITE = frozenset({"the", "this", "that", "these", "those", "such"})
SENTENCES = 3  # how far back "the move" may point
REAL = frozenset({Modality.ASSERTED, Modality.PLANNED})
# What a noun may call an event by its root.
CALLED = {
    "15": frozenset({"launch", "test", "deployment", "build-up", "buildup", "mobilisation", "mobilization"}),
    "16": frozenset({"sanction", "expulsion", "withdrawal", "embargo"}),
    "17": frozenset({"arrest", "detention", "crackdown", "seizure", "ban"}),
    "18": frozenset({"attack", "bombing", "killing", "assault", "raid", "blast", "shooting"}),
    "19": frozenset({"attack", "strike", "airstrike", "raid", "assault", "invasion", "incursion", "shelling",
                     "offensive", "bombardment", "launch"}),
    "13": frozenset({"threat", "warning", "ultimatum"}),
}  # fmt: skip


def with_doer(draft: Draft, told: Sequence[Event], index: int) -> Draft:
    """The draft with who did the deed that it answers as its target, where its sentence names nobody."""
    ours = {actor.country for actor in draft.known_sources}
    if not ours or any(actor.country not in ours for actor in draft.known_targets):
        return draft
    near = [event for event in told if index - event.sentence.index <= SENTENCES]
    composed = draft.candidate.composed
    found: tuple[Actor, ...] = ()
    if composed.code[:2] in ANSWERS and not draft.known_targets:
        deed = _deed(draft)
        found = _doer(deed, near, draft) if deed is not None else ()
    elif composed.operator in ASKING and composed.act in HELD_BEFORE:
        found = _holder(near, draft)
    return replace(draft, targets=found or draft.targets)


def _deed(draft: Draft) -> Token | None:
    """What is condemned or praised, where it is told of by a bare definite noun."""
    act = draft.candidate.chain.act
    noun = act.token if not syntax.is_verb(act.token) else syntax.direct_object(act.token)
    if noun is None or noun.pos_ != "NOUN":
        return None
    is_met = noun.i == act.token.i  # "condemned the raid on Rome"
    says_whose = {"poss", "relcl", "acl"} if is_met else {"poss", "prep", "relcl", "acl"}
    is_bare = not any(c.dep_ in says_whose for c in noun.children)
    return noun if is_bare and any(c.lower_ in DEFINITE for c in noun.lefts) else None


def _holder(told: Sequence[Event], draft: Draft) -> tuple[Actor, ...]:
    """ "Rome seized a ship. Paris demanded that it be freed": of Rome."""
    for event in reversed(told):
        if event.modality in REAL and event.cameo_code.startswith(HOLDING):
            theirs = tuple(actor for actor in event.sources if is_known(actor))
            if theirs and not any(same_government(one, own) for one in theirs for own in draft.sources):
                return theirs
    return ()


def _doer(deed: Token, told: Iterable[Event], draft: Draft) -> tuple[Actor, ...]:
    """Of the last event that the noun may mean."""
    word = deed.lemma_.lower()
    for event in reversed(list(told)):
        if event.modality not in REAL or event.cameo_root in ANSWERS:
            continue
        if word not in word_list("retold_deeds") and word not in CALLED.get(event.cameo_root, ()):
            continue
        theirs = tuple(actor for actor in event.sources if is_known(actor))
        if theirs and not any(same_government(one, own) for one in theirs for own in draft.sources):
            return tuple(replace(actor, text=deed.text) for actor in theirs)
    return ()
