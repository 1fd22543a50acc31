"""One fetched page in, one article out: what it says, in which language, and what kind of page it is."""

from __future__ import annotations

from datetime import datetime

from extractors.articles.addresses import normalised
from extractors.articles.bounds import Bounds
from extractors.articles.canonical import canonical_url
from extractors.articles.choose import (
    choose_authors,
    choose_modified_at,
    choose_published_at,
    choose_text,
    choose_title,
    labels,
    stated_language,
    stated_titles,
)
from extractors.articles.document import Document, open_page
from extractors.articles.kinds import recognise
from extractors.articles.language import language_of
from extractors.records import Article, ArticleKind, Page

BOUNDS = Bounds()


def parse_page(page: Page, *, now: datetime, bounds: Bounds = BOUNDS) -> Article:
    """Read a page. Pure: the same page and `now` give the same article, and nothing is ever fetched.

    `now` (aware) is only the limit beyond which a stated time is in the future.
    """
    document = open_page(page, now=now, bounds=bounds)
    if document is None:
        return unread(page, ArticleKind.EMPTY, "no HTML in the page")
    return _read(page, document)


def unread(page: Page, kind: ArticleKind, reason: str) -> Article:
    """The article of a page that could not be read, marked with the reason."""
    return Article(
        id=page.id, url=normalised(page.url) or page.url, title=None, authors=(), published_at=None,
        modified_at=None, language=None, text="", kind=kind, reason=reason,
    )  # fmt: skip


def _read(page: Page, document: Document) -> Article:
    stated = stated_titles(document)
    title = choose_title(document, stated)
    authors = choose_authors(document)
    text = choose_text(document, (*(words for words, _ in stated), *(authors.value or ()), *labels(document)))
    published = choose_published_at(document)
    modified = choose_modified_at(document, published.value)
    body = text.value.text if text.value else ""
    language, language_reader = language_of(body, stated_language(document))
    kind, reason = recognise(document, title=title.value, text=body)
    given = {
        "title": title.reader, "authors": authors.reader, "published_at": published.reader,
        "modified_at": modified.reader, "text": text.reader, "language": language and language_reader,
    }  # fmt: skip
    return Article(
        id=page.id,
        url=canonical_url(document) if document.url else page.url,
        title=title.value,
        authors=authors.value or (),
        published_at=published.value,
        modified_at=modified.value,
        language=language,
        text=body,
        kind=kind,
        reason=reason or published.refused,
        dateline=text.value.dateline if text.value else None,
        readers={field: reader for field, reader in given.items() if reader},
    )
