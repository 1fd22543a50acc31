"""A parsed sentence and its actors in, pairs that may act on one another out, with their features."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.actors_of import same_government
from extractors.events.chains import MAYBE, WILL
from extractors.events.judge import masking
from extractors.events.judge.casting import Phrase, phrases_of
from extractors.events.judge.features import Features
from extractors.events.modality import CONDITIONS
from extractors.records import Actor, Event, Modality

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from extractors.events.actors import SentenceActors

MAX_STEPS = 6
MAX_PAIRS = 6
TARGETS = frozenset(
    {"dobj", "pobj", "nsubjpass", "dative", "poss", "conj", "attr", "oprd", "compound", "amod"}
)
SOURCES = frozenset({"nsubj", "pobj", "poss", "conj", "nsubjpass", "amod", "compound", "appos", "nmod"})


@dataclass(frozen=True, slots=True)
class Pair:
    """`verb` is the word where the ways from both meet."""

    source: Phrase
    target: Phrase
    verb: Token
    path: str
    steps: int


def pairs_of(doc: Doc, known: SentenceActors) -> list[Pair]:
    """Ordered pairs that hang together in the parse, the closest first."""
    phrases = phrases_of(doc, known)
    found = [
        pair
        for one in phrases
        for other in phrases
        if one is not other
        for pair in (_pair(one, other),)
        if pair is not None
    ]
    return sorted(found, key=lambda p: (p.steps, p.source.head.i, p.target.head.i))[:MAX_PAIRS]


def _pair(one: Phrase, other: Phrase) -> Pair | None:
    if one.head.dep_ not in SOURCES or other.head.dep_ not in TARGETS:
        return None
    if one.head.dep_ == "nsubjpass" and other.head.dep_ != "pobj":
        return None
    if any(same_government(a, b) for a in one.actors for b in other.actors):
        return None
    up = [one.head, *_ancestors(one.head)]
    down = [other.head, *_ancestors(other.head)]
    places = {token.i: index for index, token in enumerate(up)}
    for depth, token in enumerate(down):
        if token.i in places:
            rise = places[token.i]
            if not rise or not depth or rise + depth > MAX_STEPS:
                return None
            rising = [f"{t.dep_}^" for t in up[:rise]]
            path = "".join(rising + [f"{t.dep_}v" for t in reversed(down[:depth])])
            return Pair(one, other, token, path, rise + depth)
    return None


def is_told(pair: Pair, events: Iterable[Event]) -> bool:
    """Whether an event has the two already, whoever acts."""
    one, other = ({a.name for a in phrase.actors} for phrase in (pair.source, pair.target))
    for event in events:
        sources, targets = {a.name for a in event.sources}, {a.name for a in event.targets}
        if (sources & one and targets & other) or (sources & other and targets & one):
            return True
    return False


def mood_at(verb: Token) -> Modality:
    """How the word where the two meet is held: denied, supposed, to come, or told as it is."""
    if syntax.is_negated(verb) or syntax.has_no(verb):
        return Modality.DENIED
    modals = syntax.modals(verb)
    if modals & MAYBE or any(c.dep_ == "mark" and c.lower_ in CONDITIONS for c in verb.children):
        return Modality.HYPOTHETICAL
    return Modality.PLANNED if modals & WILL else Modality.ASSERTED


def pair_features(doc: Doc, pair: Pair, known: SentenceActors) -> Features:
    marks = masking.actor_marks(known, pair.source.actors, pair.target.actors)
    for phrase, mask in ((pair.source, masking.SOURCE), (pair.target, masking.TARGET)):
        masking.mark_phrases(doc, marks, phrase.actors, mask)
    grammar = dict.fromkeys([*_structure(pair), *_words(doc, pair, marks)])
    return Features(tuple(grammar), ())


def _structure(pair: Pair) -> Iterator[str]:
    source, target, verb = pair.source.head, pair.target.head, pair.verb
    meeting = f"{verb.lemma_.lower()}/{verb.pos_}" if verb.pos_ != "PROPN" else verb.pos_
    yield from ("bias", f"path={pair.path}", f"meet={meeting}", f"meet={meeting}/{pair.path}")
    yield from (f"meet_pos={verb.pos_}", f"order={source.i < target.i}")
    yield from (f"source_dep={source.dep_}", f"target_dep={target.dep_}/{target.head.lower_}")
    for name, head in (("source", source), ("target", target)):
        above = syntax.governing_verb(head)
        if above is not None:
            yield f"{name}_verb={above.lemma_.lower()}"
        yield f"{name}_under={head.head.lemma_.lower() if head.head.pos_ != 'PROPN' else masking.NAME}"
    between = _way(source, verb) + _way(target, verb)
    yield from (f"way={t.lemma_.lower()}" for t in between if t.pos_ in {"VERB", "NOUN", "ADP", "ADJ"})
    for child in verb.children:
        if child.pos_ not in {"PROPN", "PUNCT"}:
            yield f"child={child.dep_}/{child.lemma_.lower()}"
    yield from (f"modal={m}" for m in sorted(syntax.modals(verb)))
    if syntax.is_negated(verb):
        yield "negated"
    kinds = [_kind(phrase.actors[0]) for phrase in (pair.source, pair.target)]
    yield from (f"kinds={'>'.join(kinds)}", f"source={kinds[0]}", f"target={kinds[1]}")
    countries = [{a.country for a in p.actors} - {None} for p in (pair.source, pair.target)]
    yield f"same_country={bool(countries[0] & countries[1])}"


def _words(doc: Doc, pair: Pair, marks: masking.Marks) -> Iterator[str]:
    first, last = sorted((pair.source.head.i, pair.target.head.i))
    yield from (f"w:{word}" for word in masking.masked_words(doc, marks))
    near = [
        marks.get(t.i) or masking.plain_word(t) for t in doc[max(0, first - 2) : last + 5] if not t.is_space
    ]
    yield from (f"b:{gram}" for gram in masking.ngrams(near, 2))


def _way(token: Token, end: Token) -> list[Token]:
    found: list[Token] = []
    for above in _ancestors(token):
        if above.i == end.i:
            break
        found.append(above)
    return found


def _kind(actor: Actor) -> str:
    return "country" if actor.country and not actor.sector else actor.sector or "body"


def _ancestors(token: Token) -> Iterator[Token]:
    steps = 0
    while token.head.i != token.i and steps < 20:
        token = token.head
        steps += 1
        yield token
