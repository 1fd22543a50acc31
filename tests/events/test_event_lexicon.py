"""The lexicon's data: its schema is checked on loading, its examples match and its near misses do not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
import yaml

from extractors.errors import LexiconError
from extractors.events.candidates import find_candidates
from extractors.events.coder import Coder
from extractors.events.compose import CONSTANT, compose
from extractors.events.lexicon import DATA, OPERATORS, Entry, load_lexicon
from extractors.reference import cameo_events

LEXICON = load_lexicon()


def matched(coder: Coder, sentence: str) -> set[str]:
    doc = coder.parse(sentence)
    return {entry for c in find_candidates(doc, LEXICON) for entry in c.entry_ids}


@pytest.mark.parametrize("entry", LEXICON.entries, ids=lambda entry: entry.id)
def test_an_entry_matches_its_example_and_not_its_near_miss(grammar: Coder, entry: Entry) -> None:
    assert reaches(grammar, entry, entry.example), (
        f"{entry.example!r} yields {matched(grammar, entry.example)}"
    )
    assert not coder_codes(grammar, entry, entry.near_miss), entry.near_miss


def reaches(coder: Coder, entry: Entry, sentence: str) -> bool:
    """The entry itself, or another of the same act or operator, stands in a candidate."""
    ids = {
        e.id
        for e in LEXICON.entries
        if (e.kind, e.act if e.is_act else "") == (entry.kind, entry.act if entry.is_act else "")
    }
    return bool(ids & matched(coder, sentence)) or entry.kind == "done"


def coder_codes(coder: Coder, entry: Entry, sentence: str) -> bool:
    """An event with the code that the example has, from this very entry."""
    stories = coder.explain(sentence)
    return any(
        considered.events and entry.id in considered.entries
        for story in stories
        for considered in story.considered
    )


def test_every_operator_over_every_act_gives_a_known_code() -> None:
    known = cameo_events()
    for act in LEXICON.composition:
        for operator in sorted(OPERATORS):
            composed = compose(act, [operator], LEXICON)
            assert composed.code in known, (act, operator)


def test_the_constant_operators_are_known_codes() -> None:
    assert set(CONSTANT.values()) <= set(cameo_events())


@pytest.mark.parametrize(
    ("act", "operators", "code"),
    [
        ("sanction", [], "163"),
        ("sanction", ["threaten"], "1312"),
        ("sanction", ["halt"], "085"),
        ("sanction", ["halt", "intend"], "0354"),
        ("sanction", ["halt", "demand"], "1054"),
        ("sanction", ["halt", "refuse"], "1244"),
        ("sanction", ["intend"], "1312"),
        ("meet", ["halt", "threaten"], "134"),
        ("meet", ["refuse", "threaten"], "134"),
        ("meet", ["intend", "refuse"], "125"),
        ("blockade", ["halt"], "0872"),
        ("withdraw_forces", ["demand", "refuse"], "1246"),
        ("attack", ["halt", "demand", "refuse"], "1246"),
        ("release_person", ["demand", "intend"], "1053"),
        ("accord", ["fail"], "120"),
        ("release_person", ["decide"], "0841"),
        ("meet", ["decide"], "036"),
    ],
)
def test_operators_compose(act: str, operators: list[str], code: str) -> None:
    assert compose(act, operators, LEXICON).code == code


def test_all_twenty_roots_are_within_reach() -> None:
    codes = {code for row in LEXICON.composition.values() for code in row.codes.values()} | set(
        CONSTANT.values()
    )
    assert {code[:2] for code in codes} == {f"{root:02d}" for root in range(1, 21)}


def test_every_act_of_the_table_is_used() -> None:
    named = {entry.act for entry in LEXICON.entries} | {row.halted for row in LEXICON.composition.values()}
    assert set(LEXICON.composition) - named <= {"exercise", "fail_to_agree"}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda entry: entry | {"class": "teleport"}, "no row in composition.csv"),
        (lambda entry: entry | {"colour": "red"}, "unknown field"),
        (lambda entry: entry | {"object": "$nothing"}, "no noun set"),
        (lambda entry: {k: v for k, v in entry.items() if k != "example"}, "example and near_miss"),
        (lambda entry: {k: v for k, v in entry.items() if k != "verb"}, "no verb"),
    ],
)
def test_a_wrong_entry_is_named(
    tmp_path: Path, change: Callable[[dict[str, str]], dict[str, str]], complaint: str
) -> None:
    folder = copytree(DATA, tmp_path / "data")
    path = folder / "acts" / "05_diplomacy.yml"
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    entries["apologise.verb"] = change(entries["apologise.verb"])
    path.write_text(yaml.safe_dump(entries), encoding="utf-8")
    with pytest.raises(LexiconError, match=complaint) as caught:
        load_lexicon(folder)
    assert "apologise.verb" in str(caught.value)
    assert "05_diplomacy.yml" in caught.value.where


def test_an_id_given_twice_is_refused(tmp_path: Path) -> None:
    folder = copytree(DATA, tmp_path / "data")
    (folder / "acts" / "99_more.yml").write_text(
        (folder / "acts" / "09_investigate.yml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    with pytest.raises(LexiconError, match="given twice"):
        load_lexicon(folder)
