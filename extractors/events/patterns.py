"""The lexicon's word patterns and noun constraints, from their text to what a token is tested against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extractors.events.wordlists import word_list


@dataclass(frozen=True, slots=True)
class Words:
    """`call off`: the head lemma with the words that have to hang on it. `part` is verb, noun or adj.

    In a noun phrase ("air strike", "state of siege") the head is the noun that the rest modifies.
    """

    head: str
    rest: tuple[str, ...]
    part: str


@dataclass(frozen=True, slots=True)
class Constraint:
    """What an object or subject may be.

    `lemmas` holds plain nouns, `phrases` nouns with their modifier ("trade restriction"), `after` the
    nouns behind a preposition ("to demand"), `any_name` any proper noun or pronoun (`*name`), `any_person`
    a noun that by its form is a person (`*person`), `any_number` a bare number (`*number`: "killed five"),
    `any_people` a people by name (`*people`: "Kurds"), `none` that there may be no object at all (`-`).
    """

    lemmas: frozenset[str] = frozenset()
    phrases: frozenset[tuple[str, str]] = frozenset()
    after: Mapping[str, Constraint] | None = None
    any_name: bool = False
    any_person: bool = False
    any_number: bool = False
    any_people: bool = False
    none: bool = False

    def __bool__(self) -> bool:
        return bool(
            self.lemmas
            or self.phrases
            or self.after
            or self.any_name
            or self.any_person
            or self.any_number
            or self.any_people
            or self.none
        )

    @property
    def is_open(self) -> bool:
        """Whether something will do of which no word is listed."""
        return self.any_name or self.any_person or self.any_number or self.any_people or self.none

    @property
    def nouns(self) -> frozenset[str]:
        return self.lemmas | {noun for _, noun in self.phrases}


def parse_words(text: object, part: str) -> Iterator[Words]:
    """`"meet, sit down"` to the patterns it lists."""
    for pattern in _items(str(text)):
        words = pattern.split()
        if part == "noun_phrase" or (part == "noun" and len(words) > 1):
            yield _noun_phrase(words)
        else:
            yield Words(words[0], tuple(words[1:]), part)


def _noun_phrase(words: list[str]) -> Words:
    for position, word in enumerate(words):
        if word in word_list("prepositions") and position:
            return Words(words[position - 1], tuple(words[position:]), "noun")
    return Words(words[-1], tuple(words[:-1]), "noun")


def parse_constraint(text: str, sets: Mapping[str, str]) -> Constraint:
    """Parse `"sanction, $goods, to demand, *name, -"`.

    Raises:
        KeyError: a `$set` that is not among `sets`.
    """
    lemmas: set[str] = set()
    phrases: set[tuple[str, str]] = set()
    after: dict[str, list[str]] = {}
    any_name = any_person = any_number = any_people = none = False
    for item in _items(text):
        words = item.split()
        if item == "*name":
            any_name = True
        elif item == "*person":
            any_person = True
        elif item == "*number":
            any_number = True
        elif item == "*people":
            any_people = True
        elif item == "-":
            none = True
        elif words[0] in word_list("prepositions") and len(words) > 1:
            after.setdefault(words[0], []).append(" ".join(words[1:]))
        elif item.startswith("$"):
            inner = parse_constraint(sets[item[1:]], sets)
            lemmas |= inner.lemmas
            phrases |= inner.phrases
            any_name = any_name or inner.any_name
            any_person = any_person or inner.any_person
            any_number = any_number or inner.any_number
            any_people = any_people or inner.any_people
        elif len(words) == 2:
            phrases.add((words[0], words[1]))
        else:
            lemmas.add(item)
    behind = {prep: parse_constraint(", ".join(items), sets) for prep, items in after.items()}
    return Constraint(
        frozenset(lemmas),
        frozenset(phrases),
        behind or None,
        any_name,
        any_person,
        any_number,
        any_people,
        none,
    )


def _items(text: str) -> list[str]:
    """What stands between the commas. YAML keeps the marks of `prisoner, "*name"`: they mean nothing."""
    return [" ".join(item.split()) for item in text.replace('"', "").split(",") if item.strip()]
