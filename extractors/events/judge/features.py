"""An event that the grammar proposes in, what the judge looks at out: named features, actors masked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.actors_of import is_known
from extractors.events.candidates import Candidate
from extractors.events.judge import masking
from extractors.records import Actor, Event

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from extractors.events.actors import SentenceActors

WINDOW = 4
MAX_PATH = 5
QUOTES = frozenset('"“”‘’')


@dataclass(frozen=True, slots=True)
class Evidence:
    """One event with the sentence it was found in. `others` are the sentence's other candidates."""

    doc: Doc
    event: Event
    candidate: Candidate
    known: SentenceActors
    others: Sequence[Candidate] = ()


@dataclass(frozen=True, slots=True)
class Features:
    """`grammar`: how it was found; `words`: n-grams of the masked sentence."""

    grammar: tuple[str, ...]
    words: tuple[str, ...]


def features_of(evidence: Evidence) -> Features:
    marks = marks_of(evidence)
    grammar = dict.fromkeys([*_grammar(evidence), *_around(evidence, marks), *_paths(evidence, marks)])
    words = dict.fromkeys(masking.ngrams(masking.masked_words(evidence.doc, marks)))
    return Features(tuple(grammar), tuple(f"w:{gram}" for gram in words))


def marks_of(evidence: Evidence) -> masking.Marks:
    event = evidence.event
    marks = masking.actor_marks(evidence.known, event.sources, event.targets)
    masking.mark_phrases(evidence.doc, marks, event.sources, masking.SOURCE)
    masking.mark_phrases(evidence.doc, marks, event.targets, masking.TARGET)
    return marks


def _grammar(evidence: Evidence) -> Iterator[str]:
    event, candidate = evidence.event, evidence.candidate
    chain, composed = candidate.chain, candidate.composed
    operators = "+".join(held.operator for held in chain.held) or "done"
    act, frame = chain.act.entry.act, candidate.roles.frame
    yield from ("bias", f"code={event.cameo_code}", f"root={event.cameo_root}", f"frame={frame}")
    yield from (f"family={event.family}", f"modality={event.modality.value}", f"chain={operators}")
    yield from (f"act={act}", f"act={act}/{operators}", f"outer={composed.operator}/{event.cameo_root}")
    yield from (f"entry={name}" for name in candidate.entry_ids)
    yield from (f"entry={chain.act.entry.id}/{frame}", f"root={event.cameo_root}/{frame}")
    yield from (f"hint={hint}" for hint in sorted(chain.hints))
    one, other = _kind(event.sources), _kind(event.targets)
    yield from (f"source={one}", f"target={other}", f"sides={one}>{other}")
    yield f"root={event.cameo_root}/sides={one[0]}{other[0]}"
    yield from (f"target_sector={actor.sector}" for actor in event.targets)
    yield from (f"source_sector={actor.sector}" for actor in event.sources)
    countries = {actor.country for actor in (*event.sources, *event.targets)}
    yield f"countries={min(len(countries - {None}), 3)}"
    yield f"candidates={min(len(evidence.others), 4)}"
    yield from (f"also={c.composed.code[:2]}" for c in evidence.others if c is not candidate)
    yield from (
        f"status={event.details[key]}" for key in ("status", "stage", "kind") if event.details.get(key)
    )
    yield f"attributed={event.attribution is not None}"


def _kind(actors: Sequence[Actor]) -> str:
    if not actors:
        return "none"
    if any(actor.country for actor in actors):
        return "country"
    return "known" if any(is_known(actor) for actor in actors) else "unnamed"


def _around(evidence: Evidence, marks: masking.Marks) -> Iterator[str]:
    token, doc = evidence.candidate.trigger, evidence.doc
    act = evidence.candidate.chain.act.token
    yield from (f"trigger={_lemma(token)}/{token.pos_}", f"tag={token.tag_}", f"dep={token.dep_}")
    if act.i != token.i:
        yield from (f"held={_lemma(act)}/{act.pos_}", f"held_dep={act.dep_}")
    for offset in range(-WINDOW, WINDOW + 1):
        place = token.i + offset
        if offset and 0 <= place < len(doc):
            word = _word(doc[place], marks)
            yield f"near={word}"
            if abs(offset) <= 2:
                yield f"at{offset}={word}"
    for child in token.children:
        yield f"child={child.dep_}/{_word(child, marks)}"
        yield f"has={child.dep_}"
    yield from _clause(token)
    yield from _manner(doc, token)


def _clause(token: Token) -> Iterator[str]:
    """What the trigger hangs on, up to the root."""
    above, steps = token, 0
    while above.head.i != above.i and steps < 6:
        yield f"under={above.dep_}"
        above = above.head
        steps += 1
        if steps <= 2:
            yield f"above{steps}={_lemma(above)}/{above.pos_}"
        yield from (f"mark={c.lower_}" for c in above.children if c.dep_ == "mark")
    yield from (f"mark={c.lower_}" for c in token.children if c.dep_ == "mark")
    yield from (f"modal={m}" for m in sorted(syntax.modals(token)))
    if syntax.is_negated(token):
        yield "negated"
    yield f"height={steps}"


def _manner(doc: Doc, token: Token) -> Iterator[str]:
    quotes = sum(t.text in QUOTES for t in doc[: token.i])
    yield f"quoted={quotes % 2 == 1}"
    if any(t.text == "?" for t in doc):
        yield "question"
    if any(t.lower_.isdigit() and len(t) == 4 and t.text[:2] in {"19", "20"} for t in doc):
        yield "year"
    yield f"length={min(len(doc) // 10, 5)}"
    yield f"place={min(token.i // 6, 5)}"
    if doc[-1].text not in {".", "!", "?", '"', "”"}:
        yield "headline"


def _paths(evidence: Evidence, marks: masking.Marks) -> Iterator[str]:
    """How the trigger leads to the first word of either side."""
    token = evidence.candidate.trigger
    for mask, heads in ((masking.SOURCE, evidence.candidate.roles.sources),
                        (masking.TARGET, evidence.candidate.roles.targets)):  # fmt: skip
        head = next((h for h in heads if marks.get(h.i) == mask), None)
        found = next((i for i, mark in sorted(marks.items()) if mark == mask), None)
        if head is None and found is None:
            yield f"path{mask}=none"
            continue
        end = head if head is not None else evidence.doc[found or 0]
        path = path_between(token, end)
        yield f"path{mask}={path}"
        yield f"path{mask}={path}/{evidence.event.cameo_root}"
        yield f"side{mask}={'before' if end.i < token.i else 'after'}"
        if head is None:
            yield f"apart{mask}"


def path_between(one: Token, other: Token) -> str:
    """Dependency labels up from one token (`^`) and down to the other (`v`)."""
    up = [one, *_ancestors(one)]
    down = [other, *_ancestors(other)]
    places = {token.i: index for index, token in enumerate(up)}
    for depth, token in enumerate(down):
        if token.i in places:
            rising = [f"{t.dep_}^" for t in up[: places[token.i]]]
            falling = [f"{t.dep_}v" for t in reversed(down[:depth])]
            if len(rising) + len(falling) > MAX_PATH:
                return "long"
            return "".join(rising + falling) or "same"
    return "apart"


def _ancestors(token: Token) -> Iterator[Token]:
    steps = 0
    while token.head.i != token.i and steps < 20:
        token = token.head
        steps += 1
        yield token


def _word(token: Token, marks: masking.Marks) -> str:
    return marks.get(token.i) or masking.plain_word(token)


def _lemma(token: Token) -> str:
    return token.lemma_.lower() if token.pos_ != "PROPN" else masking.NAME
