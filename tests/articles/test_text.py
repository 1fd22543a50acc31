"""Boilerplate and pruning rules: each takes out its example and leaves its near miss."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from extractors.articles import text as text_module
from extractors.articles.layout import in_blocks
from extractors.articles.prune import prune_rules
from extractors.articles.readers.trafilatura_reader import paragraphs_of
from extractors.articles.text import boilerplate_rules, compose
from tests.articles.samples import opened

DATA = Path(text_module.__file__).parent
BOILERPLATE = yaml.safe_load((DATA / "boilerplate.yml").read_text(encoding="utf-8"))
RULES = [(part, rule) for part in ("anywhere", "head", "tail") for rule in BOILERPLATE[part]]
PRUNE = yaml.safe_load((DATA / "prune.yml").read_text(encoding="utf-8"))["patterns"]
BODY = [f"Paragraph {word} of the story tells what the ministers said." for word in range(4)]


@pytest.mark.parametrize(
    ("part", "rule"), RULES, ids=lambda item: item["id"] if isinstance(item, dict) else item
)
def test_rule_takes_its_hit_and_leaves_its_miss(part: str, rule: dict[str, str]) -> None:
    pattern = getattr(boilerplate_rules(), part)
    assert pattern.search(" ".join(rule["hit"].split()))
    assert not pattern.search(" ".join(rule["miss"].split()))


@pytest.mark.parametrize("rule", PRUNE, ids=lambda rule: rule["id"])
def test_prune_pattern_takes_its_hit_and_leaves_its_miss(rule: dict[str, str]) -> None:
    assert prune_rules().pattern.search(rule["hit"])
    assert not prune_rules().pattern.search(rule["miss"])


def test_rules_have_each_their_own_name() -> None:
    for part in ("anywhere", "head", "tail"):
        names = [rule["id"] for rule in BOILERPLATE[part]]
        assert len(names) == len(set(names))


def test_headline_byline_and_date_at_the_head_go() -> None:
    head = ["Ministers meet!", "By Jane Roe", "18 May 2018"]
    assert compose(head + BODY, titles=["Ministers meet"]).text == "\n\n".join(BODY)


def test_the_same_words_later_stay() -> None:
    tail = [*BODY, "Ministers meet", "By Friday evening they had met."]
    assert compose(tail, titles=["Ministers meet"]).text == "\n\n".join(tail)


def test_paragraph_said_twice_is_kept_once() -> None:
    assert compose([*BODY, BODY[1]]).text == "\n\n".join(BODY)


def test_long_paragraph_is_never_boilerplate() -> None:
    long = (
        "Sign up for our newsletter, the minister joked. "
        + "He then read the treaty aloud, line by line. " * 8
    )
    assert long.strip() in compose([*BODY, long]).text


def test_element_with_most_of_the_page_stays_whatever_its_name() -> None:
    doc = opened(f"<div class='newsletter'>{''.join(f'<p>{line}</p>' for line in BODY)}</div><p>x</p>")
    assert BODY[0] in doc.content.text_content()


@pytest.mark.parametrize("name", ["has-ads", "no-newsletter", "share-enabled", "js-comments"])
def test_what_an_element_has_is_not_what_it_is(name: str) -> None:
    doc = opened(f"<div class='{name}'>Inside.</div><p>{'The rest of the page. ' * 20}</p>")
    assert "Inside." in doc.content.text_content()


def test_sentence_that_is_mostly_a_link_is_a_sentence() -> None:
    tree = in_blocks(opened("<p>It also <a href=x>holds joint exercises with its neighbours</a>.</p>").tree)
    assert not tree.xpath("//a")
    tree = in_blocks(opened("<p>More: <a href=x>Joint exercises end</a></p>").tree)
    assert tree.xpath("//a")


def test_breaks_part_paragraphs_after_a_full_stop_or_short_line() -> None:
    long = "A line as long as a typewriter makes it when it is full and"
    doc = opened(
        f"<div><p>By Jane Roe<br>{long}<br>goes on.<br>Second.<br/><br/>Third</p><ul><li>Item</li></ul></div>"
    )
    body = doc.tree.find(".//div")
    for line_break in list(body.iter("br")):
        line_break.tag = "lb"
    for item in list(body.iter("li")):
        item.tag = "item"
    assert paragraphs_of(body) == ("By Jane Roe", f"{long} goes on.", "Second.", "Third", "Item")
