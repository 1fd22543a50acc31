"""Who did it to whom: sentences of our own, one for each way to name a side."""

from __future__ import annotations

import pytest

from extractors.events.coder import Coder
from extractors.records import CodeInput

# Sentence, code's root, then "sources > targets" of every event of that root.
SIDES = [
    ("Norway suspended aid to Guinea and imposed an arms embargo.", "16", ["NOR > GIN", "NOR > GIN"]),
    ("Zagreb and Belgrade blamed each other for the fire.", "11", ["HRVGOV > SRBGOV", "SRBGOV > HRVGOV"]),
    ("Rebuked by Hanoi for building on the reef, Beijing said nothing.", "11", ["VNMGOV > CHNGOV"]),
    ("Algeria cut ties with Morocco, accusing its neighbour of hostile acts.", "11", ["DZA > MAR"]),
    ("Egypt launched a mediation effort between Sudan and Chad.", "04", ["EGY > SDN,TCD"]),
    ("France recalled its envoy to Ankara.", "16", ["FRA > TURGOV"]),
    ("Two thousand Russian soldiers were sent to Armenia.", "15", ["RUSMIL > ARM"]),
    ("Chad freed 40 prisoners, including a detainee of the French base.", "08", ["TCD > CVL"]),
    ("The Geneva talks between Chad and Sudan were cut short.", "16", ["SDN > TCD", "TCD > SDN"]),
    ("Merkel endorsed by Macron, snubbed by rival", "05", ["FRAGOV > DEUGOV"]),
    ("Russia and Turkey agreed on a ceasefire in Syria.", "03", ["RUS,TUR > RUS,TUR"]),
    ("Kosovo Serbs attacked a Polish convoy.", "19", ["KSVCVL > POL"]),
    ("The Serbian police imposed a curfew on Basra.", "17", ["SRBCOP > IRQ"]),
]


def of(actors: list[dict[str, str]]) -> str:
    return ",".join(actor["code"] for actor in actors)


@pytest.mark.parametrize(("text", "root", "sides"), SIDES, ids=[text for text, *_ in SIDES])
def test_the_sides_of_an_act(coder: Coder, text: str, root: str, sides: list[str]) -> None:
    records = [event.to_json() for event in coder.code_text(text)]
    found = [f"{of(r['sources'])} > {of(r['targets'])}" for r in records if r["cameo_root"] == root]
    assert sorted(found) == sides


def test_tellings_of_one_event_share_its_id(coder: Coder) -> None:
    text = (
        "France bombed a depot in Chad on Monday. The minister spoke of rain. "
        "French jets struck Chad, residents said. Chad bombed nobody."
    )
    strikes = [e for e in coder.code_one(CodeInput("depot", text)) if e.cameo_code.startswith("19")]
    told = [e for e in strikes if e.sources and e.sources[0].country == "FRA"]
    assert len(told) == 2
    assert len({e.event_id for e in told}) == 1
    assert len({e.mention_id for e in told}) == 2
