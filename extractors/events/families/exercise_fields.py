"""A reference to an exercise in, its fields out: name, assets, numbers, place, aim."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from extractors.events import syntax
from extractors.events.actors_of import actors_at, is_known
from extractors.events.draft import country_of
from extractors.events.families import spans
from extractors.events.families.exercise_data import exercise_data, exercise_words
from extractors.records import Actor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from extractors.events.actors import SentenceActors
    from extractors.events.families.exercise_reference import Reference

_NUMBER = re.compile(
    r"""\b( (?:\d{1,3}(?:,\d{3})+|\d+) (?:\s*thousand)? | [a-z-]+\ (?:thousand|hundred) ) \s+
    (?:[\w.’'-]+\s+){0,4}?
    (?:troops|soldiers|personnel|servicemen|marines|sailors|forces|service\ members|men|reservists|airmen
    |paratroopers|commandos|people|members|participants|conscripts|cadets|guardsmen|reserves
    |(?-i:[A-Z][a-z]+(?:ans|ese|ish|nians|is|os)))\b""",
    re.I | re.X,
)
_LIVE = re.compile(
    r"\blive[ -](?:fire|firing|ammunition|rounds?|shells?|munitions?|bombs?)\b"
    r"|\b(?:fired|firing|shooting|lobbed)\b"
    r"|sharp ammunition",
    re.I,
)
_AFTER = re.compile(r"\b(?:after|over)\s+(.{3,160}?)(?=[;—–]|[,.](?!\d)|\ but\ |$)", re.I)
_IN_ORDER = re.compile(
    r"\b(to (?:show|test|deter|frighten|warn|intimidate|demonstrate|reassure|punish|prove|check) .{3,160}?)"
    r"(?=[;—–]|[,.](?!\d)|$)"
    r"|\b(?:cites?|citing) (.{3,160}?)(?=[;—–]|[,.](?!\d)|$)|\bas (gesture .{3,60}?)(?=[;—–]|[,.](?!\d)|$)",
    re.I,
)
CHANGED = frozenset({"cancelled", "postponed", "suspended", "scaled_down", "expanded"})
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ONES = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TIME = re.compile(
    r"\b(?:19|20)\d\d\b|day\b|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|response|exchange|week|month|year"
)
_WHY = re.compile(
    r"""\b(?:citing|owing\ to|due\ to(?=\ (?:the|an?|its|their|bad|poor|heavy)\ )|on\ account\ of
    |in\ (?:deference|answer|reply)\ to|in\ (?:view|the\ absence)\ of|for\ (?:lack|want|fear|reasons)\ of
    |in\ protest\ (?:at|against)|as\ an?\ (?=warning|gesture|message|answer)|so\ (?:that|as)
    |for\ (?=the\ sake\ of))\s*(.{3,160}?)(?=[;—–]|[,.](?!\d)|\ but\ |$)""",
    re.I | re.X,
)
_LEFT_OUT = re.compile(r"out of (?!fear|concern|respect|worry|consideration|anger)", re.I)
_OF_A_NOUN = frozenset({"compound", "amod", "nmod"})
SIDES = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"})
_CLAUSE = re.compile(r",? (?:where|which|who|that)\b")
AIMED = ("against", "at", "toward", "around", "opposite", "near")
PLACING = ("off", "near", "in", "over", "along", "around", "at", "outside", "on")


def read_fields(
    ref: Reference, known: SentenceActors, participants: tuple[Actor, ...], status: str
) -> dict[str, Any]:
    doc = ref.top.doc
    text = syntax.text_of(doc).lower()
    return {
        "exercise_name": ref.name.name if ref.name is not None else None,
        "series": ref.name.series if ref.name is not None else None,
        "directed_at": _directed_at(ref, known, participants),
        "domains": _domains(doc),
        "is_live_fire": _LIVE.search(text) is not None,
        "is_command_post": "command post" in text or "command-post" in text or "staff exercise" in text,
        "assets": list(dict.fromkeys(_assets(doc))),
        "personnel": _personnel(syntax.text_of(doc)),
        "location": _location(ref),
        "reason": _reason(syntax.text_of(doc), status),
    }  # fmt: skip


def _reason(text: str, status: str) -> str | None:
    told, found = spans.reason(text), _WHY.search(text)
    if told is not None and not _LEFT_OUT.match(told):
        return told
    found = found or _IN_ORDER.search(text) or (_AFTER.search(text) if status in CHANGED else None)
    if found is None or _TIME.search(found.group(0).split(" ", 2)[1]):
        return None
    return next(group for group in found.groups() if group).strip()


def _assets(doc: Doc) -> Iterator[str]:
    """ "Saudi frigates", "two cruisers": with number and flag; a type alone; not "artillery drills"."""
    for token in doc:
        if token.text not in exercise_words("assets") or any(_is_type(c) for c in token.lefts):
            continue
        if _is_type(token):
            yield token.text
        elif token.dep_ not in _OF_A_NOUN or token.head.pos_ != "NOUN":
            yield doc[_first_word(token) : token.i + 1].text


def _is_type(token: Token) -> bool:
    """ "B-52", also of "B-52 bombers"."""
    return token.text in exercise_words("assets") and not token.text.islower()


def _first_word(token: Token) -> int:
    first = token.i
    for child in reversed([c for c in token.lefts if c.dep_ in {"nummod", *_OF_A_NOUN}]):
        first = child.left_edge.i if child.right_edge.i == first - 1 else first
    return first


def _personnel(text: str) -> int | None:
    """ "1,100 soldiers and 700 marines" are 1,800."""
    total, end = None, 0
    for found in _NUMBER.finditer(text):
        if total is not None and text[end : found.start()].strip(" ,") not in {
            "and",
            "and some",
            "and about",
        }:
            break
        count = _number(found.group(1).lower())
        if count is not None:
            total = (total or 0) + count
        end = found.end()
    return total


def _number(words: str) -> int | None:
    if words[0].isdigit():
        number = int(re.sub(r"\D", "", words))
        return number * 1000 if "thousand" in words else number
    count = count_of(words.split()[0])
    return count * (1000 if "thousand" in words else 100) if count else None


def count_of(word: str) -> int | None:
    """ "twenty-two" is 22."""
    tens, _, ones = word.partition("-")
    if tens in _TENS:
        return 10 * (2 + _TENS.index(tens)) + (_ONES.index(ones) + 1 if ones in _ONES else 0)
    return _ONES.index(word) + 1 if word in _ONES else None


def _domains(doc: Doc) -> list[str]:
    text = syntax.text_of(doc).lower()
    for phrase in exercise_data()["not_domains"]:
        text = text.replace(phrase, "")
    near = set(re.findall(r"[a-z0-9-]+", text))
    return [domain for domain, cues in exercise_data()["domains"].items() if near & set(cues)]


def _directed_at(ref: Reference, known: SentenceActors, participants: tuple[Actor, ...]) -> list[str]:
    own = {country_of(a) for a in participants}
    heads: list[Token | None] = []
    for token in ref.tokens:
        heads += [syntax.prepositional(token, (preposition,)) for preposition in AIMED]
    for token in ref.top.doc:
        heads += _addressed(token)
    found = [a for head in heads for a in actors_at(head, known) if is_known(a)]
    return sorted({a.country for a in found if a.country} - own)


def _addressed(token: Token) -> list[Token | None]:
    """ "to anger X", "a message to X", "aimed at X", "how X would react"."""
    lemma = token.lemma_.lower()
    if lemma == "react":
        return [syntax.subject(token)]
    if lemma == "aim":
        return [syntax.prepositional(token, ("at", "against"))]
    if lemma in exercise_words("signal_nouns"):
        return [syntax.prepositional(token, ("to", "against"))]
    return [syntax.direct_object(token)] if lemma in exercise_words("signal_verbs") else []


def _location(ref: Reference) -> str | None:
    verb = syntax.governing_verb(ref.top)
    near = (*ref.tokens, *([verb] if verb is not None else []))
    own = {t.i for token in ref.tokens for t in token.subtree}
    rest = sorted(
        (
            t
            for t in ref.top.doc
            if t.pos_ in {"NOUN", "VERB", "PROPN"} and (t.i in own or not _is_aside(t, ref.top))
        ),
        key=lambda t: abs(t.i - ref.top.i),
    )
    for anchor in (*near, *rest):
        for child in anchor.children:
            place = _place_at(child)
            if place is not None and (ref.name is None or ref.name.name not in place):
                return place
    return None


def _is_aside(token: Token, exercise: Token) -> bool:
    """ "as its president had promised in Oslo", "enemies at the border": another clause, another noun."""
    for above in (token, *token.ancestors):
        if above.dep_ in {"relcl", "advcl", "appos", "acl"}:
            return not above.is_ancestor(exercise) and above.i != exercise.i
    return False


def _place_at(child: Token) -> str | None:
    """ "off the coast", "south of Jeju"; the preposition counts where it says more than "in"."""
    if child.lower_ in SIDES and any(c.lower_ == "of" for c in child.children):
        behind = syntax.prepositional(child, ("of",))
        place = _place(behind)
        return f"{child.text} of {place}" if place is not None else None
    if child.dep_ != "prep" or child.lower_ not in PLACING:
        return None
    place = _place(next((c for c in child.children if c.dep_ == "pobj"), None))
    return place if place is None or child.lower_ in {"in", "at", "on"} else f"{child.text} {place}"


def _place(behind: Token | None) -> str | None:
    if behind is None or behind.lemma_.lower() in exercise_words("nouns") | exercise_words("no_places"):
        return None
    without = [c for c in behind.children if c.dep_ in {"relcl", "acl", "appos", "punct"}]
    told_aside = {t.i for clause in without for t in clause.subtree}  # "in an effort not to anger Rome"
    has_name = any(t.pos_ == "PROPN" and t.i not in told_aside for t in behind.subtree)
    if behind.lemma_.lower() not in exercise_words("places") and not has_name:
        return None
    text = _CLAUSE.split(spans.phrase(behind, without=without))[0]
    return None if _TIME.search(text) else text


def is_site(name: str, sentence: str) -> bool:
    """ "in Manila", "off the Crimea": the place is where something happens, not whose it is."""
    placed = rf"\b(?:{'|'.join(PLACING)}) (?:the |western |eastern |northern |southern )?{re.escape(name)}\b"
    return re.search(placed, sentence) is not None
