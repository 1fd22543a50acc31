"""What every reader is: a document in, one field of the article out, or nothing."""

from __future__ import annotations

from typing import Protocol

from extractors.articles.document import Document
from extractors.times import Moment


class Reader(Protocol):
    """One way of finding an article's fields. Nothing found is None or empty, never an error.

    Values are as the page states them: choose.py cleans and judges them. `text` is paragraphs.
    """

    name: str

    def title(self, document: Document) -> str | None: ...

    def authors(self, document: Document) -> tuple[str, ...]: ...

    def published_at(self, document: Document) -> Moment | None: ...

    def modified_at(self, document: Document) -> Moment | None: ...

    def language(self, document: Document) -> str | None: ...

    def text(self, document: Document) -> tuple[str, ...]: ...


class Silent:
    """A reader that finds nothing; real readers inherit what they cannot tell."""

    name = "silent"

    def title(self, document: Document) -> str | None:  # noqa: ARG002
        return None

    def authors(self, document: Document) -> tuple[str, ...]:  # noqa: ARG002
        return ()

    def published_at(self, document: Document) -> Moment | None:  # noqa: ARG002
        return None

    def modified_at(self, document: Document) -> Moment | None:  # noqa: ARG002
        return None

    def language(self, document: Document) -> str | None:  # noqa: ARG002
        return None

    def text(self, document: Document) -> tuple[str, ...]:  # noqa: ARG002
        return ()
