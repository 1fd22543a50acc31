"""A title as a page states it in, the headline without the site's name out."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

from extractors.articles.characters import one_line
from extractors.articles.document import Document

_SEPARATOR = re.compile(
    r"\s+[|–—·•»«:]+\s+|\s+-{1,2}\s+|\s*[|｜：]\s*|\s+::\s+|\s+//\s+"
    r"|(?<=[\u3040-\u9fff\uac00-\ud7af])[-_](?=\S)"
)
_FIRST_PART = re.compile(r"^(.{2,40}?)(?:\s+[|–—·•»«:-]+|[:|])\s+")
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")
_NOT_WORDS = re.compile(r"[\W_]+")
_SITE_METAS = (
    "og:site_name",
    "application-name",
    "twitter:site",
    "apple-mobile-web-app-title",
    "dc.publisher",
)
_GENERIC = frozenset({"news", "worldnews", "home", "homepage", "latestnews", "breakingnews", "amp"})
_LONGEST = 400


def clean_title(stated: str, document: Document) -> str:
    """One line, NFC, no markup, no site name before or after it."""
    plain = _TAGS.sub("", unescape(unescape(stated[: _LONGEST * 4])))
    return _without_site(one_line(plain), site_names(document))[:_LONGEST].strip()


def title_key(title: str) -> str:
    """What two titles have in common when they differ only in case, spaces, accents and punctuation."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKD", title)).casefold()


def site_names(document: Document) -> frozenset[str]:
    """What the site calls itself, as keys: its stated names, its host and the host's chief label."""
    return document.once("site_names", _site_names)


def _site_names(document: Document) -> frozenset[str]:
    stated = [document.meta(name) for name in _SITE_METAS]
    for node in document.linked_data:
        publisher = node.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            stated.append(publisher["name"])
    host = document.host.removeprefix("www.")
    labels = host.split(".")
    chief = (
        labels[-3] if len(labels) > 2 and len(labels[-2]) <= 3 else labels[-2] if len(labels) > 1 else host
    )
    keys = {title_key(name) for name in (*stated, host, chief) if name}
    return frozenset(key for key in keys if len(key) > 1)


def _without_site(line: str, sites: frozenset[str]) -> str:
    parts = list(_SEPARATOR.finditer(line))
    for cut in reversed(parts):
        if _is_site(line[cut.end() :], sites) and len(line[: cut.start()]) >= 5:
            return _without_site(line[: cut.start()], sites)
    first = _FIRST_PART.match(line)
    return line[first.end() :] if first and title_key(first[1]) in sites else line


def _is_site(part: str, sites: frozenset[str]) -> bool:
    """The site's name, a name that holds it ("BBC News"), or its initials ("NYT")."""
    key = title_key(part)
    if not key or len(part) > 60:
        return False
    if key in sites or key in _GENERIC:
        return True
    if any(
        len(site) > 2 and (key.startswith(site) or key.endswith(site)) and len(key) - len(site) <= 15
        for site in sites
    ):
        return True
    words = _NOT_WORDS.split(part.casefold())
    without_article = "".join(word for word in words if word not in {"the", "a"})
    return any(
        len(without_article) > 3 and (without_article in site or site == without_article) for site in sites
    )
