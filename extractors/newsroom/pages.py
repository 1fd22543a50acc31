"""An edition in, its HTML pages out: articles in the outlet's template, live blogs, fronts, galleries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime as format_rfc_2822
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from extractors.newsroom.content import Kind, Outlet, Section
from extractors.newsroom.edition import Edition, Posting
from extractors.newsroom.oddities import Gallery

TEMPLATES = Path(__file__).parent / "templates"
BY = {
    "de": "Von",
    "en": "By",
    "es": "Por",
    "fr": "Par",
    "it": "Di",
    "pl": "Autor:",
    "pt": "Por",
    "tr": "Yazan:",
}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
SCHEMA_TYPES = {
    Kind.ARTICLE: "NewsArticle",
    Kind.OPINION: "OpinionNewsArticle",
    Kind.LIVE_BLOG: "LiveBlogPosting",
}
# "14:32 GMT - The minister arrived.", but "14:32 US officials ..." names no zone.
ENTRY = re.compile(
    r"(?P<time>\d{1,2}[:.]\d{2})(?: ?(?P<zone>GMT|UTC|BST|CES?T|E[DS]T|KST|JST)\b)?"
    r"\s*(?:[-–—|:]\s*)?(?P<text>\S.*)"
)


@dataclass(frozen=True)
class LiveEntry:
    time: str
    text: str


@cache
def environment() -> Environment:
    """Templates that escape all they are given, and fail on a name that they were not given."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(("html", "xml")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters["utc"] = lambda moment: moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    env.filters["rfc_2822"] = format_rfc_2822
    env.filters["local_iso"] = lambda moment, outlet: moment.astimezone(outlet.zone).isoformat()
    env.filters["long_time"] = long_time
    return env


def long_time(moment: datetime, outlet: Outlet, language: str) -> str:
    """The outlet's own clock in words: "16 May 2018, 09:30 BST"."""
    local = moment.astimezone(outlet.zone)
    return f"{format_datetime(local, 'd MMMM y, HH:mm', locale=language)} {local.tzname()}"


def article_page(edition: Edition, posting: Posting, base: str) -> str:
    """The posting in its outlet's template; links start with `base`, "http://HOST"."""
    article, outlet, version = posting.article, posting.outlet, posting.current
    return _render(
        f"article_{outlet.template}.html",
        outlet,
        base,
        path=posting.path,
        language=article.language,
        direction="rtl" if article.language in RIGHT_TO_LEFT else "ltr",
        encoding=posting.encoding,
        posting=posting,
        article=article,
        version=version,
        by_word=BY.get(article.language, ""),
        dateline=_dateline(posting),
        schema_type=SCHEMA_TYPES[article.kind],
        structured=structured_data(posting, base),
        entries=live_entries(version.paragraphs) if article.kind is Kind.LIVE_BLOG else (),
        related=edition.related(posting),
    )


def front_page(edition: Edition, outlet: Outlet, section: Section | None, base: str) -> str:
    """The home page, or a section's front: headlines and summaries, newest first."""
    path = f"/{section}" if section else "/"
    postings = edition.of(outlet, section=section)
    return _render("front.html", outlet, base, path=path, section=section, postings=postings)


def gallery_page(outlet: Outlet, gallery: Gallery, base: str) -> str:
    return _render("gallery.html", outlet, base, path=gallery.path, gallery=gallery)


def notice_page(outlet: Outlet, base: str, *, title: str, message: str) -> str:
    """A page that only says what went wrong."""
    return _render("notice.html", outlet, base, path="/", title=title, message=message)


def hosts_page(edition: Edition, port: str) -> str:
    """What an unknown host gets: which hosts there are."""
    template = environment().get_template("hosts.html")
    return template.render(outlets=edition.outlets, port=port, night=edition.night)


def structured_data(posting: Posting, base: str) -> dict[str, Any]:
    """The posting as schema.org JSON-LD."""
    article, outlet = posting.article, posting.outlet
    news = {
        "@type": SCHEMA_TYPES[article.kind],
        "@id": f"{base}{posting.path}#article",
        "mainEntityOfPage": f"{base}{posting.path}",
        "headline": posting.current.headline,
        "description": article.summary,
        "datePublished": posting.published_at.astimezone(outlet.zone).isoformat(),
        "dateModified": posting.current.at.astimezone(outlet.zone).isoformat(),
        "inLanguage": article.language,
        "articleSection": article.section,
        "author": [{"@type": "Person", "name": name} for name in article.byline],
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet.title, "url": f"{base}/"},
        "image": [f"{base}/media/{article.slug}.gif"],
        "isAccessibleForFree": not article.paywalled,
        **({"dateline": article.dateline} if article.dateline else {}),
    }
    site = {"@type": "WebSite", "name": outlet.title, "url": f"{base}/"}
    return {"@context": "https://schema.org", "@graph": [site, news]}


def live_entries(paragraphs: tuple[str, ...]) -> tuple[LiveEntry, ...]:
    """Paragraphs that start with a time of day, each as an entry; one without continues the one before."""
    entries: list[LiveEntry] = []
    for paragraph in paragraphs:
        match = ENTRY.fullmatch(paragraph)
        if match:
            time = " ".join(part for part in (match["time"], match["zone"]) if part)
            entries.append(LiveEntry(time, match["text"]))
        else:
            entries.append(LiveEntry("", paragraph))
    return tuple(entries)


def _dateline(posting: Posting) -> str:
    """How agencies open a story: "SEOUL, May 16 (Agency) -- "."""
    if not posting.article.dateline:
        return ""
    local = posting.published_at.astimezone(posting.outlet.zone)
    day = format_date(local, "MMMM d", locale=posting.article.language)
    return f"{posting.article.dateline}, {day} ({posting.origin.title}) -- "


def _render(template: str, outlet: Outlet, base: str, *, path: str, **values: object) -> str:
    shared = {"outlet": outlet, "base": base, "canonical": f"{base}{path}", "sections": tuple(Section)}
    defaults = {"language": outlet.language, "direction": "ltr", "encoding": "utf-8"}
    return environment().get_template(template).render({**shared, **defaults, **values})
