"""What no writer meant to be read: an event-free or correct result in bounded time, never an exception."""

from __future__ import annotations

import time

import pytest

from extractors.events.coder import Coder
from extractors.events.splitter import MAX_CHARACTERS, dateline_length, split_sentences
from extractors.records import CodeInput

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
