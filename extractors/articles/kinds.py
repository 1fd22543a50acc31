"""A document and the fields read from it in, what kind of page it is and why out (kinds.yml)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from lxml.html import HtmlElement

from extractors.articles.container import prose_characters
from extractors.articles.document import Document
from extractors.articles.readers.jsonld import article_node, types_of
from extractors.records import ArticleKind

_RULES = Path(__file__).with_name("kinds.yml")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?|[A-Z]{2,4})?\b")
_CARDS = "//a[@href][ancestor::h2 or ancestor::h3 or ancestor::h4 or .//h2 or .//h3 or .//h4]"
Verdict = tuple[ArticleKind, str | None]


@dataclass(frozen=True, slots=True)
class Found:
    """What was read from the page, and all the JSON-LD types on it."""

    document: Document
    title: str
    text: str
    types: frozenset[str]


class Rules:
    """kinds.yml with its expressions compiled; a list of them becomes one."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data
        self._compiled = {key: self._compile(value) for key, value in data.items()}

    @staticmethod
    def _compile(value: Any) -> re.Pattern[str] | None:
        if isinstance(value, list):
            value = "|".join(f"(?:{item})" for item in value)
        return re.compile(value) if isinstance(value, str) else None

    def number(self, key: str) -> float:
        return float(self._data[key])

    def names(self, key: str) -> frozenset[str]:
        return frozenset(self._data[key])

    def search(self, key: str, text: str) -> str | None:
        pattern = self._compiled[key]
        found = pattern.search(text.lower()) if pattern else None
        return found[0].strip() if found else None


@cache
def rules() -> Rules:
    return Rules(yaml.safe_load(_RULES.read_text(encoding="utf-8")))


def recognise(document: Document, *, title: str | None, text: str) -> Verdict:
    """The page's kind; for anything but an article or opinion piece, the reason in words."""
    types = frozenset(name for node in document.linked_data for name in types_of(node))
    found = Found(document, title or "", text, types)
    for test in (_error_page, _live_blog, _gallery, _stub, _section_front, _empty, _opinion):
        if verdict := test(found):
            return verdict
    return ArticleKind.ARTICLE, None


def _error_page(page: Found) -> Verdict | None:
    if len(page.text) >= rules().number("short_text"):
        return None
    words = rules().search("error_titles", page.title) or rules().search("error_texts", page.text)
    return (ArticleKind.ERROR_PAGE, f"says {words!r}") if words else None


def _live_blog(page: Found) -> Verdict | None:
    if page.types & rules().names("live_types"):
        return ArticleKind.LIVE_BLOG, "JSON-LD LiveBlogPosting"
    if "liveblogposting" in " ".join(page.document.tree.xpath("//@itemtype")).lower():
        return ArticleKind.LIVE_BLOG, "microdata LiveBlogPosting"
    clocks = sum(1 for line in page.text.split("\n\n") if _CLOCK.match(line))
    times = len(page.document.content.xpath("//time"))
    words = rules().search("live_urls", page.document.path)
    if words and max(clocks, times) >= rules().number("live_entries"):
        return ArticleKind.LIVE_BLOG, f"URL has {words!r} and {max(clocks, times)} time stamps"
    if clocks >= 2 * rules().number("live_entries"):
        return ArticleKind.LIVE_BLOG, f"{clocks} paragraphs begin with a clock time"
    return None


def _gallery(page: Found) -> Verdict | None:
    if len(page.text) >= rules().number("short_text"):
        return None
    if page.types & rules().names("gallery_types") and article_node(page.document) is None:
        return ArticleKind.GALLERY, "JSON-LD of a gallery and little text"
    words = rules().search("gallery_urls", page.document.path)
    return (ArticleKind.GALLERY, f"URL has {words!r} and little text") if words else None


def _stub(page: Found) -> Verdict | None:
    is_closed = any(_says_no(node.get("isAccessibleForFree")) for node in page.document.linked_data)
    if is_closed and len(page.text) < rules().number("stub_text"):
        return ArticleKind.STUB, f"not free, {len(page.text)} characters of text"
    if len(page.text) < rules().number("short_text"):
        words = rules().search("paywall_texts", _body_words(page.document))
        if words and len(page.text) < rules().number("stub_text"):
            return ArticleKind.STUB, f"says {words!r}, {len(page.text)} characters of text"
    return None


def _section_front(page: Found) -> Verdict | None:
    if article_node(page.document) is not None or page.document.meta("article:published_time"):
        return None
    if page.document.path.strip("/") and _longest_run(page) >= rules().number("article_run"):
        return None
    cards = len({link.get("href") for link in page.document.content.xpath(_CARDS)})
    if cards >= rules().number("front_cards") and cards * rules().number("front_card_text") > len(page.text):
        return ArticleKind.SECTION_FRONT, f"{cards} headlines that are links"
    links = page.document.content.xpath("//a[@href]")
    linked = _characters(text for link in links for text in link.itertext())
    everything = _characters(page.document.content.itertext()) or 1
    prose = max(0.0, 1 - linked / everything)
    url = rules().search("front_urls", page.document.path)
    is_list = len(links) >= rules().number("front_links") or len(links) * 150 > len(page.text)
    if url is not None and is_list and prose < 2 * rules().number("front_prose"):
        return ArticleKind.SECTION_FRONT, f"{len(links)} links, {prose:.0%} prose, URL of a section"
    if len(links) >= rules().number("front_links") and prose < rules().number("front_prose"):
        return ArticleKind.SECTION_FRONT, f"{len(links)} links, {prose:.0%} prose"
    return None


def _longest_run(page: Found) -> int:
    """The most characters of prose that one element holds in paragraphs of its own.

    A teaser's paragraph stands alone beside its headline; an article's stand in a row.
    """
    runs: Counter[HtmlElement] = Counter()
    for paragraph in page.document.content.iter("p"):
        parent = paragraph.getparent()
        if parent is not None and paragraph.find(".//a[@href]") is None:
            runs[parent] += prose_characters(paragraph)
    return max(runs.values(), default=0)


def _empty(page: Found) -> Verdict | None:
    if page.text and (
        len(page.text) >= rules().number("tiny_text") or article_node(page.document) or page.title
    ):
        return None
    size = page.document.characters
    large = "a large page" if size >= rules().number("large_page") else "the page"
    cut = f", {page.document.cut}" if page.document.cut else ""
    return ArticleKind.EMPTY, f"no text found on {large} of {size} characters{cut}"


def _opinion(page: Found) -> Verdict | None:
    sections = [str(page.document.meta("article:section", "section", "cxenseparse:category") or "")]
    for node in page.document.linked_data:
        stated = node.get("articleSection")
        sections += [str(item) for item in (stated if isinstance(stated, list) else [stated]) if item]
    if any(rules().search("opinion_sections", section.strip()) for section in sections):
        return ArticleKind.OPINION, None
    if page.types & rules().names("opinion_types"):
        return ArticleKind.OPINION, None
    return (ArticleKind.OPINION, None) if rules().search("opinion_urls", page.document.path) else None


def _says_no(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value.strip().rsplit("/", 1)[-1].lower() == "false")


def _body_words(document: Document) -> str:
    """All visible words: paywall prompts lie outside the content part."""
    words = (
        text
        for element in document.tree.iter("p", "div", "span", "a", "button", "h2", "h3")
        for text in (element.text,)
    )
    return " ".join(" ".join((text or "").split()) for text in words)[:20_000]


def _characters(texts: Iterable[str]) -> int:
    return sum(len(" ".join(text.split())) for text in texts)
