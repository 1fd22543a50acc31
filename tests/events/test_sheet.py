"""A sheet tells of a parse what spaCy's own objects tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from extractors.events import syntax
from extractors.events.coder import Coder
from extractors.events.sheet import parse_of, sheet_of

LABELS = ("i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "is_punct")
WAYS = ("children", "lefts", "rights", "subtree", "ancestors", "conjuncts")
SENTENCES = (
    "Chad's army, which had shelled Niger's camps in May, freed two pilots and let them go home.",
    '"We will not leave," said the envoy - and left. His allies did, too.',
    "What did Rome, Paris and Bonn, say, offer the U.S.-backed rebels on Monday?",
)


def places(tokens: Iterable[object]) -> list[int]:
    return [token.i for token in tokens]  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", SENTENCES)
def test_words_are_those_of_the_parse(text: str, coder: Coder) -> None:
    parsed = coder.parse(text)
    sheet = sheet_of(parsed)
    assert len(sheet) == len(parsed)
    assert sheet.text == parsed.text == text
    for ours, theirs in zip(sheet, parsed, strict=True):
        assert [getattr(ours, name) for name in LABELS] == [getattr(theirs, name) for name in LABELS]
        assert [places(getattr(ours, way)) for way in WAYS] == [places(getattr(theirs, way)) for way in WAYS]
        edges = (ours.head, ours.left_edge, ours.right_edge)
        assert places(edges) == places((theirs.head, theirs.left_edge, theirs.right_edge))
        assert [ours.is_ancestor(word) for word in sheet] == [theirs.is_ancestor(word) for word in parsed]


@pytest.mark.parametrize("text", SENTENCES)
def test_phrases_are_those_of_the_parse(text: str, coder: Coder) -> None:
    parsed = coder.parse(text)
    sheet = sheet_of(parsed)
    for start in range(-2, len(parsed)):
        for end in (start + 1, start + 4, None):
            ours, theirs = sheet[start:end], parsed[start:end]
            assert (ours.text, places(ours)) == (theirs.text, places(theirs))
            if len(theirs):
                assert ours.root.i == theirs.root.i
    span, known = (
        sheet.char_span(3, 12, alignment_mode="expand"),
        parsed.char_span(3, 12, alignment_mode="expand"),
    )
    assert span is not None
    assert known is not None
    assert (span.start, span.end, span.text) == (known.start, known.end, known.text)


@pytest.mark.parametrize("ask", [syntax.is_passive, syntax.subject, syntax.direct_object])
def test_answers_that_a_sheet_keeps_are_those_of_the_parse(
    ask: Callable[[object], object], coder: Coder
) -> None:
    parsed = coder.parse("Two pilots were freed by the rebels, who kept the plane.")
    sheet = sheet_of(parsed)
    answers = [[getattr(told, "i", told) for told in map(ask, words)] for words in (sheet, sheet, parsed)]
    assert answers[0] == answers[1] == answers[2]
    assert any(answers[0])


def test_neighbours_end_where_the_sentence_does(coder: Coder) -> None:
    sheet = sheet_of(coder.parse("Rome left."))
    assert sheet[0].nbor().text == "left"
    for word, step in ((sheet[0], -1), (sheet[2], 1)):
        with pytest.raises(IndexError):
            word.nbor(step)


def test_a_sheet_gives_its_parse_back(coder: Coder) -> None:
    parsed = coder.parse("Rome left.")
    assert parse_of(sheet_of(parsed)) is parsed
    assert parse_of(parsed) is parsed
