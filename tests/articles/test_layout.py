"""Pages without paragraphs of their own: the text comes out in them all the same."""

from __future__ import annotations

import pytest

from extractors.articles.parse import parse_page
from tests.articles.samples import NOW, opened, page

STORY = [
    f"In point {number} the ministry said that the talks would go on next week and not be hurried."
    for number in range(8)
]
TITLE = "Ministry speaks on the talks"
MENU = "<td><a href='/'>Home</a> <a href='/archive'>Archive</a></td>"
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in STORY)
LAYOUTS = {
    "paragraphs in cells": f"<table><tr>{MENU}<td><table><tr><td>{PARAGRAPHS}</td></tr></table>",
    "breaks in a cell": f"<table><tr>{MENU}</tr><tr><td>{'<br><br>'.join(STORY)}</td></tr></table>",
    "headline in bold": f"<table><tr><td><b>{TITLE}</b><br><br>{'<br><br>'.join(STORY)}</td></tr></table>",
    "breaks": f"<div>{'<br><br>'.join(STORY)}</div>",
    "divisions": f"<div>{''.join(f'<div>{line}</div>' for line in STORY)}</div>",
    "one form": f"<form><div>{''.join(f'<p>{line}</p>' for line in STORY)}</div></form>",
    "typewriter": f"<pre>{chr(10).join(line + chr(10) for line in STORY)}</pre>",
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_paragraphs_are_kept(name: str) -> None:
    html = f"<html lang=en><title>{TITLE}</title><body>{LAYOUTS[name]}</body></html>"
    assert parse_page(page(html), now=NOW).text.split("\n\n") == STORY


def test_table_of_data_stays_a_table() -> None:
    rows = "".join(f"<tr><td>Ship {number}</td><td>{number}</td></tr>" for number in range(40))
    inner = f"<table id=data>{rows}</table>"
    doc = opened(
        f"<table id=page><tr><td>{''.join(f'<p>{line}</p>' for line in STORY)}{inner}</td></tr></table>"
    )
    assert doc.content.xpath("//table/@id") == ["data"]
    assert len(doc.content.xpath("//table//td")) == 80
