"""The command `explain`: a text, a file or a URL in, how the coder came to its events out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from extractors.cli.common import console, grammar_coder, parse_date, reporting_errors, utc_now
from extractors.errors import SettingsError, SourceError
from extractors.records import CodeInput
from extractors.settings import Settings, load_settings

TEXT_SUFFIXES = frozenset({".txt", ".md", ".jsonl"})
TITLE_LENGTH = 80


def register(app: typer.Typer) -> None:
    app.command()(explain)


@reporting_errors
def explain(
    text: Annotated[
        str, typer.Argument(help="A sentence, a text file, JSON Lines as `code` reads them, or a URL.")
    ],
    html: Annotated[Path | None, typer.Option(help="Write a page to this file instead.")] = None,
    published: Annotated[
        str | None, typer.Option(help="Day of publication, YYYY-MM-DD; dates are resolved against it.")
    ] = None,
    allow_loopback: Annotated[
        bool, typer.Option(help="The URL may lead to this machine, as the demo newsroom's do.")
    ] = False,
) -> None:
    """Show how the coder came to the events of a text, and what it dropped and why."""
    from extractors.cli.explanation import explanation_of, legend
    from extractors.cli.explanation_page import Told, page_of
    from extractors.events.explain import explain as explain_text

    settings = load_settings()
    day = parse_date(published, "--published") if published else None
    given = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
    items = list(_items(text, settings, allow_loopback=allow_loopback))
    coder = grammar_coder(settings.spacy_model)
    told = [
        Told(
            item.title or _short(item.text),
            item.url,
            given or item.published_at,
            explain_text(item.text, coder=coder, published_at=given or item.published_at, title=item.title),
        )
        for item in items
    ]
    if html is not None:
        _write(html, page_of(told))
        return
    console().print(legend())
    for each in told:
        if len(told) > 1 or each.url:
            console().rule(each.title, align="left")
        for story in each.stories:
            console().print(explanation_of(story), highlight=False)


def _items(text: str, settings: Settings, *, allow_loopback: bool) -> Iterator[CodeInput]:
    from extractors.events.jsonl import parse_input

    if text.startswith(("http://", "https://")):
        yield _article(text, settings, allow_loopback=allow_loopback)
        return
    file = _file(text)
    if file is None:
        yield CodeInput("explain", text)
        return
    content = file.read_text(encoding="utf-8", errors="replace")
    if file.suffix != ".jsonl":
        yield CodeInput("explain", content, title=None)
        return
    for number, line in enumerate(content.splitlines(), start=1):
        if line.strip():
            try:
                yield parse_input(line)
            except ValueError as error:
                raise SettingsError(
                    str(error), where=f"{file}:{number}", next_step="correct the line, or remove it"
                ) from None


def _file(text: str) -> Path | None:
    """The file that the argument names. What looks like a file and is none is no sentence either."""
    given = Path(text)
    if len(text) > 255 or "\n" in text:
        return None
    if given.is_file():
        return given
    if given.suffix in TEXT_SUFFIXES and " " not in text.strip():
        raise SettingsError("there is no such file", where=text, next_step="name a text file, or a sentence")
    return None


def _article(url: str, settings: Settings, *, allow_loopback: bool) -> CodeInput:
    from extractors.articles.parse import parse_page
    from extractors.fetch.page import fetch_page

    now = utc_now()
    page = fetch_page(url, settings=settings, night=now.date(), allow_loopback=allow_loopback)
    article = parse_page(page, now=now)
    if not article.text:
        raise SourceError(
            f"the page has no text of an article ({article.kind}: {article.reason or 'no reason known'})",
            where=url,
            next_step="save the article as a text file and name that",
        )
    return CodeInput("explain", article.text, article.published_at, article.title, article.url)


def _short(text: str) -> str:
    line = text.strip().split("\n", 1)[0]
    return line if len(line) <= TITLE_LENGTH else f"{line[: TITLE_LENGTH - 1]}…"


def _write(file: Path, page: str) -> None:
    try:
        file.write_text(page, encoding="utf-8")
    except OSError as error:
        raise SettingsError(
            f"cannot be written: {error.strerror}", where=str(file), next_step="name another file"
        ) from error
    console().print(f"written: {file}", highlight=False, soft_wrap=True, markup=False)
