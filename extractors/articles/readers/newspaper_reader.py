"""A page in, title, authors, day and text as newspaper3k finds them out, without ever making a request.

`Article.parse` is not called: it asks hosts that the page names for images, cuts texts at 100,000
characters and raises on huge meta tags. Its extractor, cleaner and formatter are used one by one.
"""

from __future__ import annotations

import copy
import re
import warnings
from typing import Any

from extractors.articles.document import Document
from extractors.articles.readers.base import Silent
from extractors.times import Moment, parse_moment

# Its Chinese, Arabic, Thai and Japanese stop words need packages that build caches or are not there.
_LANGUAGES = frozenset(
    {
        "be", "bg", "da", "de", "el", "en", "es", "et", "fi", "fr", "hr", "hu", "id", "it", "ko", "mk", "nb",
        "nl", "no", "pl", "pt", "ro", "ru", "sl", "sr", "sv", "sw", "tr", "uk", "vi",
    }
)  # fmt: skip
_URL_DAY = re.compile(r"(?<!\d)(20\d\d)[/_.-]?([01]\d)[/_.-]?([0-3]\d)(?!\d)")
_FAILURES = (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, OSError)


class NewspaperReader(Silent):
    name = "newspaper3k"

    def title(self, document: Document) -> str | None:
        try:
            found = document.once("newspaper.extractor", _extractor)[0].get_title(document.tree)
        except _FAILURES:
            return None
        return str(found) or None

    def authors(self, document: Document) -> tuple[str, ...]:
        try:
            return tuple(document.once("newspaper.extractor", _extractor)[0].get_authors(document.tree))
        except _FAILURES:
            return ()

    def published_at(self, document: Document) -> Moment | None:
        """Its day only where the URL states one in full: for `/2018/may/` it invents today's."""
        stated = _URL_DAY.search(document.url)
        if not stated:
            return None
        try:
            found = document.once("newspaper.extractor", _extractor)[0].get_publishing_date(
                document.url, document.tree
            )
        except _FAILURES:
            return None
        day = "-".join(stated.groups())
        return parse_moment(day) if found is not None and found.strftime("%Y-%m-%d") == day else None

    def text(self, document: Document) -> tuple[str, ...]:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return _main_text(document)
        except _FAILURES:
            return ()


def _main_text(document: Document) -> tuple[str, ...]:
    from newspaper.cleaners import DocumentCleaner
    from newspaper.outputformatters import OutputFormatter

    extractor, config = document.once("newspaper.extractor", _extractor)
    tree = DocumentCleaner(config).clean(copy.deepcopy(document.content))
    node = extractor.calculate_best_node(tree)
    if node is None:
        return ()
    text, _ = OutputFormatter(config).get_formatted(extractor.post_cleanup(node))
    return tuple(part.strip() for part in text.split("\n\n") if part.strip())


def _extractor(document: Document) -> tuple[Any, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # newspaper3k's source has invalid escapes
        from newspaper.configuration import Configuration
        from newspaper.extractors import ContentExtractor

    config = Configuration()
    config.fetch_images = False
    config.memoize_articles = False
    language = (document.tree.get("lang") or "en")[:2].lower()
    config.set_language(language if language in _LANGUAGES else "en")
    return ContentExtractor(config), config
