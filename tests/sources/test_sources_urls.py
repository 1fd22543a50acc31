from __future__ import annotations

import pytest

from extractors.sources.urls import canonical_url, clean_url, is_web_url


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("https://A.Example.org/x?utm_source=rss&id=7#top", "https://a.example.org/x?id=7"),
        ("http://a.org:80/x", "http://a.org/x"),
        ("https://a.org:443/x?fbclid=1", "https://a.org/x"),
        ("http://a.org:8080/x", "http://a.org:8080/x"),
        (" https://a.org/x?b=2&a=1&gclid=z ", "https://a.org/x?b=2&a=1"),
        ("https://a.org/x?tag=a&tag=b", "https://a.org/x?tag=a&tag=b"),
        ("HTTPS://a.org/x", "https://a.org/x"),
    ],
)
def test_cleaning_keeps_what_names_the_page(given: str, cleaned: str) -> None:
    assert clean_url(given) == cleaned


def test_one_page_has_one_key() -> None:
    forms = [
        "https://a.org/x?b=2&a=1",
        "https://A.org:443/x?a=1&b=2#c",
        "https://a.org/x?utm_medium=feed&b=2&a=1",
    ]
    assert len({canonical_url(form) for form in forms}) == 1
    assert canonical_url("https://a.org/x?a=1") != canonical_url("https://a.org/x?a=2")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a/", "http://", "javascript:x", "http://a:0/", "x"]
)
def test_what_is_no_web_url(url: str) -> None:
    assert not is_web_url(url)


def test_a_host_that_is_no_host() -> None:
    assert not is_web_url("http://[::1/x")
    assert is_web_url("http://[::1]/x")
