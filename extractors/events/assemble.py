"""Candidates and actors of an article's sentences in, its events out: identified, dated, told once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from extractors.events.actors_of import is_known
from extractors.events.aims import aimed
from extractors.events.blame import is_topic
from extractors.events.by_sides import between
from extractors.events.candidates import Candidate
from extractors.events.capitals import as_written
from extractors.events.commentators import are_commentators, named_commentators
from extractors.events.confidence import estimate
from extractors.events.doers import is_done_by_thing
from extractors.events.draft import Draft
from extractors.events.families import exercise as exercises
from extractors.events.families.beneficiary import only_other_country, whom_it_is_for, with_giver
from extractors.events.families.concession import read_concession, received
from extractors.events.families.exercise import Exercise
from extractors.events.families.exercise_dates import dates_of, timing_of
from extractors.events.families.exercise_fields import is_site
from extractors.events.families.exercise_reference import Reference
from extractors.events.families.senses import another_sense
from extractors.events.families.threat import read_threat, refined, still_stands, with_threatener
from extractors.events.frames import Frames
from extractors.events.in_full import in_full
from extractors.events.judge.setting import Setting, setting_of
from extractors.events.modality import read_modality
from extractors.events.partners import lacks_other_side, on_neutral_ground
from extractors.events.people import in_plain_words, is_private, is_public, is_told_victim
from extractors.events.places import find_place
from extractors.events.retelling import linked, without_captions, without_retellings
from extractors.events.sides import directions, is_among, sides_of
from extractors.events.splitter import dateline_length
from extractors.events.struck import struck
from extractors.events.time import EventTime, resolve_event_date
from extractors.records import (
    Actor,
    CodeInput,
    DatePrecision,
    Event,
    Family,
    Modality,
    Sentence,
    Span,
    stable_id,
)
from extractors.reference import cameo_events

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from extractors.events.actors import SentenceActors
    from extractors.events.judge.decide import Bench


EXERCISES = frozenset({"exercise", "exercise_joint", "stop_exercise"})
# Told of each sentence and of each candidate with its events, or why it has none.
Watch = Callable[[Sentence, "Candidate | None", tuple[Event, ...], "str | None"], None]
AUTHORITIES = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "REB", "OPP", "INS", "SEP"})
OUTER_SPEECH = frozenset({"appeal", "demand", "refuse", "threaten", "accuse", "condemn", "praise"})


class Assembler:
    """Collects one article's events; remembers the exercise it has told of last."""

    def __init__(
        self,
        item: CodeInput,
        *,
        watch: Watch | None = None,
        judge: Bench | None = None,
        setting: Setting | None = None,
        sentences: Sequence[Sentence] = (),
    ) -> None:
        self._item = item
        published = item.published_at.date() if item.published_at else None
        self._frames = Frames(item.text, sentences, published, title=item.title)
        self._watch = watch
        self._judge = judge
        self._setting = setting or setting_of(None, (), None)
        self._events: list[Event] = []
        self._exercises = exercises.Memory()
        self._references: list[Reference] = []
        self._nouns: set[str] = set()
        self._commentators: set[str] = set()

    def add(
        self,
        sentence: Sentence,
        doc: Doc,
        actors: SentenceActors,
        candidates: Iterable[Candidate],
        references: list[Reference],
    ) -> None:
        found: list[Event] = []
        bench = (
            self._judge.sit(sentence, doc, actors, list(candidates), self._setting)
            if self._judge is not None
            else None
        )
        self._references = references
        self._commentators |= named_commentators(doc)
        published = self._item.published_at
        self._exercises.note_years(sentence.text, published.year if published else None)
        for candidate in candidates if bench is None else bench.candidates:
            draft, when = self._draft(doc, candidate, actors, sentence)
            reason = why_not(draft) or self._only_comments(draft)
            events = [] if reason else list(self._events_of(sentence, doc, draft, when))
            if bench is not None and events:
                events, reason = bench.hear(candidate, events)
            if candidate.roles.frame == "nominal" and {h.operator for h in candidate.chain.held} <= {
                "intend"
            }:
                self._nouns.update(event.event_id for event in events if event.family is None)
            if self._watch is not None:
                self._watch(
                    sentence,
                    candidate,
                    tuple(events),
                    reason or (None if events else "no armed forces' exercise"),
                )
            found.extend(events)
        is_recased = sentence.text.isupper() or sentence.text.islower()
        self._events.extend(as_written(e, sentence) if is_recased else e for e in distinct(found))

    def events(self) -> tuple[Event, ...]:
        """In the order of the text; what the article tells again is not counted again."""
        return tuple(linked(without_captions(without_retellings(self._events, nouns=self._nouns))))

    def _only_comments(self, draft: Draft) -> str | None:
        is_speech = draft.candidate.composed.code < "14" and not is_about_exercise(draft.candidate)
        if is_speech and are_commentators(draft.sources, self._commentators):
            return "said by somebody who only comments"
        return None

    def _draft(
        self, doc: Doc, candidate: Candidate, known: SentenceActors, sentence: Sentence
    ) -> tuple[Draft, EventTime]:
        when = resolve_event_date(doc, candidate.trigger, published=self._item.published_at)
        at = candidate.trigger.idx + dateline_length(sentence.text)
        when = self._frames.dated(when, candidate.trigger, sentence.index, at=at)
        in_body = sentence.index > 0
        is_old = (
            when.is_background
            or (in_body and when.is_over_since(self._item.published_at))
            or is_topic(candidate, sentence.index)
            or (in_body and self._frames.explains(sentence.index, candidate.trigger))
        )
        modality = read_modality(candidate.chain, candidate.composed, is_background=is_old, in_body=in_body)
        sources, targets = sides_of(candidate, known)
        draft = with_threatener(
            with_giver(Draft(candidate, sources, targets, modality, known, sentence.text))
        )
        draft = struck(draft)
        return in_full(in_plain_words(draft)), when

    def _events_of(self, sentence: Sentence, doc: Doc, draft: Draft, when: EventTime) -> Iterator[Event]:
        if is_about_exercise(draft.candidate):
            yield from self._exercise_events(sentence, doc, draft, when)
            return
        draft = received(draft)
        family, fields = family_of(draft)
        is_guess = draft.modality is Modality.HYPOTHETICAL and "maybe" in draft.candidate.chain.hints
        is_open = sentence.index == 0 and draft.modality is Modality.HISTORICAL and still_stands(draft)
        is_open = is_open and not when.is_background
        if family is Family.THREAT and (is_guess or is_open):
            draft = replace(draft, modality=Modality.ASSERTED)
        is_told = draft.has_other_side or draft.frees_someone or is_among(draft.candidate, draft.sources)
        if family is not None and not is_told:
            other = only_other_country(draft, but_places=family is Family.CONCESSION)
            draft = replace(draft, targets=other or draft.targets)
        for one, other in directions(draft.candidate, draft.sources, draft.targets):
            plain = replace(draft, sources=one, targets=other)
            code = _refined(plain, family, fields)
            yield self._event(sentence, doc, plain, when, family, fields, code=code)

    def _exercise_events(
        self, sentence: Sentence, doc: Doc, draft: Draft, when: EventTime
    ) -> Iterator[Event]:
        candidate, composed = draft.candidate, draft.candidate.composed
        ref = next((r for r in self._references if r.top.i == candidate.chain.act.token.i), None)
        has_one = not self._exercises.is_empty
        if ref is None or not exercises.is_one(ref, draft.known, article_has_one=has_one):
            return
        memory = self._exercises.recall(ref, exercises.sides_named(ref, draft.known))
        if self._exercises.is_history(memory, ref) and when.precision is DatePrecision.PUBLICATION:
            draft = replace(draft, modality=Modality.HISTORICAL)
        found = exercises.read_exercise(draft, ref, memory, timing=timing_of(when, self._item.published_at))
        if draft.modality is not Modality.HISTORICAL:
            self._exercises.keep(ref, exercises.as_remembered(found, memory))
        if exercises.is_told(found, ref) and not found.is_topic:
            yield self._exercise_event(sentence, doc, draft, found, when)
        gesture = exercises.as_gesture(draft, found)
        if gesture is not None:
            gesture = replace(gesture, targets=whom_it_is_for(gesture) or gesture.targets)
            fields = read_concession(gesture) or {}
            yield self._event(sentence, doc, gesture, when, Family.CONCESSION, fields)
        elif composed.operator in OUTER_SPEECH and is_worth_keeping(draft):
            yield self._event(sentence, doc, draft, when, *family_of(draft))

    def _exercise_event(
        self, sentence: Sentence, doc: Doc, draft: Draft, found: Exercise, when: EventTime
    ) -> Event:
        modality = exercises.modality(draft, found)
        code = exercises.code(found, modality)
        targets = found.participants if len(found.participants) > 1 else found.left
        plain = replace(draft, sources=found.participants, targets=targets, modality=modality)
        fields = exercises.details(found) | dates_of(found, when, sentence.text, self._item.published_at)
        event = self._event(sentence, doc, plain, when, Family.MILITARY_EXERCISE, fields, code=code)
        place = event.place
        if (
            place is not None
            and place.country in fields["participants"]
            and is_site(place.name, sentence.text)
        ):
            fields["host"] = fields["host"] or place.country
        return event

    def _event(
        self, sentence: Sentence, doc: Doc, draft: Draft, when: EventTime, family: Family | None,
        fields: dict[str, Any], *, code: str | None = None,
    ) -> Event:  # fmt: skip
        candidate, composed = draft.candidate, draft.candidate.composed
        place = find_place(doc, candidate.trigger, draft.known)
        code = on_neutral_ground(code or composed.code, place, draft)
        fact = cameo_events()[code]
        head = candidate.trigger if family is not Family.MILITARY_EXERCISE else candidate.chain.act.token
        trigger = span_of(head, sentence)
        sources, targets = draft.sources, draft.targets
        return Event(
            event_id=stable_id(
                self._item.id,
                sentence.start,
                trigger.start,
                code,
                family,
                *_names(sources),
                ">",
                *_names(targets),
            ),
            family=family,
            cameo_code=code, cameo_root=fact.root, plover=fact.plover,
            quad_class=fact.quad_class, goldstein=fact.goldstein,
            sources=sources, targets=targets, modality=draft.modality,
            event_date=when.date, date_precision=when.precision,
            place=place,
            trigger=trigger, sentence=sentence, attribution=attribution_of(candidate),
            details=fields,
            confidence=estimate(candidate, sources, targets, draft.modality),
            path=composed.path if code == composed.code else f"{composed.path} / {family} = {code}",
        )  # fmt: skip


