"""A chain in, the words for its source and target out: who acts on whom, before anyone is identified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.actors.words import words
from extractors.events.chains import Chain
from extractors.events.wordlists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.matches import Match

BY = ("by", "from")
ADDRESSED_FIRST = frozenset({"appeal", "demand", "accuse", "condemn", "praise"})
REQUESTS = frozenset({"appeal", "demand"})
TOPICS = frozenset({"in", "at", "on", "over", "near", "for", "of", "from", "by", "as"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Head words. `targets` are tried in their order until one is an actor; `also` are targets besides."""

    sources: tuple[Token, ...]
    targets: tuple[Token, ...]
    frame: str
    also: tuple[Token, ...] = ()


def find_roles(chain: Chain) -> Roles:
    own_sources, own_targets = act_roles(chain.act, chain)
    if chain.act.entry.source == "speaker" and all(held.entry is None for held in chain.held):
        return Roles(tuple(own_sources), _unique(own_targets), _frame_name(chain))
    holders = _holders(chain)
    if not chain.is_received:
        own_targets = [*own_targets, *_beside_holders(chain)]
    sources = [*holders, *_default_sources(chain, own_sources, holders)]
    targets = list(_outer_targets(chain, own_sources, own_targets)) if chain.outer else own_targets
    if chain.is_received and chain.light is not None:
        giver = _giver(chain)
        getter = syntax.subject(chain.light)
        sources = [giver] if giver is not None else own_sources
        targets = [getter, *targets] if getter is not None else targets
    targets.extend(_last_resort(chain))
    return Roles(_unique(sources), _unique(targets), _frame_name(chain))


def _giver(chain: Chain) -> Token | None:
    """ "faces criticism from Rome", "won a promise of aid from Rome" """
    tokens = [chain.act.token, *(h.token for h in chain.held)]
    tokens += [chain.light] if chain.light is not None else []
    found = (syntax.prepositional(token, ("from",)) for token in tokens)
    return next((token for token in found if token is not None), None)


def _last_resort(chain: Chain) -> Iterator[Token]:
    """Whoever else the act's phrase names; what is condemned or praised when nobody is named."""
    token = chain.act.token
    objects = [t for t in (syntax.direct_object(token),) if t is not None] if syntax.is_verb(token) else []
    if syntax.is_verb(token) and not objects and "obj" in chain.act.entry.target:
        return
    no_party = word_list("circumstances") | (TOPICS if _is_between_sides(chain) else frozenset())
    for anchor in [*_with_carrier(token), *objects]:
        for child in anchor.children:
            if child.dep_ == "prep" and child.lower_ not in no_party:
                yield from (
                    c for c in child.children if c.dep_ == "pobj" and c.lower_ not in word_list("fixed_nouns")
                )
    outer = chain.outer
    is_noun = not syntax.is_verb(token)
    if is_noun and outer is not None and outer.operator in {"condemn", "praise"}:
        yield token
    named = is_noun and any(t.pos_ == "PROPN" for t in syntax.modifiers(token))
    if named and "mutual" in chain.act.entry.options and chain.held:
        yield token  # "threatened to cancel the Chad-Libya summit"


def _is_between_sides(chain: Chain) -> bool:
    """Talks and accords: what stands behind "in" or "on" is where they are, or what they are about."""
    return "mutual" in chain.act.entry.options


def _beside_holders(chain: Chain) -> Iterator[Token]:
    """Targets that hang on the verb above: "suspended aid to Mali", "opened a probe against the mayor"."""
    over = [h.token for h in chain.held if h.entry is not None and syntax.is_verb(h.token)]
    over = [chain.light, *over] if chain.light is not None else over
    for slot in chain.act.entry.target:
        yield from _behind(slot, over)


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


def act_roles(match: Match, chain: Chain | None = None) -> tuple[list[Token], list[Token]]:
    """Sources and targets in the act's own phrase, likeliest first."""
    if syntax.is_verb(match.token) or match.token.pos_ == "ADJ":
        return _verb_roles(match, chain)
    return _noun_roles(match)


