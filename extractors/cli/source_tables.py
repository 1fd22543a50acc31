"""Findings of a check, and of a site, in; tables for the terminal out."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from extractors.cli.source_findings import Findings
from extractors.fetch.discover import Discovery
from extractors.sources.discover import yaml_lines


def show_findings(found: Findings, out: Console) -> None:
    """One source: a table of what was found, one of samples, and what is to be done."""
    out.rule(f"{found.name} ({found.kind})", align="left")
    facts = Table.grid(padding=(0, 2))
    for name, value in _facts(found):
        facts.add_row(Text(name, style="bold"), Text(value))
    out.print(facts)
    if found.samples:
        table = Table("published", "title", "first words", show_edge=False, pad_edge=False)
        for sample in found.samples:
            day = (sample.published_at or "no date")[:16].replace("T", " ")
            table.add_row(day, Text(sample.title or "no title"), Text(f"{sample.first_words} …"))
        out.print(table)
    for problem in found.problems:
        style = "red" if problem.is_fatal else "yellow"
        out.print(Text(f"{'problem' if problem.is_fatal else 'note'}: {problem.what}", style=style))
        out.print(Text(f"  next: {problem.next_step}"))


def _facts(found: Findings) -> Iterator[tuple[str, str]]:
    yield "location", found.location
    if found.entries or found.listings:
        dated = f", {found.dated_entries} dated, newest {found.newest}" if found.newest else ", none dated"
        yield "listed", f"{found.entries} pages in {found.listings} listings{dated}"
    for robots in found.robots:
        pause = f", Crawl-delay {robots.crawl_delay:g} s" if robots.crawl_delay else ""
        sitemaps = f", names {', '.join(robots.sitemaps)}" if robots.sitemaps else ""
        yield "robots.txt", f"{robots.host}: HTTP {robots.status}{pause}{sitemaps}"
    if found.entries:
        yield (
            "tried",
            f"{found.fetched} fetched, {found.disallowed} disallowed, {found.failed} failed",
        )
    if parsed := found.parsed if found.parsed.pages else None:
        of = parsed.pages
        yield "kinds", _counts(parsed.kinds)
        yield "languages", _counts(parsed.languages)
        yield (
            "fields",
            f"title {parsed.with_title}/{of}, authors {parsed.with_authors}/{of}, "
            f"date {parsed.with_date}/{of}, text {parsed.median_words} words (median)",
        )


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def show_discovery(found: Discovery, out: Console) -> None:
    """One site: what it offers, then the lines to add for the best of it."""
    out.rule(found.url, align="left")
    out.print(f"robots.txt: {f'HTTP {found.robots}' if found.robots else 'no answer'}", highlight=False)
    address = Column("address", overflow="fold")
    table = Table("kind", address, "named by", "lists", "newest", show_edge=False, pad_edge=False)
    for tried in found.tried:
        count = f"{tried.entries} pages" if tried.entries else f"{tried.listings} sitemaps"
        newest = f"{tried.newest:%Y-%m-%d %H:%M}" if tried.newest else ""
        cells = (
            tried.candidate.kind,
            tried.candidate.url,
            tried.candidate.found,
            tried.problem or count,
            newest,
        )
        table.add_row(*map(Text, cells), style=None if tried.is_usable else "dim")
    out.print(table)
    if found.best:
        out.print("\nLines to add under `sources:`, to be checked by you:\n", highlight=False)
        out.print(yaml_lines(found.best.candidate, found.info), markup=False, highlight=False, soft_wrap=True)
