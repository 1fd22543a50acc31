"""What no writer meant to be read: an event-free or correct result in bounded time, never an exception."""

from __future__ import annotations

import io
import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from extractors.events.coder import Coder
from extractors.events.jsonl import code_lines
from extractors.events.splitter import MAX_CHARACTERS, dateline_length, split_sentences
from extractors.records import CodeInput, Event, Family

CASES = {
    "empty": "",
    "spaces": " \n\t \u2028 ",
    "control characters": "Iran \x00\x01 threatened\x07 Israel \x1b[0m with war.\x7f",
    "right-to-left marks": "\u202bIran threatened to attack Israel.\u202c \u200f",
    "all capitals": "IRAN THREATENS TO ATTACK ISRAEL AS TALKS COLLAPSE IN VIENNA",
    "no sentence end": "Iran threatened to attack Israel and Israel threatened to attack Iran " * 40,
    "Arabic": "أعلنت إيران أنها ستهاجم إسرائيل إذا استمرت العقوبات على طهران.",
    "Chinese": "中国威胁对美国实施制裁，如果谈判破裂的话。",
    "German": "Der Präsident drohte dem Nachbarland am Montag mit neuen Sanktionen.",
    "a table": "Country | Troops | Year\nIran | 300 | 2011\nIraq | 200 | 2012\n" * 30,
    "mark-up": "<div class='a'>Iran threatened <b>Israel</b></div>" * 20,
    "surrogate": "Iran threatened Israel \ud800 with war.",
    "one word": "Threat.",
    "punctuation": "...!!!???;;;" * 200,
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_odd_texts_are_coded_without_an_error(coder: Coder, text: str) -> None:
    for event in coder.code_one(CodeInput("odd", text)):
        assert text[event.trigger.start : event.trigger.end] == event.trigger.text


def test_a_megabyte_without_a_line_break_takes_bounded_time(coder: Coder) -> None:
    text = "lorem ipsum dolor sit amet " * 40_000
    started = time.monotonic()
    assert coder.code_one(CodeInput("long", text)) == ()
    assert time.monotonic() - started < 20


SLOW = {
    "real sentences": "Iran threatened to attack Israel if the talks fail. ",
    "no sentence end": "Iran threatened to attack Israel and ",
    "capitals": "IRAN THREATENS ISRAEL WITH WAR ",
    "full stops": ". ",
    "one letter": "x",
    "names": "Mr. Smith and President ",
    "drills": "Exercise Red Flag ",
    "days": "on Tuesday in May 2018 ",
    "by-lines": "By A. B. C ",
    "a table": "Iran | 300 | 2011 | attack\n",
    "mark-up": "<div class='a'>Iran threatened <b>Israel</b></div>",
    "blanks": "\u00a0\t ",
    "half characters": "\ud800",
    "faces": "\U0001f600",
}
SECONDS = 60  # of the processor, for a megabyte, on a machine that is busy; a fifth of it on a free one


@pytest.mark.parametrize("piece", SLOW.values(), ids=SLOW.keys())
def test_a_megabyte_of_anything_takes_bounded_time(coder: Coder, piece: str) -> None:
    text = (piece * (1_000_000 // len(piece)))[:1_000_000]
    started = time.process_time()
    events = coder.code_one(CodeInput("long", text))
    assert time.process_time() - started < SECONDS
    assert len(events) < 50


@pytest.mark.parametrize("marks", ['"', "\"'", "“”", "(", "“‘"])
def test_a_hundred_thousand_quotes_take_bounded_time(coder: Coder, marks: str) -> None:
    text = marks * (100_000 // len(marks))
    started = time.process_time()
    assert coder.code_one(CodeInput("quotes", text + "Iran threatened Israel." + text)) == ()
    assert time.process_time() - started < SECONDS


def test_headlines_in_capitals_are_coded(coder: Coder) -> None:
    text = "NORTH KOREA THREATENS TO ATTACK JAPAN IF NATO DRILLS GO ON\n\nIt rained."
    (event,) = [e for e in coder.code_one(CodeInput("headline", text)) if e.family is Family.THREAT]
    assert [a.code for a in event.sources] == ["PRK"]
    assert {a.country for a in event.targets} == {"JPN"}
    assert event.sources[0].text == "NORTH KOREA"
    assert event.trigger.text == "THREATENS"
    assert event.details["condition"] == "IF NATO DRILLS GO ON"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("IRAN THREATENS TO ATTACK ISRAEL AS TALKS COLLAPSE IN VIENNA", "138"),
        ("CANADA LIFTS SANCTIONS ON BELARUS - MINISTRY", "085"),
        ("FRENCH PRESIDENT MEETS GERMAN CHANCELLOR IN PARIS", "040"),
    ],
)
def test_capitals_have_the_code_of_small_letters(coder: Coder, text: str, code: str) -> None:
    events = coder.code_one(CodeInput("headline", text))
    assert events
    assert {event.cameo_code[: len(code)] for event in events} == {code}


def test_half_characters_in_ids_and_titles_are_no_error(coder: Coder) -> None:
    lines = [
        json.dumps(
            {"id": "a\ud800", "title": "\udfff Iran", "text": "Iran threatened to attack Israel.\ud800"}
        )
    ]
    out = io.StringIO()
    assert code_lines(lines, coder=coder, out=out) == []
    record = json.loads(out.getvalue().encode("utf-8"))
    assert record["id"] == "a\ufffd"
    assert record["events"]
    assert coder.code_one(CodeInput("a", "Iran threatened to attack Israel.", None, "\ud800 Iran"))


@pytest.mark.parametrize("year", [1, 9999])
def test_the_first_and_the_last_year_are_no_error(coder: Coder, year: int) -> None:
    text = "Last month Iran threatened to attack Israel within ten years, and met France in the 1990s."
    assert coder.code_one(CodeInput("a", text, datetime(year, 1, 1, tzinfo=UTC)))


def test_a_slip_in_one_text_leaves_the_others(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    code = coder._code

    def slip(item: CodeInput, *given: Any) -> tuple[Event, ...]:
        if item.id == "2":
            raise IndexError("list index out of range")
        return code(item, *given)

    monkeypatch.setattr(coder, "_code", slip)
    out = io.StringIO()
    lines = [
        "\ufeff" + json.dumps({"id": 1, "text": "It rained."}),
        *(json.dumps({"id": number, "text": "It rained."}) for number in (2, 3)),
    ]
    problems = code_lines(lines, coder=coder, out=out)
    assert [problem.line for problem in problems] == [2]
    assert "IndexError: list index out of range" in problems[0].what
    assert [json.loads(line)["id"] for line in out.getvalue().splitlines()] == ["1", "3"]


def test_a_megabyte_of_one_word_is_cut() -> None:
    pieces = list(split_sentences("x" * 1_000_000))
    assert max(len(piece.text) for piece in pieces) <= MAX_CHARACTERS
    assert "".join(piece.text for piece in pieces) == "x" * 1_000_000


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The U.S. envoy met Mr. Kim. Then he left.", ["The U.S. envoy met Mr. Kim.", "Then he left."]),
        ('"We will respond." The minister left.', ['"We will respond."', "The minister left."]),
        ("He said so on Jan. 5. It rained.", ["He said so on Jan. 5.", "It rained."]),
        ("One line\nAnother line", ["One line", "Another line"]),
        ("It cost 3.5 million. Nobody paid!", ["It cost 3.5 million.", "Nobody paid!"]),
    ],
)
def test_sentences_are_split(text: str, sentences: list[str]) -> None:
    found = list(split_sentences(text))
    assert [s.text for s in found] == sentences
    assert all(text[s.start : s.end] == s.text for s in found)


@pytest.mark.parametrize(
    ("sentence", "rest"),
    [
        ("SEOUL, May 16 (Agency) -- South Korea left.", "South Korea left."),
        ("KABUL (Agency): The envoy left.", "The envoy left."),
        ("PARIS - The envoy left.", "The envoy left."),
        ("NATO said it would leave.", "NATO said it would leave."),
        ("Iran said: the envoy left.", "Iran said: the envoy left."),
    ],
)
def test_datelines_are_set_aside(sentence: str, rest: str) -> None:
    assert sentence[dateline_length(sentence) :] == rest
