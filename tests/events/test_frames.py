"""A run of sentences in the narrative past keeps the time that its first one set; news breaks it off."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import yaml

from extractors.events.coder import Coder
from extractors.events.explaining import DATA, is_explaining, is_heading, opens_background
from extractors.records import CodeInput, Event, Modality

PUBLISHED = datetime(2018, 6, 7, tzinfo=UTC)
LEAD = "Chile's president spoke in Santiago on Wednesday. "


@pytest.fixture(scope="module")
def grammar() -> Coder:
    return Coder(judge=None)


def last_told(coder: Coder, text: str, *, published: datetime | None = PUBLISHED, title: str = "") -> Event:
    """The event of the text's last sentence."""
    events = coder.code_one(CodeInput("a", LEAD + text, published, title))
    last = max(event.sentence.index for event in events)
    return next(event for event in events if event.sentence.index == last)


@pytest.mark.parametrize(
    "text",
    [
        "In September 2005 the two presidents met in Rome. Peru attacked Bolivia with tanks.",
        "Peru quit the pact in March. Peru then attacked Bolivia with tanks.",
        "Peru quit the pact in March.\n\nPeru then attacked Bolivia with tanks.",
        "In March Peru closed its ports, and the army attacked Bolivia with tanks.",
        "In March the weather was bad; Peru attacked Bolivia with tanks.",
        "Since 2015 Peru has refused to lift the sanctions on Bolivia.",
        "Peru attacked Bolivia last month.",
        "Peru has repeatedly attacked Bolivia.",
        "In recent months Peru has attacked Bolivia with tanks.",
        "Since then Peru has attacked Bolivia with tanks.",
        "Peru has stationed 40,000 troops on its border with Bolivia.",
        "The peace is over.\n\nWhat's the background to the row?\n\nPeru attacked Bolivia with tanks.",
    ],
)
def test_what_is_told_of_an_earlier_time_is_background(grammar: Coder, text: str) -> None:
    assert last_told(grammar, text).modality is Modality.HISTORICAL


@pytest.mark.parametrize(
    "text",
    [
        "In September 2005 the two presidents met in Rome. On Monday Peru attacked Bolivia with tanks.",
        "In 2005 the two presidents met in Rome. The peace is over. Peru attacked Bolivia with tanks.",
        "In March the weather was bad.\n\nPeru attacked Bolivia with tanks.",
        "Peru, which lost a war in 1883, attacked Bolivia with tanks.",
        "Peru attacked Bolivia on 29 May.",
        "Since May Peru has attacked Bolivia with tanks.",
        "What happens next?\n\nPeru attacked Bolivia with tanks.",
        "Peru condemned Bolivia over a massacre of villagers in March.",
    ],
)
def test_news_after_an_earlier_time_stays_news(grammar: Coder, text: str) -> None:
    assert last_told(grammar, text).modality is Modality.ASSERTED


def test_what_is_narrated_has_the_day_of_the_story(grammar: Coder) -> None:
    event = last_told(grammar, "On 3 April the two presidents met in Rome. Peru attacked Bolivia with tanks.")
    assert event.event_date == date(2018, 4, 3)


def test_an_article_without_a_day_of_its_own_names_earlier_years(grammar: Coder) -> None:
    text = "Peru attacked Bolivia in May 2015."
    assert last_told(grammar, text, published=None).modality is Modality.HISTORICAL


def test_reference_tells_the_past_as_background(grammar: Coder) -> None:
    text = "Peru attacked Bolivia with tanks."
    title = "What is the pact and which countries are in it?"
    assert last_told(grammar, text, title=title).modality is Modality.HISTORICAL
    assert last_told(grammar, text, title="Peru sends tanks").modality is Modality.ASSERTED


@pytest.mark.parametrize("part", ["titles", "headings"])
def test_each_rule_takes_its_hit_and_leaves_its_miss(part: str) -> None:
    matches = is_explaining if part == "titles" else opens_background
    for rule in yaml.safe_load(DATA.read_text(encoding="utf-8"))[part]:
        assert matches(rule["hit"])
        assert not matches(rule["miss"])
        assert part == "titles" or is_heading(rule["hit"])


def test_captions_and_players_tell_nothing_twice(grammar: Coder) -> None:
    story = "Peru attacked Bolivia with tanks on Sunday."
    lines = [
        "Media caption Peru attacked Bolivia with tanks",
        "JUST WATCHED Peru attacked Bolivia with tanks Replay More Videos ...",
        "Image copyright Agency Image caption Peru attacked Bolivia with tanks",
    ]
    text = "\n\n".join([LEAD, *lines, story])
    told = {e.sentence.text for e in grammar.code_one(CodeInput("a", text, PUBLISHED))}
    assert told == {story}


def test_a_caption_may_tell_what_nothing_else_does(grammar: Coder) -> None:
    text = f"{LEAD}\n\nImage caption Peru attacked Bolivia with tanks"
    assert [e.cameo_root for e in grammar.code_one(CodeInput("a", text, PUBLISHED))] == ["19"]
