"""An article in, its landing row out, with the digests by which duplicates are found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from extractors.home import write_atomically
from extractors.landing.schema import ARTICLES
from extractors.records import Article, Page, stable_id

_WORDS = re.compile(r"\w+")
_SHINGLE = 5
_PERMUTATIONS, _SEED = 64, 1


def article_row(article: Article, page: Page, *, night: date, source: str, warc_file: str) -> dict[str, Any]:
    """A row of the schema ARTICLES."""
    words = _WORDS.findall(article.text.casefold())
    return {
        "night": night,
        "article_id": stable_id(article.url),
        "source": source,
        "url": article.url,
        "title": article.title,
        "authors": list(article.authors),
        "published_at": article.published_at,
        "modified_at": article.modified_at,
        "language": article.language,
        "kind": str(article.kind),
        "reason": article.reason,
        "dateline": article.dateline,
        "text": article.text,
        "text_digest": stable_id(" ".join(words)) if words else None,
        "minhash": minhash(words),
        "fetched_at": page.fetched_at,
        "warc_file": warc_file,
        "warc_record_id": page.id,
    }


def text_minhash(text: str) -> bytes | None:
    return minhash(_WORDS.findall(text.casefold()))


def minhash(words: list[str]) -> bytes | None:
    """64 little-endian uint64: the MinHash signature of the text's runs of five words."""
    from datasketch import MinHash

    if not words:
        return None
    runs = {" ".join(words[start : start + _SHINGLE]) for start in range(max(1, len(words) - _SHINGLE + 1))}
    signature = MinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    signature.update_batch([run.encode() for run in sorted(runs)])
    return np.asarray(signature.hashvalues).astype("<u8").tobytes()


def write_table(path: Path, rows: Iterable[dict[str, Any]], schema: pa.Schema) -> None:
    """Write the rows as Parquet in one atomic step; equal rows make equal bytes."""
    table = pa.Table.from_pylist(list(rows), schema=schema)
    write_atomically(path, lambda target: pq.write_table(table, target, compression="zstd"))


def write_articles(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    write_table(path, sorted(rows, key=lambda row: str(row["article_id"])), ARTICLES)
