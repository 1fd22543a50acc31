"""The text of an article in, the names out by which it calls exercises ("Exercise X", 'the "X" drills')."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from extractors.events.families.exercise_data import exercise_data, exercise_words
from extractors.events.prefilter import words_of

_NOUN = r"(?:[Ee]xercises?|[Dd]rills?|[Ww]ar\ ?games?|[Mm]an(?:eu|oeu)vers?|[Mm]anoeuvres?)"
_WORD = r"(?:[A-Z][\w’'.]*(?:[-/](?:[A-Z]\w*|[a-z]{1,2}-[A-Z]\w*|\d{2,4}[A-Z]?))*)"
_NAME = rf"{_WORD}(?:[ -](?:{_WORD}|\d{{1,4}}\b))*"
_QUOTED = r"[A-Z0-9][^\"“”«»,]{2,30}?"
_LINK = (
    r"(?:code-?named|dubbed|called|named|known\ as|titled|baptised|baptized|christened|labelled|call|calls)"
)
# Every _NOUN has one of these words, every _LINK one of those below.
NOUNS = frozenset(
    [
        "exercise", "exercises", "drill", "drills", "wargame", "wargames", "game", "games", "maneuver",
        "maneuvers", "manoeuver", "manoeuvers", "manoeuvre", "manoeuvres",
    ]
)  # fmt: skip
LINKS = frozenset(
    [
        "named", "codenamed", "code-named", "dubbed", "called", "known", "titled", "baptised", "baptized",
        "christened", "labelled", "call", "calls",
    ]
)  # fmt: skip
JOINED = frozenset({"the", "a", "an", "and", "of", "in", "on"})  # "Sons of the River"
_YEAR = re.compile(r"[ -]?(?:(?:19|20)\d\d|\d\d?)\b")
_POSSESSIVE = re.compile(r"^.*['’]s? ")


@dataclass(frozen=True, slots=True)
class NameSpan:
    """Characters `start` to `end` of a sentence name an exercise; `series` where it is a known one."""

    start: int
    end: int
    name: str
    series: str | None

    @property
    def key(self) -> str:
        """The same for "Zapad-2017" and "the Zapad drills"."""
        return (self.series or re.sub(r"[ -]?\d+$", "", self.name)).lower()


@dataclass(frozen=True, slots=True)
class ExerciseNames:
    """What an article calls its exercises."""

    names: tuple[str, ...] = ()
    is_about_exercises: bool = False

    def spans(self, sentence: str) -> list[NameSpan]:
        """Every place where the sentence names one of them, or a series known to all."""
        found = [*_known(sentence, is_sure=self.is_about_exercises), *self._told(sentence)]
        kept: list[NameSpan] = []
        for span in sorted(found, key=lambda s: (-(s.end - s.start), s.start, s.series is None)):
            if all(span.end <= other.start or other.end <= span.start for other in kept):
                kept.append(span)
        return sorted(kept, key=lambda s: s.start)

    def _told(self, sentence: str) -> Iterator[NameSpan]:
        for name in self.names:
            for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", sentence):
                yield NameSpan(found.start(), found.end(), name, None)


def names_told(sentences: Sequence[str], actors: Sequence[Iterable[tuple[int, int]]]) -> ExerciseNames:
    """Read the article over. `actors` are the characters that name actors: no exercise is called so."""
    may_introduce = [not (NOUNS | LINKS).isdisjoint(words_of(sentence)) for sentence in sentences]
    is_about = any(
        _noun().search(sentence) for sentence, may in zip(sentences, may_introduce, strict=True) if may
    )
    names: dict[str, None] = {}
    for sentence, may, taken in zip(sentences, may_introduce, actors, strict=True):
        may_end_so = not _name_nouns().isdisjoint(words_of(sentence))
        if not may and not may_end_so:
            continue
        spans = list(taken)
        for name in _introduced(sentence, spans) if may else ():
            names.setdefault(name)
        for name in (
            _by_their_form(sentence, spans) if may_end_so and (is_about or _is_military(sentence)) else ()
        ):
            names.setdefault(name)
    return ExerciseNames(tuple(names), is_about)


@cache
def _name_nouns() -> frozenset[str]:
    return frozenset(word.lower() for word in exercise_words("name_nouns"))


@cache
def _noun() -> re.Pattern[str]:
    return re.compile(rf"\b{_NOUN}\b", re.X)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What introduces a name beyond doubt, and what does so unless it is an actor's."""
    modifiers = "|".join(
        sorted(exercise_words("sure_modifiers") | {"annual", "yearly", "biennial", "series", "of"})
    )
    kind = rf"(?:(?:{modifiers})\ ){{0,4}}?"
    strong = re.compile(
        rf"""\b{_NOUN},?\ (?:(?:is|are|was|were)\ )?(?:[a-z]+\ ){{0,4}}?{_LINK}\ ["“«](?P<j>{_QUOTED}),?["”»]
        | \b{_NOUN},?\ (?:(?:is|are|was|were)\ )?(?:[a-z]+\ ){{0,4}}?{_LINK}\ (?:the\ )?
            ["“‘'«]?(?P<a>{_NAME})
        | \b{_NOUN},?\ ["“«](?P<b>{_QUOTED}),?["”»]
        | \b(?:[Ee]xercise|EXERCISE)\ (?P<c>{_NAME})
        | ["“«](?P<d>{_QUOTED}),?["”»],?\ (?:(?:an?|the)\ )?{kind}{_NOUN}\b
        | \b{_NOUN}\ (?P<e>{_NAME})\b""",
        re.X,
    )
    weak = re.compile(
        rf"""\b(?P<f>{_NAME})\ {kind}{_NOUN}\b
        | \b(?P<g>{_NAME}),\ (?:an?|the|its|their)\ (?:(?!and|or|to|that|who)[a-z][\w-]*\ ){{0,5}}?{_NOUN}\b
        | \b{_NOUN},\ (?P<h>{_NAME}),
        | \b{_LINK}\ ["“‘«](?P<i>{_NAME}),?["”’»]""",
        re.X,
    )
    return strong, weak


