"""The annotated corpus (corpus/*.jsonl) in, its sentences with their true events and a digest out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extractors.errors import LexiconError
from extractors.records import Family, Modality
from extractors.settings import PROJECT_ROOT

CORPUS = PROJECT_ROOT / "corpus"


@dataclass(frozen=True, slots=True)
class TrueActor:
    text: str
    code: str


@dataclass(frozen=True, slots=True)
class TrueEvent:
    """`start` and `end` are where the trigger stands in the sentence."""

    code: str
    family: Family | None
    modality: Modality
    start: int
    end: int
    sources: tuple[TrueActor, ...]
    targets: tuple[TrueActor, ...]
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Annotated:
    """`miss` is the kind of near miss; None where something happens."""

    id: str
    text: str
    published_at: datetime
    is_test: bool
    miss: str | None
    events: tuple[TrueEvent, ...]


def corpus_files(folder: Path = CORPUS) -> list[Path]:
    """The parts of the corpus, in the order of their names; none where there is no corpus."""
    return sorted(folder.glob("*.jsonl"))


def read_corpus(files: Iterable[Path]) -> list[Annotated]:
    """
    Raises:
        LexiconError: a line that is no annotated sentence; names the file and the line.
    """
    found: list[Annotated] = []
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                found.append(_annotated(json.loads(line)))
            except (KeyError, TypeError, ValueError) as error:
                raise LexiconError(
                    f"no annotated sentence: {error!r}",
                    where=f"{path.name}:{number}",
                    next_step="correct the line as corpus/README.md describes it",
                ) from error
    return found


def digest_of(files: Iterable[Path]) -> str:
    """One digest over names and contents of the files."""
    total = hashlib.sha256()
    for path in files:
        total.update(f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def _annotated(raw: Mapping[str, Any]) -> Annotated:
    published = datetime.fromisoformat(raw["published_at"])
    return Annotated(
        id=raw["id"],
        text=raw["text"],
        published_at=published if published.tzinfo else published.replace(tzinfo=UTC),
        is_test=raw["split"] == "test",
        miss=raw["miss"],
        events=tuple(_event(event) for event in raw["events"]),
    )


def _event(raw: Mapping[str, Any]) -> TrueEvent:
    return TrueEvent(
        code=raw["cameo_code"],
        family=Family(raw["family"]) if raw["family"] else None,
        modality=Modality(raw["modality"]),
        start=raw["trigger"]["start"],
        end=raw["trigger"]["end"],
        sources=tuple(TrueActor(a["text"], a["code"]) for a in raw["sources"]),
        targets=tuple(TrueActor(a["text"], a["code"]) for a in raw["targets"]),
        details=raw["details"],
    )
