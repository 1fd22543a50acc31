"""A chain in, the words for its source and target out: who acts on whom, by frame, before anyone is identified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.chains import Chain

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.matches import Match

BY = ("by", "from")
ADDRESSED_FIRST = frozenset({"appeal", "demand", "accuse", "condemn", "praise"})
REQUESTS = frozenset({"appeal", "demand"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Head words. `targets` are tried in their order until one is an actor."""

    source: Token | None
    targets: tuple[Token, ...]
    frame: str


def find_roles(chain: Chain) -> Roles:
    own_source, own_targets = act_roles(chain.act, chain)
    outer = chain.outer
    source = _outer_source(chain) or _default_source(chain, own_source)
    targets = list(_outer_targets(chain, own_source, own_targets)) if outer else own_targets
    if chain.is_received and chain.light is not None:
        giver = syntax.prepositional(chain.act.token, ("from",)) or syntax.prepositional(chain.light, ("from",))
        getter = syntax.subject(chain.light)
        source, targets = giver, [getter, *targets] if getter is not None else targets
    seen = {source.i} if source is not None else set()
    unique: list[Token] = []
    for token in targets:
        if token.i not in seen:
            seen.add(token.i)
            unique.append(token)
    return Roles(source, tuple(unique), _frame_name(chain))


def _default_source(chain: Chain, own: Token | None) -> Token | None:
    outer = chain.outer
    if outer is None or outer.operator in {"intend", "refuse", "halt", "fail", "threaten", "done"}:
        return own or (chain.speaker if outer is not None or chain.light is not None else None)
    return chain.speaker if outer.entry is None or outer.operator in REQUESTS else None


def act_roles(match: Match, chain: Chain | None = None) -> tuple[Token | None, list[Token]]:
    """Source and targets in the act's own phrase."""
    if syntax.is_verb(match.token) or match.token.pos_ == "ADJ":
        return _verb_roles(match, chain)
    return _noun_roles(match)


def _verb_roles(match: Match, chain: Chain | None) -> tuple[Token | None, list[Token]]:
    verb = match.token
    source = syntax.subject(verb)
    if source is None and match.token.pos_ == "ADJ":
        source = syntax.subject(verb.head)
    if match.entry.source == "speaker":
        source = chain.speaker if chain is not None else None
    return source, list(_targets(match, verb))


def _targets(match: Match, verb: Token) -> Iterator[Token]:
    objects = [o for o in (match.object, syntax.direct_object(verb)) if o is not None]
    for slot in match.entry.target:
        if slot == "obj":
            yield from objects
        elif slot == "subj":
            found = syntax.subject(verb) or syntax.passive_subject(verb)
            if found is not None:
                yield found
        elif slot == "dative":
            found = syntax.dative(verb)
            if found is not None:
                yield found
        else:
            yield from _behind(slot, [verb, *objects])
    for noun in objects:
        yield from owners(noun)
        inner = syntax.prepositional(noun, ("of", "by", "from", "in", "against", "to"))
        if inner is not None:
            yield inner


def _behind(preposition: str, tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        found = syntax.prepositional(token, tuple(preposition.split()))
        if found is None:
            continue
        if found.dep_ == "pcomp":
            found = syntax.subject(found) or syntax.direct_object(found)
        if found is not None:
            yield found
            below = syntax.prepositional(found, (preposition,))
            if below is not None:
                yield below


def owners(noun: Token) -> Iterator[Token]:
    """ "Iran's ...", "the Iranian ...": whoever stands before the noun, nearest possessor first."""
    before = list(noun.lefts)
    yield from (child for child in before if child.dep_ == "poss" and child.pos_ != "PRON")
    yield from (child for child in before if child.dep_ == "poss" and child.pos_ == "PRON")
    yield from (child for child in before if child.dep_ in {"amod", "compound", "nmod"})


def _noun_roles(match: Match) -> tuple[Token | None, list[Token]]:
    noun = match.token
    source = next(owners(noun), None)
    by = syntax.prepositional(noun, BY)
    targets: list[Token] = []
    for slot in match.entry.target:
        if slot not in {"obj", "subj", "dative"}:
            targets.extend(_behind(slot, [noun]))
    if match.object is not None:
        targets.insert(0, match.object)
    between = syntax.prepositional(noun, ("between", "among"))
    if between is not None:
        pair = syntax.conjuncts(between)
        return pair[0], pair[1:] + targets
    if by is not None and by.i not in {t.i for t in targets}:
        return by, [*targets, *([source] if source is not None else [])]
    of = syntax.prepositional(noun, ("of",))
    if source is None and of is not None and "of" not in match.entry.target:
        source = of
    return source, targets


def _outer_source(chain: Chain) -> Token | None:
    """Who holds the outermost operator, or works the light verb."""
    outer = chain.outer
    holder = outer.token if outer is not None and outer.entry is not None else None
    if holder is None:
        if outer is not None and outer.operator == "demand":
            return None
        return _light_source(chain)
    if not syntax.is_verb(holder) and holder.pos_ != "ADJ":
        return _noun_holder(holder, chain)
    if holder.pos_ == "ADJ":
        return syntax.subject(holder.head) if syntax.is_verb(holder.head) else holder.head
    who = syntax.subject(holder)
    if who is None and outer is not None and outer.operator == "intend":
        who = syntax.passive_subject(holder) if chain.act.token.i != holder.i and _is_clause(chain) else None
    if outer is not None and outer.operator == "halt" and "subj" in (outer.entry.takes if outer.entry else ()):
        return None
    return who


def _is_clause(chain: Chain) -> bool:
    return any(frame.endswith(".clause") for frame in chain.frames)


def _light_source(chain: Chain) -> Token | None:
    if chain.light is None or chain.is_received:
        return None
    return syntax.subject(chain.light)


def _noun_holder(noun: Token, chain: Chain) -> Token | None:
    by = syntax.prepositional(noun, BY)
    if by is not None:
        return by
    for owner in owners(noun):
        if owner.dep_ == "poss" or owner.pos_ == "PROPN" or owner.ent_type_ or owner.text[:1].isupper():
            return owner
    above = syntax.governing_verb(noun)
    if chain.light is not None:
        return syntax.subject(chain.light)
    return syntax.subject(above) if above is not None and noun.dep_ in syntax.OBJECTS else None


def _outer_targets(chain: Chain, own_source: Token | None, own_targets: list[Token]) -> Iterator[Token]:
    outer = chain.outer
    assert outer is not None  # noqa: S101 - the caller has looked
    addressed = list(_addressees(chain))
    own = [own_source] if own_source is not None else []
    if outer.operator == "refuse":
        yield from _askers(chain)
    if outer.operator in ADDRESSED_FIRST:
        if outer.operator in {"condemn", "praise"}:
            yield from own
            yield from addressed
        else:
            yield from addressed
            yield from own
        yield from own_targets
    else:
        if outer.operator == "threaten":
            yield from addressed
        yield from own_targets
        yield from addressed
        yield from own


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
    for slot in outer.entry.target:
        if slot == "obj":
            found = syntax.direct_object(verb) if syntax.is_verb(verb) else None
        elif slot == "dative":
            found = syntax.dative(verb)
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
