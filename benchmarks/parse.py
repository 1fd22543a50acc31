"""Saved pages in; speed, and how often each reader and the choice between them are right, out.

    python benchmarks/parse.py                     # our own pages, tests/articles/pages and outlets
    python benchmarks/parse.py --pages FOLDER      # FOLDER/articles*.jsonl names pages under FOLDER/html
    COMMUNIQUE_BENCH_PAGES=FOLDER python benchmarks/parse.py
    python benchmarks/parse.py --damaged 2000      # and cut, scrambled, spliced and random pages besides

A listed page has `html_path` and `url`, and of `title`, `date` (YYYY-MM-DD), `authors` and `reference_body`
those that are known. Times are in UTC, dates may be the outlet's own: a day is right within 24 hours.

`title` is equality without case and punctuation, `exact` to the letter. `text` is F1 over runs of four
words, in the mean over pages; `shingles` is what the public article-extraction-benchmark computes: the mean
precision over pages with text found and the mean recall over pages with text expected, made one F1.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table
from trafilatura import bare_extraction
from trafilatura.settings import Document

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # runs from a clone without installing

from extractors.articles.authors import clean_authors  # noqa: E402
from extractors.articles.bounds import Bounds  # noqa: E402
from extractors.articles.document import open_page  # noqa: E402
from extractors.articles.parse import parse_page  # noqa: E402
from extractors.articles.readers import readers  # noqa: E402
from extractors.articles.readers.base import Reader  # noqa: E402
from extractors.articles.readers.trafilatura_reader import TrafilaturaReader, paragraphs_of  # noqa: E402
from extractors.articles.text import compose  # noqa: E402
from extractors.articles.titles import clean_title, site_names, title_key  # noqa: E402
from extractors.records import Page  # noqa: E402

OWN = (ROOT / "tests" / "articles" / "pages", ROOT / "tests" / "articles" / "outlets")
NOW = datetime(2027, 1, 1, tzinfo=UTC)
FIELDS = ("title", "authors", "day", "text")
COLUMNS = ("title", "exact", "authors", "day", "text", "shingles")
# trafilatura's other ways of reading, to choose between them by figures.
VARIANTS = (
    TrafilaturaReader("trafilatura, precision", fast=True, focus="precision"),
    TrafilaturaReader("trafilatura, recall", fast=True, focus="recall"),
)
WORD = re.compile(r"\w+")
SHINGLE = 4


@dataclass(frozen=True, slots=True)
class Gold:
    """A page and what is known of it; None is not known and not scored."""

    page: Page
    title: str | None
    authors: tuple[str, ...] | None
    day: date | None
    text: str | None


def own_pages(folder: Path) -> Iterator[Gold]:
    for name, item in yaml.safe_load((folder / "expected.yml").read_text(encoding="utf-8")).items():
        if item["kind"] not in {"article", "opinion"}:
            continue
        html = (folder / item.get("file", f"{name}.html")).read_bytes()
        page = Page(name, item["url"], html, item.get("content_type"))
        day = datetime.fromisoformat(item["published_at"]).date()
        dateline = f"{item['dateline']} - " if item.get("dateline") else ""
        text = dateline + "\n\n".join(item["paragraphs"])
        yield Gold(page, item["title"], tuple(item["authors"]), day, text)


def listed_pages(folder: Path) -> Iterator[Gold]:
    for listing in sorted(folder.glob("articles*.jsonl")):
        for line in listing.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            path = folder / (item.get("html_path") or "-")
            if path.is_file():
                page = Page(item["id"], item["url"], path.read_bytes())
                day = date.fromisoformat(item["date"]) if item.get("date") else None
                authors = tuple(item["authors"]) if item.get("authors") is not None else None
                yield Gold(page, item.get("title"), authors, day, _body(item.get("reference_body")))


def _body(reference: Any) -> str | None:
    """All strings of a reference body, in order: a text, a list, or sections with paragraphs."""
    if isinstance(reference, dict):
        reference = reference.get("body", reference)
    strings = list(_strings(reference))
    return "\n\n".join(strings) or None


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


def f1(found: Iterable[Any], expected: Iterable[Any]) -> float:
    have, want = Counter(found), Counter(expected)
    if not have or not want:
        return float(have == want)
    shared = sum((have & want).values())
    return 2 * shared / (sum(have.values()) + sum(want.values()))


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words; a shorter text is one run, an empty one none."""
    words = WORD.findall(text)
    runs = range(max(1, len(words) - SHINGLE + 1)) if words else ()
    return Counter(tuple(words[start : start + SHINGLE]) for start in runs)


def scores(
    gold: Gold, title: str, authors: Iterable[str], at: datetime | None, text: str
) -> dict[str, float]:
    found: dict[str, float] = {}
    if gold.title:
        found["title"] = float(title_key(title) == title_key(gold.title))
        found["exact"] = float(title == gold.title)
    if gold.authors is not None:
        found["authors"] = f1(
            (name.casefold() for name in authors), (name.casefold() for name in gold.authors)
        )
    if gold.day:
        noon = datetime(gold.day.year, gold.day.month, gold.day.day, 12, tzinfo=UTC)
        found["day"] = float(at is not None and abs(at - noon) <= timedelta(hours=36))
    if gold.text:
        have, want = shingles(text), shingles(gold.text)
        shared = (have & want).total()
        found["text"] = 2 * shared / (have.total() + want.total())
        found["recall"] = shared / want.total()
        if have:
            found["precision"] = shared / have.total()
    return found


def of_choice(gold: Gold) -> dict[str, float]:
    article = parse_page(gold.page, now=NOW)
    text = f"{article.dateline} - {article.text}" if article.dateline else article.text
    return scores(gold, article.title or "", article.authors, article.published_at, text)


