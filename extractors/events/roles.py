"""A chain in, the words for its source and target out: who acts on whom, before anyone is identified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.lexicon import load_lexicon
from extractors.events.phrase_roles import BY, act_roles, attending, behind, owners, two_between, with_carrier
from extractors.events.wordlists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.chains import Chain

ADDRESSED_FIRST = frozenset({"appeal", "demand", "accuse", "condemn", "praise"})
# Operators under which talks between two stay theirs: "prepared talks between", "cut short talks between".
THEIRS = frozenset({"intend", "decide", "halt", "fail"})
REQUESTS = frozenset({"appeal", "demand"})
TOPICS = frozenset({"in", "at", "on", "over", "near", "for", "of", "from", "by", "as"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Head words. `targets` are tried in their order until one is an actor, then `nearby`, where only
    who has a name counts; `also` are targets besides."""

    sources: tuple[Token, ...]
    targets: tuple[Token, ...]
    frame: str
    also: tuple[Token, ...] = ()
    nearby: tuple[Token, ...] = ()


def find_roles(chain: Chain) -> Roles:
    own_sources, own_targets = act_roles(chain.act, chain)
    if chain.act.entry.source == "speaker" and all(held.entry is None for held in chain.held):
        return Roles(tuple(own_sources), _unique(own_targets), _frame_name(chain))
    pair = two_between(chain.act.token)
    if pair and _is_between_sides(chain) and {h.operator for h in chain.held} <= THEIRS:
        return Roles(pair[:1], pair[1:], _frame_name(chain))
    holders = _holders(chain)
    if not chain.is_received:
        own_targets = [*own_targets, *_beside_holders(chain)]
    sources = [*holders, *_default_sources(chain, own_sources, holders)] or list(attending(chain))
    targets = list(_outer_targets(chain, own_sources, own_targets)) if chain.outer else own_targets
    if chain.is_received and chain.light is not None:
        giver = _giver(chain)
        getter = syntax.subject(chain.light)
        sources = [giver] if giver is not None else own_sources
        targets = [getter, *targets] if getter is not None else targets
    targets.extend(_judged(chain))
    nearby = _unique(list(_last_resort(chain)))
    return Roles(_unique(sources), _unique(targets), _frame_name(chain), nearby=nearby)


def _giver(chain: Chain) -> Token | None:
    """ "faces criticism from Rome", "won a promise of aid from Rome" """
    tokens = [chain.act.token, *(h.token for h in chain.held)]
    tokens += [chain.light] if chain.light is not None else []
    found = (syntax.prepositional(token, ("from",)) for token in tokens)
    return next((token for token in found if token is not None), None)


def _last_resort(chain: Chain) -> Iterator[Token]:
    """Whoever else the act's phrase names."""
    if is_hostile_deed(chain):
        return
    token = chain.act.token
    objects = [t for t in (syntax.direct_object(token),) if t is not None] if syntax.is_verb(token) else []
    if syntax.is_verb(token) and not objects and "obj" in chain.act.entry.target:
        return
    no_party = word_list("circumstances") | (TOPICS if _is_between_sides(chain) else frozenset())
    for anchor in [*with_carrier(token), *objects]:
        for child in anchor.children:
            if child.dep_ == "prep" and child.lower_ not in no_party:
                yield from (
                    c for c in child.children if c.dep_ == "pobj" and c.lower_ not in word_list("fixed_nouns")
                )
    if (
        not syntax.is_verb(token) and "mutual" in chain.act.entry.options and chain.held
    ):  # "cancelled the Chad-Libya summit"
        yield from (t for t in syntax.modifiers(token) if t.pos_ == "PROPN")


def _judged(chain: Chain) -> Iterator[Token]:
    """What is condemned or praised, when nobody is named: "condemned the raids"."""
    outer, token = chain.outer, chain.act.token
    if outer is not None and outer.operator in {"condemn", "praise"} and not syntax.is_verb(token):
        yield token


def _is_between_sides(chain: Chain) -> bool:
    """Talks and accords: what stands behind "in" or "on" is where they are, or what they are about."""
    return "mutual" in chain.act.entry.options


def _beside_holders(chain: Chain) -> Iterator[Token]:
    """Targets that hang on the verb above: "suspended aid to Mali", "opened a probe against the mayor"."""
    over = [h.token for h in chain.held if h.entry is not None and syntax.is_verb(h.token)]
    over = [chain.light, *over] if chain.light is not None else over
    for slot in chain.act.entry.target:
        yield from behind(slot, over)


def _unique(tokens: list[Token]) -> tuple[Token, ...]:
    return tuple({token.i: token for token in tokens}.values())


