"""Faults in single rows: each is held back for exactly its own reason, and nothing else is."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from raw_rows import (
    NIGHT,
    NOW,
    SENTENCE,
    actor,
    article,
    clean_night,
    concession,
    exercise,
    load,
    mention,
    query,
)

from extractors.home import Home
from extractors.settings import Settings
from extractors.warehouse.gates import GateReport, check_raw

CLEAN = 300
UTC_2099 = datetime(2099, 1, 1, tzinfo=UTC)

ARTICLE_FAULTS: dict[str, dict[str, Any]] = {
    "url_present": {"url": None},
    "source_present": {"source": None},
    "kind_known": {"kind": "advert", "reason": "looks like one"},
    "title_present": {"title": "  "},
    "text_present": {"text": ""},
    "text_digest_present": {"text_digest": None},
    "reason_given": {"kind": "stub", "reason": None},
    "language_known": {"language": "english"},
    "minhash_complete": {"minhash": b"short"},
    "published_at_not_future": {"published_at": UTC_2099},
    "published_at_not_ancient": {"published_at": datetime(1970, 1, 1, tzinfo=UTC)},
    "modified_at_not_future": {"modified_at": UTC_2099},
    "fetched_at_not_future": {"fetched_at": NOW + timedelta(days=3)},
    "fetched_at_present": {"fetched_at": None},
    "provenance_present": {"warc_file": None},
}

MENTION_FAULTS: dict[str, dict[str, Any]] = {
    "article_id_present": mention(0, article_id=None),
    "article_present": mention(0, article_id="nowhere"),
    "family_known": mention(0, family="insult", threat_kind=None),
    "cameo_code_present": mention(0, cameo_code=None),
    "cameo_code_known": mention(0, cameo_code="999"),
    "cameo_root_present": mention(0, cameo_root=None),
    "cameo_root_matches": mention(0, cameo_root="12"),
    "quad_class_present": mention(0, quad_class=None),
    "quad_class_matches": mention(0, quad_class=4),
    "goldstein_present": mention(0, goldstein=None),
    "goldstein_matches": mention(0, goldstein=5.8),
    "plover_matches": mention(0, plover="REJECT"),
    "modality_present": mention(0, modality=None),
    "modality_known": mention(0, modality="perhaps"),
    "date_precision_present": mention(0, date_precision=None),
    "date_precision_known": mention(0, date_precision="fortnight"),
    "event_date_in_range": mention(0, event_date=date(1938, 9, 30)),
    "actor_countries_known": mention(0, targets=[actor("Atlantis", "Atlantis", "ATL", "ATL", None)]),
    "actor_codes_well_formed": mention(0, targets=[actor("the US", "United States", "US", "USA", None)]),
    "place_country_known": mention(0, place_name="Oz", place_country="OZZ"),
    "place_lat_in_range": mention(0, place_lat=91.0, place_lon=0.0),
    "place_lon_in_range": mention(0, place_lat=0.0, place_lon=-181.0),
    "place_complete": mention(0, place_lat=37.5),
    "sentence_inside_text": mention(0, sentence_end=5000),
    "sentence_matches_text": mention(0, sentence_text=SENTENCE.replace("Washington", "Tokyo")),
    "trigger_inside_sentence": mention(0, trigger_start=0, trigger_end=8, trigger_text="Ångström"),
    "trigger_matches_sentence": mention(0, trigger_text="promised to"),
    "confidence_present": mention(0, confidence=None),
    "confidence_in_range": mention(0, confidence=1.2),
    "concession_fields_present": concession(0, concession_stage=None),
    "concession_fields_in_place": mention(0, concession_kind="release"),
    "concession_kind_known": concession(0, concession_kind="a kiss"),
    "concession_stage_known": concession(0, concession_stage="whispered"),
    "threat_fields_present": mention(0, threat_kind=None),
    "threat_fields_in_place": concession(0, threat_kind="military"),
    "threat_kind_known": mention(0, threat_kind="vague"),
    "exercise_fields_present": exercise(0, exercise_status=None),
    "exercise_fields_in_place": mention(0, exercise_status="ongoing"),
    "exercise_status_known": exercise(0, exercise_status="boring"),
    "exercise_domains_known": exercise(0, exercise_domains=["air", "underground"]),
    "exercise_participants_known": exercise(0, exercise_participants=["USA", "UK"]),
    "exercise_dates_in_range": exercise(0, exercise_end_date=date(2018, 5, 1)),
    "exercise_personnel_in_range": exercise(0, exercise_personnel=0),
}


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, GateReport]:
    """One night that holds every fault once, among many clean rows."""
    home = Home(tmp_path_factory.mktemp("rows"))
    tables = clean_night(articles=CLEAN)
    for name, changes in ARTICLE_FAULTS.items():
        tables["articles"].append(article(0) | {"article_id": f"bad-{name}"} | changes)
    for name, row in MENTION_FAULTS.items():
        tables["mentions"].append(row | {"mention_id": f"bad-{name}"})
    for number in range(2):
        below = {"mention_id": f"below-{number}", "article_id": "bad-title_present"}
        tables["mentions"].append(mention(0) | below)
    load(home, tables)
    return home, check_raw(home=home, night=NIGHT, settings=Settings(), now=NOW)


@pytest.fixture(scope="module")
def holds(spoiled: tuple[Home, GateReport]) -> dict[str, dict[str, str]]:
    """Reasons by expectation by row key."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for key, expectation, reason in query(
        spoiled[0], "select row_key, expectation, reason from quarantine.rows"
    ):
        found[key][expectation] = reason
    return found


