"""The lexicon's data: its schema is checked on loading, its examples match and its near misses do not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
import yaml

from extractors.errors import LexiconError
from extractors.events.check import check_entry, check_files
from extractors.events.check.doubles import find_doubles
from extractors.events.coder import Coder
from extractors.events.compose import CONSTANT, compose
from extractors.events.lexicon import DATA, OPERATORS, Entry, load_lexicon
from extractors.reference import cameo_events

LEXICON = load_lexicon()


@pytest.mark.parametrize("entry", LEXICON.entries, ids=lambda entry: entry.id)
def test_an_entry_matches_its_example_and_not_its_near_miss(coder: Coder, entry: Entry) -> None:
    """Its example fires it, or another of the same class or operator (see communique lexicon check)."""
    faults = [f"{field}: {what}" for field, what, _, is_note in check_entry(entry, coder) if not is_note]
    assert not faults


def test_the_files_of_the_lexicon_have_no_fault_of_form() -> None:
    assert [str(problem) for problem in check_files()] == []


def test_no_two_classes_claim_the_same_words_under_the_same_conditions() -> None:
    told = [(entry.id, what) for entry, (_, what, _, is_note) in find_doubles(LEXICON.entries) if not is_note]
    assert told == []


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
