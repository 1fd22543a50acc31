"""A piece of an article in, the messages that ask for its events out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from extractors.events.llm.answer import schema
from extractors.records import stable_id
from extractors.reference import cameo_events

PROMPT = Path(__file__).parent / "prompt.md"

Message = dict[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """Characters `start` to `end` of an article, which are asked about at once."""

    title: str | None
    published_at: datetime | None
    text: str
    start: int

    def messages(self) -> list[Message]:
        return [
            {"role": "system", "content": instructions()},
            {"role": "user", "content": json.dumps(self._record(), ensure_ascii=False)},
        ]

    def key(self, **context: Any) -> str:
        """The same for the same words under the same prompt; `context` is what else bears on the answer."""
        return stable_id(json.dumps([self.messages(), context], sort_keys=True), length=32)

    def _record(self) -> dict[str, str | None]:
        published = self.published_at.isoformat() if self.published_at else None
        return {"published_at": published, "title": self.title, "text": self.text}


@cache
def instructions() -> str:
    """The prompt with the CAMEO codes and the schema; about 6,000 tokens."""
    codes = "\n".join(f"{code} {event.label}" for code, event in cameo_events().items())
    told = PROMPT.read_text(encoding="utf-8")
    return f"{told}\nCAMEO codes:\n{codes}\n\nJSON schema of the answer:\n{json.dumps(schema())}\n"
