"""Commands on sources files: `sources list`, `sources check`."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractors.cli.common import SourcesOption, console, reporting_errors, utc_now
from extractors.errors import SourceError
from extractors.fetch.check import SourceCheck, check_source
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
    sources: SourcesOption = None,
) -> None:
    """Fetch one round of each source, keep nothing, and tell what it lists, forbids and what parsed."""
    settings = load_settings(sources=sources)
    chosen = _chosen(settings, names or [])
    failed = [each.name for each in chosen if not _tell(check_source(each, settings, night=utc_now().date()))]
    if failed:
        raise SourceError(
            f"{len(failed)} of {len(chosen)} sources cannot be read: {', '.join(failed)}",
            where=str(settings.sources),
            next_step="correct or remove them; docs/sources.md tells how",
        )


def _chosen(settings: Settings, names: list[str]) -> list[Source]:
    listed = {source.name: source for source in load_sources(settings.sources).sources}
    if unknown := sorted(set(names) - set(listed)):
        raise SourceError(
            f"no source named {', '.join(unknown)}",
            where=str(settings.sources),
            next_step="communique sources list shows the names",
        )
    return [listed[name] for name in names] or list(listed.values())


def _tell(found: SourceCheck, out: Console | None = None) -> bool:
    out = out or console()
    out.rule(f"{found.source.name}: {found.source.title}", align="left")
    if found.problem or not found.report:
        out.print(Text(str(found.problem), style="red"))
        return False
    for robots in found.robots:
        pause = f", Crawl-delay {robots.crawl_delay:g} s" if robots.crawl_delay else ""
        out.print(f"robots.txt of {robots.host}: HTTP {robots.status}{pause}", highlight=False)
    report = found.report
    out.print(
        f"{report.listed} pages tried, {report.fetched} fetched, {report.disallowed} disallowed, "
        f"{report.failed} failed, {report.seconds:.1f} s"
    )
    out.print(_samples(found))
    return True


def _samples(found: SourceCheck) -> Table:
    from extractors.articles.parse import parse_page

    table = Table("kind", "published", "language", "words", "title", "first words")
    for page in found.pages:
        article = parse_page(page, now=utc_now())
        published = f"{article.published_at:%Y-%m-%d %H:%M}" if article.published_at else ""
        row = (article.kind, published, article.language, len(article.text.split()), article.title)
        table.add_row(*(Text(str(cell or "")) for cell in row), Text(article.text[:80]))
    return table
