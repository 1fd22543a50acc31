"""An operator's words tell its act: each entry of contents.yml finds its example, not its near miss."""

from __future__ import annotations

import pytest

from extractors.events.candidates import find_candidates
from extractors.events.coder import Coder
from extractors.events.compose import compose
from extractors.events.contents import Content, contents
from extractors.events.lexicon import OPERATORS, load_lexicon

LEXICON = load_lexicon()
CONTENTS = [pytest.param(c, id=f"{number:02d}-{c.act}") for number, c in enumerate(contents())]


def acts(coder: Coder, sentence: str) -> set[str]:
    return {c.composed.act for c in find_candidates(coder.parse(sentence), LEXICON)}


@pytest.mark.parametrize("content", CONTENTS)
def test_the_example_tells_its_act_and_the_near_miss_does_not(coder: Coder, content: Content) -> None:
    assert content.act in acts(coder, content.example)
    assert content.act not in acts(coder, content.near_miss)


@pytest.mark.parametrize("content", CONTENTS)
def test_its_act_and_operators_are_known(content: Content) -> None:
    assert content.operators <= OPERATORS
    for operator in content.operators:
        assert compose(content.act, [operator], LEXICON).code
