"""Nobody is read in one way, whoever asks: as the one who acts, or as the one it is done to."""

from __future__ import annotations

import pytest

from extractors.events import negation
from extractors.events.coder import Coder

# Sentence, its verb, and whether nobody does it or it is done to nobody.
NOBODY = [
    ("Nobody has threatened Rome.", "threatened", True),
    ("No minister will meet the envoy.", "meet", True),
    ("Neither Rome nor Paris attacked Chad.", "attacked", True),
    ("Not one soldier was killed.", "killed", True),
    ("Russia attacked no one.", "attacked", True),
    ("Russia attacked nobody in Chad.", "attacked", True),
    ("One soldier was killed.", "killed", False),
    ("Rome has no interest and Paris attacked Chad.", "attacked", False),
]


@pytest.mark.parametrize(("text", "word", "is_nobody"), NOBODY, ids=[text for text, *_ in NOBODY])
def test_nobody_does_it_or_meets_it(coder: Coder, text: str, word: str, is_nobody: bool) -> None:
    verb = next(token for token in coder.parse(text) if token.text == word)
    assert (negation.is_by_nobody(verb) or negation.touches_nobody(verb)) is is_nobody
