"""The command line `communique`: arguments in, the package's functions called, results and errors printed."""

from __future__ import annotations

import typer

from extractors.cli import explain, extract, lexicon, night, serve, sources, warehouse

app = typer.Typer(
    name="communique",
    help="The world's news as a nightly stream of structured diplomatic events.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for part in (night, extract, explain, warehouse, sources, lexicon, serve):
    part.register(app)
