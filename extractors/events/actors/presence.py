"""A sentence's words and an article's first reading in, out comes whether anybody can be an actor in it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from extractors.events.actors.coreference import PERSONAL, PLURAL, SINGULAR
from extractors.events.actors.roles import Roles
from extractors.events.actors.words import words
from extractors.events.prefilter import forms_of

# Roles that make an event even where nobody knows of which country they are.
AUTHORITIES = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "REB", "OPP", "INS", "SEP"})
# What acts where nobody is told to: "the second bomb went off in a bar".
DEVICES = ("bomb", "bombing", "explosion", "explosive", "blast", "grenade", "device", "landmine")
REFERRING = PERSONAL | SINGULAR | PLURAL


class Presence(IntEnum):
    NOBODY = 0
    UNKNOWN = 1  # people of no known country: only acts of force between them are events
    KNOWN = 2


class Cast:
    """The words for people and bodies, in all their forms."""

    def __init__(self, roles: Roles) -> None:
        self._authorities = _forms(roles, of=AUTHORITIES)
        self._people = _forms(roles, of=None).union(*(forms_of(word) for word in DEVICES))
        short = words("bodies") | words("states") | words("pairs")
        self._references = REFERRING.union(*(forms_of(word) for word in short))

    def presence(
        self, sentence: frozenset[str], *, is_named: bool, named_before: bool, is_placed: bool
    ) -> Presence:
        """`is_placed`: the article has a country to which its people belong."""
        if is_named or not self._authorities.isdisjoint(sentence):
            return Presence.KNOWN
        if named_before and not self._references.isdisjoint(sentence):
            return Presence.KNOWN
        if self._people.isdisjoint(sentence):
            return Presence.NOBODY
        return Presence.KNOWN if is_placed else Presence.UNKNOWN


def _forms(roles: Roles, *, of: frozenset[str] | None) -> frozenset[str]:
    tables: tuple[Mapping[str, str], ...] = (roles.nouns, roles.modifiers)
    return frozenset(
        form
        for table in tables
        for phrase, code in table.items()
        if of is None or code in of
        for form in forms_of(phrase)
    )
