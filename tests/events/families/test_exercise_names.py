"""What an article calls its exercises, and what only looks like a name."""

from __future__ import annotations

import pytest

from extractors.events.families.exercise_names import names_told


def names(*sentences: str, actors: tuple[str, ...] = ()) -> set[str]:
    """All names found; `actors` are the words that the tagger would have taken for actors."""
    taken = [
        [(s.find(actor), s.find(actor) + len(actor)) for actor in actors if actor in s] for s in sentences
    ]
    told = names_told(sentences, taken)
    return {span.name for sentence in sentences for span in told.spans(sentence)}


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The two navies opened Exercise Silver Heron on Monday.", "Silver Heron"),
        ("Troops arrived for the exercise Silver Heron.", "Silver Heron"),
        ("Silver Heron, a naval exercise, begins today.", "Silver Heron"),
        ("The Silver Heron drills were short.", "Silver Heron"),
        ("The drill, code-named Silver Heron, was short.", "Silver Heron"),
        ('The drill is called "Sons of the River" by the army.', "Sons of the River"),
        ("The “Silver Heron” war games were short.", "Silver Heron"),
        ("Soldiers came ashore in the exercise Silver Heron 24.", "Silver Heron 24"),
        ("The soldiers were tired when Northern Anvil ended.", "Northern Anvil"),
        ("About 12,000 soldiers came to Zapad-2017.", "Zapad-2017"),
    ],
)
def test_names(sentence: str, name: str) -> None:
    assert names(sentence) == {name}


@pytest.mark.parametrize(
    ("sentence", "actors"),
    [
        ("Defence Minister Carlos Prado said the drill was short.", ("Carlos Prado",)),
        ("The United States drills were short.", ("United States",)),
        ("On Monday Defence Minister Prado cancelled the exercise.", ("Prado",)),
        ("The Pacific naval exercise was short.", ()),
        ("They will drill on Thursday.", ()),
        ("The Revolutionary Guard held a drill.", ()),
        ("Operation Desert Storm began in January; the soldiers went home.", ()),
        ("The aurora shone over Aurora.", ()),
    ],
)
def test_no_names(sentence: str, actors: tuple[str, ...]) -> None:
    assert names(sentence, actors=actors) == set()


def test_a_name_once_told_is_known_in_the_whole_article() -> None:
    sentences = ("Silver Heron was cancelled.", "The exercise, called Silver Heron, was to begin today.")
    assert names(*sentences) == {"Silver Heron"}
    assert names(sentences[0]) == set()


def test_spellings_of_a_series_have_one_key() -> None:
    told = names_told(["Zapad-2017 ended.", "The Zapad drills ended."], [[], []])
    keys = {span.key for s in ("Zapad-2017 ended.", "The Zapad drills ended.") for span in told.spans(s)}
    assert keys == {"zapad"}
