"""Hand-made landing Parquet of our own invention: what parse and code would have written for a night."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from datasketch import MinHash

from extractors.home import Home
from extractors.landing.schema import ARTICLES, FETCHES, MENTIONS
from extractors.records import stable_id
from extractors.warehouse.database import connect_build
from extractors.warehouse.load import LoadReport, load_night

FIRST_NIGHT = date(2018, 5, 14)
NOW = datetime(2018, 5, 24, 3, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Outlet:
    name: str
    title: str
    country: str | None
    language: str | None = "en"
    ownership: str | None = "private"


OUTLETS = (
    Outlet("harbour-wire", "Harbour Wire", "GBR", ownership="agency"),
    Outlet("delta-post", "The Delta Post", "USA"),
    Outlet("ridge-times", "Ridge Times", "KOR"),
    Outlet("state-herald", "State Herald", "RUS", ownership="state"),
)


def night(number: int) -> date:
    """The first night is 1."""
    return FIRST_NIGHT + timedelta(days=number - 1)


def at(number: int, hour: int = 9) -> datetime:
    return datetime.combine(night(number), time(hour), tzinfo=UTC)


def actor(country: str, sector: str | None = None, name: str | None = None) -> dict[str, Any]:
    return {
        "text": name or country,
        "name": name or country,
        "code": country + (sector or ""),
        "country": country,
        "sector": sector,
    }


def article(number: int, slug: str, outlet: str, **given: Any) -> dict[str, Any]:
    """An article as parse lands it on the night; `slug` and `outlet` make its address."""
    url = f"https://{outlet}.example/{slug}"
    text = given.pop("text", f"The full text of {slug} as {outlet} tells it, in words that no other shares.")
    return {
        "night": night(number),
        "article_id": stable_id(url),
        "source": outlet,
        "url": url,
        "title": slug.replace("-", " ").capitalize(),
        "authors": ["A. Writer"],
        "published_at": at(number),
        "language": "en",
        "kind": "article",
        "text": text,
        "text_digest": stable_id(text),
        "minhash": minhash(text),
        "fetched_at": at(number, 23),
        "warc_file": f"warc/night={night(number)}/{outlet}/pages.warc.gz",
        "warc_record_id": f"<urn:uuid:{stable_id(url, number)}>",
        **given,
    }


def minhash(text: str) -> bytes:
    sketch = MinHash(num_perm=64)
    words = text.lower().split()
    for start in range(max(len(words) - 4, 1)):
        sketch.update(" ".join(words[start : start + 5]).encode())
    return sketch.hashvalues.astype("<u8").tobytes()


def mention(told_in: dict[str, Any], sentence: str, **given: Any) -> dict[str, Any]:
    """A mention as the coder lands it; `given` overrides any column."""
    digest = hashlib.blake2b(sentence.encode(), digest_size=2).digest()
    start = int.from_bytes(digest, "big")
    return {
        "night": told_in["night"],
        "mention_id": stable_id(told_in["article_id"], told_in["text_digest"], sentence, str(given)),
        "article_id": told_in["article_id"],
        "source": told_in["source"],
        "cameo_code": "040",
        "cameo_root": "04",
        "plover": "CONSULT",
        "quad_class": 1,
        "goldstein": 1.0,
        "sources": [actor("USA", "GOV")],
        "targets": [actor("PRK", "GOV")],
        "modality": "asserted",
        "date_precision": "publication",
        "trigger_text": sentence.split()[1],
        "trigger_start": start + 4,
        "trigger_end": start + 9,
        "sentence_index": 0,
        "sentence_start": start,
        "sentence_end": start + len(sentence),
        "sentence_text": sentence,
        "confidence": 0.8,
        "path": "meet",
        **given,
    }


def threat(told_in: dict[str, Any], sentence: str, **given: Any) -> dict[str, Any]:
    return mention(
        told_in,
        sentence,
        **{
            "family": "threat",
            "cameo_code": "134",
            "cameo_root": "13",
            "plover": "THREATEN",
            "quad_class": 3,
            "goldstein": -5.8,
            "sources": [actor("PRK", "GOV")],
            "targets": [actor("USA")],
            "modality": "conditional",
            "threat_kind": "diplomatic",
            **given,
        },
    )


def concession(told_in: dict[str, Any], sentence: str, **given: Any) -> dict[str, Any]:
    return mention(
        told_in,
        sentence,
        **{
            "family": "concession",
            "cameo_code": "087",
            "cameo_root": "08",
            "plover": "RETREAT",
            "quad_class": 2,
            "goldstein": 9.0,
            "concession_kind": "exercise or deployment halted or reduced",
            **given,
        },
    )


def exercise(told_in: dict[str, Any], sentence: str, status: str, **given: Any) -> dict[str, Any]:
    participants = given.get("exercise_participants", ["USA", "KOR", "JPN"])
    return mention(
        told_in,
        sentence,
        **{
            "family": "military_exercise",
            "cameo_code": "062",
            "cameo_root": "06",
            "plover": "COOPERATE",
            "quad_class": 2,
            "goldstein": 7.4,
            "sources": [actor(country, "MIL") for country in participants],
            "targets": [],
            "exercise_participants": participants,
            "exercise_status": status,
            **given,
        },
    )


def fetch(number: int, outlet: str, path: str, **given: Any) -> dict[str, Any]:
    url = f"https://{outlet}.example/{path}"
    return {
        "night": night(number),
        "source": outlet,
        "url": url,
        "final_url": url,
        "outcome": "fetched",
        "status": 200,
        "bytes": 2_000,
        "fetched_at": at(number, 23),
        **given,
    }


def land(
    home: Home,
    number: int,
    *,
    articles: Sequence[dict[str, Any]] = (),
    mentions: Sequence[dict[str, Any]] = (),
    fetches: Sequence[dict[str, Any]] = (),
) -> None:
    """Write the night's landing, in place of what stood there."""
    day = night(number)
    _write(home.articles(day) / "part-0000.parquet", articles, ARTICLES)
    _write(home.mentions(day) / "batch-0000.parquet", mentions, MENTIONS)
    _write(home.root / "landing" / "fetches" / f"night={day}" / "fetches.parquet", fetches, FETCHES)


def _write(path: Any, rows: Sequence[dict[str, Any]], schema: pa.Schema) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    full = [{name: row.get(name) for name in schema.names} for row in rows]
    pq.write_table(pa.Table.from_pylist(full, schema=schema), path)


def load(home: Home, number: int, *, is_checked: bool = True) -> LoadReport:
    """Load the night and, as the gate would, pass it."""
    report = load_night(home=home, night=night(number), sources=OUTLETS, now=NOW)
    if is_checked:
        with connect_build(home.build_database) as connection:
            connection.execute(
                "update ops.nights set is_checked = true, checked_at = ? where night = ?",
                [NOW, night(number)],
            )
    return report


def pass_build(home: Home) -> None:
    """As the gate on the marts would: the latest build is fit to publish."""
    with connect_build(home.build_database) as connection:
        connection.execute("update ops.builds set is_checked = true, checked_at = ?", [NOW])
