"""A file or folder of JSON Lines in, checked sentences out; a line that breaks the format is named."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from extractors.errors import LexiconError
from extractors.events.corpus.details import problem_of
from extractors.events.corpus.records import (
    CorpusActor,
    CorpusEvent,
    CorpusSentence,
    Miss,
    Register,
    Split,
)
from extractors.records import Family, Modality, Span
from extractors.reference import cameo_events
from extractors.settings import PROJECT_ROOT

CORPUS = PROJECT_ROOT / "corpus"
SENTENCE_FIELDS = frozenset(["id", "text", "register", "published_at", "split", "miss", "events"])
EVENT_FIELDS = frozenset(["cameo_code", "family", "modality", "trigger", "sources", "targets", "details"])


def load_corpus(path: Path = CORPUS) -> tuple[CorpusSentence, ...]:
    """All sentences of a .jsonl file, or of every such file of a folder, in order.

    Raises:
        LexiconError: a file that cannot be read, a line that does not fit the format, an id given twice.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files:
        raise LexiconError("no .jsonl file", where=str(path), next_step="give the corpus folder")
    sentences: list[CorpusSentence] = []
    seen: set[str] = set()
    for file in files:
        for number, sentence in _sentences(file):
            if sentence.id in seen:
                raise _problem(file, number, f"id {sentence.id!r} is given twice")
            seen.add(sentence.id)
            sentences.append(sentence)
    return tuple(sentences)


def digest_of(folder: Path = CORPUS) -> str:
    """One digest over names and contents of the folder's .jsonl files."""
    total = hashlib.sha256()
    for file in sorted(folder.glob("*.jsonl")):
        total.update(f"{file.name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def _sentences(file: Path) -> Iterator[tuple[int, CorpusSentence]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(
            f"cannot be read: {error}", where=str(file), next_step="give a file of JSON Lines in UTF-8"
        ) from error
    for number, line in enumerate(lines, start=1):
        try:
            yield number, sentence_of(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise _problem(file, number, _told(error)) from error


def sentence_of(record: Mapping[str, Any]) -> CorpusSentence:
    """One line's object as a sentence.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it does not fit the format.
    """
    _only(record, SENTENCE_FIELDS)
    text = record["text"]
    if not isinstance(text, str) or not text or text != text.strip() or "\n" in text:
        raise ValueError("text is empty, has spaces around it or breaks the line")
    sentence = CorpusSentence(
        id=record["id"],
        text=text,
        register=Register(record["register"]),
        published_at=date.fromisoformat(record["published_at"]),
        split=Split(record["split"]),
        miss=Miss(record["miss"]) if record["miss"] is not None else None,
        events=tuple(_event(text, each) for each in record["events"]),
    )
    if (sentence.miss is None) != any(event.counts for event in sentence.events):
        raise ValueError("miss is null when, and only when, an event is asserted or planned")
    return sentence


def _event(text: str, record: Mapping[str, Any]) -> CorpusEvent:
    _only(record, EVENT_FIELDS)
    if record["cameo_code"] not in cameo_events():
        raise ValueError(f"{record['cameo_code']!r} is no CAMEO code")
    family = Family(record["family"]) if record["family"] is not None else None
    problem = problem_of(family, record["details"], text)
    if problem:
        raise ValueError(problem)
    return CorpusEvent(
        cameo_code=record["cameo_code"],
        family=family,
        modality=Modality(record["modality"]),
        trigger=_trigger(text, record["trigger"]),
        sources=tuple(_actor(text, each) for each in record["sources"]),
        targets=tuple(_actor(text, each) for each in record["targets"]),
        details=record["details"],
    )


def _trigger(text: str, record: Mapping[str, Any]) -> Span:
    span = Span(**record)
    if not span.text or text[span.start : span.end] != span.text:
        raise ValueError(f"trigger {span.text!r} does not stand at {span.start}:{span.end}")
    return span


def _actor(text: str, record: Mapping[str, Any]) -> CorpusActor:
    actor = CorpusActor(**record)
    if not actor.text or actor.text not in text:
        raise ValueError(f"actor {actor.text!r} is not in the text")
    return actor


def _only(record: Mapping[str, Any], fields: frozenset[str]) -> None:
    if set(record) != fields:
        odd = sorted(set(record) ^ fields)[0]
        raise ValueError(f"field {odd!r} is {'unknown' if odd in record else 'missing'}")


def _told(error: Exception) -> str:
    return f"field {error} is missing" if isinstance(error, KeyError) else str(error)


def _problem(file: Path, number: int, what: str) -> LexiconError:
    return LexiconError(
        what, where=f"{file}:{number}", next_step="mend the line; corpus/README.md has the format"
    )