def _refined(draft: Draft, family: Family | None, fields: dict[str, Any]) -> str | None:
    """What the sides, the aim or the fields make of the act's code; None where it stays."""
    candidate = draft.candidate
    if family is Family.THREAT:
        return refined(candidate.composed.code, fields)
    code = between(draft) or candidate.composed.code
    return aimed(candidate, code)


def family_of(draft: Draft) -> tuple[Family | None, dict[str, Any]]:
    fields = read_threat(draft)
    if fields is not None:
        return Family.THREAT, fields
    fields = read_concession(draft)
    if fields is not None:
        return Family.CONCESSION, fields
    return None, {}


def distinct(events: list[Event]) -> Iterator[Event]:
    """Within a sentence the same act between the same sides is told once."""
    seen: set[object] = set()
    for event in events:
        name = (
            event.details.get("exercise_name")
            if event.family is Family.MILITARY_EXERCISE
            else event.cameo_code
        )
        status = event.details.get("status") or event.details.get("conceded")
        key = (event.family, name, status, _names(event.sources), _names(event.targets))
        if key not in seen and event.event_id not in seen:
            seen |= {key, event.event_id}
            yield event


def is_about_exercise(candidate: Candidate) -> bool:
    return candidate.composed.act in EXERCISES or candidate.chain.act.entry.act in EXERCISES


