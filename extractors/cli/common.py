"""What the commands share: options, consoles, errors turned into messages and exit codes."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ParamSpec, TypeVar

import typer
from rich.console import Console

from extractors.errors import CommuniqueError, SettingsError

if TYPE_CHECKING:
    from extractors.events.coder import Coder

HomeOption = Annotated[
    Path | None, typer.Option("--home", help="Home folder; default COMMUNIQUE_HOME or ./data.")
]
SourcesOption = Annotated[
    Path | None, typer.Option("--sources", help="Sources file; default the demo newsroom's.")
]

CoderOption = Annotated[
    str | None,
    typer.Option("--coder", help="grammar, or llm: a language model; default the setting `coder`."),
]

DEMO_PORT = 8700

P = ParamSpec("P")
R = TypeVar("R")


def console() -> Console:
    return Console(soft_wrap=False)


def error_console() -> Console:
    return Console(stderr=True, soft_wrap=True)


def reporting_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Print a CommuniqueError as a message on standard error and exit with its code."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except CommuniqueError as error:
            error_console().print(f"error: {error}", style="red", markup=False, highlight=False)
            raise typer.Exit(error.exit_code) from None
        except BrokenPipeError:
            sys.stderr.close()
            raise typer.Exit(0) from None

    return wrapped


@functools.cache
def grammar_coder(model: str) -> Coder:
    """One coder a process: it holds a language model."""
    from extractors.events.coder import Coder

    return Coder(model)


def parse_date(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SettingsError(
            f"{text!r} is not a date", where=option, next_step="write it as YYYY-MM-DD, e.g. 2018-05-18"
        ) from None


def utc_now() -> datetime:
    return datetime.now(UTC)
