"""A draft in, the places out that its act was done at, as its sentence puts them: "a pub near Aba"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.actors.lexicon import read_countries
from extractors.events.actors.records import MentionKind
from extractors.events.actors_of import phrase_of
from extractors.events.gazetteer import choose_city
from extractors.events.people import AT, MONTHS, plain_words
from extractors.events.phrase_roles import BY
from extractors.events.places import find_place
from extractors.events.wordlists import word_list
from extractors.records import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.actors.records import ActorMention
    from extractors.events.draft import Draft

WITHIN = frozenset({"in", "of", "near", "at", "on", "outside", "along", "inside"})
ON_SITE = AT | {"throughout"}
PLACE_KINDS = frozenset({MentionKind.COUNTRY, MentionKind.CAPITAL, MentionKind.SEAT, MentionKind.REGION})
OF_A_KIND = frozenset({"suicide", "terror", "air", "truck", "car", "bus", "pipe"})
SEASONS = frozenset({"spring", "summer", "autumn", "fall", "winter", "christmas", "easter"})
MAX_SITES, LONGEST = 2, 14


def sites_of(draft: Draft) -> Iterator[Actor]:
    """Where it was, as its own words put it: "a pub in Chad"."""
    heads = {t.i: t for anchor in _anchors(draft) for t in _places_on(anchor, draft)}
    phrases = [(head, site_phrase(head)) for head in heads.values()]
    for head, text in [(head, text) for head, text in phrases if text][:MAX_SITES]:
        yield site_at(head, text, draft)


def site_at(head: Token, text: str, draft: Draft) -> Actor:
    """The place as a target: of its country alone."""
    country = _country_at(head, draft)
    return Actor(text, text, read_countries()[country].cameo if country else "", country)


def named_after(noun: Token | None, draft: Draft) -> Actor | None:
    """ "the Nairobi embassy bombing", "the Ankara attacks": named after where they were."""
    if noun is None:
        return None
    before = [
        c
        for c in noun.lefts
        if c.dep_ in {"compound", "nmod"} and not is_device(c) and c.lower_ not in OF_A_KIND
    ]
    if not before:
        return None
    last = before[-1]
    first = min([last.i, *(c.i for c in before), *(c.i for c in last.lefts if c.dep_ == "compound")])
    text = str(noun.doc[first : last.i + 1].text)
    if last.lower_ in SEASONS or not is_place(last, draft) or not _is_city_or_site(last, text, draft):
        return None
    return site_at(last, text, draft)


def is_device(word: Token) -> bool:
    return word.lemma_.lower() in plain_words().weapons


def _is_city_or_site(last: Token, name: str, draft: Draft) -> bool:
    """Not a person or a group: "the Tsarnaev bombing", and no whole state: "the Israel attack"."""
    mention = _mention(last, draft)
    if mention is not None:
        return mention.kind in {MentionKind.CAPITAL, MentionKind.REGION}
    if last.lower_ in plain_words().places or last.lemma_.lower() in plain_words().places:
        return True
    return choose_city(name, beside=None, countries=frozenset()) is not None


def _anchors(draft: Draft) -> Iterator[Token]:
    """The words on which the place may hang: the act, what holds it, the deed that is its subject."""
    candidate = draft.candidate
    chain, token = candidate.chain, candidate.chain.act.token
    yield token
    by = None if syntax.is_verb(token) else syntax.prepositional(token, BY)
    yield from (t for t in (chain.light, chain.act.object, by) if t is not None and t.i != token.i)
    if chain.top is not None and chain.top.i != token.i and not chain.held:
        yield chain.top
    if chain.act.entry.source in {"bearer", "cause"}:
        yield from (c for c in token.children if c.dep_ in syntax.SUBJECTS)
        yield from (c for c in token.children if c.dep_ == "advcl" and c.i > token.i)
        for child in token.children:
            if child.dep_ in {"prep", "agent"} and child.lower_ in {"in", "by"}:
                yield from (c for c in child.children if c.dep_ == "pobj" and c.pos_ == "NOUN")


def _places_on(anchor: Token, draft: Draft) -> Iterator[Token]:
    for child in anchor.children:
        if child.dep_ == "prep" and child.lower_ in ON_SITE:
            yield from _behind(child, draft)


def _behind(preposition: Token, draft: Draft) -> Iterator[Token]:
    for child in preposition.children:
        if child.dep_ == "pobj":
            yield from (t for t in syntax.conjuncts(child) if is_place(t, draft))
        elif _goes_on(child):
            yield from _behind(child, draft)


def _goes_on(child: Token) -> bool:
    """ "in front of", "in a pub and at a bar" """
    if child.dep_ == "conj":
        return child.pos_ == "ADP"
    return child.dep_ == "prep" and child.lower_ in {*ON_SITE, "of"}


def is_place(noun: Token, draft: Draft) -> bool:
    """A building, a vehicle, a town; of names that we know only those of places."""
    if noun.pos_ != "PROPN":
        return noun.lemma_.lower() in plain_words().places
    if _is_date(noun):
        return False
    mention = _mention(noun, draft)
    return mention is None or mention.kind in PLACE_KINDS or noun.lower_ in plain_words().places


def site_phrase(head: Token) -> str:
    """The place as the sentence has it, with the larger place that it is in: "a bar near Aba, Nigeria"."""
    first, last = head.left_edge.i, head.i
    if not phrase_of(head):
        return ""
    stack = [head]
    while stack:
        for child in stack.pop().rights:
            if child.dep_ in {"compound", "nmod", "nummod"} or (
                child.dep_ == "appos" and child.pos_ == "PROPN"
            ):
                last = max(last, child.i)
                stack.append(child)
            elif child.dep_ == "prep" and child.lower_ in WITHIN:
                inner = [c for c in child.children if c.dep_ == "pobj" and not _is_date(c)]
                inner += [t for c in inner for t in syntax.conjuncts(c) if t.pos_ == "PROPN"]
                last = max([last, *(c.i for c in inner)])
                stack.extend(inner)
    first = max(first, head.i - LONGEST)
    return str(head.doc[first : min(last, head.i + LONGEST) + 1].text).strip()


def _is_date(noun: Token) -> bool:
    return noun.lower_ in word_list("not_actors") or noun.lower_.rstrip(".") in MONTHS


def _mention(noun: Token, draft: Draft) -> ActorMention | None:
    return next((m for m in draft.known.mentions if m.start <= noun.i < m.end), None)


def _country_at(head: Token, draft: Draft) -> str | None:
    """ISO3 of a state named in the place's phrase, else of the place of the event."""
    for mention in draft.known.mentions:
        is_within = head.left_edge.i <= mention.start <= head.right_edge.i
        if is_within and mention.actor.country and mention.kind in PLACE_KINDS:
            return mention.actor.country
    trigger = draft.candidate.trigger
    place = find_place(trigger.doc, trigger, draft.known)
    return place.country if place is not None else None
