from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from extractors.errors import StageError
from extractors.fetch.history import History, Seen, read_history
from extractors.fetch.manifest import (
    BEYOND,
    MANIFEST,
    FetchLine,
    FetchReport,
    Outcome,
    Role,
    read_manifest,
    write_manifest,
)
from extractors.fetch.plan import make_plan
from extractors.fetch.polite import retry_after
from extractors.home import Home
from extractors.landing.schema import FETCHES
from extractors.sources.kinds import Entry
from extractors.sources.model import Source

NIGHT = date(2018, 5, 16)
NOON, LATER = datetime(2018, 5, 16, 12, tzinfo=UTC), datetime(2018, 5, 16, 18, tzinfo=UTC)


def line(url: str, outcome: Outcome = Outcome.FETCHED, **fields: object) -> FetchLine:
    given = {"night": NIGHT, "source": "a", "url": url, "final_url": url, "canonical_url": url}
    return FetchLine(**{**given, "outcome": outcome, **fields})


def test_a_page_is_planned_once_under_its_latest_time(make_source: Callable[..., Source]) -> None:
    entries = [
        Entry("https://a.org/1?utm_source=x", NOON),
        Entry("https://a.org/1#top", LATER),
        Entry("https://a.org/2"),
        Entry("http://[broken"),
    ]
    plan = make_plan(entries, source=make_source(url="http://a.org"), history=History(), night=NIGHT)
    assert [(page.url, page.updated_at) for page in plan.due] == [
        ("https://a.org/1", LATER),
        ("https://a.org/2", None),
    ]
    assert plan.settled == {}


@pytest.mark.parametrize(
    ("seen", "listed", "is_due"),
    [
        (None, None, True),
        (Seen(NOON, LATER), None, False),
        (Seen(NOON, LATER), NOON, False),
        (Seen(NOON, LATER), datetime(2018, 5, 16, 13, tzinfo=UTC), True),
        (Seen(None, NOON), LATER, True),
        (Seen(None, LATER), NOON, False),
    ],
)
def test_a_seen_page_is_due_only_when_it_was_updated(
    make_source: Callable[..., Source], seen: Seen | None, listed: datetime | None, is_due: bool
) -> None:
    history = History(pages={"https://a.org/1": seen} if seen else {})
    source = make_source(url="http://a.org")
    plan = make_plan([Entry("https://a.org/1", listed)], source=source, history=history, night=NIGHT)
    assert len(plan.due) == is_due
    assert [settled.outcome for settled in plan.settled.values()] == [Outcome.UNCHANGED] * (not is_due)


def test_the_latest_pages_come_first_and_the_rest_says_so(make_source: Callable[..., Source]) -> None:
    entries = [
        Entry("https://a.org/old", NOON),
        Entry("https://a.org/none"),
        Entry("https://a.org/new", LATER),
    ]
    source = make_source(url="http://a.org", max_pages=2)
    plan = make_plan(entries, source=source, history=History(), night=NIGHT)
    assert [page.url[-3:] for page in plan.due] == ["new", "old"]
    (beyond,) = plan.settled.values()
    assert "max_pages" in str(beyond.reason)
    assert [page.url[-3:] for page in plan.order.values()] == ["old", "one", "new"]


def test_a_manifest_reads_back_as_written(tmp_path: Path) -> None:
    lines = [
        line("https://a.org/é", status=200, bytes=3, fetched_at=NOON, listed_updated_at=LATER, etag='"1"'),
        line("https://a.org/2", Outcome.ERROR, status=404, reason="HTTP 404", role=Role.LISTING),
    ]
    write_manifest(tmp_path / MANIFEST, lines)
    assert list(read_manifest(tmp_path / MANIFEST)) == lines


def test_manifest_lines_have_the_columns_that_land() -> None:
    record = line("https://a.org/1").to_json()
    assert list(record)[: len(FETCHES.names)] == FETCHES.names


