"""What came of a night, and what state the home folder is in, as tables in the terminal."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from textwrap import shorten
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractors.home import Home
from extractors.pipeline.display import stage_views
from extractors.pipeline.journal import Entry, Journal, State
from extractors.pipeline.stages import Run, utc_now
from extractors.settings import Settings
from extractors.warehouse.query import run_query
from extractors.warehouse.status import Snapshot, status

EVIDENCE_LENGTH = 170
WHO_WIDTH = 10
NIGHTS_SHOWN = 10
TABLES_SHOWN = (
    "fct_events",
    "fct_concessions",
    "fct_threats",
    "fct_military_exercises",
    "fct_event_mentions",
    "dim_articles",
)
QUARANTINE_HINT = (
    'look: communique query "select * from quarantine.rows"; let a row in: communique release TABLE KEY'
)
FAILURES_SHOWN = 5
SQL = Path(__file__).with_name("sql")


def print_summary(run: Run, console: Console) -> None:
    """The night in counts, its events by family, the most telling rows, and where to look further."""
    entries = run.journal.entries()
    console.print(_counts_table(run, entries))
    console.print(_family_table(run.home))
    console.print(_rows_table(run.home))
    for entry in _failures(entries):
        console.print(f"{entry.stage} {entry.key} failed: {entry.error}", style="yellow", markup=False)
    for told in _uncoded(entries):
        console.print(told, style="yellow", markup=False, highlight=False)
    console.print(f"Published snapshot: {_shown(run.home.snapshot)}", highlight=False, soft_wrap=True)
    console.print('Query it: communique query "select * from fct_threats"', highlight=False, soft_wrap=True)


def _uncoded(entries: list[Entry]) -> list[str]:
    """Articles that the coder could not code, the first of them by name."""
    failures = [told for entry in entries for told in entry.counts.get("failures", ())]
    shown = [f"not coded: {told}" for told in failures[:FAILURES_SHOWN]]
    more = len(failures) - len(shown)
    return [*shown, f"and {more} more; run again to try them again"] if more > 0 else shown


def print_status(settings: Settings, console: Console, *, now: datetime) -> None:
    """The last nights with their stages, the snapshot with its age and rows, the quarantine."""
    home = Home(settings.home.absolute())
    journals = sorted((home.root / "runs").glob("night=*/journal.jsonl"), reverse=True)[:NIGHTS_SHOWN]
    if not journals:
        console.print(f"no night has run yet in {_shown(home.root)}; start with: communique run --demo")
        return
    console.print(_nights_table(journals))
    for entry in _failures(Journal(journals[0], utc_now).entries()):
        console.print(f"{entry.stage} {entry.key}: {entry.error}", style="red", markup=False)
    found = status(home)
    console.print(_snapshot_told(found.snapshot, now), markup=False, highlight=False, soft_wrap=True)
    console.print(_quarantine_told(found.quarantined))
    if found.is_busy:
        console.print("A run is writing at the moment; the counts are those of the last publication.")


def _snapshot_told(snapshot: Snapshot | None, now: datetime) -> str:
    if snapshot is None:
        return "Nothing is published yet."
    hours = (now - snapshot.published_at).total_seconds() / 3600
    rows = ", ".join(f"{snapshot.rows.get(name, 0):,} in {name}" for name in TABLES_SHOWN)
    return (
        f"Published {hours:.1f} h ago: night {snapshot.night}, {snapshot.bytes / 1e6:.1f} MB, "
        f"{_shown(snapshot.path)}\n  rows: {rows}"
    )


def _quarantine_told(held: dict[tuple[str, str], int]) -> Table | str:
    if not held:
        return "Quarantine: empty"
    table = Table("table", "expectation", "rows", title="Quarantine", caption=QUARANTINE_HINT)
    for (name, expectation), count in sorted(held.items()):
        table.add_row(name, expectation, str(count))
    return table


def _counts_table(run: Run, entries: list[Entry]) -> Table:
    counts = {stage: _sum_counts(entries, stage) for stage in ("fetch", "parse", "code")}
    seconds = {view.stage: view.seconds for view in stage_views(entries)}
    table = Table("stage", "what", "seconds", title=f"Night of {run.night}")
    table.add_row("fetch", _told(counts["fetch"]), f"{seconds.get('fetch', 0):.1f}")
    table.add_row("parse", _told(counts["parse"]), f"{seconds.get('parse', 0):.1f}")
    table.add_row("code", _told(counts["code"]), f"{seconds.get('code', 0):.1f}")
    for stage in ("load", "check_raw", "build", "check_marts", "publish"):
        table.add_row(stage, _told(_sum_counts(entries, stage)), f"{seconds.get(stage, 0):.1f}")
    table.add_row("all", "", f"{_whole(entries):.1f}", style="bold")
    return table


def _sum_counts(entries: list[Entry], stage: str) -> dict[str, int]:
    finished = {
        entry.key: entry for entry in entries if entry.stage == stage and entry.state is State.FINISHED
    }
    totals: dict[str, int] = {}
    for entry in finished.values():
        for name, value in entry.counts.items():
            if isinstance(value, int) and not isinstance(value, bool):
                totals[name] = totals.get(name, 0) + value
            elif isinstance(value, dict):
                for part, number in value.items():
                    totals[part] = totals.get(part, 0) + number
    return totals


def _told(counts: dict[str, int]) -> str:
    return ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in counts.items() if number)


def _whole(entries: list[Entry]) -> float:
    return (entries[-1].at - entries[0].at).total_seconds() if entries else 0.0


def _failures(entries: list[Entry]) -> list[Entry]:
    latest = {(entry.stage, entry.key): entry for entry in entries}
    return [entry for entry in latest.values() if entry.state is State.FAILED]


def _family_table(home: Home) -> Table:
    return _query_table(home, "families", "Events in the snapshot, by family")


def _rows_table(home: Home) -> Table:
    table = Table(title="The ten most telling rows", show_lines=True, expand=True)
    table.add_column("family")
    table.add_column("who → whom", min_width=WHO_WIDTH, max_width=WHO_WIDTH)
    table.add_column("what", ratio=2)
    table.add_column("status", ratio=2)
    table.add_column("evidence", ratio=4)
    for row in run_query(home, _sql("telling_rows")).to_pylist():
        sides = f"{row['who'] or '?'} → {row['whom'] or '?'}"
        evidence = shorten(row["evidence"], EVIDENCE_LENGTH, placeholder=" …")
        cells = (row["family"], sides, row["what"] or "", row["status"] or "", evidence)
        table.add_row(*map(Text, cells))
    return table


def _nights_table(journals: list[Path]) -> Table:
    table = Table("night", "began (UTC)", "took", "state", title="Nights")
    for path in journals:
        entries = Journal(path, utc_now).entries()
        began = f"{entries[0].at:%Y-%m-%d %H:%M}" if entries else "-"
        table.add_row(
            path.parent.name.removeprefix("night="), began, f"{_whole(entries):.0f} s", _state(entries)
        )
    return table


def _state(entries: list[Entry]) -> str:
    """`published`, or the stage that failed or was last under way."""
    views = stage_views(entries)
    if not views:
        return "empty"
    last = views[-1]
    if last.stage == "publish" and last.finished:
        failed = sum(len(view.failed) for view in views)
        return f"published, {failed} part(s) failed" if failed else "published"
    return f"failed in {last.stage}" if last.failed else f"under way or stopped in {last.stage}"


def _query_table(home: Home, name: str, title: str) -> Table:
    rows: list[dict[str, Any]] = run_query(home, _sql(name)).to_pylist()
    table = Table(*(rows[0] if rows else ["nothing"]), title=title)
    for row in rows:
        table.add_row(*(Text("" if value is None else str(value)) for value in row.values()))
    return table


def _sql(name: str) -> str:
    return (SQL / f"{name}.sql").read_text()


def _shown(path: Path) -> str:
    """The path as short as it can be written from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
