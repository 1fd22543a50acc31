"""A document in, each field's best value and the reader that gave it out, by the rules of choice.yml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml

from extractors.articles.authors import clean_authors, is_nobody_in_person
from extractors.articles.container import prose_characters
from extractors.articles.document import Document
from extractors.articles.readers import readers
from extractors.articles.readers.base import Reader
from extractors.articles.text import Text, compose
from extractors.articles.titles import clean_title, site_names, title_key
from extractors.times import Moment

_RULES = Path(__file__).with_name("choice.yml")
_PREFIX = 20  # letters and digits from which a title that begins another is no chance
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rule:
    """How one field is chosen; `limits` are the field's own numbers."""

    order: tuple[str, ...]
    last: tuple[str, ...]
    limits: dict[str, Any]

    @property
    def all(self) -> tuple[str, ...]:
        return self.order + self.last


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """A value and who gave it; nobody when no reader's value was accepted."""

    value: T | None = None
    reader: str | None = None
    refused: str | None = None


@cache
def choice_rules() -> dict[str, Rule]:
    data = yaml.safe_load(_RULES.read_text(encoding="utf-8"))
    names = ("order", "last", "merit")
    return {
        field: Rule(
            tuple(rule["order"]),
            tuple(rule["last"]),
            {name: limit for name, limit in rule.items() if name not in names},
        )
        for field, rule in data.items()
    }


def choose_title(document: Document, stated: list[tuple[str, str]]) -> Choice[str]:
    """One of the stated titles (`stated_titles`), or what the last readers make of the page."""
    rule = choice_rules()["title"]
    if stated:
        return _agreed(stated, rule.limits["agree"])
    for reader in _named(rule.last):
        title = clean_title(reader.title(document) or "", document)
        if len(title) >= rule.limits["min_characters"]:
            return Choice(title, reader.name)
    return Choice()


def stated_titles(document: Document) -> list[tuple[str, str]]:
    """Each acceptable title, cleaned, with its reader: a site's own name is no title."""
    rule, sites = choice_rules()["title"], site_names(document)
    shortest, longest = rule.limits["min_characters"], rule.limits["max_characters"]
    cleaned = (
        (clean_title(reader.title(document) or "", document), reader.name) for reader in _named(rule.order)
    )
    return [
        item for item in cleaned if shortest <= len(item[0]) <= longest and title_key(item[0]) not in sites
    ]


def _agreed(found: list[tuple[str, str]], enough: int) -> Choice[str]:
    """The first title that enough readers give, spelled as most of them do, else the first reader's.

    A longer title that begins with it counts for it ("Headline: what we know"), but one cut short with
    dots gives way to the longer one.
    """
    keys = [title_key(title) for title, _ in found]
    whole = [item for item in found if not _is_cut(item[0], keys)] or found
    agreed = (item for item in whole if _votes(title_key(item[0]), keys) >= enough)
    title, reader = next(agreed, whole[0])
    spellings = Counter(other for other, _ in whole if title_key(other) == title_key(title))
    return Choice(spellings.most_common(1)[0][0], reader)


def _is_cut(title: str, keys: list[str]) -> bool:
    key = title_key(title)
    return title.endswith(("…", "...")) and any(other != key and other.startswith(key) for other in keys)


def _votes(key: str, keys: list[str]) -> int:
    return sum(other == key or (len(key) >= _PREFIX and other.startswith(key)) for other in keys)


def choose_authors(document: Document) -> Choice[tuple[str, ...]]:
    """The first reader's that names a person or agency; the site itself or a desk if nobody does."""
    rule, sites = choice_rules()["authors"], site_names(document)
    desk: Choice[tuple[str, ...]] = Choice()
    for reader in _named(rule.all):
        if desk.value and reader.name in rule.last:
            break
        names = clean_authors(reader.authors(document), sites=sites)
        if not names or len(names) > rule.limits["max_names"]:
            continue
        if not all(is_nobody_in_person(name, sites) for name in names):
            return Choice(names, reader.name)
        desk = desk if desk.value else Choice(names, reader.name)
    return desk