def of_reader(reader: Reader) -> Callable[[Gold], dict[str, float]]:
    """A reader alone, with the cleaning that every reader's values get."""

    def score(gold: Gold) -> dict[str, float]:
        document = open_page(gold.page, now=NOW, bounds=Bounds())
        if document is None:
            return scores(gold, "", (), None, "")
        title = clean_title(reader.title(document) or "", document)
        moment = reader.published_at(document)
        composed = compose(reader.text(document), titles=(title,))
        text = f"{composed.dateline} - {composed.text}" if composed.dateline else composed.text
        at = moment.in_utc(None) if moment else None
        authors = clean_authors(reader.authors(document), sites=site_names(document))
        return scores(gold, title, authors, at, text)

    return score


def of_library(*, favor_precision: bool) -> Callable[[Gold], dict[str, float]]:
    """trafilatura by itself: no pruning, layout or cleaning of ours."""

    def score(gold: Gold) -> dict[str, float]:
        found = bare_extraction(
            gold.page.html,
            url=gold.page.url,
            include_comments=False,
            with_metadata=True,
            favor_precision=favor_precision,
        )
        if not isinstance(found, Document):
            return scores(gold, "", (), None, "")
        at = datetime.fromisoformat(found.date).replace(tzinfo=UTC) if found.date else None
        authors = found.author.split("; ") if found.author else ()
        return scores(gold, found.title or "", authors, at, "\n\n".join(paragraphs_of(found.body)))

    return score


def measure(name: str, pages: list[Gold], score: Callable[[Gold], dict[str, float]]) -> list[str]:
    sums: dict[str, list[float]] = defaultdict(list)
    score(pages[0])  # what is loaded at the first call is not the reader's speed
    before = process_time()
    for gold in pages:
        for field, value in score(gold).items():
            sums[field].append(value)
    speed = len(pages) / (process_time() - before)
    means = {field: sum(values) / len(values) for field, values in sums.items()}
    if means.get("precision") and means.get("recall"):
        precision, recall = means["precision"], means["recall"]
        means["shingles"] = 2 * precision * recall / (precision + recall)
    cells = (f"{means[field]:.3f}" if field in means else "" for field in COLUMNS)
    return [name, *cells, f"{speed:.0f}"]


def speed(pages: list[Gold], rounds: int) -> str:
    before = process_time()
    for _ in range(rounds):
        for gold in pages:
            parse_page(gold.page, now=NOW)
    seconds = process_time() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    size = sum(len(gold.page.html) for gold in pages) / len(pages) / 1024
    return (
        f"{rounds * len(pages) / seconds:.1f} pages per CPU second with all fields "
        f"({size:.0f} KB a page in the mean), {memory} MB at most"
    )


def damage(html: bytes, other: bytes, chance: Random) -> bytes:
    """One way out of five in which a page arrives broken."""
    at, until = sorted((chance.randrange(len(html)), chance.randrange(len(html))))
    noise = bytearray(html)
    for _ in range(chance.randrange(1, 200)):
        noise[chance.randrange(len(noise))] = chance.randrange(256)
    moved = html[:at] + html[until:] + html[at:until]
    spliced = html[:at] + other[chance.randrange(len(other)) :]
    return chance.choice([html[:at], bytes(noise), moved, spliced, chance.randbytes(until - at)])


def damaged(pages: list[Gold], count: int) -> str:
    chance, kinds, slowest = Random(7), Counter[str](), 0.0
    sources = [bytes(gold.page.html) for gold in pages if isinstance(gold.page.html, bytes)]
    for number in range(count):
        html = damage(chance.choice(sources), chance.choice(sources), chance)
        before = process_time()
        article = parse_page(Page(str(number), "https://www.example.org/world/a-page", html), now=NOW)
        slowest = max(slowest, process_time() - before)
        kinds[str(article.kind)] += 1
    named = ", ".join(f"{kind} {number}" for kind, number in kinds.most_common())
    return f"{count} damaged pages, no error: {named}; the slowest took {slowest:.2f} CPU s"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    given = os.environ.get("COMMUNIQUE_BENCH_PAGES")
    arguments.add_argument("--pages", type=Path, default=Path(given) if given else None)
    arguments.add_argument("--rounds", type=int, default=10)
    arguments.add_argument("--damaged", type=int, default=0)
    options = arguments.parse_args()
    pages = (
        list(listed_pages(options.pages))
        if options.pages
        else [gold for own in OWN for gold in own_pages(own)]
    )
    if not pages:
        raise SystemExit(f"{options.pages}: no articles*.jsonl there names a page that exists")
    for gold in pages:
        parse_page(gold.page, now=NOW)  # models and rules are loaded before the clock runs
    known = {field: sum(getattr(gold, field) is not None for gold in pages) for field in FIELDS}
    counts = ", ".join(f"{field} {known[field]}" for field in FIELDS)
    table = Table("reader", *COLUMNS, "pages/CPU s", title=f"{len(pages)} pages, known: {counts}")
    table.add_row(*measure("choice", pages, of_choice), style="bold")
    for reader in (*readers().values(), *VARIANTS):
        table.add_row(*measure(reader.name, pages, of_reader(reader)))
    table.add_row(*measure("the library trafilatura", pages, of_library(favor_precision=False)))
    table.add_row(*measure("its favor_precision", pages, of_library(favor_precision=True)))
    console = Console(width=120)
    console.print(table)
    console.print(speed(pages, options.rounds))
    if options.damaged:
        console.print(damaged(pages, options.damaged))


if __name__ == "__main__":
    main()
