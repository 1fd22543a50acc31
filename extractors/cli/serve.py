"""Commands that stay in the foreground: `newsroom`, `airflow`."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Annotated

import typer

from extractors.cli.common import DEMO_PORT, HomeOption, SourcesOption, console, parse_date, reporting_errors
from extractors.settings import load_settings


def register(app: typer.Typer) -> None:
    app.command()(newsroom)
    app.command()(airflow)


@reporting_errors
def newsroom(
    night: Annotated[str | None, typer.Option(help="Show the outlets as of the end of this night.")] = None,
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = DEMO_PORT,
) -> None:
    """Serve the demo newsroom until Ctrl-C."""
    from extractors.newsroom.loader import load_newsroom
    from extractors.newsroom.server import serve

    news = load_newsroom()
    as_of = parse_date(night, "--night") if night else news.nights[-1]
    serve(night=as_of, port=port, newsroom=news, ready=lambda message: console().print(message, markup=False))


@reporting_errors
def airflow(
    demo: Annotated[bool, typer.Option(help="Serve the demo newsroom meanwhile.")] = False,
    sources: SourcesOption = None,
    home: HomeOption = None,
) -> None:
    """Bring up Airflow's scheduler and UI with the nightly schedule, until Ctrl-C."""
    from extractors.newsroom import server
    from extractors.newsroom.loader import load_newsroom
    from extractors.pipeline.scheduler import running

    out = console()
    news = load_newsroom()
    served = server.running(night=news.nights[-1], port=DEMO_PORT, newsroom=news) if demo else nullcontext()
    with served, running(load_settings(home=home, sources=sources)) as started:
        out.print(f"Airflow is ready: {started.url}")
        for user, password in started.passwords().items():
            out.print(f"  user {user}, password {password}", markup=False, highlight=False)
        out.print("  Ctrl-C stops it")
        try:
            started.wait()
        except KeyboardInterrupt:
            out.print("stopping")
