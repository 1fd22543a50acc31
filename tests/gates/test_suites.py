"""The committed suites: whole, at one with the batches, and each expectation with a fault in the tests."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import pytest
from test_raw_night import STOPS
from test_raw_rows import ARTICLE_FAULTS, MENTION_FAULTS

from extractors.errors import LexiconError, SettingsError
from extractors.settings import PROJECT_ROOT
from extractors.warehouse.gates import MART_SUITES, RAW_SUITES
from extractors.warehouse.limits import EXPECTATIONS, LIMITS_FILE, Limits, load_limits
from extractors.warehouse.suites import Consequence, read_suite
from extractors.warehouse.vocabularies import read_vocabularies, vocabularies

SUITES = (*RAW_SUITES, *MART_SUITES)
SEVERITY = {"stop": "critical", "quarantine": "warning", "warn": "info"}


def expectations(suite: str) -> list[dict[str, Any]]:
    return list(read_suite(suite)["expectations"])


def names(suite: str, consequence: str) -> set[str]:
    return {
        each["meta"]["name"] for each in expectations(suite) if each["meta"]["consequence"] == consequence
    }


def test_there_is_a_suite_and_a_batch_for_each_table() -> None:
    committed = {path.stem for path in (EXPECTATIONS / "suites").glob("*.json")}
    batches = {path.name for path in files("extractors.warehouse.batches").iterdir()}
    assert committed == set(SUITES)
    assert {f"{suite}.sql" for suite in SUITES} < batches


@pytest.mark.parametrize("suite", SUITES)
def test_expectations_say_what_they_are_for(suite: str) -> None:
    seen = [each["meta"]["name"] for each in expectations(suite)]
    assert len(seen) == len(set(seen))
    for each in expectations(suite):
        meta = each["meta"]
        hint = "reason" if meta["consequence"] == Consequence.QUARANTINE else "next_step"
        assert set(meta) == {"name", "consequence", hint}
        assert meta[hint]
        assert each["description"]
        assert each["severity"] == SEVERITY[meta["consequence"]]


@pytest.mark.parametrize("suite", SUITES)
def test_parameters_are_known(suite: str) -> None:
    asked = set(re.findall(r'"\$PARAMETER": "(\w+)"', str(read_suite(suite)).replace("'", '"')))
    assert asked <= {*vocabularies(), *Limits.model_fields, "min_articles"}


def test_every_expectation_on_rows_has_a_fault() -> None:
    assert names("raw_articles", "quarantine") - {"kind_present"} == set(ARTICLE_FAULTS)
    assert names("raw_mentions", "quarantine") - {"article_not_quarantined"} == set(MENTION_FAULTS)


def test_every_expectation_that_stops_a_night_has_a_fault() -> None:
    volume = {"raw_night.article_volume_steady", "raw_night.mention_volume_steady"}  # need a history
    stops = {f"{suite}.{name}" for suite in RAW_SUITES[1:] for name in names(suite, "stop")}
    assert stops == set(STOPS) | volume


def test_the_limits_are_those_of_the_file() -> None:
    limits = load_limits()
    assert limits.earliest_event_date.year == 1945
    assert limits.least_trailing_nights == 7
    assert limits.trailing_nights == 28


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("max_share_articles_held: 0.2", "max_share_articles_held: 20"), "max_share_articles_held = 20"),
        (("ignored_failures: 5", ""), "ignored_failures"),
        (("ignored_failures: 5", "ignored_failures: 5\ncolour: red"), "colour = 'red'"),
        (("ignored_failures: 5", "ignored_failures: ["), "cannot be read"),
    ],
)
def test_bad_limits_are_named(tmp_path: Any, change: tuple[str, str], message: str) -> None:
    file = tmp_path / "limits.yml"
    file.write_text(LIMITS_FILE.read_text().replace(*change))
    with pytest.raises(SettingsError, match=message) as error:
        load_limits(file)
    assert str(file) in str(error.value)


@pytest.mark.parametrize("content", ["threat_kinds: military", "threat_kinds: [1, 2]", "threat_kinds: ["])
def test_a_bad_vocabulary_is_named(tmp_path: Any, content: str) -> None:
    file = tmp_path / "vocabularies.yml"
    file.write_text(content)
    with pytest.raises(LexiconError, match=r"vocabularies\.yml"):
        read_vocabularies(file)


def test_nothing_uncommitted_is_committed() -> None:
    ignored = (PROJECT_ROOT / ".gitignore").read_text().splitlines()
    assert "/expectations/uncommitted/" in ignored
