"""Mentions in order of arrival into events: each joins the event that it fits, or begins one.

The pass is online: what arrives later never moves what came before. So an event keeps its id when late
mentions arrive, and a full rebuild gives the same events as night after night.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from extractors.records import stable_id

# Days between an event's first date and a later mention's. Concessions and threats are retold for longer;
# an exercise's mentions are already bound by their exercise.
WINDOW_DAYS = {None: 3, "concession": 7, "threat": 10, "military_exercise": 150}
# A date that is only known to the month may lie this far from the day it stands for.
PRECISION_DAYS = {"week": 7, "month": 31, "year": 366}


@dataclass(frozen=True, slots=True)
class Report:
    """What a mention says for linking.

    `block` holds what must be equal (family or CAMEO root, modality, sources in their role); `targets`,
    `kind` and `place` may be unknown, and the unknown fits everything.
    """

    mention_id: str
    block: str
    family: str | None
    event_date: date
    date_precision: str
    targets: frozenset[str]
    kind: str | None
    place: str | None

    @property
    def cell(self) -> tuple[object, ...]:
        return (self.block, self.event_date, tuple(sorted(self.targets)), self.kind, self.place)


@dataclass(slots=True)
class _Event:
    event_id: str
    first_date: date
    slack: int
    targets: set[str] = field(default_factory=set)
    kind: str | None = None
    place: str | None = None

    def distance(self, report: Report) -> int | None:
        """Days between the two, None where they cannot be the same event."""
        days = abs((report.event_date - self.first_date).days)
        slack = max(self.slack, PRECISION_DAYS.get(report.date_precision, 0))
        if days > max(WINDOW_DAYS[report.family], slack):
            return None
        if report.targets and self.targets and not (report.targets & self.targets):
            return None
        fits = _fits(report.kind, self.kind) and _fits(report.place, self.place)
        return days if fits else None

    def absorb(self, report: Report) -> None:
        self.targets |= report.targets
        self.kind = self.kind or report.kind
        self.place = self.place or report.place


def _fits(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def link(reports: Iterable[Report]) -> Iterator[tuple[str, str]]:
    """Pairs of mention id and event id, in the order given.

    Of several events that fit, the nearest in time wins, then the earliest begun. The event's id is the
    digest of what its first report says, not of who said it: when that article is edited and another
    one comes first, the id stays.
    """
    event_of_cell: dict[tuple[object, ...], _Event] = {}
    events_of_block: dict[str, list[_Event]] = {}
    for report in reports:
        event = event_of_cell.get(report.cell)
        if event is None:
            events = events_of_block.setdefault(report.block, [])
            event = _nearest(events, report) or _begin(events, report)
            event.absorb(report)
            event_of_cell[report.cell] = event
        yield report.mention_id, event.event_id


def _nearest(events: list[_Event], report: Report) -> _Event | None:
    best: tuple[int, _Event] | None = None
    for event in events:
        days = event.distance(report)
        if days is not None and (best is None or days < best[0]):
            best = (days, event)
    return best[1] if best else None


def _begin(events: list[_Event], report: Report) -> _Event:
    event = _Event(
        event_id=stable_id("event", *report.cell),
        first_date=report.event_date,
        slack=PRECISION_DAYS.get(report.date_precision, 0),
    )
    events.append(event)
    return event
