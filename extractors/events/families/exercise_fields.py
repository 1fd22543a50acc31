"""An exercise's noun in its sentence in, the fields out: name, assets, numbers, place, aim."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from extractors.events import syntax
from extractors.events.actors_of import actors_at, is_known
from extractors.events.draft import country_of
from extractors.events.families import spans
from extractors.events.wordlists import word_list
from extractors.records import Actor

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from extractors.events.actors import SentenceActors

_NUMBER = re.compile(
    r"""\b( (?:\d{1,3}(?:,\d{3})+|\d+) (?:\s*thousand)? ) \s+ (?:[\w.-]+\s+){0,4}?
    (?:troops|soldiers|personnel|servicemen|marines|sailors|forces|service\ members)""",
    re.I | re.X,
)
_DRILLS = r"(?:exercises?|drills?|war\ games?|man(?:eu|oeu)vers?|manoeuvres?)"
_NAME = r"[A-Z][\w-]*(?:[ -](?:[A-Z][\w-]*|\d{2,4}))*"
_NAMED = re.compile(
    rf"""(?:code-?named|dubbed|called|known\ as|Exercise|Operation) \s+ ["“‘']? ({_NAME})
    | ["“‘'] ({_NAME}) ,?["”’'] \s+ (?:\w+\ ){{0,4}}? {_DRILLS}
    | \b ((?:[A-Z][a-z]+\ ){{1,3}} (?:\d{{2,4}}\ )?) (?:\w+\ ){{0,3}}? {_DRILLS}""".replace("[ -]", "[\\ -]"),
    re.X,
)
_TIME = re.compile(
    r"\b(?:19|20)\d\d\b|day\b|January|February|March|April|May|June|July|August|September|October|November|"
    r"December|response|exchange"
)


@cache
def exercise_data() -> dict[str, Any]:
    data: dict[str, Any] = spans.family_data()["exercise"]
    return data


@cache
def exercise_words(name: str) -> frozenset[str]:
    value = exercise_data()[name]
    return frozenset(value.split() if isinstance(value, str) else value)


def _personnel(text: str) -> int | None:
    found = _NUMBER.search(text)
    if found is None:
        return None
    number = int(re.sub(r"\D", "", found.group(1)))
    return number * 1000 if "thousand" in found.group(1).lower() else number


def read_fields(
    noun: Token, doc: Doc, known: SentenceActors, participants: tuple[Actor, ...]
) -> dict[str, Any]:
    words = [t.lower_ for t in doc]
    near = set(words)
    name, series = exercise_name(doc.text, noun)
    domains = [d for d, cues in exercise_data()["domains"].items() if near & set(cues)]
    return {
        "exercise_name": name, "series": series,
        "directed_at": _directed_at(noun, known, participants),
        "domains": domains,
        "is_live_fire": "live-fire" in doc.text.lower() or "live fire" in doc.text.lower(),
        "is_command_post": "command post" in doc.text.lower() or "command-post" in doc.text.lower(),
        "assets": list(dict.fromkeys(t.text for t in doc if t.text in exercise_words("assets"))),
        "personnel": _personnel(doc.text),
        "location": _location(noun),
        "reason": spans.reason(doc.text),
    }  # fmt: skip


def exercise_name(text: str, noun: Token) -> tuple[str | None, str | None]:
    """Name as written and its series: known ones first, then "Exercise X", 'the "X" drills', "X drills"."""
    lowered = text.lower()
    for series, spellings in exercise_data()["series"].items():
        for spelling in spellings:
            place = lowered.find(spelling)
            if place >= 0 and not lowered[place + len(spelling) : place + len(spelling) + 1].isalpha():
                year = re.match(r"[ -]?(?:\d{4}|\d{2})\b", text[place + len(spelling) :])
                return text[place : place + len(spelling) + (year.end() if year else 0)], series
    for found in _NAMED.finditer(text):
        name = next(group for group in found.groups() if group).strip(" ,-")
        words = [w.lower() for w in re.split(r"[ -]", name)]
        if not set(words) & word_list("not_a_name") and len(name) > 3 and not _is_actor_name(name, noun):
            return name, None
    return None, None


def _is_actor_name(name: str, noun: Token) -> bool:
    """Names before the noun that are no more than its participants ("Russian Navy drills")."""
    first = noun.doc.text.find(name)
    span = noun.doc.char_span(first, first + len(name), alignment_mode="expand")
    if span is None or span.end > noun.i + 1:
        return False
    quoted = first > 0 and noun.doc.text[first - 1] in "\"“‘'"
    return not quoted and len(span) < 2


def _directed_at(noun: Token, known: SentenceActors, participants: tuple[Actor, ...]) -> list[str]:
    own = {country_of(a) for a in participants}
    found: list[Actor] = []
    for preposition in ("against", "at", "toward"):
        behind = syntax.prepositional(noun, (preposition,))
        found += [a for a in actors_at(behind, known) if is_known(a)]
    for token in noun.doc:
        if token.lemma_.lower() in exercise_words("signals"):
            found += [a for head in _signalled(token) for a in actors_at(head, known) if is_known(a)]
    return sorted({country_of(a) for a in found if a.country} - own)


def _signalled(word: Token) -> list[Token]:
    """Whom it is meant for: who would "react", whom it would "anger", to whom it "sends a message"."""
    to = syntax.prepositional(word, ("to", "at", "against", "from"))
    heads = [to] if to is not None else []
    if syntax.is_verb(word):
        seen = syntax.direct_object(word) or syntax.subject(word)
        heads += [seen] if seen is not None else []
    return heads


def _location(noun: Token) -> str | None:
    verb = syntax.governing_verb(noun)
    for anchor in (noun, *([verb] if verb is not None else [])):
        for preposition in ("off", "near", "in", "over", "along", "around", "at"):
            behind = syntax.prepositional(anchor, (preposition,))
            if behind is not None and (behind.pos_ == "PROPN" or behind.lemma_ in exercise_words("places")):
                text = spans.phrase(
                    behind, without=[c for c in behind.children if c.dep_ in {"relcl", "acl", "appos"}]
                )
                if not re.search(
                    r"\b(19|20)\d\d\b|day\b|January|February|March|April|May|June|July|August|September|October|November|December|response|exchange",
                    text,
                ):
                    return text
    return None
