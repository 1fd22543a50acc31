"""The corpus in, the judge's model files out: `python -m extractors.events.judge.train`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.events.corpus.read import ARTICLES, CORPUS, digest_of, load_articles, load_corpus
from extractors.events.corpus.records import CorpusArticle, Split
from extractors.events.judge import tuning
from extractors.events.judge.decide import MODEL, MODELS, Bench, Judge, Rules
from extractors.events.judge.fitting import fold_of
from extractors.events.judge.model import LinearModel, model_bytes
from extractors.events.judge.samples import Annotated, Clerk, Trial, collect_events, collect_words
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


def train(texts: Sequence[Annotated], make_coder: Callable[[Bench], Coder]) -> Trained:
    """First the models that read words; then, over readings of sentences they have not seen, the rest."""
    clerk = Clerk()
    words = collect_words(make_coder(clerk), clerk, texts)
    nobody = LinearModel(("right",), {})
    judges = [Judge(tuning.OPEN, r, nobody, nobody, nobody) for r in tuning.readers_by_fold(words)]
    trial = Trial(judges)
    folds = {t.id: fold_of(t.id) for t in texts}
    heard = collect_events(make_coder(trial), trial, texts, folds)
    worth, shares = tuning.fit_worth(heard)
    true_events = sum(len(t.events) for t in texts)
    keep_from = tuning.thresholds(heard, shares, texts)
    rules = replace(tuning.OPEN, keep_from=keep_from, trust_from=tuning.SURELY_NO_NEWS)
    readers = tuning.fit_readers(words)
    fitted = (readers.root, readers.leaf, worth, tuning.fit_news(heard), tuning.fit_sides(heard))
    models = dict(zip(MODELS, fitted, strict=True))
    articles = sum(isinstance(t, CorpusArticle) for t in texts)
    counts = {
        "sentences": len(texts) - articles, "articles": articles, "events": true_events,
        "proposals": len(heard),
    }  # fmt: skip
    return Trained(rules, models, counts)


def main(corpus: Path = CORPUS, folder: Path = MODEL) -> None:
    from extractors.events.coder import Coder

    texts: list[Annotated] = [*load_corpus(corpus), *load_articles(corpus / ARTICLES.name)]
    trained = train([text for text in texts if text.split is Split.TRAIN], lambda bench: Coder(judge=bench))
    for name, content in sorted(trained.files(digest_of(corpus)).items()):
        write_atomically(folder / name, partial(Path.write_bytes, data=content))
        sys.stdout.write(f"{folder / name}: {len(content):,} bytes\n")


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
