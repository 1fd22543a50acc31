"""A trigger word in its parsed sentence and the sentence's actors in, the place of the event out."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from extractors.events.actors.lexicon import read_countries
from extractors.events.actors.records import ActorMention, MentionKind
from extractors.events.actors.sentence import SentenceActors
from extractors.events.actors.states import us_states
from extractors.events.actors.words import words
from extractors.events.gazetteer import choose_city
from extractors.records import Place

# A place only when nothing better is there: "flew to Hanoi", "came from Syria".
WEAK = frozenset(["to", "from", "into", "onto", "over", "across"])
PLACES = frozenset([MentionKind.COUNTRY, MentionKind.CAPITAL, MentionKind.REGION])
LONGEST = 4
NEAR = 6  # edges


def find_place(doc: Doc, trigger: Token, actors: SentenceActors) -> Place | None:
    """Where the event of `trigger` is, by the locative nearest to it in its clause; None when none is told.

    The country is given wherever it is known, coordinates where a city of the gazetteer or a country is
    named. Waters and borders ("the South China Sea") have a name only.
    """
    best: tuple[tuple[bool, int, int], Place] | None = None
    for preposition, noun in _locatives(doc):
        hops = _hops(preposition, trigger)
        if hops is None:
            continue
        place = _place_at(noun, actors)
        rank = (preposition.lower_ in WEAK, hops, abs(noun.i - trigger.i))
        if place and (best is None or rank < best[0]):
            best = rank, place
    return best[1] if best else None


def _locatives(doc: Doc) -> Iterator[tuple[Token, Token]]:
    for token in doc:
        if token.dep_ == "pobj" and token.head.lower_ in words("event_locative"):
            yield token.head, token
        elif token.dep_ == "dobj" and token.left_edge.i:  # "gather off Vladivostok": taken for a particle
            particle = doc[token.left_edge.i - 1]
            if particle.dep_ == "prt" and particle.lower_ in words("event_locative"):
                yield particle, token


def _hops(preposition: Token, trigger: Token) -> int | None:
    """Edges between the locative and the trigger; None when it belongs to a clause that does not hold it."""
    chain = [trigger, *trigger.ancestors]
    height = {token.i: number for number, token in enumerate(chain)}
    token, hops = preposition.head, 1
    while token.i not in height:
        if token.dep_ in ("ccomp", "advcl", "parataxis", "relcl") and token.head != trigger:
            return None
        if token.head == token:
            return None
        token, hops = token.head, hops + 1
    total = hops + height[token.i]
    crosses = any(step.dep_ in ("ccomp", "parataxis") for step in chain[: height[token.i]])
    return None if crosses or total > NEAR else total


def _place_at(noun: Token, actors: SentenceActors) -> Place | None:
    """The place that the noun names, or that stands beside it: "a base near Torun, Poland"."""
    for token in _place_words(noun):
        area = next((area for area in actors.areas if area.start <= token.i < area.end), None)
        if area:
            return Place(area.name, None)
        mention = _mention_at(token, actors)
        if mention is not None and mention.kind in PLACES:
            return _of_mention(mention)
        if mention is None and token.pos_ == "PROPN" and token.ent_type_ not in ("DATE", "TIME"):
            place = _of_city(token, actors)
            if place:
                return place
    return None


def _place_words(noun: Token) -> Iterator[Token]:
    yield noun
    for child in (*noun.rights, *reversed(list(noun.lefts))):
        if child.dep_ in ("appos", "compound", "poss", "nmod", "amod"):
            yield child
        elif child.dep_ == "prep" and child.lower_ in ("of", "in", "near", "at"):
            yield from (grand for grand in child.rights if grand.dep_ == "pobj")


def _mention_at(token: Token, actors: SentenceActors) -> ActorMention | None:
    return next((m for m in actors.mentions if m.start <= token.i < m.end), None)


def _of_mention(mention: ActorMention) -> Place:
    country = mention.actor.country
    name = mention.actor.text
    if mention.kind is MentionKind.COUNTRY and country:
        entry = read_countries()[country]
        return Place(entry.name, country, entry.lat, entry.lon)
    city = choose_city(name, beside=country, countries=frozenset())
    if city:
        return Place(name, country, city.lat, city.lon)
    return Place(name, country)


def _of_city(token: Token, actors: SentenceActors) -> Place | None:
    """The longest run of name words that ends at the token, or begins there, and is a city's name."""
    doc = token.doc
    start = token.i
    while start and token.i - start < LONGEST and doc[start - 1].pos_ == "PROPN":
        start -= 1
    for first in range(start, token.i + 1):
        name = doc[first : token.i + 1].text
        city = choose_city(name, beside=_beside(doc, token.i + 1, actors), countries=_countries(actors))
        if city:
            return Place(name, city.country, city.lat, city.lon)
    return None


def _beside(doc: Doc, position: int, actors: SentenceActors) -> str | None:
    """The country or state after a comma: "Torun, Poland", "Paris, Texas"."""
    if position + 1 >= len(doc) or doc[position].text != ",":
        return None
    after = doc[position + 1]
    mention = _mention_at(after, actors)
    if mention and mention.kind is MentionKind.COUNTRY:
        return mention.actor.country
    state = us_states().get(after.text)
    return f"USA.{state}" if state else None


def _countries(actors: SentenceActors) -> frozenset[str]:
    return frozenset(m.actor.country for m in actors.mentions if m.actor.country)
