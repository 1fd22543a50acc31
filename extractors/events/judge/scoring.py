"""A coder and the corpus' test tenth in, figures out: events, fields, families, near misses, calibration."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.events.judge.corpus import Annotated, TrueEvent
from extractors.events.judge.decide import UNREAL
from extractors.events.judge.matching import best_match, same_class, same_side
from extractors.records import CodeInput, Event, Family

if TYPE_CHECKING:
    from extractors.events.coder import Coder

BANDS = 5


@dataclass(slots=True)
class Tally:
    """Counts over all sentences. `sure` holds each event's confidence and whether it is right."""

    counts: Counter[str] = field(default_factory=Counter)
    sure: list[tuple[float, bool]] = field(default_factory=list)


def score(coder: Coder, sentences: Iterable[Annotated]) -> dict[str, str]:
    """Names of figures and their values, ready for a table."""
    tally = Tally()
    for sentence in sentences:
        events = coder.code_one(CodeInput(sentence.id, sentence.text, sentence.published_at))
        _count(tally, sentence, events)
    return {**_figures(tally.counts), **_families(tally.counts), **_reliability(tally.sure)}


def _count(tally: Tally, sentence: Annotated, events: Sequence[Event]) -> None:
    counts, found = tally.counts, set()
    for event in events:
        truth = best_match(event, sentence.events)
        tally.sure.append((event.confidence, truth is not None))
        counts["coded"] += 1
        if truth is None:
            _count_slip(counts, event, sentence)
        else:
            found.add(sentence.events.index(truth))
            _count_fields(counts, event, truth)
    counts["true"] += len(sentence.events)
    counts["found"] += len(found)
    if sentence.miss is not None:
        counts["misses"] += 1
        counts["false on misses"] += any(e.modality not in UNREAL for e in events)
        counts["false family on misses"] += any(e.modality not in UNREAL and e.family for e in events)
    _count_families(counts, sentence, events)


def _count_slip(counts: Counter[str], event: Event, sentence: Annotated) -> None:
    """At the right word, but of another class."""
    overlaps = [t for t in sentence.events if event.trigger.start < t.end and t.start < event.trigger.end]
    counts["at a trigger"] += bool(overlaps)


def _count_fields(counts: Counter[str], event: Event, truth: TrueEvent) -> None:
    counts["right"] += 1
    counts["at a trigger"] += event.trigger.start < truth.end and truth.start < event.trigger.end
    counts["class at trigger"] += event.trigger.start < truth.end and truth.start < event.trigger.end
    counts["code"] += event.cameo_code == truth.code
    counts["source"] += same_side(event.sources, truth.sources)
    counts["target"] += same_side(event.targets, truth.targets) and bool(event.targets) == bool(truth.targets)
    counts["modality"] += event.modality is truth.modality
    counts["real"] += (event.modality in UNREAL) == (truth.modality in UNREAL)


def _count_families(counts: Counter[str], sentence: Annotated, events: Sequence[Event]) -> None:
    for family in Family:
        true = [t for t in sentence.events if t.family is family and t.modality not in UNREAL]
        told = [e for e in events if e.family is family and e.modality not in UNREAL]
        hits = sum(any(same_class(e.cameo_code, t.code) for e in told) for t in true)
        counts[f"{family} hit"] += min(hits, len(told))
        counts[f"{family} told"] += len(told)
        counts[f"{family} true"] += len(true)


def _figures(counts: Counter[str]) -> dict[str, str]:
    right = counts["right"]
    return {
        "events, precision": _share(right, counts["coded"]),
        "events, recall": _share(counts["found"], counts["true"]),
        "events, F1": _f1(right, counts["coded"], counts["found"], counts["true"]),
        "root class right, of events at a true trigger": _share(
            counts["class at trigger"], counts["at a trigger"]
        ),
        "code right, of right events": _share(counts["code"], right),
        "source right": _share(counts["source"], right),
        "target right": _share(counts["target"], right),
        "modality right": _share(counts["modality"], right),
        "real or unreal right": _share(counts["real"], right),
        "near misses with a false event": _share(counts["false on misses"], counts["misses"]),
        "near misses with a false event of a family": _share(
            counts["false family on misses"], counts["misses"]
        ),
    }


def _families(counts: Counter[str]) -> dict[str, str]:
    found = {}
    for family in Family:
        hit, told, true = (counts[f"{family} {what}"] for what in ("hit", "told", "true"))
        found[f"{family}, P / R / F1"] = (
            f"{_share(hit, told)} / {_share(hit, true)} / {_f1(hit, told, hit, true)}"
        )
    return found


def _reliability(sure: Sequence[tuple[float, bool]]) -> dict[str, str]:
    """Mean confidence → share that is right, by band of confidence."""
    bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, is_right in sure:
        bands[min(int(confidence * BANDS), BANDS - 1)].append((confidence, is_right))
    found = {}
    for band, told in sorted(bands.items()):
        mean = sum(confidence for confidence, _ in told) / len(told)
        right = sum(is_right for _, is_right in told)
        name = f"confidence {band / BANDS:.1f} to {(band + 1) / BANDS:.1f}: mean → right (n)"
        found[name] = f"{mean:.2f} → {_share(right, len(told))} ({len(told)})"
    return found


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "none"


def _f1(right: int, coded: int, found: int, true: int) -> str:
    precision, recall = right / coded if coded else 0.0, found / true if true else 0.0
    return f"{2 * precision * recall / (precision + recall):.3f}" if precision + recall else "0"
