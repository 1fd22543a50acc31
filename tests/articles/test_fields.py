"""The cleaning of each field: titles, authors, datelines, languages, addresses."""

from __future__ import annotations

import pytest

from extractors.articles.authors import clean_authors
from extractors.articles.canonical import canonical_url, normalised
from extractors.articles.characters import one_line
from extractors.articles.dateline import split_dateline
from extractors.articles.language import language_code, language_of
from extractors.articles.titles import clean_title
from tests.articles.samples import opened

REST = "The drill was called off before noon, officers said."


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("Navy ends drill | Harbour Wire", "Navy ends drill"),
        ("Navy ends drill - Harbour Wire News", "Navy ends drill"),
        ("Navy ends drill | World | Harbour Wire", "Navy ends drill | World"),
        ("Harbour Wire | Navy ends drill", "Navy ends drill"),
        ("Harbour Wire: Navy ends drill", "Navy ends drill"),
        ("Ostrea: Navy ends drill", "Ostrea: Navy ends drill"),
        ("Navy ends drill – and nobody wins", "Navy ends drill – and nobody wins"),
        ("Navy&#x27;s <b>drill</b> ends &amp; ships leave", "Navy's drill ends & ships leave"),
        ("Navy ends drill | www.harbourwire.example", "Navy ends drill"),
        ("US-Ostrea talks: what we know", "US-Ostrea talks: what we know"),
    ],
)
def test_title(stated: str, expected: str) -> None:
    doc = opened(
        '<meta property="og:site_name" content="Harbour Wire">', "https://www.harbourwire.example/a/b"
    )
    assert clean_title(stated, doc) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (["By Jane Roe"], ["Jane Roe"]),
        (["BY JANE ROE and Tomas Lind, Harbour Wire"], ["Jane Roe", "Tomas Lind", "Harbour Wire"]),
        (["Jane Roe, Diplomatic Correspondent"], ["Jane Roe"]),
        (["Jane Roe Chief Political Editor"], ["Jane Roe"]),
        (["Jane Roe in Seoul"], ["Jane Roe"]),
        (["Jane Roe (Agency)", "jane roe"], ["Jane Roe"]),
        (["Jane Roe @janeroe jane@wire.example https://wire.example/jane"], ["Jane Roe"]),
        (["John Smith, Jr."], ["John Smith Jr"]),
        (["Seán Ó Briain; Anne-Marie D'Arcy"], ["Seán Ó Briain", "Anne-Marie D'Arcy"]),
        (["Jane Roe on Monday, November 18th, 2019 at 11:04 a.m."], ["Jane Roe"]),
        (["김철수"], ["김철수"]),
        ([".byline { color: #333; margin: 0 }", "admin", "Monday", "Follow"], []),
        (["Jane Roe", "Staff Reporter", "Example News"], ["Jane Roe"]),
        (["News Desk"], ["News Desk"]),
        (["Example News"], ["Example News"]),
        (["Jane Roe, Tomas Lind, and Robert E Quill"], ["Jane Roe", "Tomas Lind", "Robert E Quill"]),
        (["Jane Roe y Tomas Lind"], ["Jane Roe", "Tomas Lind"]),
        (["Jane Roe posted on", "8 hours ago"], ["Jane Roe"]),
        (["Jane Roe has covered the region for twenty years and lives by the sea with two dogs"], []),
    ],
)
def test_authors(stated: list[str], expected: list[str]) -> None:
    assert list(clean_authors(stated, sites={"examplenews"})) == expected


@pytest.mark.parametrize(
    "dateline",
    [
        "SEOUL, May 18 (Northern Agency)",
        "SEOUL (Agency)",
        "BEIRUT",
        "WASHINGTON, D.C.",
        "SEOUL, South Korea",
        "PANMUNJOM/SEOUL, May 18 (Agency)",
        "SÃO PAULO, 18 May 2018 (Agência)",
        "МОСКВА, 18 мая",
    ],
)
@pytest.mark.parametrize("separator", [" -- ", " — ", " – ", " - "])
def test_dateline(dateline: str, separator: str) -> None:
    assert split_dateline(f"{dateline}{separator}{REST}") == (dateline, REST)


