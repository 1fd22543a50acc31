"""The readers by name: each a way of finding an article's fields in a document."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from extractors.articles.readers.base import Reader
from extractors.articles.readers.byline import BylineReader
from extractors.articles.readers.jsonld import JsonLdReader
from extractors.articles.readers.microdata import MicrodataReader
from extractors.articles.readers.newspaper_reader import NewspaperReader
from extractors.articles.readers.opengraph import OpenGraphReader
from extractors.articles.readers.trafilatura_reader import TrafilaturaReader


@cache
def readers() -> Mapping[str, Reader]:
    """Every reader that choice.yml may name."""
    known: tuple[Reader, ...] = (
        JsonLdReader(),
        OpenGraphReader(),
        MicrodataReader(),
        BylineReader(),
        TrafilaturaReader("trafilatura", fast=True, focus="balanced"),
        TrafilaturaReader("trafilatura_full", fast=False, focus="balanced"),
        NewspaperReader(),
    )
    return {reader.name: reader for reader in known}