def why_not(draft: Draft) -> str | None:
    """Why the draft is no event; None when it is one. Exercises are looked at by their own family."""
    if is_about_exercise(draft.candidate):
        return None
    if not is_worth_keeping(draft) and not is_public(draft):
        return "no known actor on either side"
    sense = another_sense(draft)
    if sense is not None:
        return sense
    if draft.candidate.composed.code >= "17" and is_private(draft):
        return "a private quarrel or plain crime"
    if is_done_by_thing(draft.candidate, draft.sources, draft.known):
        return "done by a thing, and nobody behind it"
    act = draft.candidate.chain.act.token
    is_noun = act.pos_ != "ADJ" or act.dep_ == "amod"
    is_bare_noun = draft.candidate.roles.frame == "nominal" and is_noun and not draft.candidate.chain.held
    sides = [actor for actor in (*draft.sources, *draft.targets) if not is_mutual(draft) or is_known(actor)]
    if is_bare_noun and len(sides) < 2 and not is_told_victim(draft):
        return "a noun alone, without both sides"
    return lacks_other_side(draft)


def is_mutual(draft: Draft) -> bool:
    return "mutual" in draft.candidate.chain.act.entry.options


def is_worth_keeping(draft: Draft) -> bool:
    """Someone with a country, an organisation or an authority; else a group against another, or a name."""
    both = (*draft.sources, *draft.targets)
    if any(actor.country or len(actor.code) > 3 or actor.code in AUTHORITIES for actor in both):
        return True
    if any(is_known(a) for a in draft.sources) and any(is_known(a) for a in draft.targets):
        return draft.candidate.composed.code >= "14"
    return bool(draft.sources and draft.targets) and any(_has_own_name(actor) for actor in both)


def _has_own_name(actor: Actor) -> bool:
    return not actor.code and actor.name[:1].isupper()


def span_of(token: Token, sentence: Sentence) -> Span:
    start = sentence.start + dateline_length(sentence.text) + token.idx
    end = start + len(token.text)
    return Span(sentence.text[start - sentence.start : end - sentence.start], start, end)


def attribution_of(candidate: Candidate) -> str | None:
    speaker = candidate.chain.speaker
    if speaker is None:
        return None
    left = min(token.i for token in speaker.subtree)
    return str(speaker.doc[max(left, speaker.i - 12) : speaker.i + 1].text)


def _names(actors: Iterable[Actor]) -> tuple[str, ...]:
    return tuple(actor.name for actor in actors)
