"""A site's answer and the request's headers in, what goes over the wire out: ETag, 304, gzip."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from extractors.newsroom.site import Response

Asked = Callable[[str], str | None]  # a request header's name to its value
COMPRESSED_FROM = 200  # bytes; below, gzip makes a body longer


@dataclass(frozen=True)
class Validators:
    """What tells one version of a page from another (RFC 9110, section 8.8)."""

    etag: str
    last_modified: datetime | None


def finish(response: Response, asked: Asked) -> Response:
    """The response as these request headers want it: not modified, compressed, or as it was."""
    if response.status != 200 or response.hang_seconds:
        return response
    digest = hashlib.blake2b(response.body, digest_size=12).hexdigest()
    validators = Validators(f'"{digest}"', response.last_modified)
    if _is_not_modified(validators, asked):
        return Response(304, b"", "", headers=_cache_headers(validators))
    packed = len(response.body) >= COMPRESSED_FROM and _accepts_gzip(asked("Accept-Encoding") or "")
    if not packed:
        return replace(response, headers={**response.headers, **_cache_headers(validators)})
    # The bytes differ from those that the digest was taken of, so the tag is a weak one.
    headers = {**_cache_headers(replace(validators, etag=f"W/{validators.etag}")), "Content-Encoding": "gzip"}
    body = gzip.compress(response.body, mtime=0)
    return replace(response, body=body, headers={**response.headers, **headers})


def _cache_headers(validators: Validators) -> dict[str, str]:
    headers = {"ETag": validators.etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if validators.last_modified:
        headers["Last-Modified"] = format_datetime(validators.last_modified.astimezone(UTC), usegmt=True)
    return headers


def _is_not_modified(validators: Validators, asked: Asked) -> bool:
    """If-None-Match decides alone when it is there; the comparison is the weak one (RFC 9110, 13.1)."""
    tags = asked("If-None-Match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in known or validators.etag in known
    since = _http_date(asked("If-Modified-Since"))
    if since is None or validators.last_modified is None:
        return False
    return validators.last_modified.replace(microsecond=0) <= since


def _http_date(value: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value) if value else None
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None


def _accepts_gzip(accepted: str) -> bool:
    for part in accepted.lower().split(","):
        coding, _, weight = part.replace(" ", "").partition(";q=")
        if coding == "gzip":
            return weight.strip("0.") != "" or not weight
    return False
