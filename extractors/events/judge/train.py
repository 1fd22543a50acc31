"""The corpus in, the judge's model files out: `python -m extractors.events.judge.train`. Same corpus, same bytes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from extractors.errors import LexiconError
from extractors.events.judge import fitting
from extractors.events.judge.casting import SIDES
from extractors.events.judge.corpus import CORPUS, Annotated, corpus_files, digest_of, read_corpus
from extractors.events.judge.decide import MODEL, Rules, choose
from extractors.events.judge.fitting import Recipe
from extractors.events.judge.model import LinearModel, model_bytes, sigmoid, softmax
from extractors.events.judge.samples import Casting, Clerk, Sample, collect
from extractors.home import write_atomically

IS_EVENT = Recipe(strength=0.1, rarest=3)
MODALITY = Recipe(strength=0.1, rarest=3)
CASTING = Recipe(strength=0.3, rarest=2)
RIGHT, WRONG = "right", "no"


@dataclass(frozen=True, slots=True)
class Trained:
    """`files` by name, ready to be written."""

    rules: Rules
    is_event: LinearModel
    modality: LinearModel
    sides: dict[str, LinearModel]

    def files(self) -> dict[str, bytes]:
        models = {"is_event": self.is_event, "modality": self.modality, **self.sides}
        return {
            f"{name}.tsv.gz": model_bytes(model.classes, model.weights.items())
            for name, model in models.items()
        }


def train(samples: Sequence[Sample], castings: Sequence[Casting], true_events: int) -> Trained:
    """Fit on all samples; rules are chosen on held-out folds. `true_events` counts those in the corpus."""
    scores, labels = _held_out(samples)
    slope, offset = fitting.platt(scores, labels)
    shares = [sigmoid(slope * score + offset) for score in scores]
    is_event = fitting.fit([s.features for s in samples], [_label(s) for s in samples], IS_EVENT)
    modality, modality_from = _modality([s for s in samples if s.truth is not None])
    sides = {side: _side([c for c in castings if c.side == side]) for side in SIDES}
    rules = Rules(
        slope,
        offset,
        best_threshold(shares, labels, true_events),
        modality_from,
        {side: found[1] for side, found in sides.items()},
        {side: found[2] for side, found in sides.items()},
    )
    return Trained(rules, is_event, modality, {side: found[0] for side, found in sides.items()})


def _side(castings: Sequence[Casting]) -> tuple[LinearModel, float, float]:
    """The model of one side, from what share it fills an open one and by what margin it overrules."""
    features = [option.features for c in castings for option in c.options]
    labels = [RIGHT if right else WRONG for c in castings for right in c.is_right]
    groups = [c.sentence_id for c in castings for _ in c.options]
    scores = fitting.held_out_scores(features, labels, groups, CASTING)
    shares = iter([sigmoid(float(row[0])) for row in scores])
    judged = [(c, [next(shares) for _ in c.options]) for c in castings]
    limits = [(fill / 20, swap / 20) for fill in range(4, 21) for swap in range(4, 21)]
    fill, swap = max(limits, key=lambda pair: (_well_cast(judged, *pair), *pair))
    return fitting.fit(features, labels, CASTING), fill, swap


def _well_cast(judged: Sequence[tuple[Casting, list[float]]], fill: float, swap: float) -> int:
    right = 0
    for casting, shares in judged:
        place = choose(list(casting.options), shares, is_open=casting.is_open, fill=fill, swap=swap)
        right += casting.was_right if place is None else casting.is_right[place]
    return right


def best_threshold(shares: Sequence[float], is_right: Sequence[bool], true_events: int) -> float:
    """Where the F1 of what is kept is highest, of hundredths."""

    def f1(limit: float) -> float:
        kept = [right for share, right in zip(shares, is_right, strict=True) if share >= limit]
        return 2 * sum(kept) / (len(kept) + true_events)

    return max((round(limit / 100, 2) for limit in range(2, 61)), key=lambda limit: (f1(limit), -limit))


def _held_out(samples: Sequence[Sample]) -> tuple[list[float], list[bool]]:
    scores = fitting.held_out_scores(
        [s.features for s in samples],
        [_label(s) for s in samples],
        [s.sentence.id for s in samples],
        IS_EVENT,
    )
    return [float(row[0]) for row in scores], [s.truth is not None for s in samples]


def _label(sample: Sample) -> str:
    return WRONG if sample.truth is None else RIGHT


def _modality(samples: Sequence[Sample]) -> tuple[LinearModel, float]:
    """The model and how sure it must be to overrule the grammar."""
    features = [s.features for s in samples]
    labels = [s.truth.modality.value for s in samples if s.truth is not None]
    model = fitting.fit(features, labels, MODALITY)
    scores = fitting.held_out_scores(features, labels, [s.sentence.id for s in samples], MODALITY)
    shares = [softmax(row) for row in scores]

    def right(limit: float) -> int:
        told = [
            model.classes[int(np.argmax(share))] if share.max() >= limit else s.event.modality.value
            for share, s in zip(shares, samples, strict=True)
        ]
        return sum(one == other for one, other in zip(told, labels, strict=True))

    return model, max(
        (round(limit / 20, 2) for limit in range(8, 21)), key=lambda limit: (right(limit), limit)
    )


def gather(sentences: Sequence[Annotated]) -> tuple[list[Sample], list[Casting]]:
    from extractors.events.coder import Coder

    clerk = Clerk()
    return collect(Coder(judge=clerk), clerk, sentences)


def card_of(trained: Trained, digest: str, counts: dict[str, int]) -> bytes:
    card: dict[str, Any] = {"rules": asdict(trained.rules), "trained_on": {"corpus_sha256": digest, **counts}}
    return (json.dumps(card, indent=2, sort_keys=True) + "\n").encode()


def main(corpus: Path = CORPUS, folder: Path = MODEL) -> None:
    files = corpus_files(corpus)
    if not files:
        raise LexiconError(
            "no corpus to train on", where=str(corpus), next_step="run from a checkout of the project"
        )
    sentences = [s for s in read_corpus(files) if not s.is_test]
    samples, castings = gather(sentences)
    true_events = sum(len(s.events) for s in sentences)
    trained = train(samples, castings, true_events)
    counts = {"sentences": len(sentences), "events": true_events, "proposals": len(samples)}
    written = trained.files() | {"judge.json": card_of(trained, digest_of(files), counts)}
    folder.mkdir(exist_ok=True)
    for name, content in sorted(written.items()):
        write_atomically(folder / name, partial(Path.write_bytes, data=content))
        sys.stdout.write(f"{folder / name}: {len(content):,} bytes\n")


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
