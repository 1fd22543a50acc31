"""What a sentence's place in its article, its guesses and its title tell of its news value."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.events.judge.setting import setting_of
from extractors.events.splitter import split_sentences

DAY = date(2019, 3, 4)
TITLE = "Chile imposes sanctions on Peru"
LEAD = "Chile has imposed sanctions on Peru over the lake."
QUIET = "The boats went out as usual."


def names(*sentences: str, at: int = 0, title: str | None = TITLE, day: date | None = DAY) -> set[str]:
    split = list(split_sentences(" ".join(sentences)))
    assert len(split) == len(sentences)
    return set(setting_of(title, split, day).here(split[at]).names)


@pytest.mark.parametrize(("at", "expected"), [(0, 0), (1, 1), (3, 2), (7, 3), (15, 4)])
def test_place_in_the_article(at: int, expected: int) -> None:
    found = names(LEAD, *[QUIET] * 16, at=at)
    assert {name for name in found if name.startswith("at=") and "/" not in name} == {f"at={expected}"}


def test_a_sentence_or_two_have_no_place() -> None:
    found = names(LEAD, QUIET, at=1)
    assert "alone" in found
    assert not [name for name in found if name.startswith(("at=", "lead=", "art."))]


def test_words_of_the_title_and_of_the_lead() -> None:
    assert {"at=0/3", "lead=4"} <= names(LEAD, QUIET, QUIET)
    assert {"at=1/0", "lead=0"} <= names(LEAD, QUIET, QUIET, at=1)
    assert "at=0/0" in names(LEAD, QUIET, QUIET, title=None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru could perhaps answer in kind.", "guesses=2"),
        ("Peru may answer.", "guesses=1"),
        ("Peru answers.", "guesses=0"),
        ("Now we must answer.", "voice=own"),
        ('Peru called it "theft".', "quotes"),
        ("Will Peru answer?", "asks"),
        ("The lake was divided ten years ago.", "earlier"),
        ("The lake was divided in 1978.", "year=past"),
        ("The lake is divided in 2019.", "year=own"),
    ],
)
def test_what_the_words_betray(text: str, expected: str) -> None:
    assert expected in names(LEAD, QUIET, text, at=2)
    assert not {"voice=own", "quotes", "asks", "earlier"} & names(LEAD, QUIET, QUIET, at=2)


def test_an_article_full_of_guesses_is_told_from_news() -> None:
    guessing = "It could be that they would, or might, or perhaps should."
    assert "art.guesses=3" in names(guessing, guessing, guessing)
    assert "art.guesses=0" in names(LEAD, QUIET, QUIET)
    assert "art.voice=3" in names("We and our friends.", "We and our boats.", "I like you and your boats.")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2019, 3, 4), "0"),
        (date(2019, 3, 3), "0"),
        (date(2019, 2, 25), "1"),
        (date(2019, 2, 1), "2"),
        (date(2018, 8, 1), "3"),
        (date(2009, 3, 4), "4"),
        (date(2019, 3, 5), "to come"),
        (None, "unknown"),
    ],
)
def test_how_long_before_the_article(day: date | None, expected: str) -> None:
    (sentence,) = split_sentences(LEAD)
    assert setting_of(TITLE, [sentence], DAY).here(sentence).age(day) == expected
    assert setting_of(TITLE, [sentence], None).here(sentence).age(day) == "unknown"
