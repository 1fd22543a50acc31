"""A URL as it was found in, the same address in its one normal form out."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|cmpid?|ocid|ns_\w+|at_\w+|ftag|smid|ref(errer|src)?"
    r"|xtor|wt\.mc_\w+|_ga|spm|share|outputtype|amp|feature)$",
    re.I,
)
_PORTS = {"http": 80, "https": 443}
_LONGEST = 2_000


def normalised(url: str) -> str | None:
    """Lower-case host, no default port, fragment or tracking parameter; None if it is no web address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").lower()
    if parts.scheme.lower() not in _PORTS or not host or len(url) > _LONGEST:
        return None
    netloc = host if port in (None, _PORTS[parts.scheme.lower()]) else f"{host}:{port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._", errors="replace")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _TRACKING.match(name)]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept, errors="replace")
    return urlunsplit((parts.scheme.lower(), netloc, path, query, ""))
