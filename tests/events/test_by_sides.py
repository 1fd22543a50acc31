"""Rules that read an act by its two sides, and a protest by its aim: examples fit, near misses do not."""

from __future__ import annotations

import pytest

from extractors.events.aims import Aim, aims
from extractors.events.by_sides import SidesRule, sides_rules
from extractors.events.coder import Coder
from extractors.events.lexicon import load_lexicon


def codes(coder: Coder, sentence: str) -> set[str]:
    return {event.cameo_code for event in coder.code_text(sentence)}


@pytest.mark.parametrize("rule", sides_rules(), ids=lambda rule: rule.id)
def test_a_pair_of_sides_gives_the_act_its_code(coder: Coder, rule: SidesRule) -> None:
    wanted = load_lexicon().composition[rule.becomes].codes["done"]
    assert wanted in codes(coder, rule.example)
    assert wanted not in codes(coder, rule.near_miss)
    assert codes(coder, rule.near_miss), "the near miss is an event, of another kind"


def test_the_rules_name_acts_of_the_table() -> None:
    table = load_lexicon().composition
    for rule in sides_rules():
        assert rule.acts <= set(table), rule.id
        assert rule.becomes in table, rule.id


@pytest.mark.parametrize("aim", aims(), ids=lambda aim: aim.digit)
def test_a_protest_is_coded_by_its_aim(coder: Coder, aim: Aim) -> None:
    assert codes(coder, aim.example) == {"141" + aim.digit}
    assert "141" + aim.digit not in codes(coder, aim.near_miss)
