"""The corpus in, the sieve's files out: `python -m extractors.events.judge.sieving`.

What is learnt is the coder's own output: whether a sentence that it parses gives it any event.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import fsum
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.events.corpus.read import ARTICLES, CORPUS, digest_of, load_articles, load_corpus
from extractors.events.corpus.records import CorpusArticle, Split
from extractors.events.judge.decide import MODEL
from extractors.events.judge.fitting import FOLDS, Recipe, fit, fold_of
from extractors.events.judge.model import DECIMALS, LinearModel, model_bytes
from extractors.events.judge.samples import Annotated, as_input
from extractors.events.judge.sieve import CARD, WEIGHTS, Screen, Surface, features
from extractors.events.prefilter import Prefilter
from extractors.home import write_atomically

if TYPE_CHECKING:
    from extractors.events.coder import Coder

RECIPE = Recipe(strength=0.1, rarest=3)
MOST_LOST = 0.003  # of the events of whole articles, on held-out folds: single sentences are denser
TELLS, SILENT = "event", "--"


@dataclass(frozen=True, slots=True)
class Seen:
    """A sentence that was parsed, and how many events came of it."""

    text_id: str
    names: frozenset[str]
    events: int
    of_article: bool = True


@dataclass(slots=True)
class Gauge:
    """Stands where the sieve stands, lets all pass and takes notes."""

    notes: dict[int, frozenset[str]] = field(default_factory=dict)

    def lets_pass(self, index: int, surface: Surface, prefilter: Prefilter) -> bool:
        self.notes[index] = frozenset(features(surface, prefilter))
        return True


def look(coder: Coder, gauge: Gauge, texts: Sequence[Annotated]) -> Iterator[Seen]:
    """`coder` has to be one whose sieve is the gauge."""
    for text in texts:
        gauge.notes.clear()
        told = [event.sentence.index for event in coder.code_one(as_input(text))]
        for index, names in gauge.notes.items():
            yield Seen(text.id, names, told.count(index), isinstance(text, CorpusArticle))


def train_sieve(
    texts: Sequence[Annotated], make_coder: Callable[[Screen], Coder], digest: str
) -> dict[str, bytes]:
    """Contents by file name; `digest` is of the corpus."""
    gauge = Gauge()
    seen = list(look(make_coder(gauge), gauge, texts))
    least, skipped = threshold(seen, _held_out(seen))
    model = _fit(seen)
    card = {
        "least": least,
        "trained_on": {
            "corpus_sha256": digest, "parsed": len(seen), "with_events": sum(s.events > 0 for s in seen),
            "of_articles": sum(s.of_article for s in seen), "skipped_of_these_on_held_out_folds": skipped,
        },
    }  # fmt: skip
    return {
        WEIGHTS: model_bytes(model.classes, model.weights.items()),
        CARD: (json.dumps(card, indent=2, sort_keys=True) + "\n").encode(),
    }


def threshold(seen: Sequence[Seen], scores: Sequence[float]) -> tuple[float, int]:
    """The highest score below which hardly an event lies, and how many sentences of articles do."""
    own = sorted((score, s.events) for s, score in zip(seen, scores, strict=True) if s.of_article)
    left = MOST_LOST * sum(events for _, events in own)
    least = 0.0
    for score, events in own:
        left -= events
        least = score
        if left < 0:
            break
    least = round(least, DECIMALS)
    return least, sum(score < least for score, _ in own)


def _held_out(seen: Sequence[Seen]) -> list[float]:
    """Each sentence's score by a model that has not seen it."""
    folds = [fold_of(s.text_id) for s in seen]
    models = [
        _fit([s for s, own in zip(seen, folds, strict=True) if own != fold]).weights for fold in range(FOLDS)
    ]
    return [
        fsum(models[fold][name][0] for name in s.names if name in models[fold])
        for s, fold in zip(seen, folds, strict=True)
    ]


def _fit(seen: Sequence[Seen]) -> LinearModel:
    samples = [dict.fromkeys(sorted(s.names), 1.0) for s in seen]
    return fit(samples, [TELLS if s.events else SILENT for s in seen], RECIPE)


def main(corpus: Path = CORPUS, folder: Path = MODEL) -> None:
    from extractors.events.coder import Coder
    from extractors.events.judge.decide import load_judge

    texts: list[Annotated] = [*load_corpus(corpus), *load_articles(corpus / ARTICLES.name)]
    own = [text for text in texts if text.split is Split.TRAIN]
    judge = load_judge(folder)
    files = train_sieve(own, lambda screen: Coder(judge=judge, sieve=screen), digest_of(corpus))
    for name, content in sorted(files.items()):
        write_atomically(folder / name, partial(Path.write_bytes, data=content))
        sys.stdout.write(f"{folder / name}: {len(content):,} bytes\n")


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
