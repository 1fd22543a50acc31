"""Bylines as pages state them in, names out: no "By", no roles, addresses, biographies or CSS.

An agency or desk is an author where the page names no person ("Reuters", "News Desk").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache
from html import unescape
from pathlib import Path

import yaml

from extractors.articles.characters import one_line
from extractors.articles.titles import title_key

_RULES = Path(__file__).with_name("authors.yml")
_TAGS = re.compile(r"<[^>]*>")
_BY = re.compile(
    r"^\W*(?:(?:written|reported|posted|published|submitted|story|words|text|report|analysis|opinion)\s+)?"
    r"(?:by|par|por|von|di|da|przez|oleh|autor(?:es)?|auteur|authors?)\b[\s:]+",
    re.I,
)
# "Robert E Lee" is one name: the short words of other languages part names in lower case only.
_SPLIT = re.compile(r"\s*[,;|/•·&\n]\s*|\s+(?:(?i:and|und|with)|et|y|e|mit|avec|con)\s+")
_LEADING_AND = re.compile(r"^(?:and|und|et|y|with|avec|mit|con)\s+", re.I)
_SUFFIX = re.compile(r",\s*(Jr|Sr|II|III|IV|Ph\.?D|M\.?D)\b\.?", re.I)
_ADDRESS = re.compile(r"\S+@\S+|https?:\S+|www\.\S+|@\w+")
_PLACE = re.compile(r"\s+(?:in|en|à|at|for|für|pour|from|reporting from)\s+[A-Z].*$")
_WHEN = re.compile(
    r"\s+(?:posted|published|updated)\b.*$|\s+on$"
    r"|\s+on\s+(?:mon|tue|wed|thu|fri|satur|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b.*$",
    re.I,
)
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_CODE = re.compile(r"[{}<>=#$%^*\\]|\d{2,}|^\d+ |(?:^|\s)\.[a-z]|[;:]\s*\w+-")
_LONGEST, _MOST_WORDS, _MOST_NAMES = 60, 6, 20


@cache
def _roles() -> re.Pattern[str]:
    words = yaml.safe_load(_RULES.read_text(encoding="utf-8"))
    return re.compile(rf"\b(?:{'|'.join(words['roles'])})\b", re.I)


@cache
def _words_of(list_: str) -> frozenset[str]:
    return frozenset(yaml.safe_load(_RULES.read_text(encoding="utf-8"))[list_])


def clean_authors(stated: Iterable[str], *, sites: Collection[str] = ()) -> tuple[str, ...]:
    """Names in the order of the page, each once; the site's own (a key in `sites`) only if nobody else is."""
    names: dict[str, str] = {}
    for byline in list(stated)[:_MOST_NAMES]:
        parts = _parts(byline)
        is_site = len(parts) > 1 and title_key(parts[0]) in sites  # "Example News, Hamburg, Germany"
        for part in parts[:1] if is_site else parts:
            name = _name(part)
            if name:
                names.setdefault(name.casefold(), name)
    people = [name for name in names.values() if not is_nobody_in_person(name, sites)]
    return tuple(people or names.values())[:_MOST_NAMES]


def is_nobody_in_person(name: str, sites: Collection[str]) -> bool:
    """Whether it names the site itself or a desk of it ("News Desk"), not who wrote."""
    return title_key(name) in sites or name.casefold() in _words_of("desks")


def _parts(byline: str) -> list[str]:
    plain = _TAGS.sub(" ", unescape(byline[:1_000]))
    line = _BRACKETS.sub(" ", _ADDRESS.sub(" ", one_line(plain)))
    while (shorter := _BY.sub("", line, count=1)) != line:
        line = shorter
    return _SPLIT.split(_SUFFIX.sub(r" \1", line))


def _name(part: str) -> str | None:
    """The part if it can be somebody's name, else None: roles end it, sentences and code are not names."""
    part = _LEADING_AND.sub("", _BY.sub("", part))
    is_desk = part.strip(" .").casefold() in _words_of("desks")
    role = None if is_desk else _roles().search(part)
    name = _PLACE.sub("", _WHEN.sub("", part[: role.start()] if role else part)).strip(" .,-–—:'\"’")
    if not 2 <= len(name) <= _LONGEST or len(name.split()) > _MOST_WORDS or _CODE.search(name):
        return None
    if name.casefold() in _words_of("nobodies") or not any(letter.isalpha() for letter in name):
        return None
    is_lower_case_script = name[0].islower() and not any(letter.isupper() for letter in name)
    if is_lower_case_script:
        return None
    return name.title() if name.isupper() and " " in name else name
