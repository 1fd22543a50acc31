"""The corpus in, the judge's model files out: `python -m extractors.events.judge.train`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.errors import LexiconError
from extractors.events.judge import fitting, tuning
from extractors.events.judge.casting import SIDES
from extractors.events.judge.corpus import CORPUS, Annotated, corpus_files, digest_of, read_corpus
from extractors.events.judge.decide import MODEL, Caster, Rules
from extractors.events.judge.model import LinearModel, model_bytes, sigmoid
from extractors.events.judge.samples import Clerk, Collected, collect
from extractors.home import write_atomically

if TYPE_CHECKING:
    from extractors.events.coder import Coder


@dataclass(frozen=True, slots=True)
class Trained:
    """What the files of the model hold."""

    rules: Rules
    models: dict[str, LinearModel]
    trained_on: dict[str, int]

    def files(self, digest: str) -> dict[str, bytes]:
        """Contents by file name; `digest` is of the corpus."""
        card: dict[str, Any] = {
            "rules": asdict(self.rules),
            "trained_on": {"corpus_sha256": digest, **self.trained_on},
        }
        written = {
            f"{name}.tsv.gz": model_bytes(m.classes, m.weights.items()) for name, m in self.models.items()
        }
        return written | {"judge.json": (json.dumps(card, indent=2, sort_keys=True) + "\n").encode()}


def train(sentences: Sequence[Annotated], coder: Coder, clerk: Clerk) -> Trained:
    """`coder` has the clerk for its judge. Thresholds are chosen on sentences that the models have not seen.

    First the sides; then, with the sides as models cast them that have not seen the sentence, the rest.
    """
    castings = collect(coder, clerk, sentences).castings
    sides = {side: tuning.fit_side([c for c in castings if c.side == side]) for side in SIDES}
    fill = {side: found.fill for side, found in sides.items()}
    swap = {side: found.swap for side, found in sides.items()}
    unseen = [
        Caster({side: found.by_fold[fold] for side, found in sides.items()}, fill, swap)
        for fold in range(fitting.FOLDS)
    ]
    clerk.casters = {s.id: unseen[fitting.fold_of(s.id)] for s in sentences}
    found = collect(coder, clerk, sentences)
    models = {side: found.model for side, found in sides.items()}
    return _with_events(models, found, fill, swap, sentences)


def _with_events(
    models: dict[str, LinearModel], found: Collected, fill: dict[str, float],
    swap: dict[str, float], sentences: Sequence[Annotated],
) -> Trained:  # fmt: skip
    true_events = tuning.count_by_family(e.family for s in sentences for e in s.events)
    samples = found.samples
    is_event, scores = tuning.fit_events(samples)
    is_right = [s.truth is not None for s in samples]
    slope, offset = fitting.platt(scores, is_right)
    shares = [sigmoid(slope * score + offset) for score in scores]
    mood = tuning.fit_mood([s for s in samples if s.truth is not None])
    keep_from = tuning.keep_thresholds(samples, shares, true_events)
    misses = sum(s.miss is not None for s in sentences)
    between, propose_from = tuning.fit_between(found.meetings, sum(true_events.values()), misses)
    rules = Rules(slope, offset, keep_from, mood.real_from, mood.unreal_from, fill, swap, propose_from)
    counts = {"sentences": len(sentences), "events": sum(true_events.values()), "proposals": len(samples)}
    return Trained(rules, {"is_event": is_event, "mood": mood.model, "between": between, **models}, counts)


def main(corpus: Path = CORPUS, folder: Path = MODEL) -> None:
    from extractors.events.coder import Coder

    files = corpus_files(corpus)
    if not files:
        raise LexiconError(
            "no corpus to train on", where=str(corpus), next_step="run from a checkout of the project"
        )
    clerk = Clerk()
    trained = train([s for s in read_corpus(files) if not s.is_test], Coder(judge=clerk), clerk)
    for name, content in sorted(trained.files(digest_of(files)).items()):
        write_atomically(folder / name, partial(Path.write_bytes, data=content))
        sys.stdout.write(f"{folder / name}: {len(content):,} bytes\n")


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
