"""A night's rows, or the marts, into a report and a mark that they may go on; a failed gate raises."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from extractors.errors import GateError
from extractors.home import Home
from extractors.settings import Settings
from extractors.warehouse.batches import (
    batch_parameters,
    cameo_table,
    define_macros,
    expected_columns,
    read_batch,
)
from extractors.warehouse.database import connect_build, transaction
from extractors.warehouse.limits import load_limits
from extractors.warehouse.quarantine import (
    Hold,
    holds_of,
    reasons_by_key,
    replace_holds,
    without_released,
)
from extractors.warehouse.suites import Consequence, Finding, SuiteRunner, unreadable
from extractors.warehouse.vocabularies import vocabularies

Progress = Callable[[int, int], None]


RAW_SUITES = ("raw_schema", "raw_fetches", "raw_articles", "raw_mentions", "raw_night")
MART_SUITES = (
    "fct_events",
    "fct_event_mentions",
    "fct_concessions",
    "fct_threats",
    "fct_military_exercises",
    "fct_military_exercise_status_changes",
    "dim_articles",
    "dim_outlets",
    "marts_night",
)


@dataclass(frozen=True, slots=True)
class GateReport:
    """A gate that let the night pass.

    `evaluated` counts expectations, `rows` what was looked at by suite, `held` rows in quarantine by
    `table.expectation`; `data_docs` is the first page of all results.
    """

    gate: str
    night: date
    evaluated: int
    rows: dict[str, int]
    held: dict[str, int]
    warnings: tuple[str, ...]
    data_docs: Path


class _Check:
    """One run of a gate: suites over batches, and what they found."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        *,
        folder: Path,
        batches: dict[str, Any],
        suites: dict[str, Any],
        total: int,
        on_progress: Progress | None,
    ) -> None:
        self._connection = connection
        self._batches = batches
        self._suites = suites
        self._total = total
        self._on_progress = on_progress
        self.runner = SuiteRunner(folder)
        self.rows: dict[str, int] = {}
        self.findings: list[Finding] = []

    def run(self, suite: str, *, holds_in: str | None = None, **tables: pa.Table) -> list[Hold]:
        """Check one batch; the rows to hold back, those that somebody released left out."""
        try:
            frame = read_batch(self._connection, suite, self._batches, **tables)
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            self.findings.append(unreadable(suite, str(error)))
            return []
        found = self.runner.run(suite, frame, self._suites)
        self.rows[suite] = int(frame["row_count"][0]) if "row_count" in frame else len(frame)
        self.findings.extend(found)
        if self._on_progress:
            self._on_progress(len(self.rows), self._total)
        return without_released(self._connection, holds_of(holds_in, frame, found)) if holds_in else []

    def has_run(self, suite: str) -> bool:
        return suite in self.rows

    def having(self, consequence: Consequence) -> list[Finding]:
        return [finding for finding in self.findings if finding.consequence is consequence]


def check_raw(
    *, home: Home, night: date, settings: Settings, now: datetime, on_progress: Progress | None = None
) -> GateReport:
    """Check what was loaded for the night: hold back bad rows, stop on a bad night.

    Held rows are in `quarantine.rows` whether the night passes or not. A night that passed is marked in
    `ops.nights`; one that failed is unmarked.

    Raises:
        GateError: the night was not loaded, or an expectation on the whole of it failed.
    """
    limits = load_limits()
    with connect_build(home.build_database) as connection:
        _require_loaded(connection, home, night)
        check = _Check(
            connection,
            folder=_folder(home, night, "raw", keep=settings.snapshots_kept),
            batches=batch_parameters(night=night, now=now, limits=limits),
            suites={**vocabularies(), **limits.model_dump(), "min_articles": settings.min_articles},
            total=len(RAW_SUITES),
            on_progress=on_progress,
        )
        holds = _check_raw_tables(check)
        stops = check.having(Consequence.STOP)
        with transaction(connection):
            if check.has_run("raw_mentions"):
                replace_holds(connection, night=night, holds=holds, now=now)
            _mark_night(connection, night, now=None if stops else now)
    return _conclude("raw", night, check, holds)


