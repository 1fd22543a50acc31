"""An event in, its row of the MENTIONS table out: the record flattened, family fields under their prefix."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import pyarrow as pa

from extractors.landing.schema import DETAIL_PREFIX, DETAILS
from extractors.records import Event, stable_id


def mention_row(
    event: Event, *, night: date, article_id: str, source: str | None, text_digest: str
) -> dict[str, Any]:
    """`mention_id`: the telling's id with the digest of the text; an updated article has its own."""
    place = event.place
    row: dict[str, Any] = {
        "night": night,
        "mention_id": stable_id(event.mention_id or event.event_id, text_digest),
        "article_id": article_id,
        "source": source,
        "family": event.family.value if event.family else None,
        "cameo_code": event.cameo_code,
        "cameo_root": event.cameo_root,
        "plover": event.plover,
        "quad_class": event.quad_class,
        "goldstein": event.goldstein,
        "sources": [asdict(actor) for actor in event.sources],
        "targets": [asdict(actor) for actor in event.targets],
        "modality": event.modality.value,
        "event_date": event.event_date,
        "date_precision": event.date_precision.value,
        "place_name": place.name if place else None,
        "place_country": place.country if place else None,
        "place_lat": place.lat if place else None,
        "place_lon": place.lon if place else None,
        "trigger_text": event.trigger.text,
        "trigger_start": event.trigger.start,
        "trigger_end": event.trigger.end,
        "sentence_index": event.sentence.index,
        "sentence_start": event.sentence.start,
        "sentence_end": event.sentence.end,
        "sentence_text": event.sentence.text,
        "attribution": event.attribution,
        "confidence": event.confidence,
        "path": event.path,
    }
    return row | _details(event)


def _details(event: Event) -> dict[str, Any]:
    """Every family's columns; those of other families are null."""
    row: dict[str, Any] = {}
    for family, fields in DETAILS.items():
        own = event.details if event.family == family else {}
        for name, kind in fields:
            row[f"{DETAIL_PREFIX[family]}_{name}"] = _value(own.get(name), kind)
    return row


def _value(value: Any, kind: pa.DataType) -> Any:
    if pa.types.is_date(kind) and isinstance(value, str):
        return date.fromisoformat(value)
    return value
