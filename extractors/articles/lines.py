"""JSON lines of pages in, one JSON line of an article out for each, in order, flushed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from queue import Queue
from threading import Thread
from typing import Any, TextIO

from pebble import ProcessFuture

from extractors.articles.bounds import Bounds
from extractors.articles.parse import BOUNDS
from extractors.articles.workers import Workers, workers
from extractors.records import Article, Page

_AHEAD = 4


@dataclass(frozen=True, slots=True)
class LineProblem:
    """A line that is no page: its number counts from 1."""

    line: int
    what: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}"


@dataclass(frozen=True, slots=True)
class _Waiting:
    page: Page | None
    future: ProcessFuture[Article] | None
    id: Any
    problem: LineProblem | None


def parse_lines(
    lines: Iterable[str], *, now: datetime, out: TextIO, processes: int = 1, bounds: Bounds = BOUNDS
) -> list[LineProblem]:
    """Write one line per line read and return what was wrong with which.

    A line that is no page gives `{"id": ..., "error": "line N: ..."}`. Each line's answer is written as
    soon as it is known, so a caller may wait for it before it sends the next.
    """
    problems: list[LineProblem] = []
    queue: Queue[_Waiting | BaseException | None] = Queue(maxsize=processes * _AHEAD)
    with workers(processes, bounds=bounds) as pool:
        Thread(target=_read_ahead, args=(lines, pool, now, queue), daemon=True).start()
        while (item := queue.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            if item.problem:
                problems.append(item.problem)
            out.write(_json_line(_answer(item, pool)))
            out.flush()
    return problems


def _read_ahead(
    lines: Iterable[str], pool: Workers, now: datetime, queue: Queue[_Waiting | BaseException | None]
) -> None:
    try:
        for number, line in enumerate(lines, 1):
            queue.put(_submitted(number, line, pool, now))
    except BaseException as error:  # the reader's error belongs to the caller
        queue.put(error)
    queue.put(None)


def _submitted(number: int, line: str, pool: Workers, now: datetime) -> _Waiting:
    record: Any = None
    try:
        record = json.loads(line)
        page = _page(record)
    except (ValueError, RecursionError) as error:
        what = f"no JSON: {error}" if record is None else str(error)
        known = record.get("id") if isinstance(record, dict) else None
        return _Waiting(None, None, known, LineProblem(number, what))
    return _Waiting(page, pool.submit(page, now), page.id, None)


def _page(record: Any) -> Page:
    if not isinstance(record, dict):
        raise ValueError(f"an object is needed, not {type(record).__name__}")  # noqa: TRY004
    for name in ("id", "url", "html"):
        if not isinstance(record.get(name), str):
            raise ValueError(f"{name!r} must be a string, not {type(record.get(name)).__name__}")  # noqa: TRY004
    return Page(record["id"], record["url"], record["html"])


def _answer(item: _Waiting, pool: Workers) -> dict[str, Any]:
    if item.page is None or item.future is None:
        return {"id": item.id, "error": str(item.problem)}
    return pool.result(item.page, item.future).to_json()


def _json_line(answer: dict[str, Any]) -> str:
    """Plain UTF-8, unless an id or URL has half a surrogate pair, which only an escape can carry."""
    line = json.dumps(answer, ensure_ascii=False)
    return (line if _is_utf8(line) else json.dumps(answer)) + "\n"


def _is_utf8(line: str) -> bool:
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True
