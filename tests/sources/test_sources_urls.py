from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.sources import urls
from extractors.sources.urls import canonical_url, clean_url, credentials, is_web_url

RULES = yaml.safe_load(Path(urls.__file__).with_name("urls.yml").read_text())


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("https://A.Example.org/x?utm_source=rss&id=7#top", "https://a.example.org/x?id=7"),
        ("http://a.org:80/x", "http://a.org/x"),
        ("https://a.org:443/x?fbclid=1", "https://a.org/x"),
        ("http://a.org:8080/x", "http://a.org:8080/x"),
        (" https://a.org/x?b=2&a=1&gclid=z ", "https://a.org/x?b=2&a=1"),
        ("https://a.org/x?tag=a&tag=b", "https://a.org/x?tag=a&tag=b"),
        ("https://a.org/x?q=a+b%26c&UTM_Source=1", "https://a.org/x?q=a+b%26c"),
        ("HTTPS://a.org/x", "https://a.org/x"),
        ("https://user:secret@a.org/x", "https://a.org/x"),
        ("https://public.org@127.0.0.1/x", "https://127.0.0.1/x"),
        ("https://m.a.org/x/amp?amp=1", "https://m.a.org/x/amp?amp=1"),
    ],
)
def test_cleaning_keeps_what_names_the_page(given: str, cleaned: str) -> None:
    assert clean_url(given) == cleaned


@pytest.mark.parametrize("rule", RULES["tracking"], ids=lambda rule: rule["like"])
def test_each_tracking_rule_drops_its_like_and_leaves_its_unlike(rule: dict[str, Any]) -> None:
    assert clean_url(f"https://a.org/x?id=7&{rule['like']}") == "https://a.org/x?id=7"
    assert clean_url(f"https://a.org/x?{rule['unlike']}") == f"https://a.org/x?{rule['unlike']}"


@pytest.mark.parametrize("rule", RULES["dress"], ids=lambda rule: rule["like"])
def test_each_dress_is_folded_in_the_key_only(rule: dict[str, Any]) -> None:
    dressed = f"https://a.org/x?id=7&{rule['like']}"
    assert clean_url(dressed) == dressed
    assert canonical_url(dressed) == canonical_url("https://a.org/x?id=7")
    assert canonical_url(f"https://a.org/x?{rule['unlike']}") != canonical_url("https://a.org/x")


@pytest.mark.parametrize("rule", RULES["hosts"], ids=lambda rule: rule["prefix"])
def test_each_host_is_folded_in_the_key_only(rule: dict[str, Any]) -> None:
    assert clean_url(f"https://{rule['like']}/x") == f"https://{rule['like']}/x"
    assert canonical_url(f"https://{rule['like']}/x") == canonical_url("https://example.org/x")
    assert canonical_url(f"https://{rule['unlike']}/x") == f"https://{rule['unlike']}/x"


@pytest.mark.parametrize("rule", RULES["paths"], ids=lambda rule: rule["pattern"])
def test_each_path_is_folded_in_the_key_only(rule: dict[str, Any]) -> None:
    assert clean_url(f"https://a.org{rule['like']}") == f"https://a.org{rule['like']}"
    plain = rule["like"].replace("/amp", "").replace(".amp", "").rstrip("/")
    assert canonical_url(f"https://a.org{rule['like']}") == f"https://a.org{plain}"
    assert canonical_url(f"https://a.org{rule['unlike']}") == f"https://a.org{rule['unlike']}"


def test_no_rule_stands_twice() -> None:
    for part in RULES.values():
        keys = [str(rule.get("name") or rule.get("prefix") or rule["pattern"]) for rule in part]
        assert len(keys) == len(set(keys))


def test_one_page_has_one_key() -> None:
    forms = [
        "https://a.org/x?b=2&a=1",
        "https://A.org:443/x?a=1&b=2#c",
        "https://a.org/x?utm_medium=feed&b=2&a=1",
        "http://www.a.org/x/?b=2&a=1",
        "https://amp.a.org/x?b=2&a=1",
        "https://m.a.org/x/amp/?a=1&b=2&outputType=amp",
        "https://a.org:443/amp/x?b=2&a=1&ref=rss",
    ]
    assert len({canonical_url(form) for form in forms}) == 1
    assert canonical_url("https://a.org/x?a=1") != canonical_url("https://a.org/x?a=2")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.org/", "https://b.org/"),
        ("https://news.a.org/x", "https://sport.a.org/x"),
        ("http://a.org:8080/x", "http://a.org/x"),
        ("https://a.org/X", "https://a.org/x"),
        ("https://a.org/x?page=1", "https://a.org/x?page=2"),
        ("file:///a/x/", "file:///a/x"),
    ],
)
def test_two_pages_have_two_keys(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_a_key_is_its_own_key() -> None:
    for url in ("https://www.a.org/amp/x/?amp=1", "http://m.a.org", "https://a.org/ä?q=ü", "mailto:a@b.org"):
        assert canonical_url(canonical_url(url)) == canonical_url(url)


def test_credentials_are_told_apart_from_the_url() -> None:
    assert credentials("https://user:p%40ss@a.org/feed") == ("user", "p@ss")
    assert credentials("https://a.org/feed") is None


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://a/",
        "gopher://a/",
        "data:text/html,x",
        "http://",
        "javascript:x",
        "http://a:0/",
    ],
)
def test_what_is_no_web_url(url: str) -> None:
    assert not is_web_url(url)


def test_a_host_that_is_no_host() -> None:
    assert not is_web_url("http://[::1/x")
    assert is_web_url("http://[::1]/x")
