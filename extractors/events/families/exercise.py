"""A reference to an exercise in, the exercise out, with what the article has told of it before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from extractors.events.actors_of import is_known
from extractors.events.draft import country_of
from extractors.events.families import spans
from extractors.events.families.exercise_data import exercise_words
from extractors.events.families.exercise_dates import Timing
from extractors.events.families.exercise_fields import read_fields
from extractors.events.families.exercise_reference import Reference, is_armed_forces
from extractors.events.families.exercise_sides import Sides, known_sides, merged, read_sides
from extractors.events.families.exercise_status import Held, read_status
from extractors.events.families.exercise_tense import CHANGES, is_habit, is_under_way
from extractors.events.families.exercise_unnamed import is_shared, likely_states, stands_alone
from extractors.events.wordlists import word_list
from extractors.records import Actor, Modality

if TYPE_CHECKING:
    from extractors.events.actors import SentenceActors
    from extractors.events.draft import Draft

GESTURES = frozenset({"cancelled", "suspended", "postponed", "scaled_down"})


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise as a sentence tells it; what the article has told before fills the gaps."""

    participants: tuple[Actor, ...]
    acting: tuple[Actor, ...]
    status: str
    is_status_said: bool
    is_wanted: bool = False
    is_done: bool = False  # "flew to hold a drill": a purpose that came about
    left: tuple[Actor, ...] = ()
    fields: dict[str, Any] = field(default_factory=dict)
    is_ending: bool = False  # the day told is its last
    is_going_on: bool = False  # "continued on Sunday", or another thing's day: neither first nor last
    is_timed: bool = False  # the sentence's day is one on which it begins or ends
    is_habit: bool = False  # "has been held every spring"
    is_topic: bool = False  # told of before, and here only what something else is about
    is_shared: bool = False  # several hold it, though the sentence may name one


class Memory:
    """The exercises of an article: by name, and the one that "the drill" means."""

    def __init__(self) -> None:
        self._named: dict[str, Exercise] = {}
        self._main: str | None = None
        self.is_empty = True
        self._is_history = False

    def note_years(self, sentence: str, this_year: int | None) -> None:
        """An article that speaks of a year long past goes on about it until it names another time."""
        years = [int(year) for year in re.findall(r"(?<!since )\b(?:19|20)\d\d\b", sentence)]
        if this_year is not None and years:
            self._is_history = max(years) < this_year - 1

    def is_history(self, told: Exercise | None, ref: Reference) -> bool:
        verb = read_status(ref).verb
        if verb is not None and is_under_way(verb):
            return False
        return self._is_history and (told is None or self.is_empty)

    def recall(self, ref: Reference, sides: tuple[Actor, ...]) -> Exercise | None:
        """What was told of it: by its name, else the article's own if it says "the" or names its sides."""
        if ref.key is not None:
            return self._named.get(ref.key) or self._unnamed()
        main = self._named.get(self._main) if self._main is not None else None
        if main is None or ref.modifiers() & word_list("other_exercises"):
            return None
        return main if ref.is_definite or self._is_same(main, sides) else None

    def _is_same(self, main: Exercise, sides: tuple[Actor, ...]) -> bool:
        """ "an exercise with Rome", then "a joint Paris-Rome-Madrid exercise"."""
        told = {country_of(a) for a in main.participants}
        return self._main == "" and len(told) > 1 and told <= {country_of(a) for a in sides}

    def _unnamed(self) -> Exercise | None:
        """ "a joint exercise. The drill, called X": the name comes after."""
        found = self._named.get("")
        return found if found is not None and len(self._named) == 1 else None

    def keep(self, ref: Reference, found: Exercise) -> None:
        self.is_empty = False
        key = ref.key or ""
        if not key and self._main is not None:
            key = self._main if ref.is_definite or self._main == "" else "another"
        if key and self._main == "":
            self._named.pop("", None)
            self._main = key
        self._named[key] = found
        if self._main is None:
            self._main = key


def is_told(found: Exercise, ref: Reference) -> bool:
    """Somebody takes part, or the exercise is told of by itself."""
    return bool(found.participants) or stands_alone(ref, read_status(ref))


