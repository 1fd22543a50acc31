"""`lexicon check` names file, line, field and next step of each fault; `lexicon show` finds entries."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from typer.testing import CliRunner, Result

from extractors.cli import app
from extractors.events.actors import tables
from extractors.events.check import check_entry, check_files, lexicon_files
from extractors.events.check.doubles import find_doubles
from extractors.events.coder import Coder
from extractors.events.lexicon import DATA, load_lexicon
from extractors.settings import PROJECT_ROOT

ENTRY = """
invented.verb:
  class: apologise
  verb: grovel
  object: "*name"
  example: Chad grovelled.
  near_miss: The dog grovelled.
"""
DIPLOMACY = "acts/05_diplomacy.yml"

Lexicon = tuple[Path, Path]


@pytest.fixture
def lexicon(tmp_path: Path) -> Lexicon:
    """Copies of the two data folders."""
    return copytree(DATA, tmp_path / "data"), copytree(tables.DATA, tmp_path / "actors")


def told(lexicon: Lexicon) -> list[str]:
    return [str(problem) for problem in check_files(*lexicon)]


def append(file: Path, text: str) -> int:
    """The line on which the text begins."""
    before = file.read_text(encoding="utf-8")
    file.write_text(before + text, encoding="utf-8")
    return before.count("\n") + 1


def changed(old: str, new: str) -> Callable[[str], str]:
    assert old in ENTRY
    return lambda entry: entry.replace(old, new)


def test_the_entry_is_right_as_it_stands(lexicon: Lexicon) -> None:
    append(lexicon[0] / DIPLOMACY, ENTRY)
    assert told(lexicon) == []


@pytest.mark.parametrize(
    ("change", "line", "complaint", "advice"),
    [
        (changed("  verb:", "  verbs:"), 3, "invented.verb, verbs: unknown field", "did you mean 'verb'"),
        (changed("apologise", "apologize"), 2, "class: unknown class 'apologize'", "'apologise'"),
        (changed('"*name"', "$capives"), 4, "object: no noun set '$capives'", "'captives'"),
        (changed("  example: Chad grovelled.\n", ""), 1, "example: is missing", "add a sentence"),
        (changed("  verb: grovel\n", ""), 1, "has no word that it is found by", "verb, noun"),
        (changed("grovel\n", "Grovel\n"), 3, "verb: has capitals", "lower case"),
        (changed("The dog", "Chad"), 6, "near_miss: is the example itself", "another sense"),
        (changed("grovel\n", "[grovel]\n"), 3, "must be plain words, not list", "commas"),
        (changed("invented.verb", "apologise.verb"), 1, "apologise.verb: stands twice", "keep one"),
        (changed("  class", " class"), 3, "no YAML", "indentation"),
    ],
)
def test_a_fault_of_an_act(
    lexicon: Lexicon, change: Callable[[str], str], line: int, complaint: str, advice: str
) -> None:
    first = append(lexicon[0] / DIPLOMACY, change(ENTRY))
    found = [each for each in told(lexicon) if complaint in each]
    assert len(found) == 1, told(lexicon)
    assert found[0].startswith(f"05_diplomacy.yml:{first + line}: ")
    assert advice in found[0].split("next: ")[1]


def test_an_id_in_two_files_is_named_with_both_places(lexicon: Lexicon) -> None:
    line = append(
        lexicon[0] / "acts" / "09_investigate.yml", ENTRY.replace("invented.verb", "apologise.verb")
    )
    [found] = told(lexicon)
    assert f"09_investigate.yml:{line + 1}: apologise.verb: this id stands at 05_diplomacy.yml:" in found


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("operator: accuse", "operator: accus", "operator: unknown operator 'accus'"),
        ("takes: of, for, clause, obj", "takes: of, clauses", "takes: unknown slot 'clauses'"),
        ("bare: accusation", "bare: acusation", "bare: unknown class 'acusation'"),
    ],
)
def test_a_fault_of_an_operator(lexicon: Lexicon, old: str, new: str, complaint: str) -> None:
    file = lexicon[0] / "operators.yml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    [found] = told(lexicon)
    assert complaint in found
    assert "did you mean" in found


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("teleport,999,030,022,102,120,130,112,teleport,,no", "done: '999' is no CAMEO code"),
        ("teleport,040,030,022,102,120,130,112,nowhere,,no", "halted: unknown class 'nowhere'"),
        ("abduct,181,1383,0256,1056,1246,1383,1121,release_person,,yes", "act: stands at line 2 already"),
    ],
)
def test_a_fault_of_the_composition(lexicon: Lexicon, row: str, complaint: str) -> None:
    line = append(lexicon[0] / "composition.csv", row + "\n")
    [found] = told(lexicon)
    assert found.startswith(f"composition.csv:{line}: ")
    assert complaint in found


@pytest.mark.parametrize(
    ("series", "complaint"),
    [
        ("{spelt: [Brave Kestrel], side: [PER]}", "side: unknown field"),
        ("{spelt: [Brave Kestrel], sides: [PRU]}", "sides: unknown country 'PRU'"),
        ("{spelt: [Foal Eagle]}", "spelt: 'Foal Eagle' is Foal Eagle already"),
        ("{sides: [PER]}", "spelt: is no list of spellings"),
        ("{spelt: [Brave Kestrel], weak: perhaps}", "weak: 'perhaps' is neither true nor noun"),
    ],
)
def test_a_fault_of_an_exercise_series(lexicon: Lexicon, series: str, complaint: str) -> None:
    file = lexicon[0] / "exercises.yml"
    text = file.read_text(encoding="utf-8")
    place = text.index("  Reforger:")
    file.write_text(text[:place] + f"  Brave Kestrel: {series}\n" + text[place:], encoding="utf-8")
    found = [each for each in told(lexicon) if complaint in each]
    assert found, told(lexicon)
    assert found[0].startswith(f"exercises.yml:{text[:place].count(chr(10)) + 1}: ")


@pytest.mark.parametrize(
    ("file", "row", "complaint"),
    [
        ("offices.csv", "x,vladimir_putin,president,RUS,,2031-02-30,", "valid_from: '2031-02-30' is no date"),
        ("offices.csv", "x,vladimir_putin,president,RUS,,2031-02-03,2030-01-01", "valid_to: lies before"),
        ("offices.csv", "x,vladimir_putin,president,RUS,,,", "valid_from: is empty"),
        ("offices.csv", "x,vladimir_putin,presidant,RUS,,2031-01-01,", "office: unknown office 'presidant'"),
        ("offices.csv", "x,vladimir_poutine,president,RUS,,2031-01-01,", "person: unknown person"),
        ("offices.csv", "x,vladimir_putin,president,,,2031-01-01,", "neither country nor organisation"),
        ("offices.csv", "x,vladimir_putin,president,RUS,,2013-01-01,2014-01-01", "begins before the term of"),
        ("organisations.csv", "x,igo,Xanadu Union,,XXX,IGO,,", "country: unknown country 'XXX'"),
        ("organisations.csv", "x,igoo,Xanadu Union,,,IGO,,", "kind: unknown kind 'igoo'"),
        ("organisations.csv", "x,igo,Xanadu Union,,,igo,,", "code: 'igo' is no actor code"),
        ("names.csv", "x,name,Xanadu,XAN,,", "country: unknown country 'XAN'"),
        ("persons.csv", "nobody,No Body,,Body,true", "holds no office"),
        ("persons.csv", "nobody,No Body", "too many or too few fields"),
        ("media.csv", "ansa,ANSA,,ITA,false", "id: stands at line"),
    ],
)
def test_a_fault_of_the_actors(lexicon: Lexicon, file: str, row: str, complaint: str) -> None:
    line = append(lexicon[1] / file, row + "\n")
    found = [each for each in told(lexicon) if complaint in each]
    assert found, told(lexicon)
    assert any(each.startswith(f"{file}:{line}: ") for each in found)
    assert all("next: " in each for each in found)


def test_an_example_that_fires_nothing_or_another_and_a_near_miss_that_fires(coder: Coder) -> None:
    entry = load_lexicon().entry("apologise.verb")
    assert list(check_entry(entry, coder)) == []
    silent = replace(entry, example="The harvest was good.")
    assert [(field, note) for field, _, _, note in check_entry(silent, coder)] == [("example", False)]
    other = replace(entry, example="Chad threatened Sudan.")
    assert "threaten.verb, not this one" in next(check_entry(other, coder))[1]
    firing = replace(entry, near_miss=entry.example)
    assert [field for field, *_ in check_entry(firing, coder)] == ["near_miss"]


def test_an_entry_of_its_own_class_shadows_it_as_a_note(coder: Coder) -> None:
    entry = load_lexicon().entry("apologise.verb")
    twin = replace(entry, id="apologise.twin")
    [(field, what, _, is_note)] = check_entry(twin, coder)
    assert (field, is_note) == ("example", True)
    assert "apologise.verb, which shadows this one" in what


def test_the_same_words_for_two_classes_are_a_fault() -> None:
    entry = load_lexicon().entry("apologise.verb")
    rival = replace(entry, id="praise.rival", act="praise")
    faults = {what: is_note for one, (_, what, _, is_note) in find_doubles([entry, rival]) if one is rival}
    assert faults
    assert not any(faults.values())
    assert all("for class apologise" in what for what in faults)


def _lexicon(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["lexicon", *arguments], env={"COLUMNS": "160"})


def test_check_of_one_file_says_that_nothing_is_wrong() -> None:
    result = _lexicon("check", "09_investigate.yml")
    assert result.exit_code == 0, result.stderr
    assert "0 problems" in result.stdout


def test_check_fails_with_code_1(monkeypatch: pytest.MonkeyPatch, lexicon: Lexicon) -> None:
    from extractors.events.check import run

    append(lexicon[0] / DIPLOMACY, ENTRY.replace("apologise", "teleport"))
    monkeypatch.setattr(run, "check_files", lambda: check_files(*lexicon))
    monkeypatch.setattr(run, "lexicon_files", lambda: [lexicon[0] / DIPLOMACY])
    result = _lexicon("check")
    assert result.exit_code == 1
    assert "unknown class 'teleport'" in result.stderr
    assert "1 problems" in result.stdout


def test_check_of_a_file_that_is_none_of_the_lexicon() -> None:
    result = _lexicon("check", "poems.yml")
    assert result.exit_code == 5
    assert "09_investigate.yml" in result.stderr


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("threaten.verb", "operators.yml:"),
        ("apologise", "class apologise"),
        ("Putin", "offices.csv:"),
        ("Foal Eagle", "exercises.yml:"),
        ("call off", "example: "),
        ("NATO", "organisations.csv:"),
    ],
)
def test_show_finds_by_id_class_word_and_name(name: str, shown: str) -> None:
    result = _lexicon("show", name)
    assert result.exit_code == 0
    assert shown in result.stdout


def test_show_of_an_unknown_word_says_so() -> None:
    result = _lexicon("show", "threatened")
    assert result.exit_code == 5
    assert "base form" in result.stderr


def _blocks(language: str) -> list[str]:
    page = (PROJECT_ROOT / "docs" / "lexicon.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", page, re.S)


def test_the_entries_of_the_guide_stand_in_the_lexicon() -> None:
    data = {path: path.read_text(encoding="utf-8") for path in lexicon_files()}
    assert len(_blocks("yaml")) == 2
    assert len(_blocks("csv")) == 3
    for block in _blocks("yaml"):
        assert any(block in text for text in data.values()) or all(
            any(f"{line}\n" in text for text in data.values()) for line in block.splitlines()
        ), block
    for block in _blocks("csv"):
        header, *rows = block.splitlines()
        [text] = [text for text in data.values() if text.startswith(f"{header}\n")]
        assert all(f"\n{row}\n" in text for row in rows), block
