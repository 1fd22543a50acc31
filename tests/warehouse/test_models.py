"""What the marts make of the nights, and that they are the same however the nights came in."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from extractors.errors import StageError
from extractors.home import Home
from extractors.warehouse.database import connect, connect_build
from extractors.warehouse.digests import table_digests
from extractors.warehouse.models import DBT_PROJECT, build_models

from . import story
from .factory import NOW, article, at, exercise, land, load, mention, night, threat


def rows(home: Home, query: str) -> list[Any]:
    with connect(home.build_database, read_only=True) as connection:
        return connection.execute(query).fetchall()


def one(home: Home, query: str) -> Any:
    found = rows(home, query)
    assert len(found) == 1
    return found[0]


def test_one_exercise_with_three_changes_of_status(built: Home) -> None:
    exercise_id, status, now, dropped, changes, reason = one(
        built,
        "select exercise_id, status, participant_codes, dropped_participant_codes, status_change_count, "
        "reason from marts.fct_military_exercises",
    )
    assert (status, now, dropped, changes) == ("scaled_down", ["JPN", "USA"], ["KOR"], 3)
    assert reason == "to keep the summit alive"
    assert rows(
        built,
        "select exercise_id, previous_status, status, outlet_id, reported_at::varchar "
        "from marts.fct_military_exercise_status_changes order by change_number",
    ) == [
        (exercise_id, None, "planned", "ridge-times", "2018-05-14 09:00:00"),
        (exercise_id, "planned", "ongoing", "delta-post", "2018-05-16 09:00:00"),
        (exercise_id, "ongoing", "scaled_down", "harbour-wire", "2018-05-17 08:00:00"),
    ]


def test_a_threat_retold_is_one_threat_and_a_copy_one_witness(built: Home) -> None:
    assert one(
        built,
        "select source_country_code, target_country_code, mention_count, article_count, article_group_count, "
        "outlet_count, outlet_country_count, witness_count, confidence, first_seen_at::varchar, "
        "last_seen_at::varchar, evidence_article_id "
        "from marts.fct_events where family = 'threat' and is_counted",
    ) == (
        "PRK",
        "USA",
        3,
        3,
        2,
        3,
        3,
        2,
        pytest.approx(1 - (1 - 0.8) * (1 - 0.6 / 2)),
        "2018-05-15 07:00:00",
        "2018-05-16 15:00:00",
        story.THREAT["article_id"],
    )


def test_what_did_not_happen_is_kept_and_not_counted(built: Home) -> None:
    assert rows(
        built,
        "select family, modality, mention_count from marts.fct_events where not is_counted order by family",
    ) == [("military_exercise", "historical", 1), ("threat", "denied", 1)]
    assert one(built, "select modality, kind from marts.fct_threats") == ("conditional", "diplomatic")


def test_a_concession_has_its_latest_stage(built: Home) -> None:
    assert one(
        built,
        "select stage, demanded_by, source_country_code, target_country_code from marts.fct_concessions",
    ) == ("carried out", ["KOR"], "USA", "PRK")


def test_each_status_of_an_exercise_is_an_event_of_it(built: Home) -> None:
    assert rows(
        built,
        "select count(*), count(distinct exercise_id) from marts.fct_events where exercise_id is not null",
    ) == [(3, 1)]


def test_the_unit_tests_of_the_models_ran_with_the_build(built: Home) -> None:
    results = json.loads((built.build_database.parent / "dbt" / "target" / "run_results.json").read_text())
    units = [each for each in results["results"] if each["unique_id"].startswith("unit_test.")]
    contents = [yaml.safe_load(path.read_text()) for path in DBT_PROJECT.glob("models/**/*.yml")]
    assert len(units) == sum(len(content.get("unit_tests", ())) for content in contents) > 0
    assert {each["status"] for each in units} == {"pass"}


def test_building_again_gives_the_same_build(copied: Home) -> None:
    before = table_digests(copied.build_database, schema="marts")
    progress: list[tuple[int, int]] = []
    report = build_models(
        home=copied, now=NOW, on_progress=lambda done, total: progress.append((done, total))
    )
    assert table_digests(copied.build_database, schema="marts") == before
    assert rows(copied, "select build_id, is_checked from ops.builds") == [(report.build_id, False)]
    assert report.rows["fct_military_exercises"] == 1
    assert progress[-1][0] == progress[-1][1] == report.nodes + report.tests


def test_the_order_of_loading_does_not_matter(built: Home, tmp_path: Any) -> None:
    home = Home(tmp_path)
    for number in reversed(story.NIGHTS):
        story.land_night(home, number)
        load(home, number)
    build_models(home=home, now=NOW)
    assert table_digests(home.build_database, schema="marts") == table_digests(
        built.build_database, schema="marts"
    )


def test_a_late_night_updates_and_doubles_nothing(built: Home, copied: Home) -> None:
    """Night 5: a late report of the threat, an edit of the first article, and a page that went away."""
    late = article(5, "the-warning-again", "state-herald")
    edited = article(
        5, "allies-plan-air-drill", "ridge-times", text="edited", published_at=at(1), modified_at=at(5, 6)
    )
    gone = article(5, "drill-begins", "delta-post", kind="error_page", text="gone", published_at=None)
    land(
        copied,
        5,
        articles=[late, edited, gone],
        mentions=[
            threat(late, "Pyongyang threatens again to stay away."),
            exercise(
                edited,
                "The allies will hold a joint air drill.",
                "planned",
                modality="planned",
                exercise_domains=["air"],
                exercise_directed_at=["PRK"],
            ),
            exercise(edited, "The drill was called off today.", "cancelled", exercise_domains=["air"]),
        ],
    )
    load(copied, 5)
    build_models(home=copied, now=NOW)

    threats = "select event_id, mention_count, last_seen_at::varchar from marts.fct_threats"
    before, after = one(built, threats), one(copied, threats)
    assert after == (before[0], before[1] + 1, "2018-05-18 09:00:00")
    exercises = "select exercise_id, first_seen_at, status from marts.fct_military_exercises"
    assert one(copied, exercises) == (*one(built, exercises)[:2], "cancelled")
    assert rows(
        copied,
        "select status, reported_at::varchar from marts.fct_military_exercise_status_changes "
        "order by change_number",
    ) == [
        ("planned", "2018-05-14 09:00:00"),
        ("ongoing", "2018-05-16 09:00:00"),
        ("scaled_down", "2018-05-17 08:00:00"),
        ("cancelled", "2018-05-18 06:00:00"),
    ]
    event_ids = "select event_id from marts.fct_events where family is distinct from 'military_exercise'"
    assert set(rows(built, event_ids)) == set(rows(copied, event_ids))


def test_an_empty_night_builds_empty_facts(tmp_path: Any) -> None:
    home = Home(tmp_path)
    home.articles(night(1)).mkdir(parents=True)
    load(home, 1)
    report = build_models(home=home, now=NOW)
    assert (report.rows["fct_events"], report.rows["dim_articles"]) == (0, 0)
    assert report.rows["dim_event_types"] == 311


def test_an_unchecked_night_and_a_held_row_stay_out(copied: Home) -> None:
    held = story.MENTIONS[2][0]["mention_id"]
    with connect_build(copied.build_database) as connection:
        connection.execute("update ops.nights set is_checked = false where night = ?", [night(4)])
        connection.execute(
            "insert into quarantine.rows values ('raw.mentions', ?, ?, 'rule', 'reason', '{}', false, ?)",
            [held, night(2), NOW],
        )
    build_models(home=copied, now=NOW)
    assert one(copied, "select status from marts.fct_military_exercises") == ("ongoing",)
    assert one(copied, "select mention_count from marts.fct_threats") == (2,)
    assert rows(copied, "select count(*) from marts.fct_event_mentions") == [(6,)]


def test_a_failed_test_stops_the_build_and_is_named(copied: Home) -> None:
    told = article(5, "unheard-of", "delta-post")
    land(copied, 5, articles=[told], mentions=[mention(told, "Envoys met.", cameo_code="999")])
    load(copied, 5)
    with pytest.raises(StageError, match="relationships_fct_event_mentions_cameo_code") as failed:
        build_models(home=copied, now=NOW)
    assert "dbt.log" in failed.value.next_step
    assert rows(copied, "select count(*) from ops.builds") == [(1,)]
