"""A draft of a conflict event in, the same with people and places in plain words as actors out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from extractors.events.actors.lexicon import read_countries
from extractors.events.actors.phrases import phrase_text
from extractors.events.actors_of import actors_at, is_known, phrase_of
from extractors.events.places import find_place
from extractors.events.syntax import conjuncts
from extractors.events.wordlists import DATA, word_list
from extractors.records import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.draft import Draft

MONTHS = frozenset({"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"})
CONFLICT = frozenset({"14", "17", "18", "19", "20"})
LONGEST = 8  # tokens of place behind the head
VIOLENCE = frozenset({"18", "19", "20"})
PERSONAL = ("er", "or", "ist", "ian", "man", "woman", "men", "women")
AT = frozenset(
    {"in", "at", "near", "outside", "inside", "on", "around", "across", "into", "along", "through"}
)
# Told of as a state of things: "the war in Chad".
LASTING = frozenset(
    {"war", "fighting", "violence", "operation", "campaign", "hostility", "intervention", "terrorism",
     "terror", "atrocity", "genocide", "insurgency", "bloodshed"}
)  # fmt: skip
# Acts of which a country by the place alone makes no event: "the patient in Vienna responded".
UNPLACED = frozenset({"retaliate", "coerce", "misdeed", "espionage", "seize_property", "restrict", "charge"})
# Sides whose country is that of the place where nothing else tells it.
LOCAL = frozenset({"CVL", "COP", "MIL", "REB", "UAF", "CRM", "MED", "LAB", "EDU", "JUD", "LEG", "GOV", "OPP"})
PUBLIC = LOCAL - {"CVL", "COP", "CRM", "UAF", "LAB", "JUD", "EDU"}


@dataclass(frozen=True, slots=True)
class PlainWords:
    """Lemmas of people with their CAMEO type code, of places, of weapons, of private crime."""

    people: Mapping[str, str]
    places: frozenset[str]
    weapons: frozenset[str]
    private: frozenset[str]
    times: frozenset[str]


@cache
def plain_words(path: Path = DATA / "people.yml") -> PlainWords:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    people = {word: code for code, words in raw["people"].items() for word in str(words).split()}
    sets = (frozenset(str(raw[name]).split()) for name in ("places", "weapons", "private", "times"))
    return PlainWords(people, *sets)


def in_plain_words(draft: Draft) -> Draft:
    """ "15 people" are CVL, "police" in Lahore PAKCOP; the place stands in for a target nobody else is."""
    if draft.candidate.composed.code[:2] not in CONFLICT:
        return draft
    sources = _typed(draft.sources, draft.candidate.roles.sources)
    roles = draft.candidate.roles
    targets = _typed((*draft.targets, *_besides(draft)), (*roles.targets, *roles.also))
    draft = replace(draft, sources=sources, targets=targets)
    is_placed = targets and all(actor.country for actor in (*sources, *targets))
    return draft if is_placed or draft.candidate.composed.act in UNPLACED else _at_place(draft)


def _besides(draft: Draft) -> Iterable[Actor]:
    """The killed and wounded of a clause behind the act."""
    told = {actor.text for actor in (*draft.targets, *draft.sources)}
    for head in draft.candidate.roles.also:
        yield from (a for a in actors_at(head, draft.known) if a.text not in told)


def _typed(actors: tuple[Actor, ...], heads: Iterable[Token]) -> tuple[Actor, ...]:
    by_text: dict[str, Token] = {}
    for head in (token for first in heads for token in conjuncts(first)):
        by_text.setdefault(phrase_of(head), head)
        by_text.setdefault(phrase_text(head), head)
    told = [(actor, by_text.get(actor.text)) for actor in actors]
    return tuple(
        actor if head is None else _as_people(_with_place(actor, head), head)
        for actor, head in told
        if head is None or is_known(actor) or head.lower_ not in plain_words().times
    )


def _with_place(actor: Actor, head: Token) -> Actor:
    """ "two students" as a reader quotes them: "two students at a market in Lahore"."""
    if head.pos_ not in {"NOUN", "NUM"} or not actor.text:
        return actor
    doc, last = head.doc, head.i
    while last - head.i < LONGEST and last + 1 < len(doc):
        after = doc[last + 1]
        inner = next((c for c in after.children if c.dep_ == "pobj"), None)
        if after.dep_ != "prep" or inner is None or not (after.lower_ == "of" or _is_at_place(after, inner)):
            break
        last = _end_of_name(inner)
    start = head.idx + len(head.text) - len(actor.text)
    if last == head.i or not actor.text.endswith(head.text) or start < 0:
        return actor
    text = doc.text[start : doc[last].idx + len(doc[last].text)]
    name = text if actor.name == actor.text else actor.name
    return replace(actor, text=text, name=name)


def _is_at_place(preposition: Token, noun: Token) -> bool:
    return preposition.lower_ in AT and noun.i < preposition.i + LONGEST and _is_place(noun)


def _end_of_name(noun: Token) -> int:
    """Where the noun's own phrase ends: "Kashmir" of "in Kashmir on Monday"."""
    return max([noun.i, *(c.i for c in noun.rights if c.dep_ in {"compound", "nmod", "nummod"})])


