"""Faults of a whole night: each stops the night by its own name; an empty night passes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from raw_rows import NIGHT, NOW, Tables, actor, article, clean_night, empty_night, fetch, load, query, spoil

from extractors.errors import GateError
from extractors.home import Home
from extractors.settings import Settings
from extractors.warehouse.gates import GateReport

Gate = Callable[..., GateReport]


def failed(error: GateError) -> set[str]:
    return set(re.findall(r"^  (raw_\w+\.\w+):", error.what, re.MULTILINE))


def each(tables: Tables, table: str, count: int, **changes: object) -> Tables:
    for row in range(count):
        tables = spoil(tables, table, row, **changes)
    return tables


def twice(tables: Tables, table: str) -> Tables:
    return tables | {table: [*tables[table], tables[table][0]]}


def all_fail() -> Tables:
    down = [
        fetch(number, outcome="error", status=None, reason="timeout", fetched_at=None) for number in range(3)
    ]
    return empty_night() | {"fetches": down}


STOPS: dict[str, Tables] = {
    "raw_fetches.url_present": spoil(clean_night(), "fetches", url=None),
    "raw_fetches.source_present": spoil(clean_night(), "fetches", source=None),
    "raw_fetches.outcome_present": spoil(clean_night(), "fetches", outcome=None),
    "raw_fetches.outcome_known": spoil(clean_night(), "fetches", outcome="guessed", reason="?"),
    "raw_fetches.fetched_at_present": spoil(clean_night(), "fetches", fetched_at=None),
    "raw_fetches.fetched_at_not_future": spoil(clean_night(), "fetches", fetched_at=NOW + timedelta(days=9)),
    "raw_fetches.status_is_http": spoil(clean_night(), "fetches", status=42),
    "raw_fetches.bytes_not_negative": spoil(clean_night(), "fetches", bytes=-1),
    "raw_articles.article_id_present": spoil(clean_night(), "articles", -1, article_id=None),
    "raw_articles.article_id_unique": twice(clean_night(), "articles"),
    "raw_mentions.mention_id_present": spoil(clean_night(), "mentions", mention_id=None),
    "raw_mentions.mention_id_unique": twice(clean_night(), "mentions"),
    "raw_night.sources_reachable": all_fail(),
    "raw_night.fetch_errors_few": each(clean_night(), "fetches", 15, outcome="error", reason="HTTP 500"),
    "raw_night.articles_enough": clean_night(articles=0),
    "raw_night.pages_readable": each(clean_night(), "articles", 20, kind="error_page", reason="consent wall"),
    "raw_night.articles_held_few": each(clean_night(), "articles", 6, title=None),
    "raw_night.mentions_held_few": each(clean_night(), "mentions", 6, confidence=7.0),
    "raw_night.mentions_have_actors": each(clean_night(), "mentions", 12, sources=[], targets=[]),
}
ALONGSIDE = {
    "raw_night.sources_reachable": {"raw_night.fetch_errors_few", "raw_night.articles_enough"},
    "raw_night.pages_readable": {"raw_night.articles_enough"},
    "raw_night.articles_held_few": {"raw_night.mentions_held_few"},
}


@pytest.mark.parametrize("name", STOPS)
def test_a_fault_stops_the_night(home: Home, gate: Gate, name: str) -> None:
    load(home, STOPS[name])
    with pytest.raises(GateError) as error:
        gate()
    assert name in failed(error.value)
    assert failed(error.value) <= {name} | ALONGSIDE.get(name, set())
    assert f"gate raw, night {NIGHT}" in str(error.value)
    assert "next: " in str(error.value)
    assert query(home, "select is_checked, checked_at from ops.nights") == [(False, None)]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            "alter table raw.mentions drop column confidence",
            "mentions confidence: expected DOUBLE, found mis",
        ),
        ("alter table raw.articles alter url type blob", "articles url: expected VARCHAR, found BLOB"),
        ("alter table raw.fetches add column colour text", "fetches colour: expected no such column"),
    ],
)
def test_changed_columns_stop_the_night(home: Home, gate: Gate, change: str, message: str) -> None:
    load(home, clean_night())
    query(home, change)
    with pytest.raises(GateError, match=re.escape(message)) as error:
        gate()
    assert failed(error.value) == {"raw_schema.columns_as_landed"}


def test_a_night_that_was_not_loaded_is_named(home: Home, gate: Gate) -> None:
    with pytest.raises(GateError, match=r"2018-05-16 was not loaded\n  next: run load for 2018-05-16 first"):
        gate()


def test_a_clean_night_passes(home: Home, gate: Gate) -> None:
    load(home, clean_night())
    report = gate()
    assert (report.held, report.warnings) == ({}, ())
    assert report.rows == {
        "raw_schema": 85,
        "raw_fetches": 21,
        "raw_articles": 21,
        "raw_mentions": 20,
        "raw_night": 1,
    }
    assert report.evaluated > 80
    assert query(home, "select is_checked, checked_at from ops.nights") == [(True, NOW)]


def test_an_empty_night_passes_and_says_so(home: Home, gate: Gate) -> None:
    load(home, empty_night())
    report = gate()
    assert [warning.split(":")[0] for warning in report.warnings] == ["raw_night.night_not_empty"]
    assert query(home, "select is_checked from ops.nights") == [(True,)]


def test_an_empty_night_passes_whatever_the_least_number_is(home: Home, gate: Gate) -> None:
    load(home, empty_night())
    assert gate(settings=Settings(min_articles=50)).warnings


def test_fewer_articles_than_set_stop_the_night(home: Home, gate: Gate) -> None:
    load(home, clean_night())
    with pytest.raises(GateError, match=r"raw_night\.articles_enough: 20 \(limit: at least 21\)"):
        gate(settings=Settings(min_articles=21))
    assert gate(settings=Settings(min_articles=20)).evaluated


def test_a_failed_gate_unmarks_a_night_that_had_passed(home: Home, gate: Gate) -> None:
    load(home, clean_night())
    gate()
    query(home, "delete from raw.articles")
    with pytest.raises(GateError):
        gate()
    assert query(home, "select is_checked from ops.nights") == [(False,)]


def test_other_nights_are_left_alone(home: Home, gate: Gate) -> None:
    before = NIGHT - timedelta(days=1)
    load(home, spoil(clean_night(before), "articles", title=None), before)
    load(home, clean_night())
    report = gate()
    assert report.held == {}
    assert query(home, "select night, is_checked from ops.nights order by night") == [
        (before, False),
        (NIGHT, True),
    ]


def history(home: Home, nights: int, articles: int = 20) -> None:
    for days in range(1, nights + 1):
        night = NIGHT - timedelta(days=days)
        load(home, clean_night(night, articles=articles), night)


@pytest.mark.parametrize(("nights", "stops"), [(6, False), (7, True)])
def test_a_slump_stops_the_night_once_there_is_a_history(
    home: Home, gate: Gate, nights: int, stops: bool
) -> None:
    history(home, nights)
    load(home, clean_night(articles=1))
    if not stops:
        assert gate().evaluated
        return
    with pytest.raises(GateError) as error:
        gate()
    assert failed(error.value) == {"raw_night.article_volume_steady", "raw_night.mention_volume_steady"}
    assert "0.05 (limit: at least 0.1 and at most 10)" in error.value.what


def test_a_surge_of_mentions_stops_the_night(home: Home, gate: Gate) -> None:
    history(home, 7, articles=2)
    tables = clean_night(articles=2)
    row = tables["mentions"][0]
    tables["mentions"] += [row | {"mention_id": f"more-{number}"} for number in range(30)]
    load(home, tables)
    with pytest.raises(GateError) as error:
        gate()
    assert failed(error.value) == {"raw_night.mention_volume_steady"}


def test_an_empty_night_after_full_ones_passes_and_names_the_silent(home: Home, gate: Gate) -> None:
    history(home, 7)
    load(home, empty_night())
    warnings = gate().warnings
    assert len(warnings) == 2
    assert "outlet-0, outlet-1, outlet-2" in warnings[1]


def warned(report: GateReport) -> set[str]:
    return {warning.split(":")[0] for warning in report.warnings}


def test_a_silent_outlet_is_a_warning(home: Home, gate: Gate) -> None:
    history(home, 7)
    tables = clean_night()
    tables["articles"] = [row | {"source": "outlet-0"} for row in tables["articles"]]
    load(home, tables)
    assert warned(gate()) == {"raw_night.no_outlet_silent"}


def test_another_mix_of_classes_is_a_warning(home: Home, gate: Gate) -> None:
    history(home, 7)
    tables = clean_night(articles=24)
    threat = tables["mentions"][0]
    tables["mentions"] = [threat | {"mention_id": row["mention_id"]} for row in tables["mentions"]]
    load(home, tables)
    assert warned(gate()) == {"raw_night.class_mix_steady"}


def test_one_source_down_is_a_warning(home: Home, gate: Gate) -> None:
    tables = clean_night(articles=8)
    down = {"outcome": "error", "status": 503, "reason": "HTTP 503"}
    tables["fetches"] = [row | down if row["source"] == "outlet-1" else row for row in tables["fetches"]]
    tables["articles"] = [row for row in tables["articles"] if row["source"] != "outlet-1"]
    kept = {row["article_id"] for row in tables["articles"]}
    tables["mentions"] = [row for row in tables["mentions"] if row["article_id"] in kept]
    load(home, tables)
    assert warned(gate()) == {"raw_night.sources_failed_few"}


def test_undated_articles_are_a_warning(home: Home, gate: Gate) -> None:
    load(home, each(clean_night(), "articles", 12, published_at=None))
    assert warned(gate()) == {"raw_night.articles_dated"}


def test_a_fetch_without_its_reason_or_of_an_unlisted_source_is_a_warning(home: Home, gate: Gate) -> None:
    tables = clean_night()
    tables["fetches"] += [fetch(1, outcome="disallowed"), fetch(2, source="stranger")]
    load(home, tables)
    assert warned(gate()) == {"raw_fetches.reason_given", "raw_fetches.source_listed"}


def test_an_unknown_sector_is_a_warning(home: Home, gate: Gate) -> None:
    west = actor("the West", "West", "WST", None, "WST")
    load(home, spoil(clean_night(), "mentions", targets=[west]))
    report = gate()
    assert warned(report) == {"raw_mentions.actor_sectors_known"}
    assert "1 of 20 rows, such as WST" in report.warnings[0]


def test_progress_counts_the_suites(home: Home) -> None:
    from extractors.warehouse.gates import check_raw

    seen: list[tuple[int, int]] = []
    load(home, clean_night())
    check_raw(
        home=home,
        night=NIGHT,
        settings=Settings(),
        now=NOW,
        on_progress=lambda done, total: seen.append((done, total)),
    )
    assert seen == [(number, 5) for number in range(1, 6)]


def test_results_of_old_nights_are_removed(home: Home, gate: Gate) -> None:
    for days in range(3):
        night = NIGHT + timedelta(days=days)
        load(home, clean_night(night, articles=1), night)
        gate(night, settings=Settings(snapshots_kept=2))
    assert sorted(each.name for each in (home.root / "quality").iterdir()) == [
        f"night={NIGHT + timedelta(days=days)}" for days in (1, 2)
    ]


def test_an_article_without_a_date_dates_its_events_by_the_night(home: Home, gate: Gate) -> None:
    far = datetime(2018, 5, 16, tzinfo=UTC) + timedelta(days=3653)
    tables = spoil(clean_night(), "articles", 0, published_at=None)
    load(home, spoil(tables, "mentions", 0, event_date=far.date()))
    assert gate().held == {}
    load(home, spoil(tables, "mentions", 0, event_date=far.date() + timedelta(days=1)))
    assert gate().held == {"raw.mentions.event_date_in_range": 1}


def test_the_committed_context_stays_as_it_is(home: Home, gate: Gate) -> None:
    from extractors.warehouse.limits import EXPECTATIONS

    def content() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in EXPECTATIONS.rglob("*") if path.is_file()}

    before = content()
    load(home, clean_night() | {"articles": [article(0)], "mentions": []})
    gate()
    assert content() == before