def sides_named(ref: Reference, known: SentenceActors) -> tuple[Actor, ...]:
    return read_sides(ref, read_status(ref), known).named


def is_one(ref: Reference, known: SentenceActors, *, article_has_one: bool) -> bool:
    if ref.name is not None:
        return True
    held = read_status(ref)
    is_governed = held.status is not None and held.relation in {"done_to", "does", "joins"}
    is_shared = is_governed and len([a for a in read_sides(ref, held, known).all if a.country]) > 1
    return is_armed_forces(
        ref, known, article_has_one=article_has_one, is_governed=is_governed, is_shared=is_shared
    )


def read_exercise(draft: Draft, ref: Reference, memory: Exercise | None, *, timing: Timing) -> Exercise:
    held = read_status(ref)
    sides = read_sides(ref, held, draft.known, _asked(draft, held), trust_pronouns=memory is None)
    status, is_said = _status(held, draft, timing)
    fields = read_fields(ref, draft.known, sides.all, status)
    if held.relation == "quits" and not sides.all and memory is None and not known_sides(ref):
        status, sides = "cancelled", replace(sides, named=sides.left, left=())
    if held.relation == "quits" and status == "cancelled" and memory is not None and memory.participants:
        status = "scaled_down"  # the others go on
    found = Exercise(
        sides.all,
        sides.acting or sides.all,
        status,
        is_said,
        held.is_wanted,
        _is_done(held),
        sides.left,
        fields,
    )
    is_ending = held.verb is not None and held.verb.lemma_.lower() in exercise_words("ending_verbs")
    is_going_on = held.verb is not None and held.verb.lemma_.lower() in {"continue", "proceed", "go"}
    found = replace(
        found, is_going_on=is_going_on or held.relation == "spoken", is_shared=is_shared(ref, sides)
    )
    found = replace(found, is_ending=is_ending or (held.status == "completed" and held.relation == "does"))
    found = replace(found, is_timed=_is_edge(held) or is_ending)
    found = replace(found, is_topic=_is_topic(found, held, memory))
    found = replace(found, is_habit=held.verb is not None and is_habit(held.verb))
    return _completed(found, sides, memory, ref, held, likely_states(ref, held, draft.known))


def _is_edge(held: Held) -> bool:
    """ "began", "opened", "kicked off", "will start" """
    return held.verb is not None and held.verb.lemma_.lower() in exercise_words("beginning_verbs")


def _is_topic(found: Exercise, held: Held, memory: Exercise | None) -> bool:
    """ "called the drill a rehearsal", "asked what it had cost": a noun that only refers back."""
    if memory is None:
        return False
    is_said = found.is_status_said and found.status != memory.status
    return found.is_wanted or (held.relation in {"", "spoken"} and not is_said)


def _asked(draft: Draft, held: Held) -> tuple[Actor, ...]:
    """ "urged Rome to stop its drills": Rome's, not the speaker's."""
    outer = draft.candidate.chain.outer
    if (
        outer is None
        or outer.operator not in {"appeal", "demand"}
        or held.relation not in {"done_to", "joins"}
    ):
        return ()
    return tuple(a for a in draft.targets if is_known(a))


def _status(held: Held, draft: Draft, timing: Timing) -> tuple[str, bool]:
    chain = draft.candidate.chain
    operators = {h.operator for h in chain.held}
    if held.status in CHANGES:
        return held.status, True
    if held.relation in {"done_to", "joins"} and "refuse" in operators:
        return "cancelled", True
    if timing is Timing.COMING and held.status in {None, "ongoing"} and not _is_progressive(held):
        return "planned", True
    if held.status is not None:
        return held.status, True
    if held.relation in {"done_to", "joins", "does"} and "intend" in operators:
        return "planned", True
    if (
        held.relation == "joins"
        and timing is Timing.PAST
        and held.verb is not None
        and held.verb.tag_ == "VBD"
    ):
        return "completed", True
    return "ongoing", False


def _is_progressive(held: Held) -> bool:
    """ "is holding", "began"; "will end on Friday": it is under way."""
    verb = held.verb
    ending = {"end", "finish", "conclude", "close", "wrap", "continue", "last", "go", "proceed"}
    return verb is not None and (verb.tag_ in {"VBG", "VBD", "VBN"} or verb.lemma_ in ending)


