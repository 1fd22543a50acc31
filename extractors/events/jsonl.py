"""JSON Lines of articles in, JSON Lines of their events out: one line for each, in order, flushed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

from extractors.errors import CodingError
from extractors.events.coders import ArticleCoder
from extractors.records import CodeInput


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that could not be coded; nothing is written for it. Lines count from 1."""

    line: int
    what: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}"


def code_lines(lines: Iterable[str | bytes], *, coder: ArticleCoder, out: IO[str]) -> list[Problem]:
    """Code `{"id", "text", "published_at"?, "title"?, "url"?}` to `{"id", "events"}`, line by line.

    Each line is written and flushed before the next is read, so a caller can keep the process open.
    Blank lines are passed over; what is no such record, or cannot be coded, is returned as a
    problem and skipped.
    """
    problems: list[Problem] = []
    for number, line in enumerate(lines, start=1):
        text = line.decode("utf-8", errors="replace") if isinstance(line, bytes) else line
        if not text.strip():
            continue
        try:
            item = parse_input(text)
        except ValueError as error:
            problems.append(Problem(number, str(error)))
            continue
        try:
            events = [event.to_json() for event in coder.code_one(item)]
        except CodingError as error:
            problems.append(Problem(number, f"{item.id}: {error}"))
            continue
        out.write(json.dumps({"id": item.id, "events": events}, ensure_ascii=False) + "\n")
        out.flush()
    return problems


def parse_input(line: str) -> CodeInput:
    """One line to the record.

    Raises:
        ValueError: no JSON, no object, no `id` or `text`, or a time that is not ISO 8601.
    """
    try:
        record = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from None
    problem = _problem(record)
    if problem:
        raise ValueError(problem)
    return CodeInput(
        id=str(record["id"]),
        text=record["text"],
        published_at=_time(record.get("published_at")),
        title=record.get("title"),
        url=record.get("url"),
    )


def _problem(record: Any) -> str | None:
    if not isinstance(record, dict):
        return "not a JSON object"
    if not isinstance(record.get("text"), str):
        return "`text` is missing or no string"
    if not isinstance(record.get("id"), str | int):
        return "`id` is missing or neither string nor integer"
    wrong = [name for name in ("title", "url") if not isinstance(record.get(name), str | None)]
    return f"`{wrong[0]}` is no string" if wrong else None


def _time(value: object) -> datetime | None:
    """A date, or a time in ISO 8601; without a zone it is UTC."""
    if value in (None, ""):
        return None
    try:
        time = datetime.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"`published_at` is not ISO 8601: {value!r}") from None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