def _verb_roles(match: Match, chain: Chain | None) -> tuple[list[Token], list[Token]]:
    verb = match.token
    source = syntax.subject(verb)
    if source is None and match.token.pos_ == "ADJ":
        source = syntax.subject(verb.head)
    if match.entry.source == "speaker":
        source = chain.speaker if chain is not None else None
    elif match.entry.source == "none":
        source = None
    elif match.entry.source == "holder":
        source = syntax.passive_subject(verb) or source
    elif match.entry.source == "from":
        source = _whose(match, verb)
    targets = list(_targets(match, verb))
    if not match.entry.is_act or "whole" in match.entry.options:
        targets.extend(_of_clause(verb))
    if match.entry.source in UNSEEN:
        return list(UNSEEN[match.entry.source](verb)), targets
    return ([source] if source is not None else []), targets


def _whose(match: Match, verb: Token) -> Token | None:
    """ "drew a rebuke from Rome", "drew Roman criticism" """
    anchors = [token for token in (match.object, verb) if token is not None]
    found = (syntax.prepositional(token, ("from", "by", "in")) for token in anchors)
    behind = next((token for token in found if token is not None), None)
    return behind or (next(owners(match.object), None) if match.object is not None else None)


def _bearers(verb: Token) -> Iterator[Token]:
    """ "missiles fired by the navy hit", "Saudi jets hit", "a bomb exploded": whose it is, else the thing."""
    thing = syntax.subject(verb)
    if thing is None or thing.lower_ in {"he", "she"}:
        return
    yield from _makers(thing)
    yield thing


def _makers(deed: Token) -> Iterator[Token]:
    """Whose the deed or the weapon is: "a raid by rebels", "shells fired by rebels", "Israel's raid"."""
    by = syntax.prepositional(deed, BY)
    if by is not None:
        yield by
    for clause in deed.children:
        if clause.dep_ == "acl" and clause.tag_ == "VBN":
            who = syntax.agent(clause)
            if who is not None:
                yield who
    yield from owners(deed)


def _causes(verb: Token) -> Iterator[Token]:
    """ "died in a raid by rebels", "were killed when rebels attacked", "killed by a bomb"."""
    by = syntax.agent(verb)
    behind = [by] if by is not None else []
    for preposition in CAUSING:
        found = syntax.prepositional(verb, (preposition,))
        if found is not None and found.ent_type_ not in {"DATE", "TIME", "GPE", "LOC"}:
            behind.append(found)
    for deed in behind:
        yield from _makers(deed)
    for clause in verb.children:
        if clause.dep_ == "advcl" and syntax.is_verb(clause) and clause.i > verb.i:
            who = syntax.subject(clause)
            if who is not None and any(c.dep_ in syntax.SUBJECTS for c in clause.children):
                yield who
    yield from behind


def _takers(verb: Token) -> Iterator[Token]:
    """ "the town fell to the rebels": who has it now."""
    found = syntax.prepositional(verb, ("to", "into"))
    if found is not None:
        yield from owners(found) if found.lemma_ == "hand" else [found]


CAUSING = ("in", "by", "during", "under", "from", "at", "with")
# Who does it where the subject of the verb does not: names that entries give as `source`.
UNSEEN = {"bearer": _bearers, "cause": _causes, "taker": _takers}


