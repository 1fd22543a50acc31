"""The data files in, one dictionary of everything that names an actor out."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from extractors.errors import LexiconError
from extractors.events.actors import tables
from extractors.events.actors.records import (
    Blocker,
    Country,
    Entry,
    FullName,
    MentionKind,
    Name,
    Office,
    Person,
    Surname,
    Title,
)
from extractors.events.actors.states import state_names
from extractors.events.actors.trie import TokenTrie, fold
from extractors.events.actors.words import words
from extractors.records import Actor

SEED_COLUMNS = (
    *("iso3", "iso2", "cameo_code", "fips_code", "name", "official_name"),
    *("capital", "region", "lat", "lon"),
)
NAME_KINDS = {
    "name": MentionKind.COUNTRY,
    "adjective": MentionKind.DEMONYM,
    "people": MentionKind.PEOPLE,
    "capital": MentionKind.CAPITAL,
    "seat": MentionKind.SEAT,
    "region": MentionKind.REGION,
}
OF_THE_UNION = "state."  # begins the ids of the United States' states
GOVERNING = {MentionKind.CAPITAL, MentionKind.SEAT}
ORGANISATION_KINDS = {"agency", "armed", "company", "group", "igo", "ngo", "party", "people"}

Tokenize = Callable[[str], Sequence[str]]


@dataclass
class Lexicon:
    """What is known of actors. Built once; nothing changes it afterwards."""

    countries: dict[str, Country]
    organisations: dict[str, Name]
    persons: dict[str, Person]
    titles: dict[str, Title]
    persons_by_name: dict[str, Person] = field(default_factory=dict)
    body_names: frozenset[str] = frozenset()  # canonical names of countries and organisations
    ethnic_codes: frozenset[str] = frozenset()
    ship_prefixes: dict[str, str] = field(default_factory=dict)  # "USS" → ISO3 of the navy
    shadowed: list[str] = field(default_factory=list)  # forms that an earlier entry holds
    trie: TokenTrie[Entry] = field(default_factory=TokenTrie)
    upper: TokenTrie[Entry] = field(default_factory=TokenTrie)  # for sentences in capitals

    def actor_of(self, iso3: str, sector: str | None = None, *, text: str = "") -> Actor:
        """The country itself, or its government, army ... when a CAMEO type code is given."""
        country = self.countries[iso3]
        code = country.cameo + (sector or "")
        return Actor(text=text or country.name, name=country.name, code=code, country=iso3, sector=sector)


@lru_cache(maxsize=1)
def read_countries() -> dict[str, Country]:
    """ISO 3166-1 alpha-3 → country, from the dbt seed."""
    rows = tables.unique(tables.read_table(tables.COUNTRIES, SEED_COLUMNS), "iso3")
    return {
        row["iso3"]: Country(
            iso3=row["iso3"],
            iso2=row["iso2"],
            cameo=row["cameo_code"],
            name=row["name"],
            capital=row["capital"],
            lat=float(row["lat"]) if row["lat"] else None,
            lon=float(row["lon"]) if row["lon"] else None,
        )
        for row, _ in rows
    }


def build_lexicon(tokenize: Tokenize, *, data: Path = tables.DATA) -> Lexicon:
    """Read and check all data files; `tokenize` cuts a name as the language model will cut the text.

    Raises:
        LexiconError: an entry that does not fit its schema, with file and line.
    """
    countries = read_countries()
    organisations = _organisations(data, countries)
    titles = _titles(data)
    office_types = _office_types(data)
    persons = _persons(data, countries, organisations, office_types)
    bodies = [country.name for country in countries.values()]
    bodies += [entry.actors[0].name for entry in organisations.values()]
    lexicon = Lexicon(
        countries=countries,
        organisations=organisations,
        persons=persons,
        titles=titles,
        ship_prefixes=_ship_prefixes(data, countries),
        persons_by_name={person.name: person for person in persons.values()},
        body_names=frozenset(bodies),
        ethnic_codes=frozenset(
            entry.actors[0].code
            for entry in organisations.values()
            if entry.subkind == "people" and entry.actors[0].country is None
        ),
    )
    _fill(lexicon, data, tokenize)
    return lexicon


def _fill(lexicon: Lexicon, data: Path, tokenize: Tokenize) -> None:
    """Put every form into the tries. What comes first holds its form: the sources go by rising vagueness."""
    for form, entry in (
        *_names(data, lexicon),
        *_full_names(data, lexicon),
        *_organisation_forms(data, lexicon),
        *_media(data, lexicon.countries),
        *lexicon.titles.items(),
        *_country_forms(lexicon),
        *_surnames(lexicon),
    ):
        tokens = [fold(token) for token in tokenize(form)]
        held = lexicon.trie.add(tokens, entry)
        if held != entry and not isinstance(entry, Surname):
            lexicon.shadowed.append(form)
        if form[0].isupper() and form not in words("not_in_capitals"):
            lexicon.upper.add([token.upper() for token in tokens], entry)


def _names(data: Path, lexicon: Lexicon) -> Iterable[tuple[str, Entry]]:
    columns = ("id", "kind", "form", "country", "valid_from", "valid_to")
    for row, where in tables.unique(tables.read_table(data / "names.csv", columns), "id"):
        if row["kind"] == "not":
            yield row["form"], Blocker(row["form"])
            continue
        kind = NAME_KINDS[tables.known(row["kind"], NAME_KINDS, where, "kind")]
        sector = "GOV" if kind in GOVERNING else None
        codes = [code for code in row["country"].split("|") if code]
        actors = tuple(
            lexicon.actor_of(tables.known(code, lexicon.countries, where, "country"), sector)
            for code in codes
        )
        yield row["form"], Name(row["id"], kind, actors)


def _country_forms(lexicon: Lexicon) -> Iterable[tuple[str, Entry]]:
    with tables.COUNTRIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        own = lexicon.actor_of(row["iso3"])
        for form in {row["name"], row["official_name"]}:
            yield form, Name(f"country.{row['iso3']}", MentionKind.COUNTRY, (own,))
    held = {country["name"] for country in rows} | {"Washington"}
    for state in state_names() - held:
        yield state, Name(f"{OF_THE_UNION}{state}", MentionKind.REGION, (lexicon.actor_of("USA"),))
    for row in rows:
        # A territory's main town stands for no government, and many share their name with persons.
        if row["capital"] and row["cameo_code"][:3] == row["iso3"]:
            actors = (lexicon.actor_of(row["iso3"], "GOV"),)
            yield row["capital"], Name(f"capital.{row['iso3']}", MentionKind.CAPITAL, actors)


def _organisations(data: Path, countries: dict[str, Country]) -> dict[str, Name]:
    found = {}
    for row, where in _organisation_rows(data):
        tables.known(row["kind"], ORGANISATION_KINDS, where, "kind")
        country = tables.known(row["country"], countries, where, "country") if row["country"] else None
        actor = Actor(
            text=row["name"],
            name=row["name"],
            code=row["code"],
            country=country,
            sector=_sector(row["code"], countries[country].cameo if country else None),
        )
        found[row["id"]] = Name(row["id"], MentionKind.ORGANISATION, (actor,), row["kind"])
    return found


def _organisation_rows(data: Path) -> Iterable[tuple[dict[str, str], str]]:
    columns = ("id", "kind", "name", "aliases", "country", "code", "valid_from", "valid_to")
    return tables.unique(tables.read_table(data / "organisations.csv", columns), "id")


def _sector(code: str, cameo: str | None) -> str | None:
    """The CAMEO type in a composed code: MIL of USAMIL, REB of LBNREBHEZ, IGO of IGOUNO."""
    rest = code.removeprefix(cameo) if cameo else code
    return rest[:3] or None


def _organisation_forms(data: Path, lexicon: Lexicon) -> Iterable[tuple[str, Entry]]:
    for row, _ in _organisation_rows(data):
        for form in _forms(row["name"], row["aliases"]):
            yield form, lexicon.organisations[row["id"]]


def _media(data: Path, countries: dict[str, Country]) -> Iterable[tuple[str, Entry]]:
    columns = ("id", "name", "aliases", "country", "is_state")
    for row, where in tables.unique(tables.read_table(data / "media.csv", columns), "id"):
        iso3 = tables.known(row["country"], countries, where, "country")
        actor = Actor(row["name"], row["name"], countries[iso3].cameo + "MED", iso3, "MED")
        subkind = "state" if row["is_state"] == "true" else ""
        for form in _forms(row["name"], row["aliases"]):
            yield form.removeprefix("The "), Name(row["id"], MentionKind.MEDIA, (actor,), subkind)


def _ship_prefixes(data: Path, countries: dict[str, Country]) -> dict[str, str]:
    rows = tables.unique(tables.read_table(data / "ships.csv", ("prefix", "country")), "prefix")
    return {row["prefix"]: tables.known(row["country"], countries, where, "country") for row, where in rows}


def _titles(data: Path) -> dict[str, Title]:
    rows = tables.unique(tables.read_table(data / "titles.csv", ("form", "office", "sector")), "form")
    return {row["form"]: Title(row["form"], row["office"], row["sector"] or None) for row, _ in rows}


def _office_types(data: Path) -> dict[str, tuple[str, str]]:
    columns = ("office", "sector", "title")
    rows = tables.unique(tables.read_table(data / "office_types.csv", columns), "office")
    return {row["office"]: (row["sector"], row["title"]) for row, _ in rows}


def _persons(
    data: Path,
    countries: dict[str, Country],
    organisations: dict[str, Name],
    office_types: dict[str, tuple[str, str]],
) -> dict[str, Person]:
    offices = _offices(data, countries, organisations, office_types)
    persons = {}
    for row, where in _person_rows(data):
        if row["id"] not in offices:
            raise LexiconError(
                f"{row['id']} holds no office", where=where, next_step="add a line to offices.csv"
            )
        persons[row["id"]] = Person(
            id=row["id"],
            name=row["name"],
            surnames=tuple(filter(None, row["surnames"].split("|"))),
            is_known_by_surname=row["is_known_by_surname"] == "true",
            offices=tuple(sorted(offices[row["id"]], key=lambda office: office.valid_from)),
        )
    return persons


def _person_rows(data: Path) -> Iterable[tuple[dict[str, str], str]]:
    columns = ("id", "name", "aliases", "surnames", "is_known_by_surname")
    return tables.unique(tables.read_table(data / "persons.csv", columns), "id")


def _offices(
    data: Path,
    countries: dict[str, Country],
    organisations: dict[str, Name],
    office_types: dict[str, tuple[str, str]],
) -> dict[str, list[Office]]:
    columns = ("id", "person", "office", "country", "organisation", "valid_from", "valid_to")
    found: dict[str, list[Office]] = defaultdict(list)
    for row, where in tables.unique(tables.read_table(data / "offices.csv", columns), "id"):
        kind = tables.known(row["office"], office_types, where, "office")
        country = tables.known(row["country"], countries, where, "country") if row["country"] else None
        organisation = row["organisation"] or None
        if organisation:
            tables.known(organisation, organisations, where, "organisation")
        begun = tables.parse_day(row["valid_from"], where)
        if begun is None or not (country or organisation):
            raise LexiconError(
                f"{row['id']} lacks valid_from, or country and organisation",
                where=where,
                next_step="fill them in",
            )
        sector, title = office_types[kind]
        ended = tables.parse_day(row["valid_to"], where)
        found[row["person"]].append(Office(kind, title, sector, country, organisation, begun, ended))
    return found


def _full_names(data: Path, lexicon: Lexicon) -> Iterable[tuple[str, Entry]]:
    for row, _ in _person_rows(data):
        for form in _forms(row["name"], row["aliases"]):
            yield form, FullName(lexicon.persons[row["id"]])


def _surnames(lexicon: Lexicon) -> Iterable[tuple[str, Entry]]:
    sharing: dict[str, list[Person]] = defaultdict(list)
    for person in lexicon.persons.values():
        for surname in person.surnames:
            sharing[fold(surname)].append(person)
    for surname, persons in sharing.items():
        yield surname, Surname(tuple(persons))


def _forms(name: str, aliases: str) -> list[str]:
    return list(dict.fromkeys([name, *filter(None, aliases.split("|"))]))
