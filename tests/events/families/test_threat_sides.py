"""Who threatens, and whether it still stands, where the sentence tells it by the way."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extractors.events.coder import Coder
from extractors.events.warning import announces_harm
from extractors.records import CodeInput, Event, Family, Modality

WHEN = datetime(2019, 5, 6, tzinfo=UTC)


def coded(coder: Coder, text: str) -> list[Event]:
    return list(coder.code_one(CodeInput("t", text, WHEN)))


def threats(coder: Coder, text: str) -> list[Event]:
    return [event for event in coded(coder, text) if event.family is Family.THREAT]


def test_a_pronoun_threatens_for_the_state_that_would_act(coder: Coder) -> None:
    (event,) = threats(coder, "He threatened that Norway will withdraw from the treaty with Iceland.")
    assert [actor.country for actor in event.sources] == ["NOR"]
    assert [actor.country for actor in event.targets] == ["ISL"]


def test_a_named_speaker_keeps_the_threat(coder: Coder) -> None:
    (event,) = threats(coder, "Denmark threatened that Norway will pay a heavy price.")
    assert [actor.country for actor in event.sources] == ["DNK"]


def test_what_was_threatened_before_still_stands(coder: Coder) -> None:
    (event,) = threats(coder, "Turkey has previously warned Greece against extending its waters.")
    assert event.modality is Modality.ASSERTED


def test_what_was_threatened_in_a_year_gone_by_is_history(coder: Coder) -> None:
    found = threats(coder, "In 1996 Turkey previously warned Greece against extending its waters.")
    assert all(event.modality is not Modality.ASSERTED for event in found)


@pytest.mark.parametrize(
    ("text", "is_harm"),
    [
        ("Kenya told Somalia that its boats would be sunk.", True),
        ("Kenya told Somalia that its boats would be painted.", False),
        ("Kenya told a paper that its boats would be sunk.", False),
    ],
)
def test_harm_told_to_the_other_is_announced(coder: Coder, text: str, is_harm: bool) -> None:
    assert any(announces_harm(token) for token in coder.parse(text)) is is_harm


@pytest.mark.parametrize(
    "text",
    [
        "Kenya warned its citizens not to travel to the coast of Somalia.",
        "Kenya will look into the shooting of a Somali fisherman.",
    ],
)
def test_advice_and_inquiries_threaten_nobody(coder: Coder, text: str) -> None:
    assert threats(coder, text) == []


def test_a_government_that_drops_its_bill_concedes(coder: Coder) -> None:
    events = coded(coder, "The government of Serbia withdrew the mining law.")
    assert [(e.cameo_code, e.family) for e in events] == [("0832", Family.CONCESSION)]


def test_where_it_was_agreed_receives_nothing(coder: Coder) -> None:
    events = coded(coder, "Chad agreed to release its prisoners of war at talks in Singapore.")
    assert not any(a.country == "SGP" for e in events if e.family is Family.CONCESSION for a in e.targets)
