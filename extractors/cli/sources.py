"""Commands on sources files: `sources list`, `sources check`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from extractors.cli.common import SourcesOption, console, reporting_errors, utc_now
from extractors.errors import SourceError
from extractors.settings import Settings, load_settings
from extractors.sources.config import load_sources
from extractors.sources.model import Source

app = typer.Typer(help="List and try out the sources.", no_args_is_help=True)


def register(parent: typer.Typer) -> None:
    parent.add_typer(app, name="sources")


@app.command(name="list")
@reporting_errors
def list_sources(sources: SourcesOption = None) -> None:
    """Check the sources file and list what is in it."""
    path = load_settings(sources=sources).sources
    listed = load_sources(path).sources
    table = Table("name", "title", "kind", "language", "country", "ownership", title=path.name)
    for each in listed:
        table.add_row(each.name, each.title, each.kind, each.language, each.country, each.ownership)
    console().print(table)
    console().print(f"{len(listed)} sources, {len({each.country for each in listed} - {None})} countries")


@app.command()
@reporting_errors
def check(
    names: Annotated[
        list[str] | None, typer.Argument(help="Sources to try; default all of the file.")
    ] = None,
    url: Annotated[
        str | None, typer.Option(help="Instead: find the feeds, sitemaps and sections of this site.")
    ] = None,
    allow_loopback: Annotated[
        bool, typer.Option(help="With --url: the site may be on this machine (the demo newsroom).")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Findings as JSON, for machines.")] = False,
    sources: SourcesOption = None,
) -> None:
    """Fetch one round, keep nothing, tell what is listed, forbidden, parsed; exit code 1 if unusable."""
    settings = load_settings(sources=sources)
    if url:
        is_good = _check_site(url, settings, as_json=as_json, allow_loopback=allow_loopback)
    else:
        is_good = _check_sources(_chosen(settings, names or []), settings, as_json=as_json)
    if not is_good:
        raise typer.Exit(1)


def _check_sources(chosen: list[Source], settings: Settings, *, as_json: bool) -> bool:
    from extractors.cli.source_findings import findings
    from extractors.cli.source_tables import show_findings
    from extractors.fetch.check import check_source

    now, found = utc_now(), []
    for each in chosen:
        found.append(findings(check_source(each, settings, night=now.date()), now=now))
        if not as_json:
            show_findings(found[-1], console())
    if as_json:
        console().print_json(data=[each.to_json() for each in found])
    failed = [each.name for each in found if not each.is_usable]
    if failed and not as_json:
        console().print(f"{len(failed)} of {len(found)} sources cannot be used: {', '.join(failed)}")
    return not failed


def _check_site(url: str, settings: Settings, *, as_json: bool, allow_loopback: bool) -> bool:
    from extractors.cli.source_tables import show_discovery
    from extractors.fetch.discover import discover
    from extractors.sources.discover import yaml_lines

    found = discover(url, settings, night=utc_now().date(), allow_loopback=allow_loopback)
    if as_json:
        lines = yaml_lines(found.best.candidate, found.info) if found.best else None
        console().print_json(data=asdict(found) | {"yaml": lines}, default=str)
    else:
        show_discovery(found, console())
    return found.best is not None


def _chosen(settings: Settings, names: list[str]) -> list[Source]:
    listed = {source.name: source for source in load_sources(settings.sources).sources}
    if unknown := sorted(set(names) - set(listed)):
        raise SourceError(
            f"no source named {', '.join(unknown)}",
            where=str(settings.sources),
            next_step="communique sources list shows the names",
        )
    return [listed[name] for name in names] or list(listed.values())
