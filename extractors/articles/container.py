"""A page's content in, the element that holds the article's paragraphs out."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from lxml.html import HtmlElement

_PROSE_CHARACTERS = 80
_WORD_SIGNS = re.compile(r"[\u0e00-\u0e7f\u3040-\u9fff\uac00-\ud7af]")  # letters that say as much as three
_SHARE = 0.8  # of the prose that one child must hold for the search to go on inside it
_CARD = 30  # elements of a block that are looked at
_CARD_HEADINGS = ("h2", "h3", "h4", "h5")


def prose_by_element(content: HtmlElement) -> Counter[HtmlElement]:
    """How many characters of the article's prose each element holds.

    The paragraphs of teasers, beside a headline that is a link, are left out of the count.
    """
    weights: Counter[HtmlElement] = Counter()
    for paragraph in content.iter("p"):
        weight = prose_characters(paragraph)
        if weight and not _is_teaser(paragraph):
            weights[paragraph] += weight
            for outer in paragraph.iterancestors():
                weights[outer] += weight
    return weights


def article_container(content: HtmlElement, weights: Counter[HtmlElement]) -> HtmlElement | None:
    """The smallest element with nearly all of the page's prose (`prose_by_element`).

    Articles come in one element, in several of one class or in a row per paragraph.
    """
    element = content.find("body") if content.tag == "html" else content
    while element is not None and weights[element]:
        best = max(element, key=lambda child: weights[child], default=None)
        if best is None or best.tag == "p" or weights[best] < _SHARE * weights[element]:
            return element
        element = best
    return None


def prose_characters(paragraph: HtmlElement) -> int:
    """Characters of a paragraph that is long enough to be prose and is not mostly links, else 0."""
    words = " ".join("".join(paragraph.itertext()).split())
    if len(words) + 2 * len(_WORD_SIGNS.findall(words)) < _PROSE_CHARACTERS:
        return 0
    linked = sum(len("".join(link.itertext())) for link in paragraph.iter("a"))
    return len(words) if linked < len(words) / 2 else 0


def _is_teaser(paragraph: HtmlElement) -> bool:
    """Whether its block has hardly more paragraphs than headlines that are links."""
    parent = paragraph.getparent()
    if parent is None or paragraph.find(".//a") is not None:
        return False
    beside = list(islice(parent, _CARD))
    headings = sum(child.tag in _CARD_HEADINGS and child.find(".//a") is not None for child in beside)
    return headings > 0 and sum(child.tag == "p" for child in beside) <= headings + 1
