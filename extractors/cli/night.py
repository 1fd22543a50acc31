"""Commands that run nights: `run`, `backfill`, `status`."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from extractors.cli.common import (
    DEMO_PORT,
    CoderOption,
    HomeOption,
    SourcesOption,
    console,
    parse_date,
    reporting_errors,
    utc_now,
)
from extractors.settings import PROJECT_ROOT, Settings, load_settings


def register(app: typer.Typer) -> None:
    app.command()(run)
    app.command()(backfill)
    app.command()(status)


@reporting_errors
def run(
    night: Annotated[str | None, typer.Option(help="UTC day to run, YYYY-MM-DD; default yesterday.")] = None,
    airflow: Annotated[bool, typer.Option(help="Run the DAG through Airflow.")] = False,
    demo: Annotated[
        bool, typer.Option(help="Serve the demo newsroom meanwhile; last night is its last.")
    ] = False,
    coder: CoderOption = None,
    replay: Annotated[bool, typer.Option(help="Fetch nothing; work on the night's WARC files.")] = False,
    sources: SourcesOption = None,
    home: HomeOption = None,
) -> None:
    """Run one night: fetch, parse, code, load, check, model, check, publish; then show what came of it."""
    from extractors.newsroom.server import running
    from extractors.pipeline.airflow import run_dag_once
    from extractors.pipeline.display import showing
    from extractors.pipeline.run import run_night
    from extractors.pipeline.stages import Run
    from extractors.pipeline.summary import print_summary

    chosen = PROJECT_ROOT / "sources.demo.yml" if demo else sources
    settings = load_settings(home=home, sources=chosen, coder=coder)
    this = Run(settings, _night(night, demo))
    out = console()
    out.print(f"[bold]Night of {this.night}[/bold], {settings.sources.name} → {this.home.root}")
    newsroom = running(night=this.night, port=DEMO_PORT) if demo else nullcontext()
    with newsroom, showing(this.journal, out):
        if airflow:
            run_dag_once(settings, this.night)
        else:
            run_night(this, replay=replay)
    print_summary(this, out)


@reporting_errors
def backfill(
    first_night: Annotated[str, typer.Option(help="First night, or the one that WARC files land in.")],
    last_night: Annotated[str | None, typer.Option(help="Last night, included.")] = None,
    warc: Annotated[list[Path] | None, typer.Option(help="WARC file to take in; may be repeated.")] = None,
    home: HomeOption = None,
) -> None:
    """Parse and code nights again from their WARC files, or take WARC files from elsewhere in as a night."""
    from extractors.pipeline.backfill import run_backfill
    from extractors.pipeline.display import showing
    from extractors.pipeline.stages import Run
    from extractors.pipeline.summary import print_summary

    this = Run(load_settings(home=home), parse_date(first_night, "--first-night"))
    out = console()
    with showing(this.journal, out):
        last = run_backfill(this, last_night, [str(file) for file in warc or []])
    print_summary(last, out)


@reporting_errors
def status(home: HomeOption = None) -> None:
    """What ran and how long it took, what is published and how fresh it is, what is quarantined."""
    from extractors.pipeline.summary import print_status

    settings: Settings = load_settings(home=home)
    print_status(settings, console(), now=utc_now())


def _night(given: str | None, demo: bool) -> date:
    from extractors.newsroom.loader import load_newsroom

    if given:
        return parse_date(given, "--night")
    return load_newsroom().nights[-1] if demo else utc_now().date() - timedelta(days=1)
