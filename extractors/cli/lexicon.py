"""Commands on the lexicon: `lexicon check`, `lexicon show`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractors.cli.common import console, error_console, grammar_coder, reporting_errors
from extractors.errors import LexiconError
from extractors.settings import load_settings

app = typer.Typer(help="Look up the lexicon and check its entries.", no_args_is_help=True)


def register(parent: typer.Typer) -> None:
    parent.add_typer(app, name="lexicon")


@app.command()
@reporting_errors
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Files of the lexicon; default all.")] = None,
) -> None:
    """Tell what is wrong with entries of the lexicon: their form, and whether their examples fire them."""
    from extractors.events.check import check_lexicon

    problems = check_lexicon(files or [], coder=lambda: grammar_coder(load_settings().spacy_model))
    faults = [problem for problem in problems if not problem.is_note]
    for problem in problems:
        style = "yellow" if problem.is_note else "red"
        error_console().print(str(problem), style=style, markup=False, highlight=False)
    console().print(f"{len(faults)} problems, {len(problems) - len(faults)} notes")
    if faults:
        raise typer.Exit(1)


@app.command()
@reporting_errors
def show(
    name: Annotated[str, typer.Argument(help="An entry's id, a class of acts, or a word.")],
) -> None:
    """Show the entries of the lexicon that have this id, class or word, and the codes of its classes."""
    from extractors.events.check.look_up import look_up

    found = look_up(name)
    if not found:
        raise LexiconError(
            f"nothing in the lexicon is called {name!r}",
            where="lexicon",
            next_step="give the base form of the word (threaten, not threatened), an id, or a class",
        )
    out = console()
    for entry in found.entries:
        out.print(Text(f"{entry.place}  {entry.id}", style="bold"))
        for field, value in entry.fields:
            out.print(Text(f"  {field}: ", style="dim").append(value))
    for place, line in found.lines:
        out.print(Text(f"{place}  ", style="bold").append(line))
    for act, codes in found.classes.items():
        _print_codes(act, codes, out)


def _print_codes(act: str, codes: list[tuple[str, str, str]], out: Console) -> None:
    table = Table("operator", "code", "meaning", title=f"class {act}")
    for row in codes:
        table.add_row(*row)
    out.print(table)
