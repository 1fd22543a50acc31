"""A clean night as rows of the landing schemas, for tests to spoil."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa

from extractors.home import Home
from extractors.landing.schema import ARTICLES, FETCHES, MENTIONS
from extractors.reference import cameo_events
from extractors.warehouse.database import SOURCES, connect_build, insert

NIGHT = date(2018, 5, 16)
NOW = datetime(2018, 5, 17, 2, 0, tzinfo=UTC)
SCHEMAS = {"fetches": FETCHES, "articles": ARTICLES, "mentions": MENTIONS, "sources": SOURCES}
SENTENCE = "Pyongyang threatened to cancel the talks with Washington."
TEXT = f"Ångström said – calmly 🙂 – little. {SENTENCE} Nobody replied."
TRIGGER = "threatened"

Rows = list[dict[str, Any]]
Tables = dict[str, Rows]


def fetch(number: int, night: date = NIGHT, **changes: Any) -> dict[str, Any]:
    return {
        "night": night,
        "source": f"outlet-{number % 3}",
        "url": f"http://outlet-{number % 3}.localhost/story-{number}",
        "final_url": None,
        "outcome": "fetched",
        "status": 200,
        "reason": None,
        "bytes": 20_000,
        "fetched_at": NOW - timedelta(hours=1),
    } | changes


def article(number: int, night: date = NIGHT, **changes: Any) -> dict[str, Any]:
    return {
        "night": night,
        "article_id": f"article-{night:%d}-{number}",
        "source": f"outlet-{number % 3}",
        "url": f"http://outlet-{number % 3}.localhost/story-{number}",
        "title": "Pyongyang threatens to cancel talks",
        "authors": ["Jane Roe"],
        "published_at": datetime(2018, 5, 16, 9, 30, tzinfo=UTC),
        "modified_at": None,
        "language": "en",
        "kind": "article",
        "reason": None,
        "dateline": None,
        "text": TEXT,
        "text_digest": f"digest-{number}",
        "minhash": bytes(512),
        "fetched_at": NOW - timedelta(hours=1),
        "warc_file": f"warc/night={night}/outlet-{number % 3}/pages.warc.gz",
        "warc_record_id": f"<urn:uuid:{number}>",
    } | changes


def mention(number: int, night: date = NIGHT, code: str = "134", **changes: Any) -> dict[str, Any]:
    event = cameo_events()[code]
    start = TEXT.index(SENTENCE)
    trigger = TEXT.index(TRIGGER)
    empty = dict.fromkeys(MENTIONS.names)
    return (
        empty
        | {
            "night": night,
            "mention_id": f"mention-{night:%d}-{number}",
            "article_id": f"article-{night:%d}-{number}",
            "source": f"outlet-{number % 3}",
            "family": "threat",
            "cameo_code": code,
            "cameo_root": event.root,
            "plover": event.plover,
            "quad_class": event.quad_class,
            "goldstein": event.goldstein,
            "sources": [actor("Pyongyang", "North Korea", "PRKGOV", "PRK", "GOV")],
            "targets": [actor("Washington", "United States", "USA", "USA", None)],
            "modality": "asserted",
            "event_date": date(2018, 5, 16),
            "date_precision": "publication",
            "trigger_text": TRIGGER,
            "trigger_start": trigger,
            "trigger_end": trigger + len(TRIGGER),
            "sentence_index": 1,
            "sentence_start": start,
            "sentence_end": start + len(SENTENCE),
            "sentence_text": SENTENCE,
            "confidence": 0.8,
            "path": "threaten ∘ (halt ∘ meet) = 134",
            "threat_kind": "diplomatic",
            "threat_is_ultimatum": False,
        }
        | changes
    )


def actor(text: str, name: str, code: str, country: str | None, sector: str | None) -> dict[str, Any]:
    return {"text": text, "name": name, "code": code, "country": country, "sector": sector}


def concession(number: int, **changes: Any) -> dict[str, Any]:
    fields = {"concession_kind": "sanctions relief", "concession_stage": "offered"}
    return mention(number, code="0354", family="concession", threat_kind=None, **fields) | changes


def exercise(number: int, **changes: Any) -> dict[str, Any]:
    fields = {
        "exercise_participants": ["USA", "JPN"],
        "exercise_domains": ["air"],
        "exercise_status": "scaled_down",
        "exercise_start_date": date(2018, 5, 16),
        "exercise_end_date": date(2018, 5, 20),
        "exercise_personnel": 1200,
    }
    return mention(number, code="062", family="military_exercise", threat_kind=None, **fields) | changes


def clean_night(night: date = NIGHT, *, articles: int = 20) -> Tables:
    """Articles with one mention each (threats, concessions, exercises by turns), and a section front."""
    makers = (mention, concession, exercise)
    front = article(articles, night, kind="section_front", reason="a list of links", title=None, text="")
    mentions = [makers[number % 3](number) for number in range(articles)]
    for row, number in zip(mentions, range(articles), strict=True):
        row |= {
            "night": night,
            "mention_id": f"mention-{night:%d}-{number}",
            "article_id": f"article-{night:%d}-{number}",
        }
    return {
        "sources": [
            {"night": night, "source": f"outlet-{number}", "title": f"Outlet {number}", "country": "GBR"}
            for number in range(3)
        ],
        "fetches": [fetch(number, night) for number in range(articles + 1)],
        "articles": [*(article(number, night) for number in range(articles)), front],
        "mentions": mentions,
    }


def empty_night(night: date = NIGHT) -> Tables:
    """The feeds answer, and hold nothing that was not read before."""
    tables = clean_night(night, articles=0)
    listings = [
        fetch(number, night, outcome="not_modified", status=304, reason="not modified") for number in range(3)
    ]
    return tables | {"fetches": listings, "articles": [], "mentions": []}


def spoil(tables: Tables, table: str, row: int = 0, **changes: Any) -> Tables:
    """A copy in which one row has other values."""
    spoiled = deepcopy(tables)
    spoiled[table][row] |= changes
    return spoiled


def load(home: Home, tables: Mapping[str, Sequence[dict[str, Any]]], night: date = NIGHT) -> None:
    """Put the night into raw as load does: in place of what stood there, gate closed."""
    with connect_build(home.build_database) as connection:
        for name, rows in tables.items():
            connection.execute(f"delete from raw.{name} where night = ?", [night])
            incoming = pa.Table.from_pylist(list(rows), schema=SCHEMAS[name])
            insert(connection, incoming, f"insert into raw.{name} by name from incoming")
        connection.execute(
            "insert or replace into ops.nights values (?, ?, ?, false, null)", [night, "digest", NOW]
        )


def query(home: Home, sql: str) -> list[tuple[Any, ...]]:
    with connect_build(home.build_database) as connection:
        return connection.execute(sql).fetchall()
