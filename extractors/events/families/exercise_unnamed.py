"""An exercise whose own phrase and verb name no side in, the states that its sentence tells of it out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.families.exercise_data import exercise_data, exercise_words
from extractors.events.families.exercise_reference import Reference
from extractors.events.families.exercise_sides import Sides, at, merged
from extractors.events.families.exercise_status import Held
from extractors.events.wordlists import word_list
from extractors.records import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.actors import SentenceActors

_MANY = re.compile(
    r"\b(?:\d+|[a-z]+(?:teen|ty)|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many)"
    r" (?:\w+ )?(?:countries|nations|states|navies|armies)\b"
)
BEYOND = frozenset({"near", "off", "against", "over", "toward", "towards", "opposite", "to"})
HOSTS = frozenset({"in", "at"})
SHARING = frozenset({"of", "from", "by", "with", "between", "among", "alongside", "under", "including"})
PEOPLE = frozenset({"one", "nobody", "anyone", "everyone", "somebody", "someone", "many", "some", "few"})
GOVERNED = frozenset({"done_to", "does"})


def likely_states(ref: Reference, held: Held, known: SentenceActors) -> tuple[Actor, ...]:
    """The one state named; else whose clause it stands in; else those it lists; else where it is held."""
    if held.is_wanted:
        return ()
    found = _only_state(ref, held, known)
    if found or not is_told_of(ref, held):
        return found
    return (
        merged(_subjects(ref, known))
        or merged(_taking_part(ref, known))
        or merged(_behind(ref, HOSTS, known))
    )


def is_told_of(ref: Reference, held: Held) -> bool:
    """By its name, or by what kind of forces hold it: the sentence is about that exercise."""
    if held.relation == "spoken" or held.is_wanted:
        return False
    return ref.name is not None or bool(exercise_words("forces_modifiers") & ref.modifiers())


def stands_alone(ref: Reference, held: Held) -> bool:
    """ "Exercise Grey Wolf was postponed": told in full, though nobody says whose it is."""
    return held.status is not None and held.relation in GOVERNED and is_told_of(ref, held)


def is_shared(ref: Reference, sides: Sides) -> bool:
    """ "the joint drills", "a drill with Chad", RIMPAC: several take part, whoever is named."""
    series = exercise_data()["series"].get(ref.name.series) if ref.name is not None else None
    is_known_to_many = series is not None and len(series.get("sides", ())) != 1
    return is_known_to_many or bool(exercise_words("shared_modifiers") & ref.modifiers() or sides.others)


def _only_state(ref: Reference, held: Held, known: SentenceActors) -> tuple[Actor, ...]:
    """The one state that the sentence names, where it tells what becomes of the exercise."""
    if held.relation == "spoken" or (held.status is None and held.relation != "within"):
        return ()
    named = [
        m
        for m in known.mentions
        if m.kind != "media" and m.actor.country and not _is_for(ref.top.doc[m.start], ref)
    ]
    if _MANY.search(syntax.text_of(ref.top.doc)):
        return ()
    found = merged(m.actor for m in named)
    return found if len(found) == 1 and not all(_is_beyond(ref.top.doc[m.start]) for m in named) else ()


def _subjects(ref: Reference, known: SentenceActors) -> Iterator[Actor]:
    """ "Chad's marines landed at Bata in the exercise": who acts in its clause, unless they only speak."""
    token = ref.top
    for _ in range(8):
        if token.head.i == token.i:
            break
        token = token.head
        if not syntax.is_verb(token):
            continue
        if token.lemma_.lower() in word_list("outside_verbs") | exercise_words("speaking"):
            return
        who = syntax.subject(token) or syntax.passive_subject(token)
        if who is not None and who.i not in {t.i for t in ref.tokens} and who.lower_ not in PEOPLE:
            yield from at(who, known)
            return


def _taking_part(ref: Reference, known: SentenceActors) -> Iterator[Actor]:
    """ "Grey Wolf: eleven ships of Kenya and India", "with Chad's team on top"."""
    for mention in known.mentions:
        token = ref.top.doc[mention.start]
        is_side = mention.kind != "media" and mention.actor.country and not _is_for(token, ref)
        if not is_side or _is_beside(token):
            continue
        verb = syntax.governing_verb(token)
        if verb is None or verb.lemma_.lower() not in exercise_words("speaking"):
            yield mention.actor


def _behind(ref: Reference, prepositions: frozenset[str], known: SentenceActors) -> Iterator[Actor]:
    for mention in known.mentions:
        token = ref.top.doc[mention.start]
        is_behind = token.dep_ == "pobj" and token.head.lower_ in prepositions
        if mention.actor.country and is_behind and token.head.head.lower_ not in PEOPLE:
            yield mention.actor


def _is_for(token: Token, ref: Reference) -> bool:
    """ "to encourage talks with Chad": in what the drill is stopped, or held, for."""
    for _ in range(8):
        if token.head.i == token.i or token.i == ref.top.i:
            return False
        if syntax.is_infinitive(token) and token.dep_ in {"advcl", "xcomp", "acl", "relcl"}:
            return not any(t.i == ref.top.i for t in token.subtree)
        token = token.head
    return False


def _is_beside(token: Token) -> bool:
    """ "before the summit with Chad", "in Chad": the phrase tells when, where or against whom."""
    for _ in range(8):
        if token.dep_ == "prep" and token.lower_ not in SHARING:
            return True
        if token.head.i == token.i or syntax.is_verb(token):
            return False
        token = token.head
    return False


def _is_beyond(token: Token) -> bool:
    """ "off Honduras", "against Honduras": near or at whom it is held; "no one in Lima": where others are."""
    for _ in range(4):
        if token.dep_ == "pobj":
            of_others = token.head.lower_ in HOSTS and token.head.head.lower_ in PEOPLE
            return of_others or token.head.lower_ in BEYOND
        if token.head.i == token.i:
            return False
        token = token.head
    return False
