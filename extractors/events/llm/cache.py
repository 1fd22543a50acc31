"""The digest of a question in, the answer that was given to it before out."""

from __future__ import annotations

import json
from pathlib import Path

from extractors.home import write_atomically


class AnswerCache:
    """One small file an answer, so that a second run asks nothing; delete the folder to ask anew."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> str | None:
        try:
            content = json.loads(self._file(key).read_text(encoding="utf-8"))["content"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return content if isinstance(content, str) else None

    def put(self, key: str, content: str, *, model: str, tokens: int) -> None:
        record = {"model": model, "tokens": tokens, "content": content}
        text = json.dumps(record, ensure_ascii=False)
        write_atomically(self._file(key), lambda path: path.write_text(text, encoding="utf-8"))

    def _file(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"
