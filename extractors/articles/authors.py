"""Bylines as pages state them in, names out: no "By", no roles, addresses, biographies or CSS."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import unescape
from pathlib import Path

import yaml

from extractors.articles.characters import one_line

_RULES = Path(__file__).with_name("authors.yml")
_TAGS = re.compile(r"<[^>]*>")
_BY = re.compile(
    r"^\W*(?:(?:written|reported|posted|published|story|words|text|report|analysis|opinion)\s+)?"
    r"(?:by|par|por|von|di|da|przez|oleh|autor(?:es)?|auteur|authors?)\b[\s:]+",
    re.I,
)
_SPLIT = re.compile(r"\s*[,;|/•·&\n]\s*|\s+(?:and|und|et|y|e|und|with|mit|avec|con)\s+", re.I)
_SUFFIX = re.compile(r",\s*(Jr|Sr|II|III|IV|Ph\.?D|M\.?D)\b\.?", re.I)
_ADDRESS = re.compile(r"\S+@\S+|https?:\S+|www\.\S+|@\w+")
_PLACE = re.compile(r"\s+(?:in|en|à|at|for|für|pour|from|reporting from)\s+[A-Z].*$")
_WHEN = re.compile(
    r"\s+on\s+(?:mon|tues|wednes|thurs|fri|satur|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b.*$",
    re.I,
)
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_CODE = re.compile(r"[{}<>=#$%^*\\]|\d{2,}|(?:^|\s)\.[a-z]|[;:]\s*\w+-")
_LONGEST, _MOST_WORDS, _MOST_NAMES = 60, 6, 20


@cache
def _roles() -> re.Pattern[str]:
    words = yaml.safe_load(_RULES.read_text(encoding="utf-8"))
    return re.compile(rf"\b(?:{'|'.join(words['roles'])})\b", re.I)


@cache
def _nobodies() -> frozenset[str]:
    return frozenset(yaml.safe_load(_RULES.read_text(encoding="utf-8"))["nobodies"])


def clean_authors(stated: Iterable[str]) -> tuple[str, ...]:
    """Names in the order of the page, each once."""
    names: dict[str, str] = {}
    for byline in list(stated)[:_MOST_NAMES]:
        for part in _parts(byline):
            name = _name(part)
            if name:
                names.setdefault(name.casefold(), name)
    return tuple(names.values())[:_MOST_NAMES]


def _parts(byline: str) -> list[str]:
    plain = _TAGS.sub(" ", unescape(byline[:1_000]))
    line = _BRACKETS.sub(" ", _ADDRESS.sub(" ", one_line(plain)))
    while (shorter := _BY.sub("", line, count=1)) != line:
        line = shorter
    return _SPLIT.split(_SUFFIX.sub(r" \1", line))


def _name(part: str) -> str | None:
    """The part if it can be somebody's name, else None: roles end it, sentences and code are not names."""
    part = _BY.sub("", part)
    role = _roles().search(part)
    name = _PLACE.sub("", _WHEN.sub("", part[: role.start()] if role else part)).strip(" .,-–—:'\"’")
    if not 2 <= len(name) <= _LONGEST or len(name.split()) > _MOST_WORDS or _CODE.search(name):
        return None
    if name.casefold() in _nobodies() or not any(letter.isalpha() for letter in name):
        return None
    is_lower_case_script = name[0].islower() and not any(letter.isupper() for letter in name)
    if is_lower_case_script:
        return None
    return name.title() if name.isupper() and " " in name else name
