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

from extractors.errors import CodingError, StageError
from extractors.events.coders import ArticleCoder, code_all
from extractors.home import write_atomically
from extractors.landing.flatten import mention_row
from extractors.landing.schema import MENTIONS
from extractors.records import ArticleKind, CodeInput, Event

CODED_KINDS = frozenset(
    kind.value for kind in (ArticleKind.ARTICLE, ArticleKind.OPINION, ArticleKind.LIVE_BLOG, ArticleKind.STUB)
)
COLUMNS = ["article_id", "source", "title", "published_at", "language", "kind", "text", "text_digest", "url"]
ORDER = ("article_id", "sentence_start", "trigger_start", "cameo_code", "mention_id")


@dataclass(frozen=True, slots=True)
class CodeReport:
    """What a batch came to. `skipped` counts articles by why they were not coded; `failed` names those
    that the coder could not code, with the reason."""

    articles: int
    mentions: int
    families: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


def code_batch(
    *,
    articles: Path | Sequence[Path],
    night: date,
    out: Path,
    coder: ArticleCoder,
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
        CodingError: the coder will code no article at all; `out` is left as it was.
    """
    skipped: Counter[str] = Counter()
    failed: dict[str, str] = {}
    families: Counter[str] = Counter()
    mentions: list[dict[str, Any]] = []
    coded = 0
    told = on_progress or _silent

    def worth_coding() -> Iterator[dict[str, Any]]:
        for article in _articles(articles, article_ids, rows):
            reason = _why_not(article, languages, kinds)
            if reason is None:
                yield article
            else:
                skipped[reason] += 1
                told(1)

    for article, result in code_all(coder, worth_coding(), _input):
        told(1)
        if isinstance(result, CodingError):
            if result.is_final:
                raise result
            failed[article["article_id"]] = result.what
            continue
        found = [_mention(event, article, night) for event in result]
        mentions.extend(found)
        families.update(row["family"] or "other" for row in found)
        coded += 1
    mentions.sort(key=lambda row: tuple(row[name] for name in ORDER))
    table = pa.Table.from_pylist(mentions, schema=MENTIONS)
    write_atomically(out, lambda path: pq.write_table(table, path, compression="zstd"))
    return CodeReport(
        coded, len(mentions), dict(sorted(families.items())), dict(sorted(skipped.items())), failed
    )


def _silent(done: int) -> None:
    del done


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


def _input(article: dict[str, Any]) -> CodeInput:
    return CodeInput(
        article["article_id"], article["text"], article["published_at"], article["title"], article["url"]
    )


def _mention(event: Event, article: dict[str, Any], night: date) -> dict[str, Any]:
    return mention_row(
        event,
        night=night,
        article_id=article["article_id"],
        source=article["source"],
        text_digest=article["text_digest"] or "",
    )
