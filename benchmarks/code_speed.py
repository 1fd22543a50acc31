"""Articles in, the coder's speed out: articles, words and sentences a second on one core, and peak memory.

    python benchmarks/code_speed.py [ARTICLES.jsonl] [COUNT]

Without a file the articles of the demo newsroom are read, over and over until COUNT (default 300) are coded.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from extractors.events.coder import Coder
from extractors.events.splitter import split_sentences

ROOT = Path(__file__).resolve().parents[1]


def texts(source: Path | None) -> list[str]:
    if source is not None:
        return [json.loads(line)["text"] for line in source.read_text(encoding="utf-8").splitlines()]
    pages = sorted((ROOT / "extractors" / "newsroom" / "articles").rglob("*.md"))
    bodies = [page.read_text(encoding="utf-8").split("---", 2)[-1] for page in pages]
    return bodies or [(ROOT / "tests" / "events" / "korea.txt").read_text(encoding="utf-8")]


def measure(coder: Coder, articles: Iterator[str]) -> dict[str, float]:
    """Code the articles one after the other; seconds are of the processor."""
    count = words = sentences = events = 0
    started = time.process_time()
    for text in articles:
        events += len(coder.code_text(text))
        count, words = count + 1, words + len(text.split())
        sentences += sum(1 for _ in split_sentences(text))
    seconds = time.process_time() - started
    return {
        "articles": count,
        "words": words,
        "events": events,
        "seconds": round(seconds, 1),
        "articles a second": round(count / seconds, 1),
        "articles of 500 words a second": round(words / 500 / seconds, 1),
        "sentences a second": round(sentences / seconds, 1),
        "peak memory in MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    figures = measure(Coder(), islice(cycle(texts(source)), count))
    for name, value in figures.items():
        sys.stdout.write(f"{name:32s} {value}\n")


if __name__ == "__main__":
    main()
