"""A candidate without a target in, whoever else its clause names out: in its phrase, or where it happens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.actors_of import is_known, same_government
from extractors.events.audience import is_outlet, is_platform, is_telling
from extractors.events.roles import is_hostile_deed
from extractors.events.topics import is_judged_deed, is_topic_word
from extractors.events.wordlists import word_list
from extractors.records import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.actors import SentenceActors
    from extractors.events.actors.records import ActorMention
    from extractors.events.candidates import Candidate

MAX_CLIMB = 12
PLACING = frozenset({"in", "at", "on", "near", "inside", "outside", "across", "along", "off", "around",
                     "over", "into", "throughout", "from"})  # fmt: skip

VICTIMS = PLACING | {"against", "of", "to"}
TOPICS = PLACING | {"about", "for", "regarding", "concerning"}
NO_COMMENT = "011"
SUPPOSED = frozenset({"would", "could", "might", "may", "can"})
PARTNERING = frozenset({"to", "with", "from", "against", "on", "at"})


def in_the_phrase(
    candidate: Candidate, known: SentenceActors, sources: tuple[Actor, ...]
) -> tuple[Actor, ...]:
    """ "deplored the violence after the Iranian vote", "praised steps that Kigali took"."""
    topics, code = _topics(candidate, sources), candidate.composed.code
    for anchor in _phrases(candidate):
        left, first, last = anchor.left_edge.i, anchor.i, anchor.right_edge.i
        found = [
            m
            for m in known.mentions
            if left <= m.start and m.end - 1 <= last and m.start != first
            if m.start not in topics and not is_topic_word(anchor.doc[m.end - 1], code)
            if not _is_in_content(m, anchor) and _is_party(m, sources, candidate)
        ]
        if found:
            return tuple(m.actor for m in _together(found, anchor))
    return ()


def _topics(candidate: Candidate, sources: tuple[Actor, ...]) -> frozenset[int]:
    """Of talks what they are about and where, of a raid that is condemned whom it met."""
    if is_hostile_deed(candidate.chain):
        no_party = VICTIMS
    elif _is_mutual(candidate):
        no_party = TOPICS
    else:
        return frozenset()
    if candidate.chain.light is not None and len(sources) == 1 and sources[0].country:
        no_party = no_party - {"in"}  # "held meetings in Rome"
    act = candidate.chain.act.token
    about = [c for c in act.children if c.dep_ == "prep" and c.lower_ in no_party]
    return frozenset(token.i for preposition in about for token in preposition.subtree)


def _is_in_content(mention: ActorMention, anchor: Token) -> bool:
    """ "concern that Rome and Paris may quarrel", "its decision to meet Rome": in what is only thought of."""
    token = syntax.head_of(mention.start, mention.end, anchor.doc)
    for _ in range(MAX_CLIMB):
        if token.i == anchor.i or token.head.i == token.i:
            return False
        if token.dep_ in {"ccomp", "acl"} and any(c.dep_ == "mark" for c in token.children):
            return True
        if token.dep_ == "relcl" and syntax.modals(token) & SUPPOSED:
            return True  # "a missile whose range would include Rome"
        if token.dep_ == "acl" and syntax.is_infinitive(token) and _is_owned(token.head):
            return True
        token = token.head
    return False


def _is_owned(noun: Token) -> bool:
    return any(child.dep_ == "poss" for child in noun.children)


def _phrases(candidate: Candidate) -> Iterator[Token]:
    """What the act and the words that hold it govern: objects, and the noun itself."""
    tokens = [candidate.chain.act.token, *(h.token for h in candidate.chain.held if h.entry is not None)]
    for token in tokens:
        if syntax.is_verb(token):
            found = syntax.direct_object(token)
            if found is not None and found.i > token.i:
                yield found
        else:
            yield token.head if token.dep_ == "compound" else token


def of_the_verb_before(
    candidate: Candidate, known: SentenceActors, sources: tuple[Actor, ...]
) -> tuple[Actor, ...]:
    """ "suspended aid to Guinea and imposed an embargo", "wrote to Canberra pleading for police".

    A refusal answers whoever acts in the clause before: "Rome pressed Paris, and Paris refused".
    """
    verb = candidate.chain.light or candidate.trigger
    if not syntax.is_verb(verb) or not (verb.dep_ == "conj" or (verb.dep_ == "advcl" and verb.tag_ == "VBG")):
        return ()
    above = verb.head
    if not syntax.is_verb(above) or above.i > verb.i or _is_mutual(candidate):
        return ()
    code, own = candidate.composed.code, syntax.direct_object(verb)
    if code == NO_COMMENT or (own is not None and is_judged_deed(own, code)):
        return ()  # "left the drill with Chad and condemned the killings": not Chad
    if any(child.dep_ == "nsubj" for child in verb.children):
        heads = [syntax.subject(above)] if candidate.composed.operator == "refuse" else []
    else:
        heads = list(_partners(above))
    for head in heads:
        found = known.resolve(head) if head is not None else ()
        other = tuple(a for a in found if is_known(a) and not any(same_government(a, own) for own in sources))
        if other:
            return other
    return ()


def _partners(verb: Token) -> Iterator[Token]:
    objects = [t for t in (syntax.dative(verb), syntax.direct_object(verb)) if t is not None]
    yield from objects
    for token in (verb, *objects):
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in PARTNERING:
                yield from (c for c in child.children if c.dep_ == "pobj")


def at_the_place(
    candidate: Candidate, known: SentenceActors, sources: tuple[Actor, ...]
) -> tuple[Actor, ...]:
    """ "imposed a curfew on Basra", "gave millions to rebuild schools in Mali": done to who lives there."""
    is_curb = candidate.composed.code.startswith("132")  # a curfew that is to come
    roots = word_list("roots_at_a_place")
    if not (is_curb or candidate.composed.code[:2] in roots) or _is_mutual(candidate):
        return ()
    found = [m for m in _in_clause(candidate, known) if _is_party(m, sources, candidate, same=True)]
    other = [m for m in found if not any(same_government(m.actor, own) for own in sources)]
    if candidate.composed.code.startswith("15"):
        found = other  # troops called out at home are called out against nobody
    return tuple(m.actor for m in (other or found)[:1])


def place_of(candidate: Candidate, known: SentenceActors) -> str | None:
    """ISO3 of the country in which the clause puts the act."""
    for mention in _in_clause(candidate, known):
        if (
            mention.actor.country
            and syntax.head_of(mention.start, mention.end, candidate.trigger.doc).dep_ == "pobj"
        ):
            return mention.actor.country
    return None


def _is_mutual(candidate: Candidate) -> bool:
    return "mutual" in candidate.chain.act.entry.options


def _in_clause(candidate: Candidate, known: SentenceActors) -> Iterator[ActorMention]:
    """Mentions behind a preposition of place in the act's clause, or in what it is done for."""
    doc = candidate.trigger.doc
    own = {candidate.chain.act.token.i, candidate.trigger.i}
    own |= {t.i for t in (candidate.chain.light, candidate.chain.top) if t is not None}
    for mention in known.mentions:
        token = syntax.head_of(mention.start, mention.end, doc)
        if token.i > min(own) and _hangs_on(token, own):
            yield mention