def check_marts(
    *, home: Home, night: date, settings: Settings, now: datetime, on_progress: Progress | None = None
) -> GateReport:
    """Check the marts of the latest build, and that the night arrived in them whole.

    A build that passed is marked in `ops.builds`; one that failed is unmarked.

    Raises:
        GateError: there is no build, or an expectation failed.
    """
    limits = load_limits()
    with connect_build(home.build_database) as connection:
        build = _latest_build(connection, home)
        check = _Check(
            connection,
            folder=_folder(home, night, "marts", keep=settings.snapshots_kept),
            batches=batch_parameters(night=night, now=now, limits=limits),
            suites={**vocabularies(), **limits.model_dump()},
            total=len(MART_SUITES),
            on_progress=on_progress,
        )
        define_macros(connection)
        for suite in MART_SUITES:
            check.run(suite, cameo=cameo_table())
        _mark_build(connection, build, now=None if check.having(Consequence.STOP) else now)
    return _conclude("marts", night, check, [])


def _latest_build(connection: duckdb.DuckDBPyConnection, home: Home) -> str:
    rows = connection.execute(
        "select build_id from ops.builds order by built_at desc, build_id limit 1"
    ).fetchall()
    if not rows:
        raise GateError(
            "nothing was built", where=str(home.build_database), next_step="build the models first"
        )
    return str(rows[0][0])


def _mark_build(connection: duckdb.DuckDBPyConnection, build: str, *, now: datetime | None) -> None:
    connection.execute(
        "update ops.builds set is_checked = ?, checked_at = ? where build_id = ?",
        [now is not None, now, build],
    )


def _check_raw_tables(check: _Check) -> list[Hold]:
    check.run("raw_schema", expected_columns=expected_columns())
    if check.findings:
        return []
    check.run("raw_fetches")
    articles = check.run("raw_articles", holds_in="raw.articles")
    reasons = reasons_by_key(articles)
    held_articles = pa.table(
        {
            "article_id": pa.array(reasons.keys(), pa.string()),
            "reasons": pa.array(reasons.values(), pa.string()),
        }
    )
    mentions = check.run(
        "raw_mentions", holds_in="raw.mentions", cameo=cameo_table(), held_articles=held_articles
    )
    held_mentions = pa.table({"mention_id": pa.array(reasons_by_key(mentions).keys(), pa.string())})
    check.run("raw_night", held_articles=held_articles, held_mentions=held_mentions)
    return articles + mentions


def _require_loaded(connection: duckdb.DuckDBPyConnection, home: Home, night: date) -> None:
    if not connection.execute("select 1 from ops.nights where night = ?", [night]).fetchall():
        raise GateError(
            f"night {night} was not loaded",
            where=str(home.build_database),
            next_step=f"run load for {night} first",
        )


def _mark_night(connection: duckdb.DuckDBPyConnection, night: date, *, now: datetime | None) -> None:
    connection.execute(
        "update ops.nights set is_checked = ?, checked_at = ? where night = ?", [now is not None, now, night]
    )


def _folder(home: Home, night: date, gate: str, *, keep: int) -> Path:
    """Where this gate works; folders of nights longer ago than the last `keep` are removed."""
    root = home.root / "quality"
    others = sorted((each for each in root.glob("night=*") if each.name != f"night={night}"), reverse=True)
    for old in others[max(keep - 1, 0) :]:
        shutil.rmtree(old, ignore_errors=True)
    return root / f"night={night}" / gate


def _conclude(gate: str, night: date, check: _Check, holds: Sequence[Hold]) -> GateReport:
    """The report of a gate that passed, or the error of one that did not; Data Docs in both cases."""
    docs = check.runner.build_docs()
    stops = check.having(Consequence.STOP)
    if stops:
        raise _gate_error(gate, night, stops, docs)
    return GateReport(
        gate=gate,
        night=night,
        evaluated=check.runner.evaluated,
        rows=check.rows,
        held=_held_counts(holds),
        warnings=tuple(f"{finding}\n  {finding.hint}" for finding in check.having(Consequence.WARN)),
        data_docs=docs,
    )


def _held_counts(holds: Iterable[Hold]) -> dict[str, int]:
    return dict(Counter(f"{hold.table}.{hold.expectation}" for hold in holds))


def _gate_error(gate: str, night: date, stops: Sequence[Finding], docs: Path) -> GateError:
    noun = "expectation" if len(stops) == 1 else "expectations"
    steps = dict.fromkeys(finding.hint for finding in stops if finding.hint)
    return GateError(
        f"{len(stops)} {noun} failed:\n  " + "\n  ".join(str(finding) for finding in stops),
        where=f"gate {gate}, night {night}",
        next_step="; ".join([*steps, f"all results: {docs}"]),
    )
