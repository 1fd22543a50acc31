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
    return _lowest(((each.stratum, each.id) for each in sentences), TEST_SHARE, least=1)


def articles_kept_aside(articles: Iterable[CorpusArticle]) -> frozenset[str]:
    """Ids of the test part: in each file a sixth."""
    return _lowest(((each.part, each.id) for each in articles), ARTICLES_TEST_SHARE)


def _lowest(grouped: Iterable[tuple[str, str]], share: float, *, least: int = 0) -> frozenset[str]:
    """Of pairs of group and id, the ids with the lowest hashes of each group."""
    groups: dict[str, list[str]] = defaultdict(list)
    for group, name in grouped:
        groups[group].append(name)
    return frozenset(
        name
        for ids in groups.values()
        for name in sorted(ids, key=stable_id)[: max(least, round(len(ids) * share))]
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
