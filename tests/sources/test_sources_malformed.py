"""300 malformed feeds, sitemaps and JSON feeds: each ends as entries or as an error with its reason."""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime

import pytest

from extractors.sources.feed import Feed
from extractors.sources.kinds import Entry, UnreadableListingError
from extractors.sources.sitemap import Sitemap

SUBJECTS = (
    "Ministers agree a truce",
    "Vermittler drängen auf Waffenruhe",
    "「演習を縮小」米韓",
    "Émissaires à Genève",
)


def rss() -> bytes:
    items = "".join(
        f"<item><title>{subject} &amp; more</title><link>https://a.org/{n}?x=1&amp;y=2</link>"
        f"<description><![CDATA[<p>{subject}<br>]]></description>"
        f"<pubDate>Wed, {n + 10} May 2018 09:30:00 +0900</pubDate></item>"
        for n, subject in enumerate(SUBJECTS)
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>A</title>{items}</channel></rss>'.encode()
    )


def atom() -> bytes:
    entries = "".join(
        f'<entry><title type="html">{subject}</title><link href="{n}.html"/><id>urn:{n}</id>'
        f"<updated>2018-05-1{n}T09:30:00Z</updated></entry>"
        for n, subject in enumerate(SUBJECTS)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.org/x/">{entries}</feed>'.encode()


def json_feed() -> bytes:
    items = [
        {
            "id": str(n),
            "url": f"https://a.org/{n}",
            "title": subject,
            "date_published": "2018-05-16T01:00:00Z",
        }
        for n, subject in enumerate(SUBJECTS)
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": items}).encode()


def sitemap() -> bytes:
    urls = "".join(
        f"<url><loc>https://a.org/{n}</loc><lastmod>2018-05-1{n}</lastmod><n:news><n:title>{subject}</n:title>"
        f"<n:publication_date>2018-05-1{n}T10:00:00+08:00</n:publication_date></n:news></url>"
        for n, subject in enumerate(SUBJECTS)
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="n">{urls}</urlset>'.encode()


def index() -> bytes:
    children = "".join(f"<sitemap><loc>https://a.org/s{n}.xml</loc></sitemap>" for n in range(4))
    return f"<sitemapindex>{children}</sitemapindex>".encode()


WHOLE: dict[Callable[[], bytes], Feed | Sitemap] = {
    rss: Feed(),
    atom: Feed(),
    json_feed: Feed(),
    sitemap: Sitemap(),
    index: Sitemap(),
}
NONSENSE = (
    b"<![CDATA[",
    b"&#x110000;",
    b"<item>",
    b"]]>",
    b"\xff\xfe",
    b"<link>http://[::",
    b"<!--",
    b"{]",
    b"\0",
)
ENCODINGS = ("utf-16", "utf-32", "cp1252", "shift_jis", "cp037", "utf-7")


def cut(body: bytes, chance: random.Random) -> bytes:
    return body[: chance.randrange(len(body))]


def scrambled(body: bytes, chance: random.Random) -> bytes:
    size = chance.randint(5, 80)
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    chance.shuffle(pieces)
    return b"".join(pieces)


def spliced(body: bytes, chance: random.Random) -> bytes:
    other = chance.choice(list(WHOLE))()
    return body[: chance.randrange(len(body))] + other[chance.randrange(len(other)) :]


def noisy(body: bytes, chance: random.Random) -> bytes:
    text = bytearray(body)
    for _ in range(chance.randint(1, 40)):
        at = chance.randrange(len(text))
        if chance.random() < 0.5:
            text[at] = chance.randrange(256)
        else:
            text[at:at] = chance.choice(NONSENSE)
    return bytes(text)


def misencoded(body: bytes, chance: random.Random) -> bytes:
    return body.decode().encode(chance.choice(ENCODINGS), "replace")


def zipped(body: bytes, chance: random.Random) -> bytes:
    return noisy(gzip.compress(body), chance)


MUTATIONS = (cut, scrambled, spliced, noisy, misencoded, zipped)


@pytest.mark.parametrize(("make", "kind"), WHOLE.items())
def test_whole_they_are_read(make: Callable[[], bytes], kind: Feed | Sitemap) -> None:
    found = kind.read(make(), url="https://a.org/listing")
    assert len(found.entries or found.listings) == 4


def is_sound(entry: Entry) -> bool:
    at = entry.updated_at
    return bool(entry.url) and (at is None or (isinstance(at, datetime) and at.tzinfo is not None))


def test_300_malformed_listings_end_as_entries_or_as_an_error_with_its_reason() -> None:
    chance = random.Random(20261124)
    ends: dict[str, Counter[str]] = {mutate.__name__: Counter() for mutate in MUTATIONS}
    reasons: Counter[str] = Counter()
    for number in range(300):
        mutate = MUTATIONS[number % len(MUTATIONS)]
        make, kind = chance.choice(list(WHOLE.items()))
        try:
            found = kind.read(mutate(make(), chance), url="https://a.org/listing")
        except UnreadableListingError as error:
            ends[mutate.__name__]["error"] += 1
            reasons[str(error)] += 1
        else:
            assert all(map(is_sound, [*found.entries, *found.listings]))
            ends[mutate.__name__]["entries" if found.entries or found.listings else "empty"] += 1
    assert sum(ends.values(), Counter()).total() == 300
    assert all(ends[name]["entries"] > 5 for name in ("cut", "spliced", "noisy", "misencoded"))
    assert ends["zipped"]["error"] > 30
    assert all(reasons)
