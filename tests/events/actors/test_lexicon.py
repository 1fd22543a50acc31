"""The data files: complete, sorted, of one schema, and told apart from each other."""

from __future__ import annotations

import csv
import shutil
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from spacy.language import Language

from extractors.errors import LexiconError
from extractors.events.actors import ActorTagger, tables
from extractors.events.actors.ambiguity import read_ambiguous
from extractors.events.actors.lexicon import Lexicon, build_lexicon, read_countries
from extractors.events.actors.roles import read_roles

SORTED = ("media", "names", "offices", "office_types", "organisations", "persons", "titles")
CAMEO_TYPES = {
    *(
        "AGR",
        "BUS",
        "COP",
        "CRM",
        "CVL",
        "DEV",
        "EDU",
        "ELI",
        "ENV",
        "GOV",
        "HLH",
        "HRI",
        "INS",
        "INT",
        "JUD",
    ),
    *(
        "LAB",
        "LEG",
        "MED",
        "MIL",
        "NGM",
        "NGO",
        "OPP",
        "PKO",
        "RAD",
        "REB",
        "REF",
        "SEP",
        "SET",
        "SPY",
        "UIS",
    ),
}


# Gbagbo and Ouattara both claimed the office; Gorbachev was president of the Soviet Union, Yeltsin of Russia.
DISPUTED = {("CIV", "president"), ("RUS", "president")}


@pytest.fixture(scope="module")
def lexicon(nlp: Language) -> Lexicon:
    return build_lexicon(lambda text: [token.text for token in nlp.make_doc(text)])


def rows(name: str) -> list[dict[str, str]]:
    with (tables.DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", SORTED)
def test_tables_are_sorted_by_their_key(name: str) -> None:
    key = next(iter(rows(name)[0]))
    keys = [row[key] for row in rows(name)]
    assert keys == sorted(keys)


def test_the_lexicon_covers_what_the_news_is_about(lexicon: Lexicon) -> None:
    armed_and_international = [o for o in lexicon.organisations.values() if o.subkind in ("igo", "armed")]
    assert len(lexicon.countries) == 250
    assert len(lexicon.persons) >= 450
    assert len(armed_and_international) >= 120
    assert len({person.country for person in lexicon.persons.values()}) >= 60


def test_every_sovereign_country_has_an_adjective() -> None:
    described = {row["country"] for row in rows("names") if row["kind"] == "adjective"}
    for iso3 in ("USA", "RUS", "CHN", "PRK", "KOR", "IRN", "ISR", "SYR", "UKR", "GBR", "FRA", "TUR", "XKX"):
        assert iso3 in described
    assert len(described) >= 175


def test_no_person_or_organisation_is_shadowed(lexicon: Lexicon) -> None:
    names = {row["name"] for name in ("persons", "organisations") for row in rows(name)}
    own_bodies = {"UN", "EU"}  # several of their bodies go by the one name
    assert names & set(lexicon.shadowed) <= own_bodies


def test_offices_do_not_end_before_they_begin(lexicon: Lexicon) -> None:
    for person in lexicon.persons.values():
        for office in person.offices:
            assert office.valid_to is None or office.valid_from <= office.valid_to, person.id


def test_no_country_has_two_heads_of_government_for_long(lexicon: Lexicon) -> None:
    terms: dict[tuple[str, str], list[tuple[date, date]]] = {}
    for person in lexicon.persons.values():
        for office in person.offices:
            if office.country and office.kind in ("president", "prime_minister"):
                term = (office.valid_from, office.valid_to or date.max)
                terms.setdefault((office.country, office.kind), []).append(term)
    for key, held in terms.items():
        held.sort()
        for (_, ended), (begun, _) in pairwise(held):
            assert (ended - begun).days <= 60 or key in DISPUTED, key


def test_roles_use_cameo_types() -> None:
    roles = read_roles()
    assert {*roles.nouns.values(), *roles.modifiers.values()} <= CAMEO_TYPES


def test_readings_mean_something(lexicon: Lexicon) -> None:
    for form, readings in read_ambiguous().items():
        assert len(readings) >= 2 or readings[0].cues == frozenset(), form
        for reading in readings:
            assert reading.meaning in (None, *lexicon.countries, *lexicon.organisations)


def test_codes_are_those_of_cameo() -> None:
    countries = read_countries()
    assert countries["XKX"].cameo == "KSV"
    assert countries["TLS"].cameo == "TMP"
    assert countries["GRL"].cameo == "DNKGRL"
    assert countries["ROU"].cameo == "ROU"
    assert countries["PRK"].lat == pytest.approx(39.0, abs=0.1)


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("names.csv", "name.xyz.nowhere,name,Nowhere,XYZ,,", "unknown country 'XYZ'"),
        ("names.csv", "name.usa.u_s,name,U.S.,USA,,", "stands at names.csv"),
        ("names.csv", "name.usa.x,nickname,Uncle Sam,USA,,", "unknown kind 'nickname'"),
        ("offices.csv", "x,vladimir_putin,tsar,RUS,,2000-01-01,", "unknown office 'tsar'"),
        ("offices.csv", "x,vladimir_putin,president,RUS,,1 May,", "'1 May' does not fit"),
        ("offices.csv", "x,vladimir_putin,president,,,2000-01-01,", "lacks valid_from, or country"),
        ("persons.csv", "nobody,Nobody,,Nobody,true", "holds no office"),
        ("organisations.csv", "x,club,X,,,IGO,,", "unknown kind 'club'"),
        ("organisations.csv", "x,igo,X", "wrong number of fields"),
    ],
)
def test_a_wrong_entry_is_told_with_its_place(
    file: str, line: str, message: str, tmp_path: Path, nlp: Language
) -> None:
    data = shutil.copytree(tables.DATA, tmp_path / "data")
    with (data / file).open("a", encoding="utf-8") as handle:
        handle.write(line + "\n")
    with pytest.raises(LexiconError, match=file) as caught:
        build_lexicon(lambda text: [token.text for token in nlp.make_doc(text)], data=data)
    assert message in caught.value.what
    assert caught.value.next_step


def test_a_noun_under_two_codes_is_refused(tmp_path: Path) -> None:
    data = shutil.copytree(tables.DATA, tmp_path / "data")
    with (data / "roles.yml").open("a", encoding="utf-8") as handle:
        handle.write("- {id: twice, code: BUS, nouns: [soldier]}\n")
    with pytest.raises(LexiconError, match="'soldier' is MIL already"):
        read_roles(data)


def test_a_missing_file_is_told(tmp_path: Path, nlp: Language) -> None:
    with pytest.raises(LexiconError, match=r"organisations\.csv"):
        build_lexicon(lambda text: [text], data=tmp_path)


def test_tagging_is_cheap(nlp: Language) -> None:
    begun = time.process_time()
    tagger = ActorTagger(nlp)
    assert time.process_time() - begun < 1.5
    sentence = (
        "Iran's foreign minister met Russian and Chinese envoys in Vienna and warned the U.S. on Monday."
    )
    article = tagger.open_article(title=None, sentences=[sentence] * 50, published=date(2019, 5, 1))
    doc = nlp(sentence)
    begun = time.process_time()
    for index in range(50):
        article.tag(doc, index)
    assert (time.process_time() - begun) / 50 < 0.001
