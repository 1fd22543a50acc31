"""The reference tables: counts, the traps of the design, published facts, and the reference files if here."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from extractors.errors import LexiconError
from extractors.records import Family
from extractors.reference import (
    SEEDS,
    actor_types,
    cameo_events,
    cameo_roots,
    countries,
    read_seed,
)
from extractors.settings import PROJECT_ROOT

REFERENCE = next(
    (folder / "shared" / "reference" for folder in PROJECT_ROOT.parents if (folder / "shared").exists()),
    PROJECT_ROOT / "no-reference",
)


def test_counts() -> None:
    assert len(cameo_events()) == 311
    assert len(cameo_roots()) == 20
    assert len(actor_types()) == 39
    per_length = Counter(len(code) for code in cameo_events())
    assert per_length == {2: 20, 3: 147, 4: 144}


def test_root_has_two_digits_and_starts_the_code() -> None:
    for code, event in cameo_events().items():
        assert re.fullmatch(r"\d{2,4}", code)
        assert event.root == code[:2]
        assert event.root in cameo_roots()


def test_parent_is_the_code_one_level_up() -> None:
    for code, event in cameo_events().items():
        assert event.parent == (None if len(code) == 2 else code[:-1])
        assert event.parent is None or event.parent in cameo_events()


@pytest.mark.parametrize(("first", "last", "quad_class"), [(1, 5, 1), (6, 9, 2), (10, 13, 3), (14, 20, 4)])
def test_quad_class_follows_the_root(first: int, last: int, quad_class: int) -> None:
    roots = {f"{root:02d}" for root in range(first, last + 1)}
    assert {cameo_roots()[root].quad_class for root in roots} == {quad_class}
    assert {event.quad_class for event in cameo_events().values() if event.root in roots} == {quad_class}


@pytest.mark.parametrize(
    ("code", "goldstein"),
    [
        ("010", 0.0),
        ("036", 4.0),
        ("0354", 7.0),
        ("057", 8.0),
        ("0874", 10.0),
        ("112", -2.0),
        ("130", -4.4),
        ("134", -5.8),
        ("1384", -7.0),
        ("150", -7.2),
        ("190", -10.0),
    ],
)
def test_goldstein_of_known_codes(code: str, goldstein: float) -> None:
    assert cameo_events()[code].goldstein == goldstein


def test_goldstein_range() -> None:
    scores = [event.goldstein for event in cameo_events().values()]
    assert (min(scores), max(scores)) == (-10.0, 10.0)


@pytest.mark.parametrize(
    ("code", "plover"),
    [
        ("010", ""),
        ("0254", ""),
        ("036", "AGREE"),
        ("08", "CONCEDE"),
        ("0814", "RETREAT"),
        ("085", "RETREAT"),
        ("092", "ACCUSE"),
        ("106", "REQUEST"),
        ("139", "THREATEN"),
        ("163", "COERCE"),
        ("1712", "ASSAULT"),
        ("175", "ASSAULT"),
        ("192", "COERCE"),
    ],
)
def test_plover_of_known_codes(code: str, plover: str) -> None:
    assert cameo_events()[code].plover == plover


def test_only_statements_and_appeals_have_no_plover_type() -> None:
    without = {event.root for event in cameo_events().values() if not event.plover}
    assert without == {"01", "02"}
    assert all(not event.plover for event in cameo_events().values() if event.root in without)


def test_family() -> None:
    by_family = {
        family: {code for code, event in cameo_events().items() if event.family is family}
        for family in Family
    }
    assert {code[:2] for code in by_family[Family.THREAT]} == {"13"}
    promised = {code for code in cameo_events() if code.startswith("035")}
    assert by_family[Family.CONCESSION] == promised | {c for c in cameo_events() if c[:2] == "08"}
    assert not by_family[Family.MILITARY_EXERCISE]


def test_labels_are_short_lower_case_and_unique() -> None:
    labels = [event.label for event in cameo_events().values()]
    assert len(set(labels)) == len(labels)
    assert all(label[0].islower() and 4 <= len(label) <= 60 for label in labels)


def test_tables_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        cameo_events()["999"] = cameo_events()["010"]  # type: ignore[index]


@pytest.mark.skipif(not (SEEDS / "countries.csv").exists(), reason="the countries seed is not here")
def test_countries() -> None:
    table = countries()
    assert len(table) >= 193
    assert all(re.fullmatch(r"[A-Z]{3}", code) for code in table)
    korea = table["PRK"]
    assert (korea.iso2, korea.cameo_code, korea.fips_code, korea.capital) == ("KP", "PRK", "KN", "Pyongyang")
    assert table["TLS"].cameo_code == "TMP"  # CAMEO keeps codes that ISO has replaced
    assert table["XKX"].cameo_code == "KSV"
    assert table["DEU"].fips_code == "GM"
    assert table["CHN"].fips_code == "CH"  # not Switzerland, whose FIPS code is SZ


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("code,label\nGOV,a\nGOV,b\n", "seed.csv:3: code 'GOV' is empty or stands twice"),
        ("code,label\n,a\n", "seed.csv:2: code '' is empty or stands twice"),
        ("code,name\nGOV,a\n", "seed.csv:2: does not fit the columns: 'label'"),
    ],
)
def test_a_bad_seed_names_the_line(tmp_path: Path, content: str, message: str) -> None:
    seed = tmp_path / "seed.csv"
    seed.write_text(content)
    with pytest.raises(LexiconError, match=re.escape(message)):
        read_seed(seed, key="code", build=lambda row: row["label"])


def test_a_missing_seed_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"none\.csv: cannot be read"):
        read_seed(tmp_path / "none.csv", key="code", build=lambda row: row)


needs_reference = pytest.mark.skipif(not REFERENCE.exists(), reason="the reference files are not here")


def _table(name: str) -> dict[str, str]:
    lines = (REFERENCE / name).read_text(encoding="latin-1").splitlines()[1:]
    return dict(line.split("\t") for line in lines if line.strip())


@needs_reference
def test_codes_and_scores_are_those_of_the_reference() -> None:
    published = _table("CAMEO.eventcodes.txt")
    scores = _table("CAMEO.goldsteinscale.txt")
    assert set(cameo_events()) == set(published)
    assert {code: event.goldstein for code, event in cameo_events().items()} == {
        code: float(score) for code, score in scores.items()
    }
    assert set(actor_types()) == set(_table("CAMEO.type.txt"))


@needs_reference
def test_labels_are_not_those_of_the_reference() -> None:
    published = _table("CAMEO.eventcodes.txt")
    same = [code for code, event in cameo_events().items() if event.label == published[code].strip().lower()]
    assert same == []


@needs_reference
def test_plover_is_that_of_the_reference() -> None:
    lines = (REFERENCE / "CAMEO2PLOVER-2021.txt").read_text().splitlines()
    found = [match.groups() for match in (re.match(r"(\d+): ([A-Z]+)", line) for line in lines) if match]
    types = dict(reversed(found))  # the first of the two heads of 08
    assert {code: event.plover for code, event in cameo_events().items() if event.plover} == {
        code: kind for code, kind in types.items() if code in cameo_events()
    }
