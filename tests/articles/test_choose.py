"""The choice per field: agreement, order, refusal, and newspaper3k never making a field worse."""

from __future__ import annotations

import pytest

from extractors.articles import choose
from extractors.articles.document import Document
from extractors.articles.readers import readers
from extractors.articles.readers.base import Silent
from tests.articles.samples import document, opened

STORY = [
    f"Paragraph {number} of the story tells at length what the ministers said on the day."
    for number in range(12)
]


LONGER = [
    f"Further on, point {number} of the story tells what the envoys said after." for number in range(12)
]


class Fixed(Silent):
    def __init__(self, name: str, *, title: str | None = None, text: tuple[str, ...] = ()) -> None:
        self.name = name
        self._title, self._text = title, text

    def title(self, document: Document) -> str | None:
        return self._title

    def text(self, document: Document) -> tuple[str, ...]:
        return self._text


def given(monkeypatch: pytest.MonkeyPatch, *fixed: Fixed) -> None:
    silent = {name: Fixed(name) for name in readers()}
    monkeypatch.setattr(choose, "readers", lambda: silent | {reader.name: reader for reader in fixed})


def title(doc: Document) -> tuple[str | None, str | None]:
    found = choose.choose_title(doc, choose.stated_titles(doc))
    return found.value, found.reader


def test_rules_name_only_known_readers_once() -> None:
    for field, rule in choose.choice_rules().items():
        assert set(rule.all) <= set(readers()), field
        assert len(rule.all) == len(set(rule.all)), field
    assert "newspaper3k" in choose.choice_rules()["title"].order
    assert "newspaper3k" in choose.choice_rules()["text"].last


def test_title_that_two_readers_share_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    given(
        monkeypatch,
        Fixed("jsonld", title="Short form for search"),
        Fixed("byline", title="The headline that is printed"),
        Fixed("newspaper3k", title="The Headline that is printed "),
    )
    assert title(opened("<p>x</p>")) == ("The headline that is printed", "byline")


def test_title_without_agreement_goes_by_order(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, Fixed("opengraph", title="Second in order"), Fixed("jsonld", title="First in order"))
    assert title(opened("<p>x</p>")) == ("First in order", "jsonld")


def test_title_is_spelled_as_most_readers_do(monkeypatch: pytest.MonkeyPatch) -> None:
    given(
        monkeypatch,
        Fixed("jsonld", title="The Headline That Is Printed"),
        Fixed("opengraph", title="The headline that is printed"),
        Fixed("byline", title="The headline that is printed"),
    )
    assert title(opened("<p>x</p>")) == ("The headline that is printed", "jsonld")


def test_title_that_begins_a_longer_one_has_its_vote(monkeypatch: pytest.MonkeyPatch) -> None:
    given(
        monkeypatch,
        Fixed("jsonld", title="Quite another wording"),
        Fixed("byline", title="Ministers meet at the border"),
        Fixed("newspaper3k", title="Ministers meet at the border: what we know"),
    )
    assert title(opened("<p>x</p>"))[0] == "Ministers meet at the border"


def test_title_cut_short_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    given(
        monkeypatch,
        Fixed("jsonld", title="Ministers meet at the border and…"),
        Fixed("byline", title="Ministers meet at the border and agree"),
    )
    assert title(opened("<p>x</p>"))[0] == "Ministers meet at the border and agree"


def test_title_of_newspaper_alone_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, Fixed("newspaper3k", title="Only newspaper has it"))
    assert title(opened("<p>x</p>")) == ("Only newspaper has it", "newspaper3k")


def test_site_name_is_no_title(monkeypatch: pytest.MonkeyPatch) -> None:
    given(
        monkeypatch, Fixed("jsonld", title="Example"), Fixed("byline", title="The headline that is printed")
    )
    assert (
        title(opened('<meta property="og:site_name" content="Example"><p>x</p>'))[0]
        == "The headline that is printed"
    )


def page_text(monkeypatch: pytest.MonkeyPatch, doc: Document, *fixed: Fixed) -> tuple[int, str | None]:
    given(monkeypatch, *fixed)
    found = choose.choose_text(doc, ())
    return (len(found.value.text) if found.value else 0), found.reader


def test_whole_text_is_not_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    class Never(Fixed):
        def text(self, document: Document) -> tuple[str, ...]:
            raise AssertionError("asked")

    doc = opened("".join(f"<p>{line}</p>" for line in STORY))
    _, reader = page_text(monkeypatch, doc, Fixed("trafilatura", text=tuple(STORY)), Never("newspaper3k"))
    assert reader == "trafilatura"


def test_text_that_misses_most_of_the_page_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    doc = opened("".join(f"<p>{line}</p>" for line in STORY))
    part, whole = Fixed("trafilatura", text=tuple(STORY[:2])), Fixed("trafilatura_full", text=tuple(STORY))
    assert page_text(monkeypatch, doc, part, whole)[1] == "trafilatura_full"


def test_all_paragraphs_of_a_page_never_replace_a_found_text(monkeypatch: pytest.MonkeyPatch) -> None:
    doc = opened("".join(f"<p>{line}</p>" for line in STORY))
    part = Fixed("trafilatura", text=tuple(STORY[:2]))
    for name in ("newspaper3k", "byline"):
        assert page_text(monkeypatch, doc, part, Fixed(name, text=tuple(STORY)))[1] == "trafilatura"
        alone = Fixed("trafilatura", text=("Share",))
        assert page_text(monkeypatch, doc, alone, Fixed(name, text=tuple(STORY)))[1] == name


def test_body_stated_in_jsonld_shows_that_the_text_is_partial(monkeypatch: pytest.MonkeyPatch) -> None:
    doc = opened("<p>short page</p>")
    part, stated = Fixed("trafilatura", text=tuple(STORY[:6])), Fixed("jsonld", text=tuple(STORY + LONGER))
    assert page_text(monkeypatch, doc, part, stated)[1] == "jsonld"


def test_a_little_more_text_is_no_reason_to_change(monkeypatch: pytest.MonkeyPatch) -> None:
    doc = opened("<p>short page</p>")
    first, second = Fixed("trafilatura", text=tuple(STORY[:3])), Fixed("newspaper3k", text=tuple(STORY[:4]))
    assert page_text(monkeypatch, doc, first, second)[1] == "trafilatura"


def test_newspaper_steps_in_when_nobody_else_finds_text(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = readers()["newspaper3k"]
    silent = {name: Fixed(name) for name in readers()}
    monkeypatch.setattr(choose, "readers", lambda: silent | {"newspaper3k": kept})
    found = choose.choose_text(document("opengraph"), ())
    assert found.reader == "newspaper3k"
    assert found.value is not None
    assert "eleven of fourteen ships" in found.value.text
