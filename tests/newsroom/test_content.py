"""The articles themselves: enough of each sort, well formed, ours, and consistent with one another."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pycountry
import pytest
import yaml

ROOT = Path(__file__).parents[2]
NEWSROOM = ROOT / "extractors" / "newsroom"
STORIES = (ROOT / "docs" / "newsroom-stories.md").read_text(encoding="utf-8")
NIGHTS = [date(2018, 5, 14) + timedelta(days=day) for day in range(10)]

REQUIRED = {"outlet", "headline", "byline", "published_at", "section", "summary", "storyline"}
OPTIONAL = {"dateline", "language", "encoding", "carried_by", "carried_edits", "updates", "kind", "paywalled"}
OPTIONAL |= {"expect", "nothing_expected"}
SECTIONS = {"world", "politics", "business", "sport", "opinion", "live", "culture"}

EXPECTABLE = {"family", "sources", "targets", "cameo_root", "kind"}
OF_FAMILY = {
    "concession": EXPECTABLE | {"stage"},
    "threat": EXPECTABLE | {"speaker", "is_ultimatum"},
    "military_exercise": EXPECTABLE | {"participants", "status", "exercise_name"},
    None: {"family", "sources", "targets", "cameo_root"},
}
STAGES = {"offered", "agreed", "carried out", "withdrawn"}
STATUSES = {"planned", "ongoing", "completed", "scaled_down", "expanded"}
STATUSES |= {"postponed", "suspended", "cancelled", "resumed"}
KINDS = {
    "concession": {"sanctions relief", "release", "withdrawal", "military", "ceasefire", "policy"},
    "threat": {"military", "nuclear", "sanctions", "diplomatic", "economic", "legal", "cut-off", "other"},
}


@dataclass(frozen=True)
class Piece:
    night: date
    slug: str
    fields: dict[str, Any]
    body: str

    def __getitem__(self, name: str) -> Any:
        return self.fields.get(name)

    @property
    def events(self) -> list[dict[str, Any]]:
        return self["expect"] or []

    @property
    def outlets(self) -> list[str]:
        return [self["outlet"], *(self["carried_by"] or [])]

    @property
    def bodies(self) -> list[str]:
        return [self.body, *(update["body"] for update in self["updates"] or [])]


def read_piece(path: Path) -> Piece:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return Piece(date.fromisoformat(path.parent.name), path.stem, yaml.safe_load(front), body)


PIECES = [read_piece(path) for path in sorted((NEWSROOM / "articles").glob("*/*.md"))]
OUTLETS = {entry["name"]: entry for entry in yaml.safe_load((NEWSROOM / "outlets.yml").read_text("utf-8"))}
every_piece = pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.slug)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def shingles(text: str) -> set[tuple[str, ...]]:
    tokens = words(text)
    return {tuple(tokens[start : start + 5]) for start in range(len(tokens) - 4)}


def statuses_by_night(name: str) -> list[str]:
    """The statuses expected of a named exercise, in the order of their reports, repeats dropped."""
    reports = sorted(
        (piece["published_at"], event["status"])
        for piece in PIECES
        for event in piece.events
        if event.get("exercise_name") == name
    )
    return [status for status, _ in itertools.groupby(status for _, status in reports)]


def test_enough_articles_on_every_night() -> None:
    nights = Counter(piece.night for piece in PIECES)
    assert sorted(nights) == NIGHTS
    assert min(nights.values()) >= 7
    assert len(PIECES) >= 90
    assert len({piece.slug for piece in PIECES}) == len(PIECES)


def test_every_outlet_publishes_and_every_template_and_listing_is_used() -> None:
    assert {piece["outlet"] for piece in PIECES} == set(OUTLETS)
    assert {outlet["template"] for outlet in OUTLETS.values()} == {"jsonld", "opengraph", "microdata", "bare"}
    assert {outlet["listing"] for outlet in OUTLETS.values()} == {"rss", "atom", "news_sitemap"}
    assert {outlet["ownership"] for outlet in OUTLETS.values()} == {"state", "public", "private", "agency"}
    assert [outlet["name"] for outlet in OUTLETS.values() if outlet["wire"]] == ["meridian"]
    assert all(pycountry.countries.get(alpha_3=outlet["country"]) for outlet in OUTLETS.values())


@every_piece
def test_front_matter(piece: Piece) -> None:
    assert set(piece.fields) >= REQUIRED
    assert set(piece.fields) <= REQUIRED | OPTIONAL
    assert piece["section"] in SECTIONS
    assert isinstance(piece["byline"], list)
    assert bool(piece.events) != bool(piece["nothing_expected"])
    assert bool(piece["dateline"]) == OUTLETS[piece["outlet"]]["wire"]


@every_piece
def test_published_on_its_night_in_the_outlets_own_time(piece: Piece) -> None:
    published: datetime = piece["published_at"]
    assert published.astimezone(UTC).date() == piece.night
    zone = ZoneInfo(OUTLETS[piece["outlet"]]["time_zone"])
    assert published.utcoffset() == published.astimezone(zone).utcoffset()
    assert all(update["at"] > published for update in piece["updates"] or [])


@every_piece
def test_length_and_balanced_quotation_marks(piece: Piece) -> None:
    for body in piece.bodies:
        assert 120 <= len(body.split()) <= 350
        assert body.count("“") == body.count("”")
        assert all(paragraph.count('"') % 2 == 0 for paragraph in body.split("\n\n"))


@every_piece
def test_expected_events_are_well_formed(piece: Piece) -> None:
    for event in piece.events:
        family = event["family"]
        assert set(event) <= OF_FAMILY[family]
        countries = [event.get(side, []) for side in ("sources", "targets", "participants")]
        assert all(pycountry.countries.get(alpha_3=code) for code in itertools.chain(*countries))
        assert event.get("stage", "agreed") in STAGES
        assert event.get("status", "planned") in STATUSES
        assert event.get("kind") is None or event["kind"] in KINDS[family]
        assert family or re.fullmatch(r"0[1-9]|1\d|20", event["cameo_root"])


@every_piece
def test_expected_names_stand_in_the_text(piece: Piece) -> None:
    for event in piece.events:
        for name in (event.get("exercise_name"), event.get("speaker")):
            assert name is None or all(name in body for body in piece.bodies)


@every_piece
def test_encoding_carries_every_character(piece: Piece) -> None:
    encoding = piece["encoding"] or "utf-8"
    for text in (piece["headline"], piece["summary"], *piece["byline"], *piece.bodies):
        assert text.encode(encoding).decode(encoding) == text


def test_one_page_in_windows_1252_with_what_makes_it_hard() -> None:
    pages = [piece for piece in PIECES if piece["encoding"] == "windows-1252"]
    assert len(pages) == 1
    assert set("é“”’") <= set(pages[0].body)


def test_kinds_languages_paywalls_and_near_misses() -> None:
    kinds = Counter(piece["kind"] or "article" for piece in PIECES)
    assert kinds["live_blog"] == 1
    assert kinds["opinion"] >= 2
    assert {piece["language"] for piece in PIECES} == {None, "fr", "es", "de"}
    assert sum(bool(piece["paywalled"]) for piece in PIECES) == 2
    assert sum(bool(piece["nothing_expected"]) for piece in PIECES) >= 15


def test_live_blog_is_timed_entries() -> None:
    (blog,) = [piece for piece in PIECES if piece["kind"] == "live_blog"]
    assert blog["section"] == "live"
    assert all(re.match(r"\d\d:\d\d GMT ", entry) for entry in blog.body.strip().split("\n\n"))


def test_wire_stories_are_carried() -> None:
    carried = [piece for piece in PIECES if piece["carried_by"]]
    assert all(OUTLETS[piece["outlet"]]["wire"] for piece in carried)
    assert all(set(piece["carried_edits"]) <= set(piece["carried_by"]) for piece in carried)
    assert [piece.slug for piece in carried if len(piece.outlets) == 4] == ["us-scales-down-pacific-lance"]
    assert len(carried) >= 5


def test_updates_come_on_a_later_night() -> None:
    updated = [piece for piece in PIECES if piece["updates"]]
    assert len(updated) >= 2
    for piece in updated:
        assert all(update["at"].astimezone(UTC).date() in NIGHTS for update in piece["updates"])
        assert piece["updates"][-1]["at"].astimezone(UTC).date() > piece.night


def test_no_two_bodies_are_near_duplicates() -> None:
    grams = {piece.slug: shingles(piece.body) for piece in PIECES}
    for one, other in itertools.combinations(grams, 2):
        shared = len(grams[one] & grams[other]) / min(len(grams[one]), len(grams[other]))
        assert shared < 0.3, (one, other)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Pacific Lance", ["planned", "ongoing", "scaled_down", "ongoing", "completed"]),
        ("Amber Shield", ["planned", "ongoing", "expanded", "ongoing"]),
        ("Viento Austral", ["planned", "cancelled"]),
        ("Dnieper Guard", ["suspended", "resumed"]),
        ("Sea Falcon", ["planned", "postponed"]),
    ],
)
def test_exercises_develop_over_the_nights(name: str, expected: list[str]) -> None:
    assert statuses_by_night(name) == expected


def test_sanctions_relief_goes_from_offered_to_carried_out() -> None:
    stages = [
        event["stage"]
        for piece in sorted(PIECES, key=lambda piece: piece["published_at"])
        for event in piece.events
        if piece["storyline"] == "sanctions-relief" and event["sources"] == ["USA"]
    ]
    assert stages == ["offered", "agreed", "carried out", "carried out"]


def test_korea_is_told_by_several_outlets_on_the_same_night() -> None:
    outlets = defaultdict(set)
    for piece in PIECES:
        if piece["storyline"] == "korea":
            outlets[piece.night] |= set(piece.outlets)
    assert sorted(outlets) == NIGHTS
    assert sum(len(names) >= 2 for names in outlets.values()) >= 8
    assert set().union(*outlets.values()) == set(OUTLETS)


@every_piece
def test_the_stories_document_tells_where_the_piece_belongs(piece: Piece) -> None:
    if piece["storyline"] == "none":
        return
    _, _, section = STORIES.partition(f"\n## {piece['storyline']}\n")
    rows = [row for row in section.partition("\n## ")[0].splitlines() if row.startswith(f"| {piece.night} |")]
    told = " + ".join(filter(None, [piece["outlet"], ", ".join(piece["carried_by"] or [])]))
    assert len(rows) == 1
    assert f"`{piece.slug}` ({told})" in rows[0]


def test_the_stories_document_names_no_piece_that_is_gone() -> None:
    named = set(re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+){2,})`", STORIES))
    assert named <= {piece.slug for piece in PIECES}
    assert f"{len(PIECES)} articles" in STORIES
