"""Texts in, those kept aside out: the lowest hashes of the ids, within each root or file."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from extractors.events.corpus.read import CORPUS, files_of, load_texts
from extractors.events.corpus.records import CorpusArticle, CorpusSentence, Split
from extractors.home import write_atomically
from extractors.records import stable_id

TEST_SHARE = 0.1
ARTICLES_TEST_SHARE = 1 / 6


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


def articles_kept_aside(articles: Iterable[CorpusArticle]) -> frozenset[str]:
    """Ids of the test part: in each file a sixth."""
    files: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        files[article.part].append(article.id)
    return frozenset(
        each
        for ids in files.values()
        for each in sorted(ids, key=stable_id)[: round(len(ids) * ARTICLES_TEST_SHARE)]
    )


def write_split(folder: Path = CORPUS) -> None:
    """Write `split` into each line of the folder's files; nothing else of a line changes."""
    sentences, articles = load_texts(folder)
    test = kept_aside(sentences) | articles_kept_aside(articles)
    for file in files_of(folder):
        lines = file.read_text(encoding="utf-8").splitlines()
        text = "".join(_with_split(json.loads(line), test) for line in lines)
        write_atomically(file, partial(Path.write_text, data=text, encoding="utf-8"))


def _with_split(record: dict[str, Any], test: frozenset[str]) -> str:
    record["split"] = str(Split.TEST if record["id"] in test else Split.TRAIN)
    return json.dumps(record, ensure_ascii=False) + "\n"
