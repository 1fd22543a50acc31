"""Near-duplicate groups: what copies shares a group, what is its own does not, and nothing moves later."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from datasketch import MinHash

from extractors.landing.duplicates import Fingerprint, Grouped, group_night

PARAGRAPHS = [
    f"The {word} committee of the coastal union met in closed session on day {number} and heard the envoy "
    f"set out {number + 3} proposals on fishing rights, of which the {word} delegation backed {number}."
    for number, word in enumerate(
        ("northern", "southern", "eastern", "western", "central", "island"), start=1
    )
]
STORY = " ".join(PARAGRAPHS)
OTHER = " ".join(f"A wholly different tale number {number} about ships at anchor." for number in range(20))


def fingerprint(article_id: str, text: str | None, *, night: int = 1, hour: int = 9) -> Fingerprint:
    day = date(2018, 5, 13) + timedelta(days=night)
    return Fingerprint(
        night=day,
        article_id=article_id,
        published_at=datetime(day.year, day.month, day.day, hour, tzinfo=UTC),
        minhash=None if text is None else minhash(text),
    )


def minhash(text: str) -> bytes:
    sketch = MinHash(num_perm=64)
    words = text.lower().split()
    for start in range(len(words) - 4):
        sketch.update(" ".join(words[start : start + 5]).encode())
    return sketch.hashvalues.astype("<u8").tobytes()


def groups(found: list[Grouped]) -> dict[str, str]:
    return {grouped.fingerprint.article_id: grouped.group_id for grouped in found}


@pytest.mark.parametrize(
    "carried",
    [
        STORY,
        " ".join(PARAGRAPHS[:-1]),
        "Our correspondents report from the capital. " + STORY,
    ],
    ids=["whole", "last paragraph dropped", "sentence put before"],
)
def test_a_carried_story_joins_the_first_to_publish(carried: str) -> None:
    found = group_night(
        [fingerprint("a-paper", carried, hour=11), fingerprint("z-agency", STORY, hour=9)], earlier=[]
    )
    assert groups(found) == {"z-agency": "z-agency", "a-paper": "z-agency"}


def test_other_stories_and_pages_without_text_stand_alone() -> None:
    found = group_night(
        [fingerprint("a", STORY), fingerprint("b", OTHER), fingerprint("c", None), fingerprint("d", None)],
        earlier=[],
    )
    assert groups(found) == {"a": "a", "b": "b", "c": "c", "d": "d"}


def test_half_a_story_is_another_story() -> None:
    half = " ".join(PARAGRAPHS[:2]) + " " + OTHER
    found = group_night([fingerprint("a", STORY), fingerprint("b", half, hour=10)], earlier=[])
    assert groups(found) == {"a": "a", "b": "b"}


def test_later_nights_join_and_never_move_what_came_before() -> None:
    first = group_night([fingerprint("b", STORY)], earlier=[])
    second = group_night([fingerprint("a", STORY, night=2, hour=1)], earlier=first)
    assert groups(first + second) == {"b": "b", "a": "b"}


def test_a_new_version_stays_in_its_group() -> None:
    first = group_night([fingerprint("a", STORY), fingerprint("b", STORY, hour=10)], earlier=[])
    rewritten = group_night([fingerprint("b", OTHER, night=2)], earlier=first)
    assert groups(rewritten) == {"b": "a"}


def test_undated_articles_come_last() -> None:
    undated = replace(fingerprint("a", STORY), published_at=None)
    assert groups(group_night([undated, fingerprint("b", STORY)], earlier=[])) == {"a": "b", "b": "b"}


def test_order_of_input_does_not_matter() -> None:
    articles = [fingerprint(name, STORY if name < "c" else OTHER) for name in "abcd"]
    assert groups(group_night(articles, earlier=[])) == groups(group_night(articles[::-1], earlier=[]))