@pytest.mark.parametrize("text", ["no json\n", "{}\n", "[]\n", '{"night": 5}\n'])
def test_a_broken_manifest_says_where(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(StageError, match=r"manifest\.jsonl:1"):
        list(read_manifest(tmp_path / MANIFEST))


def test_a_report_sums_up_and_reads_back(tmp_path: Path) -> None:
    lines = [
        line("feed", role=Role.LISTING, bytes=10),
        line("1", bytes=5),
        line("2", Outcome.UNCHANGED),
        line("3", Outcome.ERROR),
        line("4", Outcome.DISALLOWED),
        line("5", Outcome.NOT_MODIFIED),
    ]
    report = FetchReport.of("a", lines, seconds=1.23456)
    assert report == FetchReport("a", 5, 1, 1, 1, 1, 1, 15, 1.235, 1, 0)
    report.write(tmp_path / "report.json")
    assert FetchReport.read(tmp_path / "report.json") == report


def night(home: Home, day: date, *lines: FetchLine) -> None:
    folder = home.warc(day, "a")
    folder.mkdir(parents=True)
    write_manifest(folder / MANIFEST, lines)


def test_history_is_what_earlier_nights_saw_and_no_other(tmp_path: Path) -> None:
    home = Home(tmp_path)
    night(home, date(2018, 3, 1), line("too-old", last_fetched_at=NOON))
    night(
        home, date(2018, 5, 14), line("1", listed_updated_at=NOON), line("feed", role=Role.LISTING, etag="e")
    )
    night(
        home,
        date(2018, 5, 15),
        line("1", Outcome.UNCHANGED, listed_updated_at=LATER),
        line("2", Outcome.ERROR, status=404),
    )
    night(home, NIGHT, line("tonight"))
    night(home, date(2018, 5, 17), line("tomorrow"))
    history = read_history(home, "a", NIGHT)
    assert history.pages == {"1": Seen(LATER)}
    assert history.listings == {"feed": Seen(etag="e")}
    assert read_history(home, "b", NIGHT) == History()


@pytest.mark.parametrize(
    "failed",
    [
        line("1", Outcome.ERROR, status=503),
        line("1", Outcome.ERROR, status=None),
        line("1", Outcome.ERROR, status=429),
        line("1", Outcome.DISALLOWED, reason=BEYOND),
    ],
)
def test_a_feed_is_read_in_full_when_the_last_night_left_pages(tmp_path: Path, failed: FetchLine) -> None:
    home = Home(tmp_path)
    night(home, date(2018, 5, 15), line("feed", role=Role.LISTING, etag="e"), failed)
    assert read_history(home, "a", NIGHT).listings == {}


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"120", 120.0),
        (b"Wed, 16 May 2018 12:00:30 GMT", 30.0),
        (b"Wed, 16 May 2018 11:00:00 GMT", 0.0),
        (b"soon", 0.0),
        (b"", 0.0),
        (None, 0.0),
    ],
)
def test_retry_after(value: bytes | None, seconds: float) -> None:
    assert retry_after(value, now=NOON) == seconds


def test_a_page_is_known_in_all_its_dresses_and_behind_its_redirect(
    tmp_path: Path, make_source: Callable[..., Source]
) -> None:
    home, source = Home(tmp_path), make_source("a", url="https://example.org/rss")
    first = line(
        "https://amp.example.org/world/story/amp?utm_source=rss",
        final_url="https://example.org/2018/story-moved/",
        canonical_url="made by older rules",
        last_fetched_at=NOON,
    )
    home.warc(NIGHT, "a").mkdir(parents=True)
    write_manifest(home.warc(NIGHT, "a") / MANIFEST, [first])
    later = date(2018, 5, 19)
    history = read_history(home, "a", later)
    listed = [
        Entry("https://www.example.org/world/story"),
        Entry("http://m.example.org/2018/story-moved"),
        Entry("https://example.org/another"),
    ]
    plan = make_plan(listed, source=source, history=history, night=later)
    assert [page.url for page in plan.due] == ["https://example.org/another"]
    assert {known.outcome for known in plan.settled.values()} == {Outcome.UNCHANGED}
    updated = Entry("https://example.org/world/story/", LATER)
    plan = make_plan([*listed, updated], source=source, history=history, night=later)
    assert [page.url for page in plan.due] == [updated.url, "https://example.org/another"]
