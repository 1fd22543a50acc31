"""A night's article files in, one Parquet file of event mentions out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractors.errors import StageError
from extractors.events.coder import Coder
from extractors.home import write_atomically
from extractors.landing.flatten import mention_row
from extractors.landing.schema import MENTIONS
from extractors.records import ArticleKind, CodeInput

CODED_KINDS = frozenset(
    kind.value for kind in (ArticleKind.ARTICLE, ArticleKind.OPINION, ArticleKind.LIVE_BLOG, ArticleKind.STUB)
)
COLUMNS = ["article_id", "source", "title", "published_at", "language", "kind", "text", "text_digest", "url"]
ORDER = ("article_id", "sentence_start", "trigger_start", "cameo_code", "mention_id")


@dataclass(frozen=True, slots=True)
class CodeReport:
    """What a batch came to. `skipped` counts articles by why they were not coded."""

    articles: int
    mentions: int
    families: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)


def code_batch(
    *,
    articles: Path | Sequence[Path],
    night: date,
    out: Path,
    coder: Coder,
    article_ids: Collection[str] | None = None,
    rows: tuple[int, int] | None = None,
    languages: Collection[str] = frozenset({"en"}),
    kinds: Collection[str] = CODED_KINDS,
    on_progress: Callable[[int], None] | None = None,
) -> CodeReport:
    """Code the articles (all, those of `article_ids`, or rows `[first, last)` of the files) into `out`.

    The file is written whole or not at all, in a fixed order: the same articles give the same bytes.

    Raises:
        StageError: an article file that cannot be read.
    """
    skipped: Counter[str] = Counter()
    families: Counter[str] = Counter()
    mentions: list[dict[str, Any]] = []
    coded = 0
    for article in _articles(articles, article_ids, rows):
        reason = _why_not(article, languages, kinds)
        try:
            found = [] if reason else _mentions(article, night, coder)
        except Exception as error:  # a slip of ours in one article is no reason to lose the night
            reason = f"error {type(error).__name__}"
        if reason:
            skipped[reason] += 1
        else:
            mentions.extend(found)
            families.update(row["family"] or "other" for row in found)
            coded += 1
        if on_progress is not None:
            on_progress(1)
    mentions.sort(key=lambda row: tuple(row[name] for name in ORDER))
    table = pa.Table.from_pylist(mentions, schema=MENTIONS)
    write_atomically(out, lambda path: pq.write_table(table, path, compression="zstd"))
    return CodeReport(coded, len(mentions), dict(sorted(families.items())), dict(sorted(skipped.items())))


def _articles(
    files: Path | Sequence[Path], ids: Collection[str] | None, rows: tuple[int, int] | None
) -> Iterator[dict[str, Any]]:
    position = 0
    for file in [files] if isinstance(files, Path) else files:
        try:
            table = pq.read_table(file, columns=COLUMNS)
        except (OSError, pa.ArrowException, KeyError) as error:
            raise StageError(
                f"article file cannot be read: {error}", where=str(file), next_step="parse the night again"
            ) from error
        for article in table.to_pylist():
            if (ids is None or article["article_id"] in ids) and (
                rows is None or rows[0] <= position < rows[1]
            ):
                yield article
            position += 1


def _why_not(article: dict[str, Any], languages: Collection[str], kinds: Iterable[str]) -> str | None:
    if article["kind"] not in kinds:
        return f"kind {article['kind']}"
    if article["language"] is not None and article["language"] not in languages:
        return f"language {article['language']}"
    return None if article["text"] else "no text"


def _mentions(article: dict[str, Any], night: date, coder: Coder) -> list[dict[str, Any]]:
    item = CodeInput(
        article["article_id"], article["text"], article["published_at"], article["title"], article["url"]
    )
    return [
        mention_row(
            event,
            night=night,
            article_id=article["article_id"],
            source=article["source"],
            text_digest=article["text_digest"] or "",
        )
        for event in coder.code_one(item)
    ]
