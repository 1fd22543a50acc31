"""A page's microdata (itemprop under an article's itemscope) in, the fields it states out."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from extractors.articles.document import Document
from extractors.articles.readers.base import Silent
from extractors.articles.readers.jsonld import ARTICLE_TYPES
from extractors.times import Moment, parse_moment


class MicrodataReader(Silent):
    name = "microdata"

    def title(self, document: Document) -> str | None:
        return next((text for item in _properties(document, "headline") if (text := _value(item))), None)

    def authors(self, document: Document) -> tuple[str, ...]:
        names = []
        for author in _properties(document, "author", "creator"):
            inner = author.xpath(".//*[contains(concat(' ', @itemprop, ' '), ' name ')]")
            names.append(_value(inner[0] if inner else author))
        return tuple(dict.fromkeys(name for name in names if name))

    def published_at(self, document: Document) -> Moment | None:
        return _moment(document, "datePublished")

    def modified_at(self, document: Document) -> Moment | None:
        return _moment(document, "dateModified")

    def text(self, document: Document) -> tuple[str, ...]:
        if document.once("microdata.scope", article_scope) is None:
            return ()
        for body in document.content.xpath("//*[contains(concat(' ', @itemprop, ' '), ' articleBody ')]"):
            paragraphs = tuple(" ".join(p.itertext()) for p in body.iter("p"))
            if any(paragraphs):
                return paragraphs
        return ()


def article_scope(document: Document) -> HtmlElement | None:
    """The first element with the itemtype of an article."""
    for scope in document.tree.xpath("//*[@itemtype]"):
        if {name.rsplit("/", 1)[-1].lower() for name in scope.get("itemtype").split()} & ARTICLE_TYPES:
            return scope
    return None


def _properties(document: Document, *names: str) -> Iterator[HtmlElement]:
    """Elements with one of these properties that belong to the article itself, not to an inner item."""
    scope = document.once("microdata.scope", article_scope)
    if scope is None:
        return
    for item in scope.iter("*"):
        if set((item.get("itemprop") or "").split()) & set(names) and _scope_of(item) is scope:
            yield item


def _scope_of(item: HtmlElement) -> HtmlElement | None:
    return next((outer for outer in item.iterancestors() if outer.get("itemscope") is not None), None)


def _value(item: HtmlElement) -> str:
    stated = item.get("content") or item.get("datetime") or item.get("title") if item.tag != "a" else None
    return " ".join((stated or " ".join(item.itertext())).split())


def _moment(document: Document, name: str) -> Moment | None:
    return next(
        (found for item in _properties(document, name) if (found := parse_moment(_value(item)))), None
    )
