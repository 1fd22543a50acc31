"""A draft of a release in, whom it sets free as its targets out, by nationality and kind of the persons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.actors.lexicon import read_countries
from extractors.events.actors_of import actors_at, is_known, phrase_of
from extractors.events.families import spans
from extractors.events.families.beneficiary import is_place
from extractors.events.people import people_code
from extractors.records import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.draft import Draft

FREEING = frozenset({"release_person", "pardon"})
INNER = frozenset({"ccomp", "xcomp", "dep"})
FREED = frozenset({"dobj", "nsubj", "npadvmod"})  # the last by a slip of the parser: "let go ten Danes"
SWAPPING = frozenset({"exchange", "swap", "trade"})
PLAIN = frozenset({"", "CVL"})


def freed(draft: Draft) -> Draft:
    """ "let go ten Americans", "freed a businessman", "released political prisoners"."""
    if draft.candidate.composed.act not in FREEING or draft.candidate.composed.operator not in {
        "done",
        "intend",
    }:
        return draft
    if draft.candidate.chain.act.token.lemma_ in SWAPPING:
        return draft  # "agreed to exchange three prisoners each": each gives to the other
    head = _persons(draft.candidate.chain.act.token)
    named = () if head is None or not _is_open(draft) else _named(head, draft)
    targets = named or draft.targets
    return replace(draft, targets=tuple(_as_opponent(actor, draft) for actor in targets))


def _is_open(draft: Draft) -> bool:
    """Nobody is told yet, or only where it was arranged ("in a swap negotiated in Qatar")."""
    doc = draft.candidate.trigger.doc
    names = {actor.name for actor in draft.known_targets}
    told = [m for m in draft.known.mentions if m.actor.name in names]
    return not draft.known_targets or bool(told and all(is_place(m.start, doc) for m in told))


def _persons(verb: Token) -> Token | None:
    """The object of the verb, or of what it lets them do; the subject of the passive."""
    if not syntax.is_verb(verb):
        return None
    inner = next((c for c in verb.children if c.lower_ in {"go", "free"} and c.dep_ in INNER), None)
    let_go = () if inner is None else (c for c in inner.children if c.dep_ in FREED)
    return next(iter(let_go), None) or syntax.direct_object(verb)


def _named(head: Token, draft: Draft) -> tuple[Actor, ...]:
    givers = {actor.name for actor in draft.sources}
    found = tuple(a for a in actors_at(head, draft.known) if is_known(a) and a.name not in givers)
    if any(a.country or len(a.code) > len("CVL") or head.pos_ != "PROPN" for a in found):
        return found
    code = "" if head.pos_ == "NUM" and not head.like_num else people_code(head)
    text = phrase_of(head)
    return (Actor(text, text, code, None, code),) if code and text else ()


def _as_opponent(actor: Actor, draft: Draft) -> Actor:
    """ "political prisoners" without a country are those of the state that holds them."""
    words = set(actor.text.lower().split())
    if actor.sector not in {None, *PLAIN} or not words & spans.word_set("opponents_held"):
        return actor
    holders = {a.country for a in draft.known_sources if a.country}
    country = holders.pop() if len(holders) == 1 and actor.text.islower() else actor.country
    state = read_countries()[country].cameo if country in read_countries() else ""
    return Actor(actor.text, actor.name, f"{state}OPP", country, "OPP")