def _introduced(sentence: str, taken: list[tuple[int, int]]) -> Iterator[str]:
    for pattern in _patterns():
        for found in pattern.finditer(sentence):
            group = found.lastgroup or ""
            yield from _cleaned(sentence, *found.span(group), taken, is_weak=group not in "abdj")


def _by_their_form(sentence: str, taken: list[tuple[int, int]]) -> Iterator[str]:
    """ "Amber Shield", "Sea Falcon 24": the second word is one in which such names end."""
    for found in _form().finditer(sentence):
        is_operation = sentence[: found.start()].endswith("Operation ")
        if found.group(1) not in exercise_words("not_names") and not is_operation:
            yield from _cleaned(sentence, *found.span(), taken, is_weak=True)


@cache
def _form() -> re.Pattern[str]:
    ends = "|".join(sorted(exercise_words("name_nouns")))
    return re.compile(rf"\b(?!Operation)([A-Z]\w+) (?:{ends})\b(?:[ -]\d{{1,4}}\b)?(?! [A-Z])")


def _cleaned(
    sentence: str, start: int, end: int, taken: list[tuple[int, int]], *, is_weak: bool
) -> Iterator[str]:
    """Without the actor before it ("Russian Zapad", "NATO's Cold Response"); nothing where it is an actor."""
    owner = _POSSESSIVE.match(sentence[start:end])
    start += owner.end() if owner else 0
    start += 4 if sentence[start:end].startswith("The ") else 0
    for first, last in sorted(taken):
        if first <= start < last < end and is_weak and sentence[last] in " -":
            start = last + 1
    name = sentence[start:end].strip(" ,.-'’")
    if name.endswith(("'s", "’s")):
        name = name[:-2]
    end = start + len(name)
    is_quoted = sentence[start - 1 : start] in {'"', "“", "«"}
    if not _is_name(name, is_quoted=is_quoted) or any(
        _covers(span, start, end, is_weak=is_weak) for span in taken
    ):
        return
    if is_weak and start == 0 and not re.search(r"[ \d-]", name):
        return  # any word may begin a sentence
    yield name


def _covers(span: tuple[int, int], start: int, end: int, *, is_weak: bool) -> bool:
    """The actor is the whole name, or how it ends ("Minister Nirmala Sitharaman said the drill")."""
    first, last = span
    return first < end <= last and (first <= start or is_weak)


def _is_name(name: str, *, is_quoted: bool) -> bool:
    never = exercise_words("never_in_name")
    words = [word.lower().strip(".'’") for word in re.split(r"[ -]", name)]
    if (
        len(name) < 4
        or re.search(r"['’](?:ve|re|ll|d|m|s|t)\b", name)
        or set(words) & (never - JOINED if is_quoted else never)
    ):
        return False
    if re.fullmatch(rf"(?:.* )?{_NOUN}", name, re.X) or len(words) > 5:
        return False
    return not set(words) <= exercise_words("not_alone")


@cache
def _series() -> Mapping[str, list[tuple[str, str, str]]]:
    """By the first word of a spelling: the spelling, its series, and what has to stand by it where the word
    also means other things."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for name, facts in exercise_data()["series"].items():
        for spelling in facts["spelt"]:
            first = re.split(r"[\W\d_]+", spelling.lower())[0]
            found.setdefault(first, []).append((spelling, name, str(facts.get("weak", ""))))
    return found


def _known(sentence: str, *, is_sure: bool) -> Iterator[NameSpan]:
    """ "Vostok" and "Red Flag" also mean other things: with a year, or where exercises are spoken of."""
    spellings = _series()
    at_hand = words_of(sentence) & spellings.keys()
    for spelling, series, needs in (known for word in sorted(at_hand) for known in spellings[word]):
        place = sentence.find(spelling)
        while place >= 0:
            end = place + len(spelling)
            year = _YEAR.match(sentence, end)
            is_whole = (
                not sentence[end : end + 1].isalpha() and not sentence[max(0, place - 1) : place].isalpha()
            )
            is_sure_here = not needs or year or (needs != "noun" and (is_sure or _is_military(sentence)))
            if is_whole and (is_sure_here or _is_beside_noun(sentence, place, end)):
                end = year.end() if year else end
                yield NameSpan(place, end, sentence[place:end], series)
            place = sentence.find(spelling, end)


def _is_military(sentence: str) -> bool:
    return bool(set(re.findall(r"[a-z-]+", sentence.lower())) & exercise_words("forces"))


def _is_beside_noun(sentence: str, start: int, end: int) -> bool:
    return bool(
        re.search(rf"{_NOUN}\ (?:{_LINK}\ )?[\"“‘]?$", sentence[:start], re.X)
        or re.match(rf"[\"”’]?,?\ (?:[a-z-]+\ ){{0,2}}{_NOUN}", sentence[end:], re.X)
    )
