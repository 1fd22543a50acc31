"""JSON Lines and night batches: in order, flushed, deterministic, bad lines named."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extractors.errors import StageError
from extractors.events.batch import code_batch
from extractors.events.coder import Coder
from extractors.events.jsonl import code_lines
from extractors.landing.schema import ARTICLES, MENTIONS
from extractors.records import CodeInput, Family

THREAT = "Iran threatened to attack Israel if the talks fail."
NIGHT = date(2018, 5, 16)


def test_one_line_out_for_each_line_in(coder: Coder) -> None:
    lines = [
        json.dumps({"id": "a", "text": THREAT, "published_at": "2018-05-16"}),
        "{not json",
        json.dumps({"id": 7, "text": "Nothing happened.", "title": None}),
        json.dumps({"id": "c"}),
        json.dumps(["a list"]),
        json.dumps({"id": "d", "text": THREAT, "published_at": "yesterday"}),
        "",
        json.dumps({"id": "e", "text": THREAT}).encode(),
    ]
    out = io.StringIO()
    problems = code_lines(lines, coder=coder, out=out)
    records = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [record["id"] for record in records] == ["a", "7", "e"]
    assert [problem.line for problem in problems] == [2, 4, 5, 6]
    assert "text" in problems[1].what
    assert "published_at" in problems[3].what
    event = records[0]["events"][0]
    assert event["family"] == "threat"
    assert event["details"]["condition"] == "if the talks fail"
    assert event["event_date"] == "2018-05-16"
    assert set(event) >= {"event_id", "sources", "targets", "modality", "trigger", "sentence", "confidence"}


def test_a_line_is_written_before_the_next_is_read(coder: Coder) -> None:
    out = io.StringIO()

    def lines() -> Iterator[str]:
        yield json.dumps({"id": "first", "text": THREAT})
        assert '"first"' in out.getvalue()
        yield json.dumps({"id": "second", "text": THREAT})

    assert code_lines(lines(), coder=coder, out=out) == []
    assert len(out.getvalue().splitlines()) == 2


def test_code_streams_in_order(coder: Coder) -> None:
    items = (CodeInput(str(number), THREAT) for number in range(3))
    stream = coder.code(items)
    first = next(stream)
    assert (first[0], first[1][0].family) == ("0", Family.THREAT)
    assert [identifier for identifier, _ in stream] == ["1", "2"]


def articles(path: Path) -> Path:
    texts = {
        "a1": ("article", "en", THREAT),
        "a2": ("article", "en", "Canada agreed to lift its sanctions on Belarus.\n\nIt rained."),
        "a3": ("section_front", "en", THREAT),
        "a4": ("article", "de", "Der Iran drohte Israel mit Krieg."),
        "a5": ("article", "en", ""),
        "a6": (
            "opinion",
            "en",
            "Morocco and Spain held naval exercises off Ceuta on 3 May with 2,000 troops.",
        ),
    }
    rows = [
        dict.fromkeys(ARTICLES.names)
        | {
            "night": NIGHT, "article_id": key, "source": "test", "url": f"http://x.test/{key}", "kind": kind,
            "language": language, "text": text, "text_digest": f"digest-{key}",
            "published_at": datetime(2018, 5, 16, 8, tzinfo=UTC),
        }
        for key, (kind, language, text) in texts.items()
    ]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(rows, schema=ARTICLES), path)
    return path


def test_a_batch_lands_as_mentions(coder: Coder, tmp_path: Path) -> None:
    source, out = articles(tmp_path / "articles.parquet"), tmp_path / "night" / "batch-0000.parquet"
    steps: list[int] = []
    report = code_batch(articles=source, night=NIGHT, out=out, coder=coder, on_progress=steps.append)
    table = pq.read_table(out)
    assert table.schema.equals(MENTIONS)
    rows = {row["article_id"]: row for row in table.to_pylist()}
    assert set(rows) == {"a1", "a2", "a6"}
    assert rows["a1"]["threat_condition"] == "if the talks fail"
    assert rows["a2"]["concession_stage"] == "agreed"
    assert rows["a2"]["threat_condition"] is None
    assert rows["a6"]["exercise_participants"] == ["ESP", "MAR"]
    assert rows["a6"]["exercise_personnel"] == 2000
    assert rows["a6"]["exercise_start_date"] == date(2018, 5, 3)
    assert report.articles == 3
    assert report.mentions == table.num_rows
    assert report.skipped == {"kind section_front": 1, "language de": 1, "no text": 1}
    assert sum(steps) == 6


def test_a_batch_is_the_same_to_the_byte(coder: Coder, tmp_path: Path) -> None:
    source = articles(tmp_path / "articles.parquet")
    files = [tmp_path / "one.parquet", tmp_path / "two.parquet"]
    for file in files:
        code_batch(articles=[source], night=NIGHT, out=file, coder=coder)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_batch_takes_some_articles_only(coder: Coder, tmp_path: Path) -> None:
    source = articles(tmp_path / "articles.parquet")
    by_rows = code_batch(articles=source, night=NIGHT, out=tmp_path / "r.parquet", coder=coder, rows=(1, 4))
    by_id = code_batch(
        articles=source, night=NIGHT, out=tmp_path / "i.parquet", coder=coder, article_ids={"a2"}
    )
    assert by_rows.articles == by_id.articles == 1
    ids = pq.read_table(tmp_path / "i.parquet")["article_id"].to_pylist()
    assert set(ids) == {"a2"}


def test_an_unreadable_article_file_is_named(coder: Coder, tmp_path: Path) -> None:
    broken = tmp_path / "articles.parquet"
    broken.write_bytes(b"no parquet")
    with pytest.raises(StageError, match=r"articles\.parquet"):
        code_batch(articles=broken, night=NIGHT, out=tmp_path / "out.parquet", coder=coder)
    assert not (tmp_path / "out.parquet").exists()
