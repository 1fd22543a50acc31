"""One edition in, an answer for each host and path out, oddities as they are ordered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Lock
from urllib.parse import unquote

from extractors.newsroom import listings, pages
from extractors.newsroom.content import Outlet, Section
from extractors.newsroom.edition import Edition, Posting
from extractors.newsroom.oddities import Broken, Flaky, Gallery, Hanging, Moved

STATIC = Path(__file__).parent / "static"
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Response:
    """`hang_seconds` above 0: the headers go out, then nothing for as long as the client waits."""

    status: int
    body: bytes
    content_type: str = HTML
    last_modified: datetime | None = None
    headers: dict[str, str] = field(default_factory=dict)
    hang_seconds: float = 0


Route = Callable[[str], Response]


class Site:
    """All hosts of an edition. Safe for many threads; only the counts of flaky pages change."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._outlets = {outlet.name: outlet for outlet in edition.outlets}
        self._routes = {outlet.name: self._routes_of(outlet) for outlet in edition.outlets}
        self._failures: Counter[tuple[str, str]] = Counter()
        self._lock = Lock()

    def respond(self, host: str, target: str) -> Response:
        """`host` is the Host header, which links repeat; `target` the path and query asked for."""
        name, _, port = host.lower().partition(":")
        outlet = self._outlets.get(name.removesuffix(".localhost"))
        if outlet is None or not name.endswith(".localhost"):
            body = pages.hosts_page(self.edition, f":{port}" if port.isdecimal() else "")
            return Response(404, body.encode())
        base = f"http://{name}:{port}" if port.isdecimal() else f"http://{name}"
        path = unquote(target.partition("?")[0])
        route = self._routes[outlet.name].get(path if path == "/" else path.rstrip("/"))
        if route:
            return route(base)
        if path.startswith("/media/"):
            return _static("photo.gif", "image/gif", base)
        message = "The page you asked for is not here. It may have been withdrawn."
        return _notice(404, outlet, base, "Page not found", message)

    def _routes_of(self, outlet: Outlet) -> dict[str, Route]:
        routes: dict[str, Route] = {
            "/": partial(self._front, outlet, None),
            "/robots.txt": partial(self._robots, outlet),
            "/sitemap.xml": partial(self._sitemap, outlet),
            listings.LISTING_PATHS[outlet.listing]: partial(self._listing, outlet),
            "/static/site.css": partial(_static, "site.css", "text/css"),
        }
        routes.update({f"/{section}": partial(self._front, outlet, section) for section in Section})
        for posting in self.edition.of(outlet):
            routes[posting.path] = partial(self._article, posting)
            moved = self.edition.quirk_of(Moved, posting)
            if moved:
                routes[moved.path] = partial(_redirect, posting.path)
        for gallery in self.edition.quirks(Gallery, outlet):
            routes[gallery.path] = partial(_gallery, outlet, gallery)
        for hanging in self.edition.quirks(Hanging, outlet):
            routes[hanging.path] = partial(_hanging, hanging)
        return routes

    def _front(self, outlet: Outlet, section: Section | None, base: str) -> Response:
        body = pages.front_page(self.edition, outlet, section, base)
        return Response(200, body.encode(), last_modified=_newest(self.edition.of(outlet, section=section)))

    def _robots(self, outlet: Outlet, base: str) -> Response:
        body = listings.robots(self.edition, outlet, base)
        return Response(200, body.encode(), "text/plain; charset=utf-8")

    def _sitemap(self, outlet: Outlet, base: str) -> Response:
        body = listings.sitemap(self.edition, outlet, base)
        return Response(200, body.encode(), "application/xml", _newest(self.edition.of(outlet)))

    def _listing(self, outlet: Outlet, base: str) -> Response:
        body = listings.listing(self.edition, outlet, base)
        items = listings.listed_items(self.edition, outlet, base)
        newest = max((item.updated_at for item in items), default=None)
        return Response(200, body.encode(), listings.LISTING_TYPES[outlet.listing], newest)

    def _article(self, posting: Posting, base: str) -> Response:
        flaky = self.edition.quirk_of(Flaky, posting)
        if flaky and self._fails(flaky):
            message = "Something went wrong on our side. Please try again."
            return _notice(flaky.status, posting.outlet, base, "Service error", message)
        html = pages.article_page(self.edition, posting, base)
        broken = self.edition.quirk_of(Broken, posting)
        body = (break_page(html, broken) if broken else html).encode(posting.encoding, "xmlcharrefreplace")
        return Response(200, body, f"text/html; charset={posting.encoding}", posting.current.at)

    def _fails(self, flaky: Flaky) -> bool:
        key = (flaky.outlet, flaky.article)
        with self._lock:
            self._failures[key] += 1
            return self._failures[key] <= flaky.failures


def break_page(html: str, broken: Broken) -> str:
    """Tag soup: the end tags named are missing, and so is the page's end."""
    for tag in broken.unclosed:
        html = re.sub(rf"</{tag}\s*>", "", html)
    return html[: int(len(html) * broken.keep_share)]


def _static(name: str, content_type: str, _base: str) -> Response:
    return Response(200, (STATIC / name).read_bytes(), content_type)


def _redirect(path: str, base: str) -> Response:
    return Response(301, b"", headers={"Location": f"{base}{path}"})


def _gallery(outlet: Outlet, gallery: Gallery, base: str) -> Response:
    body = pages.gallery_page(outlet, gallery, base)
    return Response(200, body.encode(), last_modified=gallery.published_at)


def _hanging(hanging: Hanging, _base: str) -> Response:
    return Response(200, b"", hang_seconds=hanging.seconds)


def _notice(status: int, outlet: Outlet, base: str, title: str, message: str) -> Response:
    return Response(status, pages.notice_page(outlet, base, title=title, message=message).encode())


def _newest(postings: tuple[Posting, ...]) -> datetime | None:
    return max((posting.current.at for posting in postings), default=None)
