"""A page's meta tags (OpenGraph, article:*, Dublin Core, Parsely and others) in, their fields out."""

from __future__ import annotations

from extractors.articles.document import Document
from extractors.articles.readers.base import Silent
from extractors.times import Moment, parse_moment

_TITLE = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "citation_title")
_AUTHORS = (
    "author", "article:author_name", "byl", "dc.creator", "dcterms.creator", "parsely-author",
    "sailthru.author", "og:article:author", "article:author", "cxenseparse:author", "citation_author",
)  # fmt: skip
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published",
    "datepublished", "date_published", "publish-date", "publish_date", "publishdate", "pubdate",
    "publication_date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "originalpublicationdate", "article_date_original", "rnews:datepublished", "dc.date.issued",
    "dcterms.created", "dcterms.date", "dc.date", "cdt", "pdate", "ptime", "displaydate",
    "iso-8601-publish-date", "date.release", "release_date", "date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "article:updated_time", "og:article:modified_time",
    "datemodified", "lastmod", "last-modified", "dcterms.modified", "dc.date.modified", "utime",
)  # fmt: skip


class OpenGraphReader(Silent):
    name = "opengraph"

    def title(self, document: Document) -> str | None:
        return document.meta(*_TITLE)

    def authors(self, document: Document) -> tuple[str, ...]:
        for name in _AUTHORS:
            names = tuple(value for value in document.metas.get(name, ()) if "://" not in value)
            if names:
                return names
        return ()

    def published_at(self, document: Document) -> Moment | None:
        return _first_moment(document, _PUBLISHED)

    def modified_at(self, document: Document) -> Moment | None:
        return _first_moment(document, _MODIFIED)

    def language(self, document: Document) -> str | None:
        return (
            document.tree.get("lang")
            or document.tree.get("xml:lang")
            or document.meta("og:locale", "language")
        )


def _first_moment(document: Document, names: tuple[str, ...]) -> Moment | None:
    """The first name that states a whole date; a clock time a few names on beats a bare day."""
    found = [moment for name in names if (moment := parse_moment(document.meta(name)))]
    same_day = (moment for moment in found if moment.has_time and moment.at.date() == found[0].at.date())
    return next(same_day, found[0] if found else None)