@pytest.mark.parametrize("dateline", ["NEW DELHI:", "МОСКВА, 18 мая. /ТАСС/.", "ISLAMABAD:"])
def test_dateline_of_other_forms(dateline: str) -> None:
    assert split_dateline(f"{dateline} {REST}") == (dateline.rstrip(":"), REST)


@pytest.mark.parametrize(
    "paragraph",
    [
        f"NATO — {REST}",
        f"WATCH: {REST}",
        f"US - {REST}",
        f"The drill — {REST}",
        "SEOUL -- Short.",
        f"Kim Jong Un - {REST}",
        "IAEA inspectors, who left in 2009 - and never came back - will return to the site this week.",
    ],
)
def test_no_dateline(paragraph: str) -> None:
    assert split_dateline(paragraph) == (None, paragraph)


@pytest.mark.parametrize(
    ("text", "stated", "expected"),
    [
        ("Die Minister einigten sich am Mittwoch darauf, die Grenze wieder zu öffnen. " * 3, "en", "de"),
        ("The ministers agreed on Wednesday to open the border again. " * 3, None, "en"),
        ("Short.", "fr-CA", "fr"),
        ("Short.", "klingon", None),
        ("", "en_US", "en"),
    ],
)
def test_language(text: str, stated: str | None, expected: str | None) -> None:
    assert language_of(text, stated)[0] == expected


def test_language_codes() -> None:
    assert [language_code(code) for code in ("nb-NO", "eng", "EN", "x", None)] == [
        "no",
        "en",
        "en",
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("https://example.org/world/story", "https://example.org/world/story"),
        ("/world/the-story", "https://www.example.org/world/the-story"),
        ("https://m.example.org/world/story?utm_source=x&id=4#top", "https://m.example.org/world/story?id=4"),
        ("https://other.example/world/story", None),
        ("https://www.example.org/", None),
        ("https://www.example.org/world", None),
        ("javascript:alert(1)", None),
        ("https://www.example.org:999999/x/y", None),
    ],
)
def test_canonical(claim: str, expected: str | None) -> None:
    fetched = "https://www.example.org/world/a-story"
    assert canonical_url(opened(f'<link rel="canonical" href="{claim}"><p>x</p>', fetched)) == (
        expected or fetched
    )


def test_canonical_above_an_amp_page_is_the_article() -> None:
    doc = opened(
        '<link rel="canonical" href="https://www.example.org/world/a-story">',
        "https://www.example.org/world/a-story/amp",
    )
    assert canonical_url(doc) == "https://www.example.org/world/a-story"


def test_hosts_without_a_public_suffix_must_be_the_same() -> None:
    claim = '<link rel="canonical" href="http://{}/b/c"><p>x</p>'
    fetched = "http://halden.localhost:8700/a/b"
    assert (
        canonical_url(opened(claim.format("halden.localhost:8700"), fetched))
        == "http://halden.localhost:8700/b/c"
    )
    assert canonical_url(opened(claim.format("other.localhost:8700"), fetched)) == fetched


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://WWW.Example.org:443/A?fbclid=1&b=2", "https://www.example.org/A?b=2"),
        ("http://example.org", "http://example.org/"),
        ("http://example.org/новости", "http://example.org/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"),
        ("ftp://example.org/a", None),
        ("http://[broken", None),
        ("no address", None),
    ],
)
def test_normalised(url: str, expected: str | None) -> None:
    assert normalised(url) == expected


def test_one_line_is_composed_and_visible() -> None:
    assert one_line("e\u0301\u00ad \u200b a\n\tb\x00\ud800") == "é a b"
