"""Mentions of military exercises in order of arrival into exercises: same name, or same forces in season.

Online like `linking`: what arrives later never moves what came before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from extractors.records import stable_id

NAMED_DAYS = 120  # between mentions of one edition of a named exercise; the next edition is months away
UNNAMED_DAYS = 21
LONGEST_DAYS = 120  # from first to last date of an exercise that nobody names
OVERLAP = 0.5  # Jaccard of the participants

# How strongly a mention belongs; the strongest wins, then the nearest in time, then the earliest begun.
SAME_NAME, SAME_ARTICLE, SAME_FORCES, SAME_SIGNAL = 4, 3, 2, 1


@dataclass(frozen=True, slots=True)
class ExerciseReport:
    """What a mention says of its exercise. `signals` are assets, who it is directed at and where it is."""

    mention_id: str
    article_id: str
    event_date: date
    names: frozenset[str]  # normalised name and series
    participants: frozenset[str]
    domains: frozenset[str]
    signals: frozenset[str]

    @property
    def facts(self) -> tuple[object, ...]:
        sets = (self.names, self.participants, self.domains, self.signals)
        return (self.event_date, *(tuple(sorted(each)) for each in sets))


@dataclass(slots=True)
class _Exercise:
    exercise_id: str
    first_date: date
    last_date: date
    names: set[str] = field(default_factory=set)
    participants: set[str] = field(default_factory=set)
    lineups: list[frozenset[str]] = field(default_factory=list)
    domains: set[str] = field(default_factory=set)
    signals: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)

    def absorb(self, report: ExerciseReport) -> None:
        self.first_date = min(self.first_date, report.event_date)
        self.last_date = max(self.last_date, report.event_date)
        self.names |= report.names
        self.participants |= report.participants
        if report.participants and report.participants not in self.lineups:
            self.lineups.append(report.participants)
        self.domains |= report.domains
        self.signals |= report.signals
        self.articles.add(report.article_id)

    def gap(self, day: date) -> int:
        """Days from `day` to the exercise as known so far, 0 inside it."""
        return max((self.first_date - day).days, (day - self.last_date).days, 0)

    def length_with(self, day: date) -> timedelta:
        return max(self.last_date, day) - min(self.first_date, day)

    def strength(self, report: ExerciseReport) -> int:
        """How strongly the report belongs here, 0 where it cannot."""
        if report.names and self.names:
            same = bool(report.names & self.names) and self.gap(report.event_date) <= NAMED_DAYS
            return SAME_NAME if same else 0
        if report.domains and self.domains and not report.domains & self.domains:
            return 0
        if self.length_with(report.event_date) > timedelta(days=LONGEST_DAYS):
            return 0
        shared = report.participants & self.participants
        if report.article_id in self.articles and (shared or not report.participants):
            return SAME_ARTICLE
        if self.gap(report.event_date) > UNNAMED_DAYS:
            return 0
        return self._likeness(report, bool(shared))

    def _likeness(self, report: ExerciseReport, has_shared: bool) -> int:
        if any(_overlap(report.participants, lineup) >= OVERLAP for lineup in self.lineups):
            return SAME_FORCES
        if report.signals & self.signals and (has_shared or not report.participants):
            return SAME_SIGNAL
        return 0


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def link_exercises(reports: Iterable[ExerciseReport]) -> Iterator[tuple[str, str]]:
    """Pairs of mention id and exercise id, in the order given.

    A partner who drops out, a name that only some outlets give and a change of dates leave it one
    exercise. The id is the digest of what the first report says.
    """
    exercises: list[_Exercise] = []
    begun: dict[tuple[object, ...], int] = {}
    for report in reports:
        exercise = _strongest(exercises, report)
        if exercise is None:
            exercise = _begin(report, begun)
            exercises.append(exercise)
        exercise.absorb(report)
        yield report.mention_id, exercise.exercise_id


def _strongest(exercises: list[_Exercise], report: ExerciseReport) -> _Exercise | None:
    best: tuple[tuple[int, int], _Exercise] | None = None
    for exercise in exercises:
        strength = exercise.strength(report)
        rank = (strength, -exercise.gap(report.event_date))
        if strength and (best is None or rank > best[0]):
            best = (rank, exercise)
    return best[1] if best else None


def _begin(report: ExerciseReport, begun: dict[tuple[object, ...], int]) -> _Exercise:
    number = begun[report.facts] = begun.get(report.facts, 0) + 1
    return _Exercise(
        exercise_id=stable_id("exercise", *report.facts, number),
        first_date=report.event_date,
        last_date=report.event_date,
    )
