"""`python -m extractors` is the command `communique`."""

from extractors.cli import app

app()
