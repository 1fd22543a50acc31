"""Lines of JSON with texts in, lines of JSON with their events out, one for each, in order."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TextIO

from extractors.events.coder import Coder
from extractors.records import CodeInput


@dataclass(frozen=True, slots=True)
class LineProblem:
    """A line that could not be coded: its number counts from 1."""

    line: int
    what: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}; it is skipped"


def code_lines(lines: Iterable[str], *, coder: Coder, out: TextIO) -> list[LineProblem]:
    """Code `{"id", "text", "published_at"?, "title"?, "url"?}` a line; write `{"id", "events"}`, flushed.

    Returns the lines that are no such input; the others are coded all the same.
    """
    problems = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            given = _input(line)
        except (ValueError, TypeError, KeyError) as error:
            problems.append(LineProblem(number, _reason(error)))
            continue
        events = [event.to_json() for event in coder.code_one(given)]
        out.write(json.dumps({"id": given.id, "events": events}, ensure_ascii=False) + "\n")
        out.flush()
    return problems


def _input(line: str) -> CodeInput:
    record = json.loads(line)
    if not isinstance(record, dict):
        raise TypeError("no JSON object")
    if not isinstance(record["text"], str):
        raise TypeError("`text` is no string")
    return CodeInput(
        id=str(record["id"]),
        text=record["text"],
        published_at=_time(record.get("published_at")),
        title=record.get("title"),
        url=record.get("url"),
    )


def _time(value: Any) -> datetime | None:
    if not value:
        return None
    time = datetime.fromisoformat(str(value))
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"`{error.args[0]}` is missing"
    if isinstance(error, json.JSONDecodeError):
        return f"no JSON ({error.msg}, character {error.pos + 1})"
    return str(error)
