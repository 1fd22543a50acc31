"""What violence strikes, and who is held to have done it: sentences of our own."""

from __future__ import annotations

import pytest

from extractors.events.blame import blame_words
from extractors.events.coder import Coder
from extractors.records import Actor, Event, Modality

# Sentence, start of the event's code, source and target as the sentence has them.
STRUCK = [
    ("A bomb went off at a market in Kano, killing nine.", "183", "A bomb", "a market in Kano"),
    ("Rebels shelled the port of Aden and two warehouses.", "194", "Rebels", "two warehouses"),
    (
        "Two men set off a bomb near the railway station of Lome.",
        "183",
        "Two men",
        "the railway station of Lome",
    ),
    ("Huge devices were detonated at bus stations in Togo.", "183", "Huge devices", "bus stations in Togo"),
    ("Bombs have devastated two central Nairobi pubs.", "183", "Bombs", "two central Nairobi pubs"),
    (
        "A Malian officer, Ann Lee, was shot dead by rebels in Gao.",
        "190",
        "rebels in Gao",
        "A Malian officer, Ann Lee",
    ),
]
BLAMED = [
    ("The IRA was responsible for the Birmingham pub bombings.", "183", "IRA", Modality.HISTORICAL),
    ("Ali Reza was found guilty of murdering his wife in Togo.", "1823", "Ali Reza", Modality.HISTORICAL),
    (
        "Chad blamed the Seleka rebels for the attack on the village of Dabua.",
        "190",
        "Seleka rebels",
        Modality.HYPOTHETICAL,
    ),
    (
        "A bombing of a hotel in Lome was blamed on Malian rebels.",
        "195",
        "Malian rebels",
        Modality.HYPOTHETICAL,
    ),
    ("The raid on the army base was the work of Malian rebels.", "190", "Malian rebels", Modality.HISTORICAL),
]


def found(coder: Coder, sentence: str, code: str) -> list[Event]:
    return [event for event in coder.code_text(sentence) if event.cameo_code.startswith(code)]


def texts(actors: tuple[Actor, ...]) -> set[str]:
    return {actor.text for actor in actors}


@pytest.mark.parametrize(("sentence", "code", "source", "target"), STRUCK)
def test_victims_and_sites_are_targets(
    coder: Coder, sentence: str, code: str, source: str, target: str
) -> None:
    events = found(coder, sentence, code)
    assert any(
        source in texts(e.sources) and target.lower() in {t.lower() for t in texts(e.targets)} for e in events
    )


@pytest.mark.parametrize(("sentence", "code", "source", "modality"), BLAMED)
def test_the_culprit_is_the_source_and_the_deed_no_news(
    coder: Coder, sentence: str, code: str, source: str, modality: Modality
) -> None:
    assert [(e.modality, texts(e.sources)) for e in found(coder, sentence, code)] == [(modality, {source})]


def test_the_example_of_blame_is_told_of_its_culprits(coder: Coder) -> None:
    told = found(coder, "Two brothers convicted of the bombing of a hotel in Lome were pardoned.", "195")
    heard = found(coder, "Two brothers heard of the bombing of a hotel in Lome.", "195")
    assert [texts(e.sources) for e in told] == [{"Two brothers"}]
    assert all("Two brothers" not in texts(e.sources) for e in heard)
    assert blame_words().open < blame_words().open | blame_words().judged


def test_who_dies_in_a_fight_is_killed_by_the_other_side(coder: Coder) -> None:
    events = found(coder, "The elder brother died in a shootout with police in Lome.", "175")
    assert [(texts(e.sources), texts(e.targets)) for e in events] == [({"police in Lome"}, {"elder brother"})]


def test_deep_in_an_article_a_noun_of_violence_is_background(coder: Coder) -> None:
    attack = "The Malian rebels' attack on the Chadian army shocked the region."
    text = f"Chad's president met the king of Morocco in Rabat. They signed an accord. {attack}"
    assert [e.modality for e in found(coder, attack, "190")] == [Modality.ASSERTED]
    assert [e.modality for e in found(coder, text, "190")] == [Modality.HISTORICAL]


def test_names_are_known_in_a_text_without_capitals(coder: Coder) -> None:
    events = found(coder, "israel killed nine hamas fighters in gaza.", "190")
    assert [[a.code for a in e.sources] for e in events] == [["ISR"]]
    assert not coder.code_text("we all had turkey while us fans waited for an attack.")
