"""A noun such as "drill" and its sentence in, a military exercise out; none for other drills."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from extractors.events import syntax
from extractors.events.actors_of import actors_at, is_known
from extractors.events.draft import country_of
from extractors.events.families import spans
from extractors.events.families.exercise_fields import exercise_data, exercise_words, read_fields
from extractors.events.wordlists import word_list
from extractors.records import Actor, Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.actors import SentenceActors
    from extractors.events.candidates import Candidate
    from extractors.events.draft import Draft


CHANGES = frozenset({"cancelled", "suspended", "postponed", "scaled_down", "expanded", "resumed"})


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise as a sentence tells it; what the article has told before fills the gaps."""

    participants: tuple[Actor, ...]
    acting: tuple[Actor, ...]
    status: str
    is_status_said: bool
    fields: dict[str, Any] = field(default_factory=dict)


def is_exercise(noun: Token, known: SentenceActors, *, article_has_one: bool) -> bool:
    """Armed forces' exercises only: by the words before the noun, else by military words and a country."""
    before = [t.lower_ for t in syntax.modifiers(noun)] + [t.lemma_.lower() for t in syntax.modifiers(noun)]
    if exercise_words("blockers") & set(before) and not {"military", "live", "naval", "joint"} & set(before):
        return False
    after = noun.doc[noun.i + 1 : noun.i + 3].text.lower()
    if any(after.startswith(words) for words in exercise_words("blocked_after")):
        return False
    if noun.lemma_ == "training":
        return bool({"military", "joint"} & set(before)) and bool(participants_of(noun, known))
    if noun.pos_ not in {"NOUN", "PROPN"} or (noun.dep_ == "compound" and noun.head.lemma_ != "series"):
        return False
    if exercise_words("sure_modifiers") & set(before) or {"war"} & set(before):
        return True
    has_country = any(is_known(m.actor) for m in known.mentions)
    words = {t.lower_ for t in noun.doc if t.i != noun.i}
    is_plural = noun.tag_ in {"NNS", "NNPS"} or any(
        c.lower_ in {"the", "this", "that"} for c in noun.children
    )
    return has_country and is_plural and (article_has_one or bool(words & exercise_words("military_words")))


def read_exercise(draft: Draft, memory: Exercise | None, *, is_past: bool) -> Exercise:
    candidate, known = draft.candidate, draft.known
    noun = candidate.chain.act.token
    doc = noun.doc
    acting = _acting(draft)
    participants = _merged(participants_of(noun, known), acting if not _is_outsider(candidate, noun) else ())
    if not participants and memory is None:
        participants = _above(noun, known)
    status, said = _status(candidate, is_past=is_past)
    fields = read_fields(noun, doc, known, participants)
    found = Exercise(participants, acting, status, said, fields)
    return _completed(found, memory, noun)


def participants_of(noun: Token, known: SentenceActors) -> tuple[Actor, ...]:
    """Who takes part, by the noun's own phrase: "US-South Korea drills", "drills with", "between"."""
    left = min(t.i for t in noun.subtree if t.i <= noun.i and _before(t, noun))
    named = [m.actor for m in known.mentions if left <= m.start and m.end <= noun.i + 1 and is_known(m.actor)]
    for preposition in ("with", "between", "by", "among", "involving", "of"):
        behind = syntax.prepositional(noun, (preposition,))
        if behind is not None:
            named += [a for a in actors_at(behind, known) if is_known(a)]
    if noun.dep_ in syntax.OBJECTS and syntax.is_verb(noun.head):
        named += [
            a for a in actors_at(syntax.prepositional(noun.head, ("with", "alongside")), known) if is_known(a)
        ]
    for clause in noun.children:
        if clause.dep_ in {"acl", "relcl"} and clause.lemma_ in {
            "involve",
            "conduct",
            "hold",
            "stage",
            "include",
            "bring",
        }:
            inside = [
                t
                for t in (syntax.agent(clause), *(c for c in clause.children if c.dep_ in {"dobj", "nsubj"}))
                if t is not None
            ]
            named += [a for t in inside for a in actors_at(t, known) if is_known(a)]
    return _merged(_states(named))