def _of_clause(verb: Token) -> Iterator[Token]:
    """Whom an operator's unknown act touches: "threatened to deal Rome a blow", "demanded that Rome pay"."""
    for clause in verb.children:
        if clause.dep_ not in {"xcomp", "ccomp", "acl"} or not syntax.is_verb(clause):
            continue
        own = [c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"}]
        yield from own
        found = syntax.direct_object(clause)
        objects = [found] if found is not None else []
        for preposition in ("to", "against", "on", "with", "from", "in", "of"):
            yield from _behind(preposition, [clause, *objects])
        yield from objects


def _targets(match: Match, verb: Token) -> Iterator[Token]:
    receiver = syntax.dative(verb)
    if receiver is not None and receiver.dep_ == "dative":
        yield receiver
    objects = [o for o in (match.object, syntax.direct_object(verb)) if o is not None]
    objects = [t for o in objects for t in syntax.conjuncts(o)]
    for noun in objects:
        if noun.lemma_.lower() in word_list("postings"):  # "recalled its envoy to Rome"
            yield from _behind("to", [noun])
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
        if noun.lemma_.lower() not in words("relations"):  # who attacks Chad's allies does not attack Chad
            yield from owners(noun)
        for preposition in ("of", "by", "from", "in", "against", "to"):
            yield from _behind(preposition, [noun])
        yield from _imposed_on(noun)
        yield from _askers_of(noun)


def _behind(preposition: str, tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        found = syntax.prepositional(token, tuple(preposition.split()))
        if found is None or found.lower_ in word_list("fixed_nouns"):
            continue
        if found.dep_ == "pcomp":
            yield from _within(found)
            continue
        if found is not None:
            yield found
            yield from _askers_of(found)
            below = syntax.prepositional(found, (preposition,))
            if below is not None:
                yield below


def _within(clause: Token) -> Iterator[Token]:
    """Whom a gerund touches: "the ban on sending workers to Kuwait"."""
    for preposition in ("to", "from", "with", "against", "in"):
        found = syntax.prepositional(clause, (preposition,))
        if found is not None:
            yield found
    own = next((c for c in clause.children if c.dep_ in syntax.SUBJECTS), None)
    found = own or syntax.direct_object(clause)
    if found is not None:
        yield found


def _imposed_on(noun: Token) -> Iterator[Token]:
    """ "lifted the curbs imposed on Rome" """
    for clause in noun.children:
        if clause.dep_ in {"acl", "relcl"} and clause.tag_ in {"VBN", "VBD"}:
            yield from _behind("on", [clause])
            yield from _behind("against", [clause])


def _askers_of(noun: Token) -> Iterator[Token]:
    """ "yielded to a demand that Rome had made", "rejected an appeal lodged by Rome" """
    for clause in noun.children:
        if clause.dep_ == "acl" and clause.tag_ == "VBN":
            by = syntax.agent(clause)
            if by is not None:
                yield by
    if noun.lemma_.lower() in word_list("asked_for"):
        for clause in noun.children:
            if clause.dep_ in {"relcl", "acl"}:
                who = next((c for c in clause.children if c.dep_ == "nsubj" and c.i < clause.i), None)
                if who is not None and who.lower_ not in syntax.RELATIVES:
                    yield who


def owners(noun: Token) -> Iterator[Token]:
    """ "Iran's ...", "the Iranian ...": whoever stands before the noun, possessors first."""
    before = list(noun.lefts)
    yield from (child for child in before if child.dep_ == "poss")
    yield from (child for child in reversed(before) if child.dep_ in {"amod", "compound", "nmod"})


def _with_carrier(noun: Token) -> list[Token]:
    """ "a mediation effort between": what hangs on the effort is said of the mediation."""
    above = noun.head
    return [noun, above] if noun.dep_ == "compound" and above.pos_ == "NOUN" else [noun]


def _noun_roles(match: Match) -> tuple[list[Token], list[Token]]:
    noun = match.token
    sources = list(owners(noun))
    by = syntax.prepositional(noun, BY)
    targets: list[Token] = []
    phrase = _with_carrier(noun)
    for slot in match.entry.target:
        if slot not in {"obj", "subj", "dative"}:
            targets.extend(_behind(slot, phrase))
    if match.object is not None and match.entry.target:
        is_first = bool({"of", "obj", "to"} & set(match.entry.target))
        targets.insert(0 if is_first else len(targets), match.object)
    if not match.entry.is_act:
        targets.extend(_of_clause(noun))
    between = next(_behind("between", phrase), None) or syntax.prepositional(noun, ("among",))
    if between is not None:
        pair = syntax.conjuncts(between)
        if "mutual" not in match.entry.options:  # mediation
            return sources, [*pair, *targets]
        return pair[:1], pair[1:] + targets
    if "mutual" in match.entry.options and not targets:
        named = [t for t in syntax.modifiers(noun) if t.pos_ in {"PROPN", "ADJ"}]
        return named, named[::-1]
    if by is not None and by.i not in {t.i for t in targets}:
        return [by, *sources], targets
    of = syntax.prepositional(noun, ("of",))
    if of is not None and "of" not in match.entry.target:
        sources.append(of)
    return sources, targets


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
