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
    # What is told, where, and through whom.
    ("Obama condemned the raid on Twitter.", "11", ["USAGOV > "]),
    ("In Rome, Macron condemned the raid.", "11", ["FRAGOV > "]),
    ("Lavrov told CNN that Russia would respond to Poland's move.", "13", ["RUS > POL"]),
    ("Egypt jailed two CNN reporters.", "17", ["EGY > USAMED"]),
    ("Merkel flew home after the G7 summit in Canada.", "04", []),
    # The two of a summit, whoever prepares it; the two of a war.
    ("Macron prepared for a summit between Obama and Putin.", "03", ["RUSGOV > USAGOV", "USAGOV > RUSGOV"]),
    ("The war between Chad and Libya went on.", "19", ["LBY > TCD", "TCD > LBY"]),
    # Things do nothing: who is behind them does.
    ("The tariffs threaten Mexico.", "13", []),
    ("French money supported Mali.", "05", ["FRA > MLI"]),
    ("Macron's plan calls on Germany to send troops.", "11", ["FRAGOV > DEU"]),
    ("Mikati said the blasts were cowardly and urged Chad to show restraint.", "02", ["LBNGOV > TCD"]),
    ("The United Nations passed a resolution that calls on Iran to free the crew.", "02", ["IGOUNO > IRN"]),
    # A deed is its doer's: not of those whom it meets, nor of those whom it is about.
    ("Libya described Chad's invasion of Sudan as a threat.", "11", ["LBY > TCD"]),
    ("Chad condemned the strike on Iran.", "11", ["TCD > "]),
    ("Obama defended Merkel's decision to meet with Putin.", "05", ["USAGOV > DEUGOV"]),
    ("A series of attacks on NATO by Donald Trump followed.", "19", ["USAGOV > IGOWSTNAT"]),
    # Who only comments is no party; the United Nations' experts are theirs.
    ("Analysts urged Iran to free the sailors.", "02", []),
    ("Ann Lee, a fellow at the institute, urged Iran to free the sailors.", "02", []),
    ("A UN expert urged Iran to free the sailors.", "02", ["IGOUNO > IRN"]),
    # What a judged or broken-off thing is about, where it is and whom it struck is no party to the judgement.
    ("Trump called the Iran deal foolish.", "11", ["USAGOV > "]),
    ("Ethiopia reached an agreement with the Eritrean government.", "05", ["ERIGOV > ETH", "ETH > ERIGOV"]),
    ("Trump called the Iranian president foolish.", "11", ["USAGOV > IRNGOV"]),
    ("Canada applauded the strikes on Syrian depots.", "05", ["CAN > "]),
    ("Brazil condemned the American strikes on Syrian depots.", "11", ["BRA > USA"]),
    ("Bahrain gave its blessing to the air campaign against Iran.", "05", ["BHR > "]),
    ("Bahrain gave its blessing to the president of Iran.", "05", ["BHR > IRNGOV"]),
    ("Seoul rejected a Libya model.", "12", ["KORGOV > "]),
    ("Seoul rejected a Libyan demand.", "12", ["KORGOV > LBY"]),
    ("North Korea walked out of the six-party talks in Beijing.", "16", ["PRK > "]),
    ("Norway called for U.N. sanctions on Chad.", "11", ["NOR > TCD"]),
    ("Spain left a drill with Chad and condemned the killing of miners.", "11", ["ESP > "]),
    ("Spain met Chad and declined to comment.", "01", ["ESP > "]),
    # To whom it is said.
    ("Macron told Kiev that France was ready to send observers.", "03", ["FRA > UKRGOV"]),
    ("Macron told the BBC that France was ready to send observers.", "03", ["FRA > "]),
    ("Manila asked for Tokyo's help.", "02", ["PHLGOV > JPNGOV"]),
    # Who only tells of it does not do it.
    ("Sanctions on Iran will be lifted, a French senator said.", "03", [" > IRN"]),
    ("Sanctions on Iran will be lifted, the French foreign minister said.", "03", ["FRAGOV > IRN"]),
    # Participles beside a passive are passive.
    ("Nine activists were beaten, kidnapped and tortured in Chad.", "18", [" > TCDCVL"] * 3),
    ("Two sailors were seized and jailed by Iran.", "17", ["IRN > IRNMIL"]),
]
# What an earlier sentence tells of: the sides of the last sentence's act.
TOLD_BEFORE = [
    ("Chad expelled two French diplomats on Monday. Macron denounced the move.", "11", ["FRAGOV > "]),
    ("Iran fired on a ship on Sunday. Japan condemned the attack.", "11", ["JPN > "]),
    ("Iran fired on a ship on Sunday. Japan condemned the weather.", "11", ["JPN > "]),
    ("Iran fired on a ship on Sunday. Japan called it a disgrace.", "11", ["JPN > "]),
    ("Iran has a new law. Japan criticised it for the raid.", "11", ["JPN > IRN"]),
    ("Peru recalled its ambassador on Monday.", "16", ["PER > "]),
    ("Peru recalled its ambassador from Chile on Monday.", "16", ["PER > CHL"]),
    ("Peru sent two thousand soldiers to Mali.", "15", ["PER > MLI"]),
    ("Russia's U.N. ambassador condemned Chad.", "11", ["RUSGOV > TCD"]),
    (
        "China and Taiwan quarrelled. Japan and Peru asked both governments to show restraint.",
        "02",
        ["JPN,PER > CHNGOV,TWNGOV"],
    ),
    (
        "Spain calmed a row between Chad and Mali, calling on both sides to settle it.",
        "02",
        ["ESP > TCD,MLI"],
    ),
    ("Chile's committee on reunification threatened Peru.", "13", ["CHLGOV > PER"]),
]


def of(actors: list[dict[str, str]]) -> str:
    return ",".join(actor["code"] for actor in actors)


CASES = [*SIDES, *TOLD_BEFORE]


@pytest.mark.parametrize(("text", "root", "sides"), CASES, ids=[text for text, *_ in CASES])
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
