"""Commands on files and streams: `parse`, `code`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, TextIO

import typer

from extractors.cli.common import CoderOption, error_console, reporting_errors, utc_now
from extractors.errors import SettingsError
from extractors.settings import load_settings

Input = Annotated[Path | None, typer.Argument(help="JSON Lines; default standard input.")]


def register(app: typer.Typer) -> None:
    app.command()(parse)
    app.command()(code)


@reporting_errors
def parse(file: Input = None) -> None:
    """Pages in ({"id", "url", "html"} a line), articles out, one line for each, in order."""
    from extractors.articles.lines import parse_lines

    with _open(file) as lines:
        _close(parse_lines(lines, now=utc_now(), out=sys.stdout))


@reporting_errors
def code(file: Input = None, coder: CoderOption = None) -> None:
    """Texts in ({"id", "text", "published_at"?, "title"?, "url"?} a line), coded events out, in order."""
    from extractors.events.coders import make_coder
    from extractors.events.jsonl import code_lines

    chosen = make_coder(load_settings(coder=coder))
    with _open(file) as lines:
        _close(code_lines(lines, coder=chosen, out=sys.stdout))


def _open(file: Path | None) -> TextIO:
    if file is None:
        return sys.stdin
    try:
        return file.open(encoding="utf-8", errors="replace")
    except OSError as error:
        raise SettingsError(
            f"cannot be read: {error.strerror}", where=str(file), next_step="name a file of JSON Lines"
        ) from error


def _close(problems: Iterable[object]) -> None:
    told = list(problems)
    for problem in told:
        error_console().print(f"error: {problem}", style="red", markup=False, highlight=False)
    if told:
        raise typer.Exit(1)
