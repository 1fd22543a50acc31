"""The corpus in, the figures that describe it out: counts, forms of the triggers, openings, duplicates."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.events.corpus.frames import forms
from extractors.events.corpus.overlap import near_duplicates, opening
from extractors.events.corpus.read import CORPUS, load_corpus
from extractors.events.corpus.records import CorpusSentence
from extractors.home import write_atomically
from extractors.records import stable_id

if TYPE_CHECKING:
    from extractors.events.corpus.frames import Parse

FACTS = "facts.json"


def digest(folder: Path = CORPUS) -> str:
    """Changes with any byte of the folder's sentences."""
    return stable_id(*(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.jsonl"))))


def measure(sentences: Sequence[CorpusSentence], parse: Parse) -> dict[str, Any]:
    """The figures that need a language model or all pairs; the plain counts are made when they are shown."""
    texts = {sentence.id: sentence.text for sentence in sentences}
    return {
        "near_duplicates": [list(pair) for pair in near_duplicates(texts)],
        "same_eight_words": [list(pair) for pair in near_duplicates(texts, length=8, shared=1)],
        "openings": Counter(opening(s.text) for s in sentences).most_common(8),
        "distinct_openings": len({opening(s.text) for s in sentences}),
        "forms": _forms(sentences, parse),
    }


def write_facts(parse: Parse, folder: Path = CORPUS) -> None:
    facts = {"digest": digest(folder), **measure(load_corpus(folder), parse)}
    text = json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
    write_atomically(folder / FACTS, lambda target: target.write_text(text, encoding="utf-8"))


def read_facts(folder: Path = CORPUS) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    return facts


def _forms(sentences: Iterable[CorpusSentence], parse: Parse) -> dict[str, dict[str, Any]]:
    """Per class (root or family): distinct trigger lemmas, and how often each frame occurs."""
    lemmas: dict[str, set[str]] = defaultdict(set)
    frames: dict[str, Counter[str]] = defaultdict(Counter)
    for event, lemma, frame in forms(sentences, parse):
        for name in (event.root, *([str(event.family)] if event.family else [])):
            lemmas[name].add(lemma)
            frames[name][frame] += 1
    return {
        name: {"lemmas": len(lemmas[name]), "frames": dict(sorted(frames[name].items()))}
        for name in sorted(lemmas)
    }
