"""The JSON lines interface: one line out for each line in, in order, at once."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest

from extractors.articles.lines import parse_lines
from tests.articles.samples import NOW, sample


def line(name: str, **more: Any) -> str:
    return (
        json.dumps(
            {"id": name, "url": "https://e.org/a/b", "html": sample("jsonld").page.html.decode()} | more
        )
        + "\n"
    )


def answers(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(answer) for answer in out.getvalue().splitlines()]


def test_one_answer_per_line_in_order() -> None:
    out = io.StringIO()
    lines = [line("a"), "no json\n", line("b"), "\n", line("c", html=None), "[1]\n", line("d", html="")]
    problems = parse_lines(lines, now=NOW, out=out, processes=2)
    found = answers(out)
    assert [answer["id"] for answer in found] == ["a", None, "b", None, "c", None, "d"]
    assert [str(problem).split(":")[0] for problem in problems] == ["line 2", "line 4", "line 5", "line 6"]
    assert "error" in found[1]
    assert found[4]["error"] == "line 5: 'html' must be a string, not NoneType"
    assert found[6]["kind"] == "empty"


def test_record_has_the_fields_of_the_interface() -> None:
    out = io.StringIO()
    assert parse_lines([line("a")], now=NOW, out=out) == []
    record = answers(out)[0]
    assert {"id", "title", "authors", "published_at", "language", "text", "url"} <= set(record)
    assert record["published_at"] == "2018-05-16T20:30:00+00:00"
    assert record["authors"] == ["Amara Okoye", "Tomas Lind"]


def test_half_a_surrogate_pair_does_not_break_the_stream() -> None:
    out = io.StringIO()
    parse_lines(
        [r'{"id": "\ud83d", "url": "https://e.org/\ud83d", "html": "<p>\ud83d</p>"}'], now=NOW, out=out
    )
    out.getvalue().encode()
    assert answers(out)[0]["id"] == "\ud83d"


def test_answer_comes_before_the_next_question() -> None:
    """A caller that keeps the process open sends a page only when it has the last one's article."""
    asking, asked = os.pipe()
    answering, answered = os.pipe()
    with os.fdopen(asking) as lines, os.fdopen(answered, "w") as out, os.fdopen(answering) as replies:
        thread = Thread(target=parse_lines, args=(lines,), kwargs={"now": NOW, "out": out})
        thread.start()
        with os.fdopen(asked, "w") as questions:
            for name in ("first", "second"):
                questions.write(line(name))
                questions.flush()
                assert json.loads(replies.readline())["id"] == name
        thread.join()


def test_error_of_the_reader_is_the_callers() -> None:
    def broken() -> Iterator[str]:
        yield line("a")
        raise OSError("the pipe is gone")

    out = io.StringIO()
    with pytest.raises(OSError, match="the pipe is gone"):
        parse_lines(broken(), now=NOW, out=out)
    assert answers(out)[0]["id"] == "a"
