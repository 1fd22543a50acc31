"""A file or folder of JSON Lines in, checked sentences out; a line that breaks the format is named."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from extractors.errors import LexiconError
from extractors.events.corpus.details import problem_of
from extractors.events.corpus.records import (
    ArticleStyle,
    CorpusActor,
    CorpusArticle,
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
ARTICLES = CORPUS / "articles"
SENTENCE_FIELDS = frozenset(["id", "text", "register", "published_at", "split", "miss", "events"])
ARTICLE_FIELDS = frozenset(["id", "title", "text", "style", "published_at", "split", "events"])
EVENT_FIELDS = frozenset(["cameo_code", "family", "modality", "trigger", "sources", "targets", "details"])
Text = TypeVar("Text", CorpusSentence, CorpusArticle)


def load_corpus(path: Path = CORPUS) -> tuple[CorpusSentence, ...]:
    """All sentences of a .jsonl file, or of every such file of a folder, in order.

    Raises:
        LexiconError: a file that cannot be read, a line that does not fit the format, an id given twice.
    """
    return tuple(_load(path, sentence_of))


def load_articles(path: Path = ARTICLES) -> tuple[CorpusArticle, ...]:
    """All whole texts, as load_corpus loads sentences.

    Raises:
        LexiconError: as there.
    """
    return tuple(_load(path, article_of))


def load_texts(folder: Path = CORPUS) -> tuple[tuple[CorpusSentence, ...], tuple[CorpusArticle, ...]]:
    """Sentences and articles of a folder, which may do without articles.

    Raises:
        LexiconError: as load_corpus.
    """
    own = folder / ARTICLES.name
    return load_corpus(folder), load_articles(own) if own.is_dir() else ()


def _load(path: Path, made: Callable[[Mapping[str, Any]], Text]) -> Iterator[Text]:
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files:
        raise LexiconError("no .jsonl file", where=str(path), next_step="give the corpus folder")
    seen: set[str] = set()
    for file in files:
        for number, text in _texts(file, made):
            if text.id in seen:
                raise _problem(file, number, f"id {text.id!r} is given twice")
            seen.add(text.id)
            yield text


def files_of(folder: Path = CORPUS) -> list[Path]:
    """The files of annotated texts, sentences first."""
    return [*sorted(folder.glob("*.jsonl")), *sorted((folder / ARTICLES.name).glob("*.jsonl"))]


def digest_of(folder: Path = CORPUS) -> str:
    """One digest over names and contents of the folder's annotated texts."""
    total = hashlib.sha256()
    for file in files_of(folder):
        total.update(f"{file.name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def _texts(file: Path, made: Callable[[Mapping[str, Any]], Text]) -> Iterator[tuple[int, Text]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(
            f"cannot be read: {error}", where=str(file), next_step="give a file of JSON Lines in UTF-8"
        ) from error
    for number, line in enumerate(lines, start=1):
        try:
            yield number, made(json.loads(line))
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


def article_of(record: Mapping[str, Any]) -> CorpusArticle:
    """One line's object as an article.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it does not fit the format.
    """
    _only(record, ARTICLE_FIELDS)
    text = record["text"]
    for name, value in (("title", record["title"]), ("text", text)):
        if not isinstance(value, str) or not value or value != value.strip():
            raise ValueError(f"{name} is empty or has spaces around it")
    return CorpusArticle(
        id=record["id"],
        title=record["title"],
        text=text,
        style=ArticleStyle(record["style"]),
        published_at=date.fromisoformat(record["published_at"]),
        split=Split(record["split"]),
        events=tuple(_event(text, each) for each in record["events"]),
    )


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
