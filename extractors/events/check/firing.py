"""An entry and the coder in, out whether its example fires it, and its near miss does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.events.candidates import find_candidates
from extractors.events.lexicon import Entry, Lexicon, load_lexicon

if TYPE_CHECKING:
    from extractors.events.coder import Coder

Fault = tuple[str, str, str, bool]  # field, what, next step, whether it is only a note
SILENT = frozenset({"done"})  # operators that leave no trace in a chain


def check_entry(entry: Entry, coder: Coder, lexicon: Lexicon | None = None) -> Iterator[Fault]:
    """An example that fires nothing of the entry's meaning, or another entry; a near miss that fires it."""
    lexicon = lexicon or load_lexicon()
    if entry.kind not in SILENT:
        yield from _example(entry, coder, lexicon)
    if _codes(entry, coder):
        yield (
            "near_miss",
            f"{entry.near_miss!r} fires the entry",
            "narrow the entry with object, subject, modifier or their not_ forms, or take another sense",
            False,
        )


def _example(entry: Entry, coder: Coder, lexicon: Lexicon) -> Iterator[Fault]:
    fired = {name for c in find_candidates(coder.parse(entry.example), lexicon) for name in c.entry_ids}
    if entry.id in fired:
        return
    same = sorted(name for name in fired if _means_the_same(lexicon.entry(name), entry))
    told = ", ".join(same or sorted(fired)) or "no entry"
    if same:
        yield (
            "example",
            f"{entry.example!r} fires {told}, which shadows this one",
            "join the two, or write an example with words or objects that only this one has",
            True,
        )
        return
    yield (
        "example",
        f"{entry.example!r} fires {told}, not this one",
        "look at it with communique explain; often a constraint is too narrow, or a word no base form",
        False,
    )


def _means_the_same(one: Entry, other: Entry) -> bool:
    return one.kind == other.kind and (not one.is_act or one.act == other.act)


def _codes(entry: Entry, coder: Coder) -> bool:
    return any(
        considered.events and entry.id in considered.entries
        for story in coder.explain(entry.near_miss)
        for considered in story.considered
    )
