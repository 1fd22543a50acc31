"""Bytes to characters: header, meta, marks, and names that lie."""

from __future__ import annotations

import pytest

from extractors.articles.decoding import decode

WORDS = "Président – “привет”"


@pytest.mark.parametrize(
    ("raw", "content_type", "expected"),
    [
        ("naïve “x”".encode("cp1252"), "text/html; charset=ISO-8859-1", "naïve “x”"),
        (f'<meta charset="utf-8">{WORDS}'.encode(), "text/html", f'<meta charset="utf-8">{WORDS}'),
        (WORDS.encode(), None, WORDS),
        (WORDS.encode("utf-8-sig"), "text/html; charset=windows-1252", WORDS),
        (b"\xff\xfe" + WORDS.encode("utf-16-le"), None, WORDS),
        ("<meta charset=windows-1251>Мир".encode("cp1251"), None, "<meta charset=windows-1251>Мир"),
        (WORDS.encode(), "text/html; charset=us-ascii-please", WORDS),
        (WORDS.encode(), "text/html; charset=shift_jis", WORDS),
    ],
    ids=["latin1-is-1252", "meta", "bare-utf8", "mark-wins", "utf16", "meta-1251", "unknown", "lying-header"],
)
def test_charset(raw: bytes, content_type: str | None, expected: str) -> None:
    assert decode(raw, content_type) == expected


def test_one_wrong_byte_does_not_cost_the_charset() -> None:
    text = decode(("Мир. " * 300).encode() + b"\xff", "text/html; charset=utf-8")
    assert text.startswith("Мир. Мир.")
    assert text.count("\ufffd") == 1


def test_unnamed_old_charset_is_detected() -> None:
    words = "Переговоры продолжатся на следующей неделе, сообщили министерства двух стран. " * 20
    assert decode(words.encode("cp1251"), None) == words


def test_characters_stay_as_they_are() -> None:
    assert decode("\ufeffalready text", None) == "already text"