def choose_published_at(document: Document) -> Choice[datetime]:
    """In UTC, never after the page was fetched.

    A time beyond `future_hours` is refused and the next reader asked; one within them, from a clock that is
    ahead or a zone that the page does not name, is the time of the fetch. A bare day waits for a clock time.
    """
    return _choose_time(document, "published_at", lambda reader: reader.published_at(document))


def choose_modified_at(document: Document, published_at: datetime | None) -> Choice[datetime]:
    """Only where it is later than the publication: sites repeat the one as the other."""
    found = _choose_time(document, "modified_at", lambda reader: reader.modified_at(document))
    is_later = found.value is not None and (published_at is None or found.value > published_at)
    return found if is_later else Choice()


def _choose_time(document: Document, field: str, ask: Callable[[Reader], Moment | None]) -> Choice[datetime]:
    rule, refused, zone = choice_rules()[field], None, page_zone(document)
    latest = document.now + timedelta(hours=rule.limits["future_hours"])
    day: Choice[datetime] = Choice()
    for name in rule.all:
        if (refused or day.value) and name in rule.last:
            break  # the page states a time, if a wrong one: no reason to guess another
        moment = ask(readers()[name])
        if moment is None:
            continue
        at = moment.in_utc(zone)
        if at > latest:
            refused = f"{field} {at.isoformat()} is in the future: dropped"
            continue
        choice = Choice(min(at, document.now), name, refused)
        if moment.has_time and (day.value is None or moment.at.date() == day.value.date()):
            return choice
        day = day if day.value else choice
    return day if day.value else Choice(refused=refused)


def page_zone(document: Document) -> tzinfo | None:
    """The zone of the first time on the page that states one; naive times are taken to be in it."""
    for reader in _named(choice_rules()["published_at"].order):
        for moment in (reader.published_at(document), reader.modified_at(document)):
            if moment is not None and moment.zone is not None:
                return moment.zone
    return None


def stated_language(document: Document) -> str | None:
    return next(
        (
            language
            for reader in _named(choice_rules()["language"].all)
            if (language := reader.language(document))
        ),
        None,
    )


def labels(document: Document) -> tuple[str, ...]:
    """Words that stand alone over a page's text: its sections, as metas and address have them, its site."""
    names = ("article:section", "section", "og:site_name", "parsely-section", "cxenseparse:category")
    sections = (step for step in document.path.split("/") if step.isalpha())
    return (*sections, *(value for name in names for value in document.metas.get(name, ())))


def choose_text(document: Document, titles: Iterable[str]) -> Choice[Text]:
    """The first reader's text, unless it is so short or partial that another's is clearly longer.

    Paragraphs at its head that only repeat one of `titles` (headline, author, section) are left out.
    """
    rule, headlines = choice_rules()["text"], tuple(titles)
    best: Choice[Text] = Choice()
    wanted = max(rule.limits["min_characters"], rule.limits["min_share"] * _prose_characters(document))
    for reader in _named(rule.all):
        length = len(best.value.text) if best.value else 0
        if length >= wanted:
            break
        if reader.name in rule.limits["only_alone"] and length >= rule.limits["alone_characters"]:
            continue
        text = compose(reader.text(document), titles=headlines)
        if len(text.text) > rule.limits["longer"] * length:
            best = Choice(text, reader.name)
    return best


def _prose_characters(document: Document) -> int:
    """Characters of prose that the page has: in its long paragraphs that are not mostly links, or stated."""
    stated = sum(len(paragraph) for paragraph in readers()["jsonld"].text(document))
    return max(stated, sum(prose_characters(paragraph) for paragraph in document.content.iter("p")))


def _named(names: tuple[str, ...]) -> Iterator[Reader]:
    known = readers()
    return (known[name] for name in names)
