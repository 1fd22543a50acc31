"""Landed articles in, their event mentions as one Parquet file out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extractors.events.coder import Coder
from extractors.home import write_atomically
from extractors.landing.schema import DETAIL_PREFIX, DETAILS, MENTIONS
from extractors.records import ArticleKind, CodeInput, Event

CODED_KINDS = (ArticleKind.ARTICLE, ArticleKind.OPINION, ArticleKind.LIVE_BLOG, ArticleKind.STUB)
NEEDED = ["article_id", "source", "title", "url", "text", "published_at", "language", "kind"]


@dataclass(frozen=True, slots=True)
class CodeReport:
    """`articles` coded, `left_out` for their kind or language, `mentions` found."""

    articles: int
    left_out: int
    mentions: int


def code_batch(
    *,
    articles: Sequence[Path],
    article_ids: Collection[str],
    night: date,
    out: Path,
    coder: Coder,
    languages: Collection[str],
    on_progress: Callable[[int, int], None],
) -> CodeReport:
    """Code the articles named by `article_ids` and write their mentions with schema MENTIONS.

    Rows are sorted by article, place in the text and code: same articles, same bytes. Articles of other
    kinds than those with running text, or in other languages, are left out; they stay landed.
    """
    chosen = _articles(articles, article_ids)
    coded = [row for row in chosen if row["kind"] in CODED_KINDS and row["language"] in languages]
    rows: list[dict[str, Any]] = []
    for done, row in enumerate(coded, 1):
        rows += _mentions(coder.code_one(_input(row)), row, night)
        on_progress(done, len(coded))
    rows.sort(
        key=lambda row: (row["article_id"], row["sentence_index"], row["trigger_start"], row["mention_id"])
    )
    table = pa.Table.from_pylist(rows, schema=MENTIONS)
    write_atomically(out, lambda path: pq.write_table(table, path, compression="zstd"))
    return CodeReport(len(coded), len(chosen) - len(coded), len(rows))


def _articles(files: Sequence[Path], wanted: Collection[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for file in files:
        table = pq.read_table(file, columns=NEEDED)
        rows += table.filter(pc.is_in(table["article_id"], pa.array(sorted(wanted), pa.string()))).to_pylist()
    return sorted(rows, key=lambda row: str(row["article_id"]))


def _input(row: dict[str, Any]) -> CodeInput:
    return CodeInput(row["article_id"], row["text"], row["published_at"], row["title"], row["url"])


def _mentions(events: Sequence[Event], row: dict[str, Any], night: date) -> Iterator[dict[str, Any]]:
    for event in events:
        yield {
            "night": night,
            "mention_id": event.event_id,
            "article_id": row["article_id"],
            "source": row["source"],
            **flat(event),
        }


def flat(event: Event) -> dict[str, Any]:
    """The event's columns of MENTIONS."""
    record = event.to_json()
    place = record.pop("place") or {}
    trigger, sentence = record.pop("trigger"), record.pop("sentence")
    details = record.pop("details")
    del record["event_id"]
    return {
        **record,
        "event_date": event.event_date,
        **{f"place_{name}": place.get(name) for name in ("name", "country", "lat", "lon")},
        **{f"trigger_{name}": trigger[name] for name in ("text", "start", "end")},
        **{f"sentence_{name}": sentence[name] for name in ("index", "start", "end", "text")},
        **_details(event.family, details),
    }


def _details(family: str | None, details: dict[str, Any]) -> dict[str, Any]:
    if family is None:
        return {}
    return {
        f"{DETAIL_PREFIX[family]}_{name}": _value(details.get(name), kind) for name, kind in DETAILS[family]
    }


def _value(value: Any, kind: pa.DataType) -> Any:
    is_iso_date = pa.types.is_date(kind) and isinstance(value, str)
    return date.fromisoformat(value) if is_iso_date else value
