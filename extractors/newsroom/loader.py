"""outlets.yml, articles/*/*.md and oddities.yml in, one checked `Newsroom` out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from extractors.errors import SettingsError
from extractors.newsroom.content import Article, Outlet
from extractors.newsroom.edition import Newsroom
from extractors.newsroom.oddities import Oddity

NEWSROOM_FOLDER = Path(__file__).parent
NEXT_STEP = "correct the file; docs/newsroom.md tells what each field means"


def load_newsroom(folder: Path = NEWSROOM_FOLDER) -> Newsroom:
    """The newsroom whose files lie in `folder`.

    Raises:
        SettingsError: a file that cannot be read or does not fit; the message names file and field.
    """
    outlets = _load_list(folder / "outlets.yml", TypeAdapter(list[Outlet]))
    oddities = _load_list(folder / "oddities.yml", TypeAdapter(list[Oddity]))
    articles = [_load_article(path) for path in sorted((folder / "articles").glob("*/*.md"))]
    newsroom = Newsroom(tuple(outlets), tuple(articles), tuple(oddities))
    for where, field, what in _contradictions(newsroom):
        raise _misfit(folder / where, field, what)
    return newsroom


def _load_list(path: Path, adapter: TypeAdapter[list[Any]]) -> list[Any]:
    try:
        return adapter.validate_python(_yaml(path, _read(path)))
    except ValidationError as error:
        raise _first_misfit(path, error) from error


def _load_article(path: Path) -> Article:
    before, _, rest = _read(path).partition("---\n")
    front, fence, body = rest.partition("\n---\n")
    if before.strip() or not fence:
        raise _misfit(path, "front matter", "must stand between two lines of ---")
    fields = _yaml(path, front)
    if not isinstance(fields, dict):
        raise _misfit(path, "front matter", "must be `field: value` lines")
    try:
        return Article.model_validate({**fields, "slug": path.stem, "night": path.parent.name, "body": body})
    except ValidationError as error:
        raise _first_misfit(path, error) from error


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _misfit(path, "file", f"cannot be read: {error}") from error


def _yaml(path: Path, text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise _misfit(path, "YAML", f"cannot be read: {error}") from error


def _first_misfit(path: Path, error: ValidationError) -> SettingsError:
    """An unknown field tells more than the one that is missing because of it."""
    first = min(error.errors(), key=lambda misfit: misfit["type"] != "extra_forbidden")
    field = ".".join(str(part) for part in first["loc"]) or "file"
    found = "" if first["type"] == "missing" else f" (found {str(first['input'])[:80]!r})"
    return _misfit(path, field, f"{first['msg']}{found}")


def _misfit(path: Path, field: str, what: str) -> SettingsError:
    return SettingsError(f"{field}: {what}", where=str(path), next_step=NEXT_STEP)


def _contradictions(newsroom: Newsroom) -> Iterator[tuple[str, str, str]]:
    """(file, field, what is wrong) for values that fit their own schema but not the others."""
    outlets = {outlet.name for outlet in newsroom.outlets}
    yield from _repeated_names(newsroom)
    for article in newsroom.articles:
        where = f"articles/{article.night}/{article.slug}.md"
        yield from ((where, field, what) for field, what in _article_misfits(article, outlets))
    postings = {(posting.outlet.name, posting.article.slug) for posting in newsroom.postings}
    for index, oddity in enumerate(newsroom.oddities):
        slug = getattr(oddity, "article", None)
        if oddity.outlet not in outlets:
            yield "oddities.yml", f"{index}.outlet", f"no outlet {oddity.outlet!r} in outlets.yml"
        elif slug and (oddity.outlet, slug) not in postings:
            yield "oddities.yml", f"{index}.article", f"{oddity.outlet} has no article {slug!r}"


def _repeated_names(newsroom: Newsroom) -> Iterator[tuple[str, str, str]]:
    seen: set[str] = set()
    for index, outlet in enumerate(newsroom.outlets):
        if outlet.name in seen:
            yield "outlets.yml", f"{index}.name", f"{outlet.name!r} stands twice"
        seen.add(outlet.name)
    slugs: set[str] = set()
    for article in newsroom.articles:
        if article.slug in slugs:
            yield f"articles/{article.night}/{article.slug}.md", "file name", "another night has the same"
        slugs.add(article.slug)


def _article_misfits(article: Article, outlets: set[str]) -> Iterator[tuple[str, str]]:
    for field, names in (("outlet", [article.outlet]), ("carried_by", article.carried_by)):
        unknown = set(names) - outlets
        if unknown:
            yield field, f"no outlet {sorted(unknown)[0]!r} in outlets.yml"
    if article.outlet in article.carried_by:
        yield "carried_by", f"{article.outlet!r} publishes it itself"
    if not set(article.carried_edits) <= set(article.carried_by):
        yield "carried_edits", "edits for an outlet that is not in carried_by"
    if article.published_at.astimezone(UTC).date() != article.night:
        yield "published_at", f"is not on the UTC day of its folder, {article.night}"
    if article.updates and article.updates[0].at <= article.published_at:
        yield "updates.0.at", "must be later than published_at"
