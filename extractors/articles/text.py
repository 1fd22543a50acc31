"""Paragraphs as a reader found them in, the article's text and its dateline out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from extractors.articles.characters import one_line
from extractors.articles.dateline import split_dateline
from extractors.articles.titles import title_key

_RULES = Path(__file__).with_name("boilerplate.yml")
_BEFORE_MARK = re.compile(r"(?<=\w) +(?=[.,](?:\s|$))")  # French sets a space before ; : ! ?


@dataclass(frozen=True, slots=True)
class Text:
    """`text` has one blank line between paragraphs and is what every offset counts in."""

    text: str
    dateline: str | None


@dataclass(frozen=True, slots=True)
class BoilerplateRules:
    anywhere: re.Pattern[str]
    beginning: re.Pattern[str]  # those of `anywhere` that look at a line's beginning, which is faster apart
    within: re.Pattern[str]
    head: re.Pattern[str]
    tail: re.Pattern[str]
    head_paragraphs: int
    tail_paragraphs: int
    longest: int


@cache
def boilerplate_rules() -> BoilerplateRules:
    data = yaml.safe_load(_RULES.read_text(encoding="utf-8"))
    patterns = {part: [rule["pattern"] for rule in data[part]] for part in ("anywhere", "head", "tail")}
    patterns["beginning"] = [one for one in patterns["anywhere"] if one.startswith("^")]
    patterns["within"] = [one for one in patterns["anywhere"] if not one.startswith("^")]
    joined = {part: "|".join(f"(?:{one})" for one in listed) for part, listed in patterns.items()}
    return BoilerplateRules(
        **{part: re.compile(pattern, re.I) for part, pattern in joined.items()},
        head_paragraphs=data["head_paragraphs"],
        tail_paragraphs=data["tail_paragraphs"],
        longest=data["longest"],
    )


def is_furniture(paragraph: str) -> bool:
    """A video's caption, a player's line or a link to other articles, wherever it stands."""
    rules = boilerplate_rules()
    if len(paragraph) > rules.longest:
        return False
    return bool(rules.beginning.match(paragraph) or rules.within.search(paragraph))


def tidy(paragraphs: Iterable[str]) -> list[str]:
    """Each paragraph on one line, in NFC, without invisible characters; empty ones gone."""
    lines = (_line(paragraph) for paragraph in paragraphs)
    return [line for line in lines if line]


def compose(paragraphs: Iterable[str], *, titles: Iterable[str] = ()) -> Text:
    """The article's text: tidy, without boilerplate, the headline (in any wording) or the dateline."""
    headlines = frozenset(title_key(title) for title in titles)
    kept = _without_repeats(_without_boilerplate(tidy(paragraphs), headlines))
    dateline = None
    for index in range(min(2, len(kept))):
        dateline, rest = split_dateline(kept[index])
        if dateline:
            kept[index] = rest
            break
    return Text("\n\n".join(kept), dateline)


def _line(paragraph: str) -> str:
    return _BEFORE_MARK.sub("", one_line(paragraph))


def _without_boilerplate(paragraphs: list[str], headlines: frozenset[str]) -> list[str]:
    rules, kept, last = boilerplate_rules(), [], len(paragraphs) - 1
    for index, paragraph in enumerate(paragraphs):
        if is_furniture(paragraph):
            continue
        is_short = len(paragraph) <= rules.longest
        is_head, is_tail = index < rules.head_paragraphs, index > last - rules.tail_paragraphs
        if is_head and title_key(paragraph) in headlines:
            continue
        if is_short and (
            (is_head and rules.head.search(paragraph)) or (is_tail and rules.tail.search(paragraph))
        ):
            continue
        kept.append(paragraph)
    return kept


def _without_repeats(paragraphs: list[str]) -> list[str]:
    """Pull quotes and teasers say a sentence again: of equal paragraphs the first stays."""
    seen: dict[str, str] = {}
    for paragraph in paragraphs:
        seen.setdefault(paragraph if len(paragraph) < 30 else title_key(paragraph), paragraph)
    return list(seen.values())
