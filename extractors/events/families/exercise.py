"""A reference to an exercise and its sentence in, the exercise out, with what the article has told of it before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from extractors.events import syntax
from extractors.events.actors_of import actors_at, is_known
from extractors.events.draft import country_of
from extractors.events.families import spans
from extractors.events.families.exercise_fields import read_fields
from extractors.events.families.exercise_reference import Reference
from extractors.events.families.exercise_sides import Sides, known_sides, merged, read_sides
from extractors.events.families.exercise_status import CHANGES, Held, read_status
from extractors.events.wordlists import word_list
from extractors.records import Actor, Modality

if TYPE_CHECKING:
    from extractors.events.draft import Draft

GESTURES = frozenset({"cancelled", "suspended", "postponed", "scaled_down"})


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise as a sentence tells it; what the article has told before fills the gaps."""

    participants: tuple[Actor, ...]
    acting: tuple[Actor, ...]
    status: str
    is_status_said: bool
    left: tuple[Actor, ...] = ()
    fields: dict[str, Any] = field(default_factory=dict)


class Memory:
    """The exercises of an article: by name, and the one that "the drill" means."""

    def __init__(self) -> None:
        self._named: dict[str, Exercise] = {}
        self._main: str | None = None
        self.is_empty = True

    def recall(self, ref: Reference) -> Exercise | None:
        """What was told of it: by its name, else of the article's own when it says "the"."""
        if ref.key is not None:
            return self._named.get(ref.key) or self._unnamed()
        if self._main is None or not ref.is_definite or ref.modifiers() & word_list("other_exercises"):
            return None
        return self._named.get(self._main)

    def _unnamed(self) -> Exercise | None:
        """ "a joint exercise. The drill, called X": the name comes after."""
        found = self._named.get("")
        return found if found is not None and len(self._named) == 1 else None

    def keep(self, ref: Reference, found: Exercise) -> None:
        self.is_empty = False
        key = ref.key or ""
        if not key and self._main is not None:
            key = self._main if ref.is_definite else "another"
        if key and self._main == "":
            self._named.pop("", None)
            self._main = key
        self._named[key] = found
        if self._main is None:
            self._main = key


def read_exercise(draft: Draft, ref: Reference, memory: Exercise | None, *, is_past: bool) -> Exercise:
    held = read_status(ref)
    sides = read_sides(ref, held, draft.known, _asked(draft, held))
    status, is_said = _status(held, draft, is_past=is_past)
    fields = read_fields(ref, draft.known, sides.all)
    found = Exercise(sides.all, sides.acting or sides.all, status, is_said, sides.left, fields)
    return _completed(found, sides, memory, ref, held)


def _asked(draft: Draft, held: Held) -> tuple[Actor, ...]:
    """ "urged Rome to stop its drills": Rome's, not the speaker's."""
    outer = draft.candidate.chain.outer
    if outer is None or outer.operator not in {"appeal", "demand"} or held.relation in {"", "quits"}:
        return ()
    return tuple(a for a in draft.targets if is_known(a))


def _status(held: Held, draft: Draft, *, is_past: bool) -> tuple[str, bool]:
    chain = draft.candidate.chain
    operators = {h.operator for h in chain.held}
    if held.status in CHANGES:
        return held.status, True
    if held.relation in {"done_to", "joins"} and "refuse" in operators:
        return "cancelled", True
    if held.status is not None:
        return held.status, True
    if held.relation in {"done_to", "joins", "does"} and "intend" in operators:
        return "planned", True
    if held.relation == "joins" and is_past:
        return "completed", True
    return "ongoing", False


def _completed(
    found: Exercise, sides: Sides, memory: Exercise | None, ref: Reference, held: Held
) -> Exercise:
    """A later sentence about "the drill" speaks of the exercise that the article has already told of."""
    if memory is None:
        fallback = known_sides(ref)
        if len(found.participants) < 2 and (fallback or not found.participants):
            gone = {country_of(a) for a in found.left}
            added = tuple(a for a in fallback if country_of(a) not in gone)
            found = replace(found, participants=merged(found.participants, added))
        return found
    fields = {key: value or memory.fields.get(key) for key, value in found.fields.items()}
    for key in ("assets", "domains"):
        fields[key] = list(dict.fromkeys([*memory.fields[key], *found.fields[key]]))
    is_whole = sides.is_all or len(found.participants) > 1
    gone = {country_of(a) for a in found.left}
    before = () if is_whole else tuple(a for a in memory.participants if country_of(a) not in gone)
    status = found.status if found.is_status_said else memory.status
    return replace(found, fields=fields, status=status, participants=merged(before, found.participants))


def outside(ref: Reference, draft: Draft) -> tuple[Actor, ...]:
    """Whose drills they are when the phrase names nobody: the subject above ("under the pretext of drills")."""
    token = ref.top
    for _ in range(8):
        if token.head.i == token.i:
            break
        token = token.head
        if syntax.is_verb(token) and token.lemma_ not in word_list("outside_verbs"):
            found = merged(actors_at(syntax.subject(token), draft.known))
            if found:
                return found
    return ()


def details(exercise: Exercise) -> dict[str, Any]:
    """The fields of the record. No participant is an adversary, whatever another sentence said."""
    countries = sorted({a.country for a in exercise.participants if a.country})
    aimed = [country for country in exercise.fields["directed_at"] or [] if country not in countries]
    own = {"participants": countries, "host": exercise.fields.get("host"), "status": exercise.status}
    return exercise.fields | own | {"directed_at": aimed}


def code(exercise: Exercise, modality: Modality) -> str:
    """062 in both directions, 0312 when agreed for later, 150 for one side alone."""
    if len(exercise.participants) < 2 and not _is_alliance(exercise.participants):
        return "150"
    return "0312" if exercise.status == "planned" or modality is Modality.PLANNED else "062"


def _is_alliance(actors: Iterable[Actor]) -> bool:
    return any(a.country is None for a in actors)


def modality(draft: Draft, exercise: Exercise) -> Modality:
    """Of the drill as reported: a proposed change is hypothetical, a drill that is condemned is real."""
    composed = draft.candidate.composed
    if composed.operator in {"appeal", "demand"} or draft.modality is Modality.HYPOTHETICAL:
        return Modality.HYPOTHETICAL if exercise.is_status_said else Modality.ASSERTED
    if draft.modality is Modality.HISTORICAL:
        return Modality.HISTORICAL
    return Modality.PLANNED if exercise.status == "planned" else Modality.ASSERTED


def as_gesture(draft: Draft, exercise: Exercise) -> Draft | None:
    """A drill stopped or made smaller for someone's sake, as a concession to them; none where nothing shows it."""
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
    sources = exercise.acting or exercise.participants
    if not gainers or not sources:
        return None
    return replace(draft, sources=sources, targets=merged(gainers)[:1])
