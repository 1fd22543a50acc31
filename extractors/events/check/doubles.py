"""The entries of the lexicon in, those out that say the same words under the same conditions as another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from extractors.events.lexicon import Entry
from extractors.events.patterns import Words

Fault = tuple[str, str, str, bool]  # field, what, next step, whether it is only a note


def find_doubles(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Fault]]:
    """Of two such entries only one can win; of one class they are only untidy."""
    holders: dict[tuple[str, ...], list[tuple[Entry, Words]]] = defaultdict(list)
    for entry in entries:
        if entry.is_act:
            for words in entry.words:
                holders[_conditions(entry, words)].append((entry, words))
    for held in holders.values():
        first, *others = held
        for entry, words in others:
            yield entry, _told(first[0], entry, words)


def _conditions(entry: Entry, words: Words) -> tuple[str, ...]:
    tested = (
        entry.object, entry.not_object, entry.subject, entry.not_subject, sorted(entry.modifier),
        sorted(entry.not_modifier), sorted(entry.near), sorted(entry.not_near), sorted(entry.options.items()),
    )  # fmt: skip
    return (words.head, " ".join(words.rest), words.part, *map(repr, tested))


def _told(first: Entry, entry: Entry, words: Words) -> Fault:
    parts = (*words.rest, words.head) if words.part == "noun" else (words.head, *words.rest)
    said = " ".join(parts)
    if first.id == entry.id:
        return words.part, f"{said!r} stands twice", "remove one", True
    if first.act == entry.act:
        return words.part, f"{said!r} stands in {first.id} too", "keep it in one of the two", True
    return (
        words.part,
        f"{said!r} stands in {first.id} too, under the same conditions, for class {first.act}",
        "tell the two apart by object, subject, modifier or with, or keep one",
        False,
    )
