"""Arrow schemas of what lands: one row per fetched URL, one per parsed page, one per event mention.

They are the contract between the extractors and the warehouse: `raw.fetches`, `raw.articles` and
`raw.mentions` have the same columns in the same order.
"""

from __future__ import annotations

import pyarrow as pa

TIME = pa.timestamp("us", tz="UTC")

FETCHES = pa.schema(
    [
        ("night", pa.date32()),
        ("source", pa.string()),
        ("url", pa.string()),
        ("final_url", pa.string()),
        ("outcome", pa.string()),  # fetched | not_modified | unchanged | disallowed | error
        ("status", pa.int32()),
        ("reason", pa.string()),  # why it is not `fetched`
        ("bytes", pa.int64()),
        ("fetched_at", TIME),
    ]
)

# One row per page fetched in a night. `article_id` is the digest of the canonical URL, so an updated
# article keeps its id and the latest night's row is its current version.
ARTICLES = pa.schema(
    [
        ("night", pa.date32()),
        ("article_id", pa.string()),
        ("source", pa.string()),
        ("url", pa.string()),
        ("title", pa.string()),
        ("authors", pa.list_(pa.string())),
        ("published_at", TIME),
        ("modified_at", TIME),
        ("language", pa.string()),
        ("kind", pa.string()),
        ("reason", pa.string()),
        ("dateline", pa.string()),
        ("text", pa.string()),
        ("text_digest", pa.string()),  # of the normalised text: equal texts are exact duplicates
        ("minhash", pa.binary()),  # 64 little-endian uint64 over word 5-shingles; near-duplicate detection
        ("fetched_at", TIME),
        ("warc_file", pa.string()),  # relative to the home folder
        ("warc_record_id", pa.string()),
    ]
)

ACTOR = pa.struct(
    [
        ("text", pa.string()),
        ("name", pa.string()),
        ("code", pa.string()),
        ("country", pa.string()),
        ("sector", pa.string()),
    ]
)

# The family fields of the design's table, flattened with the family as prefix.
DETAILS: dict[str, list[tuple[str, pa.DataType]]] = {
    "concession": [
        ("kind", pa.string()),
        ("conceded", pa.string()),
        ("stage", pa.string()),
        ("demanded_by", pa.list_(pa.string())),
        ("in_exchange_for", pa.string()),
        ("reason", pa.string()),
        ("is_conditional", pa.bool_()),
    ],
    "threat": [
        ("kind", pa.string()),
        ("threatened_action", pa.string()),
        ("condition", pa.string()),
        ("demand", pa.string()),
        ("deadline", pa.string()),
        ("speaker", pa.string()),
        ("is_ultimatum", pa.bool_()),
    ],
    "military_exercise": [
        ("exercise_name", pa.string()),
        ("series", pa.string()),
        ("participants", pa.list_(pa.string())),
        ("host", pa.string()),
        ("directed_at", pa.list_(pa.string())),
        ("domains", pa.list_(pa.string())),
        ("is_live_fire", pa.bool_()),
        ("is_command_post", pa.bool_()),
        ("assets", pa.list_(pa.string())),
        ("personnel", pa.int64()),
        ("location", pa.string()),
        ("start_date", pa.date32()),
        ("end_date", pa.date32()),
        ("status", pa.string()),
        ("reason", pa.string()),
    ],
}
DETAIL_PREFIX = {"concession": "concession", "threat": "threat", "military_exercise": "exercise"}

MENTIONS = pa.schema(
    [
        ("night", pa.date32()),
        ("mention_id", pa.string()),  # the coder's event_id, of this article and this version of its text
        ("article_id", pa.string()),
        ("source", pa.string()),
        ("family", pa.string()),
        ("cameo_code", pa.string()),
        ("cameo_root", pa.string()),
        ("plover", pa.string()),
        ("quad_class", pa.int32()),
        ("goldstein", pa.float64()),
        ("sources", pa.list_(ACTOR)),
        ("targets", pa.list_(ACTOR)),
        ("modality", pa.string()),
        ("event_date", pa.date32()),
        ("date_precision", pa.string()),
        ("place_name", pa.string()),
        ("place_country", pa.string()),
        ("place_lat", pa.float64()),
        ("place_lon", pa.float64()),
        ("trigger_text", pa.string()),
        ("trigger_start", pa.int32()),
        ("trigger_end", pa.int32()),
        ("sentence_index", pa.int32()),
        ("sentence_start", pa.int32()),
        ("sentence_end", pa.int32()),
        ("sentence_text", pa.string()),
        ("attribution", pa.string()),
        ("confidence", pa.float64()),
        ("path", pa.string()),
        *(
            (f"{DETAIL_PREFIX[family]}_{name}", kind)
            for family, fields in DETAILS.items()
            for name, kind in fields
        ),
    ]
)