@pytest.mark.parametrize("name", [*ARTICLE_FAULTS, *MENTION_FAULTS])
def test_a_fault_is_held_for_its_own_reason(holds: dict[str, dict[str, str]], name: str) -> None:
    assert set(holds[f"bad-{name}"]) == {name}
    reason = holds[f"bad-{name}"][name]
    assert reason
    assert "{" not in reason


def test_mentions_of_a_held_article_are_held_with_it(holds: dict[str, dict[str, str]]) -> None:
    for number in range(2):
        assert holds[f"below-{number}"] == {
            "article_not_quarantined": "its article bad-title_present is quarantined: "
            "title_present: article without a title"
        }


def test_nothing_else_is_held(holds: dict[str, dict[str, str]]) -> None:
    assert len(holds) == len(ARTICLE_FAULTS) + len(MENTION_FAULTS) + 2


def test_reasons_name_the_values(holds: dict[str, dict[str, str]]) -> None:
    assert holds["bad-goldstein_matches"]["goldstein_matches"] == "Goldstein 5.8, but code 134 has -5.8"
    assert holds["bad-sentence_inside_text"]["sentence_inside_text"].endswith("a text of 108 characters")
    assert holds["bad-exercise_participants_known"] == {
        "exercise_participants_known": "participant UK is not in the seed"
    }


def test_held_rows_stay_in_raw_and_are_kept_whole(spoiled: tuple[Home, GateReport]) -> None:
    home, report = spoiled
    assert query(home, "select count(*) from raw.mentions") == [(CLEAN + len(MENTION_FAULTS) + 2,)]
    payload = query(
        home,
        "select payload ->> 'sentence_text', payload -> 'targets' ->> 0 from quarantine.rows "
        "where row_key = 'bad-confidence_in_range'",
    )
    assert payload[0][0] == SENTENCE
    assert '"USA"' in payload[0][1]
    assert report.held["raw.mentions.article_not_quarantined"] == 2


def test_the_night_passes_all_the_same(spoiled: tuple[Home, GateReport]) -> None:
    home, report = spoiled
    assert query(home, "select is_checked, checked_at from ops.nights") == [(True, NOW)]
    assert report.data_docs.is_file()
    assert report.data_docs.is_relative_to(home.root / "quality" / f"night={NIGHT}" / "raw")
