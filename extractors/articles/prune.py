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
_ARTICLE_CHARACTERS = 400
_NEVER = frozenset({"html", "head", "body", "main", "article", "h1", "title", "base", "meta", "link"})


@dataclass(frozen=True, slots=True)
class PruneRules:
    tags: frozenset[str]
    pattern: re.Pattern[str]
    beside: re.Pattern[str]
    keep_share: float


@cache
def prune_rules() -> PruneRules:
    data = yaml.safe_load(_RULES.read_text(encoding="utf-8"))
    pattern, beside = (
        re.compile("|".join(f"(?:{rule['pattern']})" for rule in rules))
        for rules in (data["patterns"], [rule for rule in data["patterns"] if rule.get("beside")])
    )
    return PruneRules(frozenset(data["tags"]), pattern, beside, float(data["keep_share"]))


def pruned(tree: HtmlElement) -> HtmlElement:
    """The tree itself, changed in place."""
    rules = prune_rules()
    for dead in list(tree.iter("script", "style", "noscript", "template", "svg")):
        _drop(dead)
    most = rules.keep_share * _characters(tree)
    for element in list(tree.iter("*")):
        if _is_doomed(element, rules) and (
            _characters(element) <= most or element.tag == "figcaption" or _is_beside(element, tree, rules)
        ):
            _drop(element)
    return tree


def _is_doomed(element: HtmlElement, rules: PruneRules) -> bool:
    if element.tag in _NEVER or element.getparent() is None:
        return False
    if element.tag in rules.tags:
        return True
    names = _names(element)
    return len(names) > 1 and _is_named_for_removal(names)


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:300]


def _is_beside(element: HtmlElement, tree: HtmlElement, rules: PruneRules) -> bool:
    """Comments can be longer than the article: they go if there is an article without them."""
    if not rules.beside.search(_STATES.sub(" ", _names(element).lower())):
        return False
    inside = sum(_characters(paragraph) for paragraph in element.iter("p"))
    return sum(_characters(paragraph) for paragraph in tree.iter("p")) - inside >= _ARTICLE_CHARACTERS


@lru_cache(maxsize=8_192)
def _is_named_for_removal(names: str) -> bool:
    return prune_rules().pattern.search(_STATES.sub(" ", names.lower())) is not None


def _characters(element: HtmlElement) -> int:
    return sum(len(text) for text in element.itertext())


def _drop(element: HtmlElement) -> None:
    parent = element.getparent()
    if parent is not None:
        element.drop_tree()
