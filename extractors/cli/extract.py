"""Commands on files and streams: `parse`, `code`, `explain`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, TextIO

import typer

from extractors.cli.common import console, error_console, reporting_errors, utc_now
from extractors.errors import SettingsError
from extractors.settings import load_settings

Input = Annotated[Path | None, typer.Argument(help="JSON Lines; default standard input.")]


def register(app: typer.Typer) -> None:
    app.command()(parse)
    app.command()(code)
    app.command()(explain)


@reporting_errors
def parse(file: Input = None) -> None:
    """Pages in ({"id", "url", "html"} a line), articles out, one line for each, in order."""
    from extractors.articles.lines import parse_lines

    with _open(file) as lines:
        _close(parse_lines(lines, now=utc_now(), out=sys.stdout))


@reporting_errors
def code(file: Input = None) -> None:
    """Texts in ({"id", "text", "published_at"?, "title"?, "url"?} a line), coded events out, in order."""
    from extractors.events.coder import Coder
    from extractors.events.jsonl import code_lines

    coder = Coder(load_settings().spacy_model)
    with _open(file) as lines:
        _close(code_lines(lines, coder=coder, out=sys.stdout))


@reporting_errors
def explain(text: Annotated[str, typer.Argument(help="A sentence, or a text file.")]) -> None:
    """Show how the coder came to the events of a text, and what it dropped and why."""
    from extractors.cli.explanation import explanation_of
    from extractors.events.coder import Coder
    from extractors.events.explain import explain as explain_text

    given = Path(text)
    content = given.read_text() if len(text) < 256 and given.is_file() else text
    for story in explain_text(content, coder=Coder(load_settings().spacy_model)):
        console().print(explanation_of(story))


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
