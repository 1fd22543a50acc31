"""What is never parsed: hardly an event is lost by it, and most of what has no event is left out."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from extractors.events.actors.presence import Cast, Presence
from extractors.events.actors.roles import read_roles
from extractors.events.coder import Coder
from extractors.events.corpus import load_corpus
from extractors.events.lexicon import load_lexicon
from extractors.events.prefilter import Prefilter, is_mostly_noise, words_of
from extractors.newsroom.content import paragraphs
from extractors.newsroom.loader import load_newsroom
from extractors.records import CodeInput, Event

EVERY = 12  # of the corpus's sentences
PREFILTER = Prefilter(load_lexicon())


def texts() -> list[CodeInput]:
    sentences = [CodeInput(s.id, s.text) for s in load_corpus()[::EVERY]]
    articles = [
        CodeInput(article.slug, "\n\n".join(paragraphs(article.body)), article.published_at, article.headline)
        for article in load_newsroom().articles[::25]
    ]
    return sentences + articles


def told(events: Iterable[Event]) -> set[tuple[int, str, str]]:
    return {(event.trigger.start, event.cameo_code, event.trigger.text) for event in events}


@pytest.mark.parametrize(("name", "most_lost"), [("grammar", 0.005), ("coder", 0.01)])
def test_hardly_an_event_is_lost(
    name: str, most_lost: float, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The judge may also see an event where no word of the lexicon stands."""
    coder: Coder = request.getfixturevalue(name)
    asked: list[bool] = []
    ask = coder._is_worth_parsing
    monkeypatch.setattr(coder, "_is_worth_parsing", lambda *of: asked.append(ask(*of)) or asked[-1])
    found, lost, total = [], [], 0
    for item in texts():
        asked.clear()
        found.append((item, told(coder.code_one(item)), all(asked)))
    monkeypatch.setattr(coder, "_is_worth_parsing", lambda *_: True)
    for item, events, is_whole in found:
        missing = set() if is_whole else told(coder.code_one(item)) - events
        lost += [(item.id, *event) for event in missing]
        total += len(events) + len(missing)
    assert total > 250
    assert len(lost) <= max(2, most_lost * total), lost


@pytest.mark.parametrize(
    "sentence",
    [
        "Rome threatened to attack Paris.",
        "The two governments sat down in Vienna.",
        "Chad lifted its embargo on Niger.",
        "Rome said that Paris must explain the damage.",
        "Unless Paris pays, Rome will keep the ships.",
        "Rebels blew up the bridge.",
    ],
)
def test_acts_are_seen(sentence: str) -> None:
    assert PREFILTER.may_hold_act(words_of(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "The two governments sat in silence for an hour.",
        "The cook lifted the lid and smiled.",
        "The bus must be late again today.",
        "According to the forecast the evening stays dry.",
    ],
)
def test_words_that_need_others_do_not_count_alone(sentence: str) -> None:
    assert not PREFILTER.may_hold_act(words_of(sentence))


def test_weak_acts_of_strangers_are_passed_over() -> None:
    words = words_of("Smith met Jones at the club and Jones hit him.")
    assert PREFILTER.may_hold_act(words, is_force=True)
    assert not PREFILTER.may_hold_act(words_of("Smith met Jones at the station."), is_force=True)


@pytest.mark.parametrize(
    ("sentence", "is_named", "named_before", "is_placed", "presence"),
    [
        ("The orchestra played on.", True, False, False, Presence.KNOWN),
        ("The rebels attacked.", False, False, False, Presence.KNOWN),
        ("They attacked at dawn.", False, True, False, Presence.KNOWN),
        ("They attacked at dawn.", False, False, False, Presence.NOBODY),
        ("Workers walked out.", False, False, False, Presence.UNKNOWN),
        ("Workers walked out.", False, False, True, Presence.KNOWN),
        ("The lid came off.", False, True, True, Presence.NOBODY),
    ],
)
def test_somebody_has_to_act(
    sentence: str, is_named: bool, named_before: bool, is_placed: bool, presence: Presence
) -> None:
    found = Cast(read_roles()).presence(
        words_of(sentence), is_named=is_named, named_before=named_before, is_placed=is_placed
    )
    assert found is presence


def test_words_come_whole_and_in_parts() -> None:
    assert words_of("Rome's well-armed Élite don't sit") == {
        *("rome", "s", "well-armed", "well", "armed", "élite", "don", "t", "sit")
    }


@pytest.mark.parametrize(
    ("text", "is_noise"),
    [("Iran | 300 | 2011 | 17.5 | 22", True), ("Iran threatened Israel.", False), ("中国威胁对美国", True)],
)
def test_tables_and_other_scripts_are_noise(text: str, is_noise: bool) -> None:
    assert is_mostly_noise(text) == is_noise
