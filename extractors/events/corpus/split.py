"""Sentences in, the tenth kept aside out: the lowest hashes of the ids within each root."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from extractors.events.corpus.read import CORPUS, load_corpus
from extractors.events.corpus.records import CorpusSentence, Split
from extractors.home import write_atomically
from extractors.records import stable_id

TEST_SHARE = 0.1


def kept_aside(sentences: Iterable[CorpusSentence]) -> frozenset[str]:
    """Ids of the test part: in each stratum a tenth, rounded, and at least one."""
    strata: dict[str, list[str]] = defaultdict(list)
    for sentence in sentences:
        strata[sentence.stratum].append(sentence.id)
    return frozenset(
        each
        for ids in strata.values()
        for each in sorted(ids, key=stable_id)[: max(1, round(len(ids) * TEST_SHARE))]
    )


def write_split(folder: Path = CORPUS) -> None:
    """Write `split` into each line of the folder's files; nothing else of a line changes."""
    test = kept_aside(load_corpus(folder))
    for file in sorted(folder.glob("*.jsonl")):
        lines = file.read_text(encoding="utf-8").splitlines()
        text = "".join(_with_split(json.loads(line), test) for line in lines)
        write_atomically(file, partial(Path.write_text, data=text, encoding="utf-8"))


def _with_split(record: dict[str, Any], test: frozenset[str]) -> str:
    record["split"] = str(Split.TEST if record["id"] in test else Split.TRAIN)
    return json.dumps(record, ensure_ascii=False) + "\n"
