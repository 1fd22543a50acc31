"""Four nights of news of our own: an air drill that shrinks, a threat that is retold, a concession."""

from __future__ import annotations

from extractors.home import Home

from .factory import actor, article, at, concession, exercise, fetch, land, mention, threat

NIGHTS = (1, 2, 3, 4)
WIRE = " ".join(
    f"Paragraph {number} of the wire report on the warning from the north." for number in range(20)
)

PLANNED = article(1, "allies-plan-air-drill", "ridge-times")
MEETING = article(1, "envoys-to-meet", "delta-post", published_at=at(1, 12))
THREAT = article(2, "north-warns", "harbour-wire", text=WIRE, published_at=at(2, 7))
CARRIED = article(2, "north-warns-carried", "delta-post", text=WIRE + " More soon.", published_at=at(2, 10))
BEGUN = article(3, "drill-begins", "delta-post")
RETOLD = article(3, "what-the-north-said", "ridge-times", published_at=at(3, 15))
CUT = article(4, "drill-cut-back", "harbour-wire", published_at=at(4, 8))
BACKGROUND = article(4, "the-drill-explained", "state-herald", published_at=at(4, 18))

TELLS_THREAT = "Pyongyang threatens to call off the summit if it is pushed."
NORTH_KOREA = actor("PRK", "GOV")

ARTICLES = {1: [PLANNED, MEETING], 2: [THREAT, CARRIED], 3: [BEGUN, RETOLD], 4: [CUT, BACKGROUND]}
MENTIONS = {
    1: [
        exercise(
            PLANNED,
            "The allies will hold a joint air drill.",
            "planned",
            modality="planned",
            exercise_domains=["air"],
            exercise_directed_at=["PRK"],
        ),
        mention(MEETING, "Envoys met to prepare the summit."),
    ],
    2: [threat(THREAT, TELLS_THREAT), threat(CARRIED, TELLS_THREAT)],
    3: [
        exercise(BEGUN, "The drill began at dawn.", "ongoing", exercise_domains=["air"]),
        threat(RETOLD, "The north had warned that it may walk away.", targets=[], confidence=0.6),
        threat(RETOLD, "It never threatened a strike, it says.", modality="denied", threat_kind="military"),
    ],
    4: [
        exercise(
            CUT,
            "Washington cut the drill back to two partners.",
            "scaled_down",
            exercise_participants=["USA", "JPN"],
            exercise_assets=["B-52"],
            exercise_directed_at=["PRK"],
            exercise_reason="to keep the summit alive",
            confidence=0.9,
        ),
        concession(
            CUT,
            "Washington agreed to shrink it.",
            targets=[NORTH_KOREA],
            concession_stage="agreed",
            concession_demanded_by=["KOR"],
        ),
        concession(
            BACKGROUND,
            "Washington has shrunk it.",
            targets=[NORTH_KOREA],
            concession_stage="carried out",
        ),
        exercise(
            BACKGROUND, "The drill is under way.", "ongoing", exercise_participants=["USA", "KOR", "JPN"]
        ),
        exercise(
            BACKGROUND,
            "Both flew a drill five years ago.",
            "completed",
            modality="historical",
            exercise_participants=["USA", "KOR"],
        ),
    ],
}


def land_night(home: Home, number: int) -> None:
    """Write the landing of one night of the story."""
    fetches = [fetch(number, told["source"], told["url"].rsplit("/", 1)[1]) for told in ARTICLES[number]]
    land(home, number, articles=ARTICLES[number], mentions=MENTIONS[number], fetches=fetches)
