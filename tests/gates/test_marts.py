"""Faults in the marts of one real dbt build: each stops publication by its own name."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from raw_rows import NIGHT, NOW, clean_night, load, query

from extractors.errors import GateError
from extractors.home import Home
from extractors.settings import Settings
from extractors.warehouse.batches import batch_parameters, cameo_table, define_macros, read_batch
from extractors.warehouse.database import connect_build
from extractors.warehouse.gates import MART_SUITES, GateReport, check_marts, check_raw
from extractors.warehouse.groups import regroup
from extractors.warehouse.limits import load_limits
from extractors.warehouse.models import build_models
from extractors.warehouse.quarantine import release
from extractors.warehouse.suites import Consequence, SuiteRunner, read_suite

BEFORE = NIGHT - timedelta(days=1)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Two nights, one exercise planned and then scaled down, one mention held back; both gates passed."""
    home = Home(tmp_path_factory.mktemp("built"))
    for night in (BEFORE, NIGHT):
        tables = clean_night(night, articles=9)
        if night == BEFORE:
            planned = [row for row in tables["mentions"] if row["exercise_status"]]
            for row in planned:
                row["exercise_status"] = "planned"
        tables["mentions"].append(tables["mentions"][0] | {"mention_id": f"held-{night}", "confidence": 3.0})
        load(home, tables, night)
        with connect_build(home.build_database) as connection:
            regroup(connection, night)
        check_raw(home=home, night=night, settings=Settings(), now=NOW)
    build_models(home=home, now=NOW)
    return home


@pytest.fixture
def home(built: Home, tmp_path: Path) -> Home:
    copy = Home(tmp_path / "home")
    copy.build_database.parent.mkdir(parents=True)
    shutil.copy(built.build_database, copy.build_database)
    return copy


def check(home: Home) -> GateReport:
    return check_marts(home=home, night=NIGHT, settings=Settings(), now=NOW)


def failed(error: GateError) -> set[str]:
    return set(re.findall(r"^  (\w+\.\w+):", error.what, re.MULTILINE))


def test_a_good_build_passes(home: Home) -> None:
    report = check(home)
    assert report.warnings == ()
    assert report.rows["fct_event_mentions"] == 18
    assert report.rows["fct_military_exercise_status_changes"] == 2
    assert report.data_docs.is_file()
    assert query(home, "select is_checked, checked_at from ops.builds") == [(True, NOW)]


def test_checking_twice_changes_nothing(home: Home) -> None:
    first = check(home)
    assert check(home) == first
    assert query(home, "select count(*) from ops.builds") == [(1,)]


# By mart and expectation; `{mart}` is the mart itself.
FAULTS: dict[str, dict[str, str]] = {
    "fct_events": {
        "key_unique": "insert into {mart} from {mart} limit 1",
        "cameo_code_known": "update {mart} set cameo_code = '999'",
        "scores_match": "update {mart} set goldstein = goldstein + 1",
        "family_known": "update {mart} set family = 'insult' where family is null or true",
        "modality_known": "update {mart} set modality = 'perhaps'",
        "date_precision_known": "update {mart} set date_precision = 'fortnight'",
        "countries_known": "update {mart} set source_country_codes = ['ATL']",
        "event_date_in_range": "update {mart} set event_date = date '2199-01-01'",
        "confidence_in_range": "update {mart} set confidence = 1.01",
        "place_in_range": "update {mart} set place_lat = 95, place_lon = 0",
        "seen_in_order": "update {mart} set first_seen_at = last_seen_at + to_hours(1)",
        "counts_possible": "update {mart} set article_group_count = article_count + 1",
        "counts_match": "update {mart} set mention_count = mention_count + 1",
        "evidence_kept": "update {mart} set evidence_mention_id = 'nobody'",
        "evidence_readable": "update {mart} set evidence_text = ' '",
    },
    "fct_event_mentions": {
        "key_unique": "insert into {mart} from {mart} limit 1",
        "event_kept": "delete from marts.fct_events where family = 'threat'",
        "article_kept": "delete from marts.dim_articles where outlet_id = 'outlet-1'",
        "outlet_kept": "update {mart} set outlet_id = 'outlet-9'",
        "cameo_code_known": "update {mart} set cameo_code = '999'",
        "family_known": "update {mart} set family = 'insult'",
        "modality_known": "update {mart} set modality = 'perhaps'",
        "countries_known": "update {mart} set place_country_code = 'ATL'",
        "nothing_held": "update {mart} set mention_id = 'held-2018-05-16' where mention_id = 'mention-16-0'",
        "sentence_inside_text": "update {mart} set sentence_start = -1",
        "offsets_match": "update {mart} set trigger_text = 'promised'",
        "confidence_in_range": "update {mart} set confidence = null",
        "event_dated": "update {mart} set event_date = null",
    },
    "fct_concessions": {
        "key_unique": "insert into {mart} from {mart}",
        "family_fits": "update {mart} set event_id = (select event_id from marts.fct_threats)",
        "event_matches": "update {mart} set modality = 'planned'",
        "events_complete": "delete from {mart}",
        "kind_known": "update {mart} set kind = 'a kiss'",
        "stage_known": "update {mart} set stage = 'whispered'",
        "countries_known": "update {mart} set target_country_code = 'ATL'",
    },
    "fct_threats": {
        "key_unique": "insert into {mart} from {mart}",
        "family_fits": "update {mart} set event_id = (select event_id from marts.fct_concessions)",
        "event_matches": "update {mart} set event_date = date '2018-05-01'",
        "countries_known": "update {mart} set source_country_code = 'ATL'",
        "events_complete": "delete from {mart}",
        "kind_known": "update {mart} set kind = 'vague'",
    },
    "fct_military_exercises": {
        "key_unique": "insert into {mart} from {mart}",
        "status_known": "update {mart} set status = 'boring'",
        "status_current": "update {mart} set status = 'planned'",
        "change_count_matches": "update {mart} set status_change_count = 9",
        "mention_count_matches": "update {mart} set mention_count = 9",
        "countries_known": "update {mart} set participant_codes = ['UK']",
        "domains_known": "update {mart} set domains = ['underground']",
        "participants_kept": "update {mart} set ever_participant_codes = ['USA']",
        "dates_in_range": "update {mart} set end_date = start_date - 1",
        "personnel_positive": "update {mart} set personnel = 0",
        "exercises_complete": "delete from {mart}",
    },
    "fct_military_exercise_status_changes": {
        "key_unique": "insert into {mart} from {mart}",
        "evidence_kept": "update {mart} set evidence_mention_id = 'mention-16-0'",
        "exercise_kept": "update {mart} set exercise_id = 'nobody'",
        "status_known": "update {mart} set status = 'boring' where change_number = 2",
        "order_complete": "update {mart} set change_number = 3 where change_number = 2",
        "chain_unbroken": "update {mart} set previous_status = 'ongoing' where change_number = 2",
        "status_changes": "update {mart} set status = previous_status where change_number = 2",
    },
    "dim_articles": {
        "key_unique": "insert into {mart} from {mart} limit 1",
        "nothing_held": "update {mart} set article_id = 'unseen' where article_id = 'article-16-8'",
        "outlet_kept": "delete from marts.dim_outlets where outlet_id = 'outlet-1'",
        "kind_known": "update {mart} set article_kind = 'advert'",
        "language_known": "update {mart} set language = 'english'",
        "published_at_in_range": "update {mart} set published_at = '2099-01-01'",
        "versions_possible": "update {mart} set version_count = 0",
    },
    "dim_outlets": {
        "key_unique": "insert into {mart} from {mart} limit 1",
        "countries_known": "update {mart} set country_code = 'ATL'",
        "language_known": "update {mart} set language = 'english'",
        "article_count_matches": "update {mart} set article_count = 99",
    },
    "marts_night": {
        "night_checked": "update ops.nights set is_checked = false",
        "mentions_arrive": "delete from marts.fct_event_mentions where mention_id = 'mention-16-0'",
        "nights_checked": "update marts.fct_event_mentions set night_date = '2018-05-09'",
    },
}


