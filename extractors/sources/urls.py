"""URLs as listings give them in, URLs to request and keys that name one page whatever its tracking out."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from w3lib.url import canonicalize_url, url_query_cleaner

# Parameters that say where a reader came from, never which page is shown.
TRACKING_PREFIXES = ("utm_", "at_", "mtm_", "pk_", "wt_mc", "xtor", "hsa_", "stm_")
TRACKING_NAMES = frozenset(
    {
        "_ga", "_gl", "cmpid", "dclid", "fbclid", "gbraid", "gclid", "gclsrc", "guccounter", "icid",
        "igshid", "mc_cid", "mc_eid", "mkt_tok", "msclkid", "ocid", "ncid", "s_cid", "smid", "smtyp",
        "src_campaign", "traffic_source", "twclid", "ttclid", "wbraid", "yclid",
    }
)  # fmt: skip
DEFAULT_PORTS = {"http": 80, "https": 443}


def clean_url(url: str) -> str:
    """The URL to request: without fragment, tracking parameters and default port, the rest in its order."""
    without_tracking = url_query_cleaner(
        url.strip(), _tracking_parameters(url), remove=True, unique=False, keep_fragments=False
    )
    parts = urlsplit(without_tracking)
    return parts._replace(scheme=parts.scheme.lower(), netloc=_netloc(without_tracking)).geturl()


def canonical_url(url: str) -> str:
    """The key of the page: cleaned, percent-encoding and order of parameters made one."""
    return str(canonicalize_url(clean_url(url)))


def is_web_url(url: str) -> bool:
    """Whether the URL is http or https and names a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in DEFAULT_PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _tracking_parameters(url: str) -> list[str]:
    names = (name for name, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True))
    return [name for name in names if name in TRACKING_NAMES or name.startswith(TRACKING_PREFIXES)]


def _netloc(url: str) -> str:
    parts = urlsplit(url)
    user, at, address = parts.netloc.rpartition("@")
    address = address.lower()
    if parts.port is not None and parts.port == DEFAULT_PORTS.get(parts.scheme.lower()):
        address = address.removesuffix(f":{parts.port}")
    return f"{user}{at}{address.removesuffix(':')}"
