"""The entries of the actor lexicon and the mentions that they become in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from extractors.records import Actor


class MentionKind(StrEnum):
    COUNTRY = "country"
    DEMONYM = "demonym"  # the adjective: "Iranian"
    PEOPLE = "people"  # "the Palestinians"
    CAPITAL = "capital"  # the government, or the city where the sentence puts it in a place
    SEAT = "seat"  # "the Kremlin"
    REGION = "region"
    ORGANISATION = "organisation"
    PERSON = "person"
    MEDIA = "media"


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Tokens `start` to `end` (exclusive) name an actor outright."""

    start: int
    end: int
    actor: Actor
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class Area:
    """Tokens `start` to `end` (exclusive) name waters or a region that is no country's."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Country:
    iso3: str
    iso2: str
    cameo: str
    name: str
    capital: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class Name:
    """A name that stands for one actor, or for several ("the two Koreas"), wherever it is found."""

    id: str
    kind: MentionKind
    actors: tuple[Actor, ...]
    subkind: str = ""  # of organisations: igo, armed, party, agency, company ...; of media: state


@dataclass(frozen=True, slots=True)
class Blocker:
    """A name that only looks like an actor's: "Korean War", "Jordan River"."""

    form: str


@dataclass(frozen=True, slots=True)
class Title:
    """A title before or after a person's name. `sector` is None where it tells nothing ("Mr")."""

    form: str
    office: str
    sector: str | None


@dataclass(frozen=True, slots=True)
class Office:
    kind: str
    title: str
    sector: str
    country: str | None
    organisation: str | None
    valid_from: date
    valid_to: date | None

    def held_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    surnames: tuple[str, ...]
    is_known_by_surname: bool
    offices: tuple[Office, ...]

    @property
    def country(self) -> str | None:
        return next((office.country for office in self.offices if office.country), None)


@dataclass(frozen=True, slots=True)
class FullName:
    person: Person


@dataclass(frozen=True, slots=True)
class Surname:
    """Persons who may be meant by a surname alone."""

    persons: tuple[Person, ...]


Entry = Name | Blocker | Title | FullName | Surname
