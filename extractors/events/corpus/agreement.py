"""Two annotations of the same sentences in, how far they agree out: shares, F1 and Cohen's kappa."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.events.corpus.read import CORPUS
from extractors.records import Modality

ANNOTATIONS = CORPUS / "agreement" / "annotations.jsonl"
OF_ARTICLES = CORPUS / "agreement" / "articles.jsonl"
COUNTED = frozenset([Modality.ASSERTED, Modality.PLANNED])
ENOUGH = 2  # points that two events need to be taken for the same

Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Twice:
    """One sentence's events by the writer and, without sight of them, by somebody else."""

    id: str
    first: tuple[Event, ...]
    second: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    name: str
    agreement: float
    kappa: float | None = None


def read_annotations(path: Path = ANNOTATIONS) -> tuple[Twice, ...]:
    records = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(Twice(each["id"], tuple(each["first"]), tuple(each["second"])) for each in records)


def measures(sentences: Sequence[Twice]) -> list[Measure]:
    """Sentence by sentence, then over the events that both found."""
    pairs = [pair for each in sentences for pair in paired(each.first, each.second)]
    found = sum(len(each.first) + len(each.second) for each in sentences)
    return [
        _by_label(
            "an event that counts, or none", [(_counts(s.first), _counts(s.second)) for s in sentences]
        ),
        _by_label("root of the first event, or none", [(_root(s.first), _root(s.second)) for s in sentences]),
        Measure("events found by both, F1", 2 * len(pairs) / found),
        _by_label(
            f"root, of {len(pairs)} events found by both", _labels(pairs, lambda e: e["cameo_code"][:2])
        ),
        _by_label("whole code, of the same", _labels(pairs, lambda e: e["cameo_code"])),
        _by_label("family", _labels(pairs, lambda e: str(e["family"]))),
        _by_label("modality", _labels(pairs, lambda e: e["modality"])),
        _by_label("asserted or historical, where each says one of these", _news_or_past(pairs)),
        Measure("triggers share a word", _share(_share_word(*pair) for pair in pairs)),
        *(_of_actors(side, pairs) for side in ("sources", "targets")),
        *(_of_countries(side, pairs) for side in ("sources", "targets")),
    ]


def found_by_one(sentences: Iterable[Twice]) -> tuple[int, int]:
    """How many events only the first annotation has, how many only the second."""
    first, second = 0, 0
    for each in sentences:
        both = len(paired(each.first, each.second))
        first, second = first + len(each.first) - both, second + len(each.second) - both
    return first, second


def paired(first: Iterable[Event], second: Iterable[Event]) -> list[tuple[Event, Event]]:
    """Events of the two annotations that are the same by code, root, trigger or sources; best pairs first."""
    one, other = list(first), list(second)
    ranked = sorted(
        ((_points(a, b), i, j) for i, a in enumerate(one) for j, b in enumerate(other)), reverse=True
    )
    taken: set[tuple[str, int]] = set()
    pairs = []
    for points, i, j in ranked:
        if points >= ENOUGH and ("first", i) not in taken and ("second", j) not in taken:
            taken |= {("first", i), ("second", j)}
            pairs.append((one[i], other[j]))
    return pairs


def kappa(labels: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa of pairs of labels."""
    observed = _share(a == b for a, b in labels)
    first, second = Counter(a for a, _ in labels), Counter(b for _, b in labels)
    by_chance = sum(first[label] * second[label] for label in first) / len(labels) ** 2
    return (observed - by_chance) / (1 - by_chance) if by_chance < 1 else 1.0


def _points(one: Event, other: Event) -> int:
    same_code: bool = one["cameo_code"] == other["cameo_code"]
    same_root: bool = one["cameo_code"][:2] == other["cameo_code"][:2]
    same_sources = set(one["sources"]) == set(other["sources"])
    return 4 * int(same_code) + 2 * int(same_root) + 3 * int(_share_word(one, other)) + int(same_sources)


def _share_word(one: Event, other: Event) -> bool:
    return bool(set(one["trigger"].casefold().split()) & set(other["trigger"].casefold().split()))


def _by_label(name: str, labels: Sequence[tuple[str, str]]) -> Measure:
    return Measure(name, _share(a == b for a, b in labels), kappa(labels))


def _labels(pairs: Iterable[tuple[Event, Event]], of: Callable[[Event], str]) -> list[tuple[str, str]]:
    return [(of(one), of(other)) for one, other in pairs]


def _news_or_past(pairs: Iterable[tuple[Event, Event]]) -> list[tuple[str, str]]:
    kinds = {Modality.ASSERTED, Modality.HISTORICAL}
    return [labels for labels in _labels(pairs, lambda e: e["modality"]) if kinds.issuperset(labels)]


def _of_actors(side: str, pairs: Sequence[tuple[Event, Event]]) -> Measure:
    return Measure(f"{side}: same codes", _share(set(a[side]) == set(b[side]) for a, b in pairs))


def _of_countries(side: str, pairs: Sequence[tuple[Event, Event]]) -> Measure:
    same = (_countries(one[side]) == _countries(other[side]) for one, other in pairs)
    return Measure(f"{side}: same countries or organisations", _share(same))


def _countries(codes: Iterable[str]) -> set[str]:
    return {code if code.startswith(("IGO", "NGO")) else code[:3] for code in codes}


def _counts(events: Iterable[Event]) -> str:
    return str(any(event["modality"] in COUNTED for event in events))


def _root(events: Sequence[Event]) -> str:
    return events[0]["cameo_code"][:2] if events else "none"


def _share(truths: Iterable[bool]) -> float:
    values = list(truths)
    return sum(values) / len(values)
