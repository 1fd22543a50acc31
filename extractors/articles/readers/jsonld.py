"""A page's JSON-LD (schema.org NewsArticle and its kin) in, the fields it states out."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from extractors.articles.document import Document
from extractors.articles.readers.base import Silent
from extractors.times import Moment, parse_moment

ARTICLE_TYPES = frozenset(
    {
        "advertisercontentarticle", "analysisnewsarticle", "article", "askpublicnewsarticle",
        "backgroundnewsarticle", "blogposting", "liveblogposting", "newsarticle", "opinionnewsarticle",
        "reportagenewsarticle", "report", "reviewnewsarticle", "satiricalarticle", "socialmediaposting",
        "techarticle",
    }
)  # fmt: skip
_ADDRESS = re.compile(r"^(?:https?://[^/]+)?(/[^?#]*)")
_TAGS = re.compile(r"<[^>]+>")
_BLOCK_ENDS = re.compile(r"</p>|<br\s*/?>|</h\d>|</li>|\r?\n|\\n", re.IGNORECASE)


class JsonLdReader(Silent):
    name = "jsonld"

    def title(self, document: Document) -> str | None:
        return _text(_first(document, "headline")) or _text(_first(document, "name"))

    def authors(self, document: Document) -> tuple[str, ...]:
        article = article_node(document)
        if article is None:
            return ()
        for key in ("author", "creator"):
            if names := _names(article.get(key), document):
                return names
        return ()

    def published_at(self, document: Document) -> Moment | None:
        return parse_moment(_text(_first(document, "datePublished")))

    def modified_at(self, document: Document) -> Moment | None:
        return parse_moment(_text(_first(document, "dateModified")))

    def language(self, document: Document) -> str | None:
        stated = _first(document, "inLanguage")
        return _text(stated.get("alternateName") if isinstance(stated, dict) else stated)

    def text(self, document: Document) -> tuple[str, ...]:
        body = _first(document, "articleBody")
        if not isinstance(body, str):
            return ()
        lines = (_TAGS.sub(" ", part) for part in _BLOCK_ENDS.split(unescape(body)))
        return tuple(line for line in lines if line.strip())


def article_node(document: Document) -> dict[str, Any] | None:
    """The page's own article among its JSON-LD objects: the one with its address, else with a headline."""
    return document.once("jsonld.article", _article_node)


def _article_node(document: Document) -> dict[str, Any] | None:
    found = [node for node in document.linked_data if types_of(node) & ARTICLE_TYPES]
    named = [node for node in found if node.get("headline")]
    own = (node for node in named if document.path in _paths(node) and len(document.path) > 1)
    return next(own, next(iter(named or found), None))


def _paths(node: dict[str, Any]) -> set[str]:
    """The paths of the addresses by which the object names its page."""
    page = node.get("mainEntityOfPage")
    stated = [node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page]
    return {found[1] for item in stated if isinstance(item, str) and (found := _ADDRESS.match(item))}


def types_of(node: dict[str, Any]) -> set[str]:
    """The node's types, lower case, without the schema.org prefix."""
    stated = node.get("@type")
    names = stated if isinstance(stated, list) else [stated]
    return {str(name).rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for name in names if name}


def _first(document: Document, key: str) -> Any:
    article = article_node(document)
    value = article.get(key) if article else None
    return value[0] if isinstance(value, list) and value else value


def _text(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("@value")
    return unescape(value).strip() or None if isinstance(value, str) else None


def _names(value: Any, document: Document, depth: int = 0) -> tuple[str, ...]:
    """Names of persons and organisations, given as strings, objects, lists or references by @id."""
    if isinstance(value, str):
        return (unescape(value),)
    if isinstance(value, list):
        return tuple(name for item in value[:20] for name in _names(item, document, depth))
    if not isinstance(value, dict) or depth > 3:
        return ()
    if "name" in value:
        return _names(value["name"], document, depth + 1)
    target = value.get("@id")
    known = (node for node in document.linked_data if node.get("@id") == target and "name" in node)
    return _names(next(known, None), document, depth + 1) if target else ()
