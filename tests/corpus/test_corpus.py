"""The committed corpus: its format holds, it is varied, balanced and apart from the development sets."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from extractors.events.corpus import CORPUS, CorpusSentence, Miss, Register, Split, load_corpus
from extractors.events.corpus.overlap import grams, near_duplicates, opening
from extractors.events.corpus.split import kept_aside
from extractors.records import Family, Modality
from extractors.reference import actor_types, cameo_events, cameo_roots, countries
from extractors.settings import PROJECT_ROOT

PARTS = ("concessions", "conflict", "cooperation", "threats")
NEAR_DUPLICATES_AT_MOST = 0.002  # of the sentences
GOLD = next(
    (folder / "shared" / "gold" for folder in PROJECT_ROOT.parents if (folder / "shared").exists()),
    PROJECT_ROOT / "no-gold",
)
ORGANISATIONS = PROJECT_ROOT / "extractors" / "events" / "actors" / "data" / "organisations.csv"


@cache
def corpus() -> tuple[CorpusSentence, ...]:
    return load_corpus()


def test_size() -> None:
    assert len(corpus()) >= 5000
    assert tuple(sorted({sentence.part for sentence in corpus()})) == PARTS


@pytest.mark.parametrize("part", PARTS)
def test_ids_name_their_part_and_count_up(part: str) -> None:
    lines = (CORPUS / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    ids = [json.loads(line)["id"] for line in lines]
    assert ids == [f"{part}-{number:04}" for number in range(1, len(ids) + 1)]


def test_no_text_is_given_twice() -> None:
    assert len({sentence.text.casefold() for sentence in corpus()}) == len(corpus())


def test_near_duplicates_are_rare() -> None:
    pairs = near_duplicates({sentence.id: sentence.text for sentence in corpus()})
    assert len(pairs) <= NEAR_DUPLICATES_AT_MOST * len(corpus()), pairs


def test_openings_are_varied() -> None:
    words, count = Counter(opening(sentence.text) for sentence in corpus()).most_common(1)[0]
    assert count <= 0.01 * len(corpus()), words


@pytest.mark.parametrize("part", PARTS)
def test_about_a_third_are_near_misses_or_event_free(part: str) -> None:
    own = [sentence for sentence in corpus() if sentence.part == part]
    assert 0.30 <= sum(sentence.miss is not None for sentence in own) / len(own) <= 0.40


def test_every_register_and_kind_of_miss_is_there() -> None:
    registers = Counter(sentence.register for sentence in corpus())
    misses = Counter(sentence.miss for sentence in corpus())
    assert all(registers[register] >= 150 for register in Register)
    assert all(misses[miss] >= 40 for miss in Miss)


def test_every_root_family_and_modality_is_there() -> None:
    events = [event for sentence in corpus() for event in sentence.events]
    roots = Counter(event.root for event in events)
    assert all(roots[root] >= 60 for root in cameo_roots())
    families = Counter(event.family for event in events)
    assert all(families[family] >= 400 for family in Family)
    assert set(Modality) == {event.modality for event in events}


def test_leaf_codes_are_covered() -> None:
    parents = {event.parent for event in cameo_events().values()}
    leaves = {code for code in cameo_events() if code not in parents}
    used = {event.cameo_code for sentence in corpus() for event in sentence.events}
    assert leaves - used == set()


def test_all_continents_act() -> None:
    regions = Counter(
        countries_by_cameo()[actor.code[:3]]
        for sentence in corpus()
        for event in sentence.events
        for actor in event.sources
        if actor.code[:3] in countries_by_cameo()
    )
    for region in ("Africa", "Asia", "Europe", "North America", "Oceania", "South America"):
        assert regions[region] >= 60, region


def test_actor_codes_are_composed_of_known_ones() -> None:
    unknown = sorted(
        {
            f"{sentence.id}: {actor.code}"
            for sentence in corpus()
            for event in sentence.events
            for actor in (*event.sources, *event.targets)
            if not is_composed(actor.code)
        }
    )
    assert unknown == []


@cache
def countries_by_cameo() -> dict[str, str]:
    return {country.cameo_code: country.region for country in countries().values()}


@cache
def known_pieces() -> frozenset[str]:
    with ORGANISATIONS.open(encoding="utf-8", newline="") as lines:
        composed = [row["code"] for row in csv.DictReader(lines)]
    groups = {code[i : i + 3] for code in composed for i in range(0, len(code), 3)}
    regions = {"AFR", "ASA", "CAU", "EEU", "EUR", "LAM", "MEA", "WAF", "WST", "GUL"}
    peoples = {"GIB", "KUR", "MOS", "SRB", "TUR", "PLF"}
    return frozenset({*countries_by_cameo(), *actor_types(), *groups, *regions, *peoples})


def is_composed(code: str) -> bool:
    return len(code) % 3 == 0 and all(code[i : i + 3] in known_pieces() for i in range(0, len(code), 3))


def test_a_threat_that_was_made_is_asserted_whatever_its_condition() -> None:
    threats = [event for sentence in corpus() for event in sentence.events if event.root == "13"]
    assert all(event.family is Family.THREAT for event in threats)
    assert not [event for event in threats if event.modality is Modality.CONDITIONAL]
    assert sum("condition" in event.details for event in threats) >= 200


def test_giving_way_is_a_concession_save_retreats_and_private_returns() -> None:
    without = Counter(
        event.cameo_code
        for sentence in corpus()
        for event in sentence.events
        if event.root == "08" and event.counts and event.family is None
    )
    assert set(without) <= {"0842", "0871", "0873", "0874", "0841"}
    assert without.total() <= 20


def test_a_tenth_is_kept_aside_in_every_root() -> None:
    aside = {sentence.id for sentence in corpus() if sentence.split is Split.TEST}
    assert aside == kept_aside(corpus()), "run python -m extractors.events.corpus"
    for stratum in {sentence.stratum for sentence in corpus()}:
        own = [sentence for sentence in corpus() if sentence.stratum == stratum]
        assert 0.08 <= sum(sentence.id in aside for sentence in own) / len(own) <= 0.12, stratum


def test_the_split_does_not_depend_on_the_order() -> None:
    assert kept_aside(reversed(corpus())) == kept_aside(corpus())


def test_no_sentence_of_the_test_part_is_nearly_one_of_the_training_part() -> None:
    train = {gram for s in corpus() if s.split is Split.TRAIN for gram in grams(s.text, 8)}
    leaked = [s.id for s in corpus() if s.split is Split.TEST and grams(s.text, 8) & train]
    assert leaked == []


@pytest.mark.skipif(not GOLD.exists(), reason="the development sets are not here")
def test_no_eight_words_in_a_row_are_those_of_the_development_sets() -> None:
    files = [*GOLD.glob("*.jsonl"), *GOLD.glob("*.tsv"), *GOLD.glob("*.txt")]
    assert files
    gold = {gram for file in files for gram in grams(plain(file), 8)}
    assert [s.id for s in corpus() if grams(s.text, 8) & gold] == []


def plain(file: Path) -> str:
    return re.sub(r"\\n|\\u[0-9a-f]{4}", " ", file.read_text(encoding="utf-8"))