@pytest.fixture(scope="module")
def warehouse(built: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect_build(built.build_database) as connection:
        define_macros(connection)
        yield connection


@pytest.mark.parametrize(("suite", "name"), [(suite, name) for suite in FAULTS for name in FAULTS[suite]])
def test_a_fault_is_found(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path, suite: str, name: str
) -> None:
    parameters = batch_parameters(night=NIGHT, now=NOW, limits=load_limits())
    warehouse.begin()
    try:
        warehouse.execute(FAULTS[suite][name].format(mart=f"marts.{suite}"))
        frame = read_batch(warehouse, suite, parameters, cameo=cameo_table())
    finally:
        warehouse.rollback()
    findings = SuiteRunner(tmp_path / "quality").run(suite, frame, parameters)
    assert name in {finding.expectation for finding in findings}
    assert {finding.consequence for finding in findings} == {Consequence.STOP}


@pytest.mark.parametrize(
    ("suite", "name"),
    [("fct_events", "scores_match"), ("fct_threats", "events_complete"), ("marts_night", "mentions_arrive")],
)
def test_a_fault_stops_publication(home: Home, suite: str, name: str) -> None:
    query(home, FAULTS[suite][name].format(mart=f"marts.{suite}"))
    with pytest.raises(GateError) as error:
        check(home)
    assert f"{suite}.{name}" in failed(error.value)
    assert f"gate marts, night {NIGHT}" in str(error.value)
    assert query(home, "select is_checked, checked_at from ops.builds") == [(False, None)]


def test_every_expectation_on_the_marts_has_a_fault() -> None:
    for suite in MART_SUITES:
        names = {each["meta"]["name"] for each in read_suite(suite)["expectations"]}
        assert set(FAULTS[suite]) == names - {"mart_read"}


def test_failures_name_how_many_and_which(home: Home) -> None:
    query(home, "update marts.dim_outlets set article_count = 99 where outlet_id = 'outlet-1'")
    with pytest.raises(GateError) as error:
        check(home)
    assert failed(error.value) == {"dim_outlets.article_count_matches"}
    assert "1 of 3 rows, such as outlet-1" in error.value.what


def test_a_mart_that_is_missing_stops_publication(home: Home) -> None:
    query(home, "drop table marts.fct_threats")
    with pytest.raises(GateError, match=r"fct_threats\.batch_readable: Catalog Error"):
        check(home)
    assert query(home, "select is_checked from ops.builds") == [(False,)]


def test_without_a_build_there_is_nothing_to_check(tmp_path: Path) -> None:
    with pytest.raises(GateError, match=r"nothing was built\n  next: build the models first"):
        check(Home(tmp_path))


def test_a_release_asks_for_another_build(home: Home) -> None:
    check(home)
    release(home, "raw.mentions", f"held-{NIGHT}")
    with pytest.raises(GateError) as error:
        check(home)
    assert failed(error.value) == {"marts_night.mentions_arrive"}