def _as_people(actor: Actor, head: Token) -> Actor:
    code = "" if is_known(actor) else people_code(head)
    if not code:
        return actor
    state = read_countries()[actor.country].cameo if actor.country else ""
    return Actor(actor.text, actor.name, state + code, actor.country, code)


def people_code(head: Token) -> str:
    """CAMEO type code of people in plain words: "15", "two shoppers"; "" for things."""
    words, lemma = plain_words(), head.lemma_.lower()
    if head.pos_ == "NUM":
        return "" if any(_is_time(near) for near in (*head.children, head.head)) else "CVL"
    if lemma in words.people or head.lower_ in words.people:
        return words.people.get(lemma) or words.people[head.lower_]
    if lemma in words.places or lemma in words.weapons or head.pos_ != "NOUN":
        return ""
    is_person = lemma.endswith(PERSONAL) and lemma not in word_list("not_persons")
    return "CVL" if is_person else ""


def _is_time(word: Token) -> bool:
    return (
        word.lower_ in plain_words().times or word.lower_ in MONTHS or word.lower_ in word_list("not_actors")
    )


def _at_place(draft: Draft) -> Draft:
    trigger = draft.candidate.trigger
    place = find_place(trigger.doc, trigger, draft.known)
    country = place.country if place is not None else None
    targets = draft.targets
    if not targets and draft.candidate.composed.code[:2] in VIOLENCE:
        targets = _place_as_target(draft, country)
    if not (draft.sources and targets) and draft.candidate.composed.code[:2] != "14":
        return draft
    return replace(
        draft,
        sources=tuple(_of_country(actor, country) for actor in draft.sources),
        targets=tuple(_of_country(actor, country) for actor in targets),
    )


def _of_country(actor: Actor, country: str | None) -> Actor:
    if country is None or actor.country or (actor.code and actor.code not in LOCAL):
        return actor
    code = read_countries()[country].cameo + actor.code
    return replace(actor, code=code, country=country) if actor.code else actor


def _place_as_target(draft: Draft, country: str | None) -> tuple[Actor, ...]:
    """ "A bomb went off in a market": the market. With its country where that is known."""
    verb = draft.candidate.chain.act.token
    for anchor in (verb, draft.candidate.chain.top):
        for head in _places_on(anchor) if anchor is not None else ():
            text = phrase_of(head)
            if text:
                code = read_countries()[country].cameo if country else ""
                return (Actor(text, text, code, country),)
    return ()


def _places_on(token: Token) -> Iterable[Token]:
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in AT:
            for head in child.children:
                if head.dep_ == "pobj" and _is_place(head):
                    yield head


def _is_place(head: Token) -> bool:
    if head.pos_ == "PROPN":
        return head.lower_ not in word_list("not_actors")
    return head.lemma_.lower() in plain_words().places


def is_public(draft: Draft) -> bool:
    """Violence with both sides told, however plainly, is kept; private crime is not."""
    if draft.candidate.composed.code[:2] not in VIOLENCE or not draft.sources:
        return False
    return any(map(_is_somebody, draft.targets)) and not is_private(draft)


def _is_somebody(actor: Actor) -> bool:
    """Not "the play": people, a place, or a name."""
    words = set(actor.text.lower().split())
    return is_known(actor) or actor.name[:1].isupper() or bool(words & plain_words().places)


def is_private(draft: Draft) -> bool:
    """A robbery, a jealous husband, a brawl, with nobody of a state, of its enemies or of the press in it."""
    private = plain_words().private
    if draft.known.mentions or draft.candidate.chain.hints & {"history", "alleged"}:
        return False
    if not any(token.lower_ in private or token.lemma_ in private for token in draft.candidate.trigger.doc):
        return False
    return not any(
        actor.sector in PUBLIC or len(actor.code) > 6 for actor in (*draft.sources, *draft.targets)
    )


def is_told_victim(draft: Draft) -> bool:
    """ "after the murder of the envoy": violence whose victim is told stands without its doer."""
    if draft.candidate.composed.code[:2] not in VIOLENCE or draft.sources:
        return False
    return any(is_known(actor) for actor in draft.targets) and _is_on_noun(draft) and not is_private(draft)


def _is_on_noun(draft: Draft) -> bool:
    """The victim hangs on the noun itself: "the murder of the envoy", not "the raid that the envoy saw"."""
    noun = draft.candidate.chain.act.token
    if noun.lemma_.lower() in LASTING:
        return False
    slots = set(draft.candidate.chain.act.entry.target)
    return any(
        child.dep_ == "prep" and child.lower_ in slots and any(c.dep_ == "pobj" for c in child.children)
        for child in noun.children
    )