def _is_done(held: Held) -> bool:
    return held.status == "completed" and held.verb is not None and held.verb.dep_ == "advcl"


def _completed(
    found: Exercise,
    sides: Sides,
    memory: Exercise | None,
    ref: Reference,
    held: Held,
    only: tuple[Actor, ...],
) -> Exercise:
    """A later sentence about "the drill" speaks of the exercise that the article has already told of."""
    if memory is None:
        fallback = known_sides(ref)
        if len(found.participants) < 2 and (fallback or not found.participants):
            gone = {country_of(a) for a in found.left}
            added = tuple(a for a in fallback if country_of(a) not in gone)
            found = replace(found, participants=merged(found.participants, added))
        return found if found.participants else replace(found, participants=only)
    fields = {key: value or memory.fields.get(key) for key, value in found.fields.items()}
    for key in ("assets", "domains"):
        fields[key] = list(dict.fromkeys([*memory.fields[key], *found.fields[key]]))
    if found.is_wanted:
        status = found.status if found.is_status_said else memory.status
        sides_told = merged(memory.participants, sides.named)
        return replace(found, fields=fields, status=status, participants=sides_told, left=memory.left)
    left = merged(found.left, () if sides.is_whole else memory.left)
    gone = {country_of(a) for a in left}
    before = () if sides.is_whole else memory.participants
    if held.relation == "within" and before:
        found = replace(found, participants=merged(sides.named, sides.others))
    participants = tuple(a for a in merged(before, found.participants) if country_of(a) not in gone)
    is_kept = memory.status in CHANGES and found.status in {"planned", "ongoing"}
    status = found.status if found.is_status_said and not is_kept else memory.status
    return replace(found, fields=fields, status=status, participants=participants, left=left)


def as_remembered(found: Exercise, memory: Exercise | None) -> Exercise:
    """What is only asked for has not come about."""
    if not found.is_wanted:
        return found
    if memory is None:
        return replace(found, status="ongoing", left=())
    return replace(memory, fields=found.fields)


def details(exercise: Exercise) -> dict[str, Any]:
    """The fields of the record. No participant is an adversary, whatever another sentence said."""
    countries = sorted({a.country for a in exercise.participants if a.country})
    aimed = [country for country in exercise.fields["directed_at"] or [] if country not in countries]
    own = {"participants": countries, "host": exercise.fields.get("host"), "status": exercise.status}
    return exercise.fields | own | {"directed_at": aimed}


def code(exercise: Exercise, modality: Modality) -> str:
    """062 in both directions, 0312 when agreed for later, 150 for one side alone."""
    if len(exercise.participants) < 2 and not (exercise.is_shared or _is_alliance(exercise.participants)):
        return "150"
    return "0312" if exercise.status == "planned" or modality is Modality.PLANNED else "062"


def _is_alliance(actors: Iterable[Actor]) -> bool:
    return any(a.country is None for a in actors)


def modality(draft: Draft, exercise: Exercise) -> Modality:
    """Of the drill as reported: a proposed change is hypothetical, a drill that is condemned is real."""
    composed = draft.candidate.composed
    if exercise.is_wanted:
        return Modality.HYPOTHETICAL
    is_supposed = draft.modality in {Modality.HYPOTHETICAL, Modality.DENIED} and not exercise.is_done
    if composed.operator in {"appeal", "demand"} or is_supposed:
        return Modality.HYPOTHETICAL if exercise.is_status_said else Modality.ASSERTED
    if draft.modality is Modality.HISTORICAL or exercise.is_habit:
        return Modality.HISTORICAL
    return Modality.PLANNED if exercise.status == "planned" else Modality.ASSERTED


def as_gesture(draft: Draft, exercise: Exercise) -> Draft | None:
    """A drill stopped or made smaller as a concession to someone; none where nothing shows it."""
    composed = draft.candidate.composed
    if exercise.status not in GESTURES or not exercise.is_status_said:
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
    sources = exercise.acting or exercise.participants or draft.known_sources
    if not gainers or not sources:
        return None
    return replace(draft, sources=sources, targets=merged(gainers)[:1])