def _states(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Those with a country or an organisation behind them; "the military" alone is nobody."""
    return tuple(a for a in actors if a.country or a.code.startswith(("IGO", "IMG")) or len(a.code) > 6)


def _above(noun: Token, known: SentenceActors) -> tuple[Actor, ...]:
    """Whose drills they are when the phrase names nobody: the subject of a verb above."""
    token = noun
    for _ in range(8):
        if token.head.i == token.i:
            break
        token = token.head
        if syntax.is_verb(token) and token.lemma_ not in word_list("outside_verbs"):
            who = syntax.subject(token)
            found = _states(actors_at(who, known))
            if found:
                return _merged(found)
    return ()


def _before(token: Token, noun: Token) -> bool:
    while token.i != noun.i:
        if token.dep_ in {"relcl", "acl", "prep", "appos"}:
            return False
        token = token.head
    return True


def _acting(draft: Draft) -> tuple[Actor, ...]:
    outer = draft.candidate.chain.outer
    asked = outer is not None and outer.operator in {"appeal", "demand"}
    found = _states(draft.targets if asked else draft.sources)
    if found:
        return _merged(found)
    above = syntax.governing_verb(draft.candidate.chain.act.token)
    who = syntax.subject(above) if above is not None else None
    return _merged(_states(actors_at(who, draft.known)))


def _is_outsider(candidate: Candidate, noun: Token) -> bool:
    """The subject speaks of the drill, or asks for something: it need not take part."""
    outer = candidate.chain.outer
    if outer is not None and outer.operator in {"accuse", "condemn", "praise", "threaten"}:
        return True
    if outer is not None:
        return False
    above = syntax.governing_verb(noun)
    return above is None or not (above.lemma_ in _all_status_verbs() or candidate.chain.light is not None)


@cache
def _all_status_verbs() -> frozenset[str]:
    return frozenset(
        v for verbs in exercise_data()["status_verbs"].values() for v in verbs.split()
    ) | frozenset({"arrive", "attend", "fly", "send", "practise", "practice", "host", "lead"})


def _status(candidate: Candidate, *, is_past: bool) -> tuple[str, bool]:
    """Status and whether the sentence says it, by the verbs that hold the noun, nearest change first."""
    chain, noun = candidate.chain, candidate.chain.act.token
    verbs = list(_status_verbs(noun))
    table = {v: status for status, words in exercise_data()["status_verbs"].items() for v in words.split()}
    named = [table[v.lemma_.lower()] for v in verbs if v.lemma_.lower() in table]
    change = next((status for status in named if status in CHANGES), None)
    if change is not None and not any(
        syntax.is_negated(v) for v in verbs if table.get(v.lemma_.lower()) == change
    ):
        return change, True
    if any(syntax.is_negated(v) or h.operator == "refuse" for v in verbs for h in chain.held):
        return (
            ("scaled_down", True)
            if any(v.lemma_ in {"send", "fly", "use", "deploy"} for v in verbs)
            else ("cancelled", True)
        )
    if any(h.operator == "refuse" for h in chain.held):
        return "cancelled", True
    if (
        any(h.operator == "intend" for h in chain.held)
        or "planned" in named
        or _is_modified(noun, {"planned", "upcoming", "scheduled", "forthcoming"})
    ):
        return "planned", True
    if "completed" in named or _is_over(noun, verbs, is_past=is_past):
        return "completed", True
    return "ongoing", bool(named)


def _status_verbs(noun: Token) -> Iterator[Token]:
    """Verbs above the noun up to the first that reports, and those of its own clauses."""
    token = noun
    for _ in range(6):
        if token.head.i == token.i:
            break
        link, token = token.dep_, token.head
        if syntax.is_verb(token) or token.lemma_ in {
            "suspension",
            "cancellation",
            "postponement",
            "completion",
            "resumption",
            "end",
            "halt",
        }:
            yield token
        if syntax.is_verb(token) and (
            link in {"ccomp", "advcl", "relcl"} or token.dep_ in {"ccomp", "advcl", "relcl", "ROOT"}
        ):
            break
    for clause in noun.children:
        if clause.dep_ in {"acl", "relcl"}:
            yield clause
            yield from (c for c in clause.children if c.dep_ in {"conj", "xcomp"} and syntax.is_verb(c))


def _is_over(noun: Token, verbs: list[Token], *, is_past: bool) -> bool:
    """Past tense of holding, with something that puts it in the past: "held ... last year"."""
    if (noun.dep_ == "pobj" and noun.head.lower_ == "after") or _is_modified(
        noun, {"previous", "past", "last"}
    ):
        return True
    past = [
        v
        for v in verbs
        if v.lemma_ in exercise_words("past_ok")
        and (v.tag_ in {"VBD", "VBN"})
        and v.dep_ not in {"acl", "amod"}
    ]
    words = {t.lower_ for t in noun.doc}
    return bool(past) and bool(
        is_past
        or words & {"ago", "last", "previous", "ended", "earlier"}
        or any(re.fullmatch(r"(19|20)\d\d", w) for w in words)
    )


def _is_modified(noun: Token, words: set[str]) -> bool:
    return any(t.lower_ in words for t in syntax.modifiers(noun))


def _completed(found: Exercise, memory: Exercise | None, noun: Token) -> Exercise:
    """A later sentence about "the drill" speaks of the exercise that the article has already told of."""
    if memory is None or (
        found.fields["series"] and memory.fields["series"] not in {None, found.fields["series"]}
    ):
        return found
    is_definite = any(
        c.lower_ in {"the", "this", "these", "those", "their", "its"} for c in noun.children if c.i < noun.i
    )
    if not is_definite and found.participants:
        return found
    if not found.participants or (len(found.participants) == 1 and _is_modified(noun, {"joint"})):
        found = replace(found, participants=_merged(found.participants, memory.participants))
    if is_definite:
        fields = {k: v or memory.fields.get(k) for k, v in found.fields.items()}
        fields["assets"] = list(dict.fromkeys([*memory.fields["assets"], *found.fields["assets"]]))
        status = (
            memory.status
            if memory.status in CHANGES and found.status in {"planned", "ongoing"}
            else found.status
        )
        found = replace(found, fields=fields, status=status)
    return found


def _merged(*groups: Iterable[Actor]) -> tuple[Actor, ...]:
    """One actor a country, in order."""
    kept: dict[str, Actor] = {}
    for group in groups:
        for actor in group:
            kept.setdefault(country_of(actor), actor)
    return tuple(kept.values())


def remembered(memory: Exercise | None, found: Exercise) -> Exercise:
    """What the article knows of its exercise by now: a change of status stays, assets add up."""
    if memory is None:
        return found
    fields = {k: v or memory.fields.get(k) for k, v in found.fields.items()}
    fields["assets"] = list(dict.fromkeys([*memory.fields["assets"], *found.fields["assets"]]))
    status = found.status if found.status in CHANGES or memory.status not in CHANGES else memory.status
    return replace(
        found, fields=fields, status=status, participants=found.participants or memory.participants
    )


def details(exercise: Exercise) -> dict[str, Any]:
    """The fields of the record. No participant is an adversary, whatever another sentence said."""
    countries = sorted({country_of(a) for a in exercise.participants if country_of(a)})
    aimed = [country for country in exercise.fields["directed_at"] or [] if country not in countries]
    own = {"participants": countries, "host": exercise.fields.get("host"), "status": exercise.status}
    return exercise.fields | own | {"directed_at": aimed}


def code(exercise: Exercise, modality: Modality) -> str:
    """Joint 062, joint and still to come 0312, alone 150: CAMEO has no code for exercises."""
    if len(exercise.participants) < 2:
        return "150"
    return "0312" if exercise.status == "planned" or modality is Modality.PLANNED else "062"


def modality(draft: Draft, exercise: Exercise) -> Modality:
    """Of the drill as reported: a proposed change is hypothetical, a drill that is condemned is real."""
    composed = draft.candidate.composed
    if composed.operator in {"appeal", "demand"} or draft.modality is Modality.HYPOTHETICAL:
        return Modality.HYPOTHETICAL if exercise.status in CHANGES else Modality.ASSERTED
    if draft.modality is Modality.HISTORICAL:
        return Modality.HISTORICAL
    return Modality.PLANNED if exercise.status == "planned" else Modality.ASSERTED


def as_gesture(draft: Draft, exercise: Exercise) -> Draft | None:
    """A drill stopped or made smaller for someone's sake, as a concession to them."""
    composed = draft.candidate.composed
    if exercise.status not in {"cancelled", "suspended", "postponed", "scaled_down"}:
        return None
    if composed.act != "stop_exercise" or composed.operator not in {"done", "intend"}:
        return None
    words = {t.lower_ for t in draft.candidate.trigger.doc}
    if not words & spans.word_set("gesture"):
        return None
    own = {country_of(a) for a in exercise.participants}
    gainers = [
        m.actor
        for m in draft.known.mentions
        if is_known(m.actor) and m.actor.country and country_of(m.actor) not in own
    ]
    sources = exercise.acting or exercise.participants
    if not gainers or not sources:
        return None
    return replace(draft, sources=sources, targets=_merged(gainers)[:1])