def _default_sources(chain: Chain, own: list[Token], holders: list[Token]) -> list[Token]:
    """Without a holder: who does the act itself, or who says it ("sanctions will be lifted, Paris said")."""
    outer = chain.outer
    speaker = [chain.speaker] if chain.speaker is not None else []
    if outer is None:
        return (
            own
            if not holders and own
            else ([] if holders else own + (speaker if chain.light is not None else []))
        )
    if holders:
        return []
    if outer.operator in {"intend", "refuse", "halt", "fail", "threaten", "done", "decide"}:
        return own + speaker
    return speaker


def _holders(chain: Chain) -> list[Token]:
    """Who holds the outermost operator, or works the light verb."""
    outer = chain.outer
    is_coming = outer is not None and outer.entry is None and not syntax.is_verb(outer.token)
    if outer is None or (is_coming and len(chain.held) == 1):
        found = None if chain.light is None or chain.is_received else syntax.subject(chain.light)
        return [found] if found is not None else []
    if outer.entry is None and outer.operator == "demand":
        return []
    if outer.entry is not None and outer.entry.source == "speaker":
        return [chain.speaker] if chain.speaker is not None else []
    return list(_holding(outer.token, chain))


def _holding(holder: Token, chain: Chain) -> Iterator[Token]:
    outer = chain.outer
    entry = outer.entry if outer is not None else None
    if holder.pos_ == "ADJ":
        who = syntax.subject(holder.head) if syntax.is_verb(holder.head) else holder.head
    elif not syntax.is_verb(holder):
        yield from _noun_holders(holder, chain)
        return
    elif entry is not None and "subj" in entry.takes:
        return
    else:
        who = syntax.subject(holder)
        if who is None and outer is not None and outer.operator == "intend" and _is_clause(chain):
            who = syntax.passive_subject(holder)
    if who is not None and who.i != chain.act.token.i:
        yield who


def _is_clause(chain: Chain) -> bool:
    return any(frame.endswith(".clause") for frame in chain.frames)


def _noun_holders(noun: Token, chain: Chain) -> Iterator[Token]:
    by = syntax.prepositional(noun, BY)
    if by is not None:
        yield by
    yield from owners(noun)
    first = noun.head if noun.dep_ == "conj" else noun
    above = chain.light or (syntax.governing_verb(first) if first.dep_ in syntax.OBJECTS | {"pobj"} else None)
    who = syntax.subject(above) if above is not None else None
    if who is not None:
        yield who


def _outer_targets(chain: Chain, own: list[Token], own_targets: list[Token]) -> Iterator[Token]:
    outer = chain.outer
    assert outer is not None
    addressed = list(_addressees(chain))
    if outer.operator == "refuse":
        yield from _askers(chain)
    if outer.operator in ADDRESSED_FIRST:
        if outer.operator in {"condemn", "praise"}:
            yield from own
            yield from addressed
        else:
            yield from addressed
            yield from own
        if not is_hostile_deed(chain):  # who is raided is not who is condemned for it
            yield from own_targets
    else:
        if outer.operator == "threaten":
            yield from addressed
        yield from own_targets
        yield from addressed
        yield from own


def is_hostile_deed(chain: Chain) -> bool:
    """ "condemned the raid on Rome": what is judged is done to somebody."""
    outer, act = chain.outer, chain.act
    if outer is None or outer.operator not in {"condemn", "praise"} or syntax.is_verb(act.token):
        return False
    return load_lexicon().composition[act.entry.act].is_hostile


def _addressees(chain: Chain) -> Iterator[Token]:
    outer = chain.outer
    if outer is None:
        return
    if outer.entry is None:
        if outer.operator == "demand":
            who = syntax.subject(outer.token) or syntax.passive_subject(outer.token)
            if who is not None:
                yield who
        return
    verb = outer.token
    receiver = syntax.dative(verb) if syntax.is_verb(verb) else None
    if receiver is not None:
        yield receiver
    for slot in outer.entry.target:
        if slot == "obj":
            found = syntax.direct_object(verb) if syntax.is_verb(verb) else None
        elif slot == "dative":
            found = syntax.dative(verb)
        elif slot == "subj":
            found = syntax.subject(verb)
        else:
            found = syntax.prepositional(verb, (slot,))
        if found is not None and found.i != chain.act.token.i and found.dep_ != "pcomp":
            yield found


def _askers(chain: Chain) -> Iterator[Token]:
    """Whose demand it is that is refused."""
    for held in chain.held[:-1]:
        if held.operator in REQUESTS and not syntax.is_verb(held.token):
            found = syntax.prepositional(held.token, ("from", "by", "of"))
            if found is not None and found.dep_ == "pobj":
                yield found
            yield from owners(held.token)


def _frame_name(chain: Chain) -> str:
    token = chain.act.token
    if not syntax.is_verb(token):
        return "light" if chain.light is not None else "nominal"
    return "passive" if syntax.is_passive(token) else "active"