def _hangs_on(token: Token, own: set[int]) -> bool:
    placed = False
    for _ in range(MAX_CLIMB):
        above = token.head
        if above.i == token.i:
            return False
        if token.dep_ == "pobj":
            placed = placed or above.lower_ in PLACING
        if token.dep_ in {"prep", "agent"} and token.lower_ in word_list("circumstances"):
            return False
        if token.dep_ in {"ccomp", "parataxis", "relcl"} or (token.dep_ == "conj" and syntax.is_verb(token)):
            return False
        if token.dep_ == "advcl" and not _is_purpose(token):
            return False
        if token.dep_ in {"nsubj", "nsubjpass"} and token.head.i in own:
            return False
        token = above
        if token.i in own:
            return placed
    return False


def _is_purpose(clause: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in clause.children)


def _is_party(
    mention: ActorMention, sources: Iterable[Actor], candidate: Candidate, *, same: bool = False
) -> bool:
    if not is_known(mention.actor) or str(mention.kind) == "media" or is_attribution(mention, candidate):
        return False
    if same:
        return all(mention.actor.name != own.name or mention.actor.code != own.code for own in sources)
    return not any(same_government(mention.actor, own) for own in sources)


def is_venue(head: Token, known: SentenceActors) -> bool:
    """ "the Geneva talks", "an Oval Office meeting": where they are, not who talks."""
    if head.dep_ not in {"compound", "nmod", "amod"}:
        return False
    at = [m for m in known.mentions if m.start <= head.i < m.end]
    return any(str(m.kind) in {"capital", "seat", "region"} for m in at)


def is_attribution(mention: ActorMention, candidate: Candidate) -> bool:
    """Who merely tells it: "Rome said", "according to Rome"."""
    token = syntax.head_of(mention.start, mention.end, candidate.trigger.doc)
    if is_outlet(mention.actor) and (is_platform(mention.actor) or is_telling(token)):
        return True
    speaker = candidate.chain.speaker
    if speaker is not None and speaker.left_edge.i <= token.i <= speaker.right_edge.i:
        return True
    above = token.head
    return token.dep_ == "pobj" and "according" in (above.lower_, above.head.lower_)


def _together(found: list[ActorMention], anchor: Token) -> list[ActorMention]:
    """ "the rift between Chad and Libya": both; else the first."""
    between = next((t for t in anchor.subtree if t.lower_ == "between"), None)
    if between is not None:
        pair = [m for m in found if m.start > between.i]
        return pair[:2]
    return found[:1]
