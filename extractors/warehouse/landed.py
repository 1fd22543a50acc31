"""A night's landing folders into checked file lists and one digest of all that they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from extractors.errors import StageError
from extractors.home import Home
from extractors.landing.schema import ARTICLES, FETCHES, MENTIONS

NEXT_STEP = "remove the file and run the stage that wrote it again"


@dataclass(frozen=True, slots=True)
class Landed:
    """The Parquet files of one night by raw table, each with the schema of its table."""

    files: dict[str, tuple[Path, ...]]

    def digest(self, *also: str) -> str:
        """Of names and bytes of all files, and of what else decides the night's rows."""
        whole = hashlib.blake2b(digest_size=16)
        for text in also:
            whole.update(text.encode() + b"\x1f")
        for table, paths in sorted(self.files.items()):
            for path in paths:
                whole.update(f"{table}/{path.name}\x1f".encode())
                with path.open("rb") as content:
                    whole.update(hashlib.file_digest(content, "blake2b").digest())
        return whole.hexdigest()


def find_landed(home: Home, night: date) -> Landed:
    """What landed for the night. A night without fetches or mentions is an empty one, not an error.

    Raises:
        StageError: nothing was parsed, or a file does not have the schema of its table.
    """
    if not home.articles(night).is_dir():
        raise StageError(
            f"nothing has landed for {night}",
            where=str(home.articles(night)),
            next_step="run fetch and parse for this night first",
        )
    folders = {
        "fetches": (home.root / "landing" / "fetches" / f"night={night}", FETCHES),
        "articles": (home.articles(night), ARTICLES),
        "mentions": (home.mentions(night), MENTIONS),
    }
    return Landed({table: _parquet_files(folder, schema) for table, (folder, schema) in folders.items()})


def _parquet_files(folder: Path, schema: pa.Schema) -> tuple[Path, ...]:
    paths = tuple(sorted(path for path in folder.glob("*.parquet") if not path.name.startswith(".")))
    for path in paths:
        _check_schema(path, schema)
    return paths


def _check_schema(path: Path, expected: pa.Schema) -> None:
    try:
        found = pq.read_schema(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise StageError(f"not a Parquet file: {error}", where=str(path), next_step=NEXT_STEP) from error
    difference = _first_difference(found, expected)
    if difference:
        raise StageError(difference, where=str(path), next_step=NEXT_STEP)


def _first_difference(found: pa.Schema, expected: pa.Schema) -> str | None:
    extra: Sequence[str] = [name for name in found.names if name not in expected.names]
    if extra:
        return f"column `{extra[0]}` is not in the landing schema"
    for field in expected:
        if field.name not in found.names:
            return f"column `{field.name}` is missing"
        kind = found.field(field.name).type
        if not _same_type(kind, field.type):
            return f"column `{field.name}` is {kind}, not {field.type}"
    return None


def _same_type(found: pa.DataType, expected: pa.DataType) -> bool:
    """Parquet may rename the item field of a list; the values are the same."""
    if pa.types.is_list(found) and pa.types.is_list(expected):
        return _same_type(found.value_type, expected.value_type)
    return bool(found.equals(expected))
