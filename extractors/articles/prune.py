"""A page's tree in, the same tree out without what is never part of an article's text (prune.yml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import yaml
from lxml.html import HtmlElement

_RULES = Path(__file__).with_name("prune.yml")
# "has-ads", "no-sidebar", "share-enabled" say how an element is, not what it is.
_STATES = re.compile(r"(?<![\w-])(?:has|no|with|without|is|js)-[\w-]+|[\w-]+-(?:enabled|free|ready)(?![\w-])")
_NEVER = frozenset({"html", "head", "body", "main", "article", "h1", "title", "base", "meta", "link"})


@dataclass(frozen=True, slots=True)
class PruneRules:
    tags: frozenset[str]
    pattern: re.Pattern[str]
    keep_share: float


@cache
def prune_rules() -> PruneRules:
    data = yaml.safe_load(_RULES.read_text(encoding="utf-8"))
    pattern = "|".join(f"(?:{rule['pattern']})" for rule in data["patterns"])
    return PruneRules(frozenset(data["tags"]), re.compile(pattern), float(data["keep_share"]))


def pruned(tree: HtmlElement) -> HtmlElement:
    """The tree itself, changed in place."""
    rules = prune_rules()
    for dead in list(tree.iter("script", "style", "noscript", "template", "svg")):
        _drop(dead)
    most = rules.keep_share * _characters(tree)
    for element in list(tree.iter("*")):
        if _is_doomed(element, rules) and (_characters(element) <= most or element.tag == "figcaption"):
            _drop(element)
    return tree


def _is_doomed(element: HtmlElement, rules: PruneRules) -> bool:
    if element.tag in _NEVER or element.getparent() is None:
        return False
    if element.tag in rules.tags:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(names) > 1 and _is_named_for_removal(names[:300])


@lru_cache(maxsize=8_192)
def _is_named_for_removal(names: str) -> bool:
    return prune_rules().pattern.search(_STATES.sub(" ", names.lower())) is not None


def _characters(element: HtmlElement) -> int:
    return sum(len(text) for text in element.itertext())


def _drop(element: HtmlElement) -> None:
    parent = element.getparent()
    if parent is not None:
        element.drop_tree()
