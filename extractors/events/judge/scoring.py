"""A coder and annotated sentences in, figures out: events, fields, families, classes, near misses."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.events.corpus.records import CorpusArticle, CorpusEvent
from extractors.events.judge.matching import best_match, is_told_right, same_class, same_side
from extractors.events.judge.samples import Annotated, as_input
from extractors.records import Event, Family, Modality

if TYPE_CHECKING:
    from extractors.events.coder import Coder

BANDS = 5
SURE = 0.4  # from here on mentions count in the marts (`least_confidence`)
UNREAL = frozenset({Modality.HYPOTHETICAL, Modality.DENIED, Modality.HISTORICAL, Modality.CONDITIONAL})
FIELDS = ("code", "source", "target", "modality", "real or unreal", "family")


@dataclass(slots=True)
class Tally:
    """Counts over all texts. `sure` holds each event's confidence and whether it is told right."""

    counts: Counter[str] = field(default_factory=Counter)
    sure: list[tuple[float, bool]] = field(default_factory=list)


def tally(coder: Coder, texts: Iterable[Annotated]) -> Tally:
    """Code the texts and count."""
    found = Tally()
    for text in texts:
        _count(found, text, coder.code_one(as_input(text)))
    return found


def figures(counts: Mapping[str, int]) -> dict[str, float]:
    """Shares by name, the higher the better; what cannot be told is left out."""
    right = counts["right"]
    told = {
        "precision": _share(right, counts["coded"]),
        "recall": _share(counts["found"], counts["true"]),
        "F1": _f1(right, counts["coded"], counts["found"], counts["true"]),
        "root class, of events at a true trigger": _share(counts["class at trigger"], counts["at a trigger"]),
        **{f"{name}, of right events": _share(counts[name], right) for name in FIELDS},
        "told right, of news": _share(counts["news right"], counts["news"]),
        f"told right, of news from confidence {SURE} on": _share(counts["sure right"], counts["sure"]),
        "near misses without a false event": _share(counts["quiet misses"], counts["misses"]),
        "near misses without one of a family": _share(counts["quiet of family"], counts["misses"]),
    }
    for family in Family:
        hit, coded, true = (counts[f"{family} {what}"] for what in ("hit", "told", "true"))
        told |= {
            f"{family} precision": _share(hit, coded),
            f"{family} recall": _share(hit, true),
            f"{family} F1": _f1(hit, coded, hit, true),
        }
    return {name: value for name, value in told.items() if value is not None}


def by_class(counts: Mapping[str, int]) -> dict[str, tuple[int, float | None, float | None]]:
    """Root → how many true events, precision, recall."""
    roots = sorted({name.split()[1] for name in counts if name.startswith("root ")})
    return {
        root: (
            counts[f"root {root} true"],
            _share(counts[f"root {root} right"], counts[f"root {root} coded"]),
            _share(counts[f"root {root} found"], counts[f"root {root} true"]),
        )
        for root in roots
    }


def reliability(sure: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """By band of confidence: its mean, the share that is right, how many."""
    bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, is_right in sure:
        bands[min(int(confidence * BANDS), BANDS - 1)].append((confidence, is_right))
    return [
        (sum(c for c, _ in told) / len(told), sum(right for _, right in told) / len(told), len(told))
        for _, told in sorted(bands.items())
    ]


def _count(found: Tally, text: Annotated, events: Sequence[Event]) -> None:
    counts, seen = found.counts, set()
    for event in events:
        truth = best_match(event, text.events)
        is_right = truth is not None and is_told_right(event, truth)
        found.sure.append((event.confidence, is_right))
        if event.modality not in UNREAL:
            _count_news(counts, event, is_right=is_right)
        counts["coded"] += 1
        counts[f"root {event.cameo_root} coded"] += 1
        if truth is None:
            _count_slip(counts, event, text)
        else:
            seen.add(text.events.index(truth))
            _count_fields(counts, event, truth)
    for place, true in enumerate(text.events):
        counts["true"] += 1
        counts[f"root {true.root} true"] += 1
        counts["found"] += place in seen
        counts[f"root {true.root} found"] += place in seen
    if not isinstance(text, CorpusArticle) and text.miss is not None:
        real = [e for e in events if e.modality not in UNREAL]
        counts["misses"] += 1
        counts["quiet misses"] += not real
        counts["quiet of family"] += not any(e.family for e in real)
    _count_families(counts, text, events)


def _count_news(counts: Counter[str], event: Event, *, is_right: bool) -> None:
    """As an analyst reads it: news, with this class and these sides."""
    counts["news"] += 1
    counts["news right"] += is_right
    if event.confidence >= SURE:
        counts["sure"] += 1
        counts["sure right"] += is_right


def _count_slip(counts: Counter[str], event: Event, text: Annotated) -> None:
    """At the right word, but of another class."""
    if any(_overlaps(event, true) for true in text.events):
        counts["at a trigger"] += 1


def _count_fields(counts: Counter[str], event: Event, truth: CorpusEvent) -> None:
    counts["right"] += 1
    counts[f"root {event.cameo_root} right"] += 1
    if _overlaps(event, truth):
        counts["at a trigger"] += 1
        counts["class at trigger"] += 1
    counts["code"] += event.cameo_code == truth.cameo_code
    counts["source"] += same_side(event.sources, truth.sources)
    counts["target"] += bool(event.targets) == bool(truth.targets) and same_side(event.targets, truth.targets)
    counts["modality"] += event.modality is truth.modality
    counts["real or unreal"] += (event.modality in UNREAL) == (truth.modality in UNREAL)
    counts["family"] += event.family is truth.family


def _overlaps(event: Event, true: CorpusEvent) -> bool:
    return event.trigger.start < true.trigger.end and true.trigger.start < event.trigger.end


def _count_families(counts: Counter[str], text: Annotated, events: Sequence[Event]) -> None:
    """What is real: an event of the family told where one is true."""
    for family in Family:
        true = [t for t in text.events if t.family is family and t.modality not in UNREAL]
        told = [e for e in events if e.family is family and e.modality not in UNREAL]
        hits = sum(any(same_class(e.cameo_code, t.cameo_code) for e in told) for t in true)
        counts[f"{family} hit"] += min(hits, len(told))
        counts[f"{family} told"] += len(told)
        counts[f"{family} true"] += len(true)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _f1(right: int, coded: int, found: int, true: int) -> float | None:
    if not coded or not true:
        return None
    precision, recall = right / coded, found / true
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
