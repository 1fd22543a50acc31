"""When an event is told right: as news or not, with nobody on a side who is not there in truth."""

from __future__ import annotations

import pytest

from extractors.events.corpus.records import CorpusActor, CorpusEvent
from extractors.events.judge.matching import is_told_right
from extractors.records import Actor, DatePrecision, Event, Family, Modality, Sentence, Span

TEXT = "Paris and the rebels shook hands with nobody."
FRANCE, PARIS = ("France", "FRA"), ("Paris", "FRAGOV")
RUSSIA, ARMY = ("Russia", "RUS"), ("the army", "RUSMIL")
REBELS, NOBODY = ("the rebels", ""), ("its enemies", "")
Side = tuple[tuple[str, str], ...]


def coded(
    sources: Side,
    targets: Side,
    *,
    code: str = "111",
    modality: Modality = Modality.ASSERTED,
    family: Family | None = None,
) -> Event:
    first, second = (tuple(Actor(text, text, code) for text, code in side) for side in (sources, targets))
    return Event(
        "e", family, code, code[:2], "", 1, 0.0, first, second, modality, None, DatePrecision.UNKNOWN, None,
        Span("Paris", 0, 5), Sentence(0, 0, len(TEXT), TEXT), None, {}, 0.5, "",
    )  # fmt: skip


def true(
    sources: Side, targets: Side, *, code: str = "111", modality: Modality = Modality.ASSERTED
) -> CorpusEvent:
    first, second = (tuple(CorpusActor(*actor) for actor in side) for side in (sources, targets))
    return CorpusEvent(code, None, modality, Span("Paris", 0, 5), first, second, {})


@pytest.mark.parametrize(
    ("told", "truth", "expected"),
    [
        ((FRANCE,), (FRANCE,), True),
        ((FRANCE,), (PARIS,), True),  # a country beside its government
        ((ARMY,), (("the ministry", "RUSGOV"),), False),  # two parts of one country
        ((RUSSIA,), (FRANCE,), False),
        ((), (FRANCE,), False),
        ((FRANCE,), (), False),
        ((), (), True),
        ((NOBODY,), (), True),  # a phrase without a code does no harm
        ((NOBODY, FRANCE), (FRANCE,), True),
        ((FRANCE, RUSSIA), (FRANCE,), False),
        ((FRANCE,), (FRANCE, RUSSIA), True),  # one of two is not wrong
        ((REBELS,), (REBELS,), True),
        ((REBELS,), (NOBODY,), False),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_sides(told: Side, truth: Side, expected: bool, turned: bool) -> None:
    other: Side = (("Chile", "CHL"),)
    event = coded(other, told) if turned else coded(told, other)
    assert is_told_right(event, true(other, truth) if turned else true(truth, other)) is expected


@pytest.mark.parametrize(
    ("told", "truth", "expected"),
    [
        (Modality.ASSERTED, Modality.ASSERTED, True),
        (Modality.PLANNED, Modality.ASSERTED, True),
        (Modality.ASSERTED, Modality.HISTORICAL, False),
        (Modality.HISTORICAL, Modality.ASSERTED, False),
        (Modality.DENIED, Modality.HYPOTHETICAL, True),
        (Modality.CONDITIONAL, Modality.PLANNED, False),
    ],
)
def test_news_is_news_and_the_rest_is_not(told: Modality, truth: Modality, expected: bool) -> None:
    event = coded((FRANCE,), (RUSSIA,), modality=told)
    assert is_told_right(event, true((FRANCE,), (RUSSIA,), modality=truth)) is expected


def test_sides_may_change_places_only_where_all_take_part_on_both() -> None:
    truth, turned = ((FRANCE,), (RUSSIA,)), ((RUSSIA,), (FRANCE,))
    assert not is_told_right(coded(*turned), true(*truth))
    assert is_told_right(coded(*turned, code="040"), true(*truth, code="040"))
    drill = coded(*turned, code="062", family=Family.MILITARY_EXERCISE)
    assert is_told_right(drill, true(*truth, code="062"))
    stranger = coded((FRANCE,), (("Peru", "PER"),), code="040")
    assert not is_told_right(stranger, true(*truth, code="040"))
