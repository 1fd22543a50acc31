"""A matched act in, the words of its own phrase that may be its sources and targets out, likeliest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.actors.words import words
from extractors.events.wordlists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.chains import Chain
    from extractors.events.matches import Match

BY = ("by", "from")
MAKING = frozenset({"brokered", "built", "imposed", "made"})  # "a bill backed by Rome" is not Rome's
ATTENDED = frozenset({"on", "during", "after", "for", "in"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "no"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
SCENE = frozenset({"in", "at", "on", "from", "near"})


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


def _noun_roles(match: Match) -> tuple[list[Token], list[Token]]:
    noun = match.token
    sources = list(owners(noun))
    by = syntax.prepositional(noun, BY) or _by_behind(noun)
    targets: list[Token] = []
    phrase = with_carrier(noun)
    for slot in match.entry.target:
        if slot not in {"obj", "subj", "dative"}:
            targets.extend(behind(slot, phrase))
    if match.object is not None and match.entry.target:
        is_first = bool({"of", "obj", "to"} & set(match.entry.target))
        targets.insert(0 if is_first else len(targets), match.object)
    if not match.entry.is_act:
        targets.extend(_of_clause(noun))
    between = next(behind("between", phrase), None) or syntax.prepositional(noun, ("among",))
    if between is not None:
        pair = syntax.conjuncts(between)
        if "mutual" not in match.entry.options and "between" in match.entry.target:  # mediation
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


def _by_behind(noun: Token) -> Token | None:
    """ "attacks on the alliance by Rome": the parser hangs the doer on what it is done to."""
    met = syntax.prepositional(noun, ("on", "against", "of"))
    return syntax.prepositional(met, ("by",)) if met is not None and met.dep_ == "pobj" else None


def two_between(noun: Token) -> tuple[Token, ...]:
    """The two of "a summit between Rome and Paris"; () where no two are named."""
    first = None if syntax.is_verb(noun) else syntax.prepositional(noun, ("between",))
    pair = tuple(syntax.conjuncts(first)) if first is not None else ()
    return pair if len(pair) > 1 else ()


def _whose(match: Match, verb: Token) -> Token | None:
    """ "drew a rebuke from Rome", "drew Roman criticism" """
    anchors = [token for token in (match.object, verb) if token is not None]
    found = (syntax.prepositional(token, ("from", "by", "in")) for token in anchors)
    told = next((token for token in found if token is not None), None)
    return told or (next(owners(match.object), None) if match.object is not None else None)


def _bearers(verb: Token) -> Iterator[Token]:
    """ "missiles fired by the navy hit", "Saudi jets hit", "a bomb exploded": whose it is, else the thing."""
    thing = syntax.subject(verb)
    if thing is None or thing.lower_ in {"he", "she"}:
        return
    yield from makers(thing)
    yield thing


def makers(deed: Token) -> Iterator[Token]:
    """Whose the deed or the weapon is: "a raid by rebels", "shells fired by rebels", "Israel's raid"."""
    by = syntax.prepositional(deed, BY)
    if by is not None:
        yield by
    for clause in deed.children:
        if clause.dep_ == "acl" and clause.tag_ == "VBN" and clause.lower_ not in words("backing") - MAKING:
            who = syntax.agent(clause)
            if who is not None:
                yield who
    yield from owners(deed)


def _causes(verb: Token) -> Iterator[Token]:
    """ "died in a raid by rebels", "were killed when rebels attacked", "killed by a bomb"."""
    by = syntax.agent(verb)
    told = [by] if by is not None else []
    for preposition in CAUSING:
        found = syntax.prepositional(verb, (preposition,))
        if found is not None and found.ent_type_ not in {"DATE", "TIME", "GPE", "LOC"}:
            told.append(found)
    for deed in told:
        yield from makers(deed)
        if deed.lemma_.lower() in word_list("fights"):  # "in a shootout with the police"
            yield from behind("with", [deed])
    for clause in verb.children:
        if clause.dep_ == "advcl" and syntax.is_verb(clause) and clause.i > verb.i:
            who = syntax.subject(clause)
            if who is not None and any(c.dep_ in syntax.SUBJECTS for c in clause.children):
                yield who
    yield from told


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
            yield from behind(preposition, [clause, *objects])
        yield from objects


def _targets(match: Match, verb: Token) -> Iterator[Token]:
    receiver = syntax.dative(verb)
    if receiver is not None and receiver.dep_ == "dative":
        yield receiver
    objects = [o for o in (match.object, syntax.direct_object(verb)) if o is not None]
    objects = [t for o in objects for t in syntax.conjuncts(o)]
    for noun in objects:
        if noun.lemma_.lower() in word_list("postings"):  # "recalled its envoy to Rome"
            yield from behind("to", [noun])
    for slot in match.entry.target:
        if slot == "obj":
            yield from objects
            for noun in objects:  # "criticised Rome's raid on Paris", "rejected Rome's offer to Paris"
                yield from (owner for owner in owners(noun) if owner.dep_ == "poss" and _is_deed(noun))
        elif slot == "subj":
            found = syntax.subject(verb) or syntax.passive_subject(verb)
            if found is not None:
                yield found
        elif slot == "dative":
            found = syntax.dative(verb)
            if found is not None:
                yield found
        else:
            yield from behind(slot, [verb, *objects])
    for noun in objects:
        if noun.lemma_.lower() not in words("relations"):  # who attacks Chad's allies does not attack Chad
            yield from owners(noun)
        for preposition in ("of", "by", "from", "in", "against", "to"):
            yield from behind(preposition, [noun])
        yield from _imposed_on(noun)
        yield from _askers_of(noun)


def behind(preposition: str, tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        found = syntax.prepositional(token, tuple(preposition.split()))
        if found is None or found.lower_ in word_list("fixed_nouns") or _is_scene(found, token):
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


def _is_deed(noun: Token) -> bool:
    return noun.pos_ == "NOUN" and noun.lemma_.lower() not in words("relations") | word_list("postings")


def _is_scene(found: Token, verb: Token) -> bool:
    """ "In Washington, a spokesman condemned ...": where it is said."""
    over = found.head
    return over.i < verb.i and over.lower_ in SCENE and syntax.is_verb(verb) and verb.dep_ != "relcl"


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
            yield from behind("on", [clause])
            yield from behind("against", [clause])


def _askers_of(noun: Token) -> Iterator[Token]:
    """ "yielded to a demand that Rome had made", "rejected an appeal lodged by Rome" """
    for clause in noun.children:
        if clause.dep_ == "acl" and clause.tag_ == "VBN" and clause.lower_ not in words("backing") - MAKING:
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


def attending(chain: Chain) -> Iterator[Token]:
    """ "Rossi, on a visit to Rome", "spoke after talks with Rome": who is there."""
    noun, over = chain.act.token, chain.act.token.head
    is_there = noun.dep_ == "pobj" and over.lower_ in ATTENDED and not chain.held
    is_known = any(child.lower_ in DEFINITE for child in noun.lefts)
    if not is_there or is_known or chain.act.entry.act not in word_list("encounters"):
        return
    anchor = over.head
    while anchor.dep_ == "prep" or (anchor.dep_ == "pobj" and anchor.ent_type_ in PLACES):
        anchor = anchor.head
    if syntax.is_verb(anchor):
        who = syntax.subject(anchor) or syntax.passive_subject(anchor)
        yield from [who] if who is not None else []
    elif anchor.i < noun.i and anchor.dep_ in syntax.SUBJECTS:
        yield anchor


def with_carrier(noun: Token) -> list[Token]:
    """ "a mediation effort between": what hangs on the effort is said of the mediation."""
    above = noun.head
    return [noun, above] if noun.dep_ == "compound" and above.pos_ == "NOUN" else [noun]
