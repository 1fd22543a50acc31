from __future__ import annotations

from collections.abc import Callable
from datetime import date

from conftest import Site

from extractors.errors import SourceError
from extractors.fetch.check import Robots, check_source
from extractors.settings import Settings
from extractors.sources.model import Source

NIGHT = date(2018, 5, 16)


def test_a_source_that_works(site: Site, settings: Settings, make_source: Callable[..., Source]) -> None:
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 0.1\nDisallow: /p-1\n")
    for n in range(4):
        site.page(f"/p-{n}", title=f"Page {n}")
    site.rss([(f"/p-{n}", None) for n in range(4)])
    found = check_source(make_source(url=site.url("/rss.xml")), settings, night=NIGHT, samples=2)
    assert found.problem is None
    assert found.report
    assert (found.report.listed, found.report.fetched) == (4, 1)
    assert found.robots == (Robots(f"outlet.localhost:{site.port}", 200, 0.1),)
    assert [page.url for page in found.pages] == [site.url("/p-0")]
    assert b"Page 0" in found.pages[0].html  # type: ignore[operator]
    assert "forbidden by robots.txt" in {line.reason for line in found.lines}


def test_a_source_that_does_not(site: Site, settings: Settings, make_source: Callable[..., Source]) -> None:
    found = check_source(make_source(url=site.url("/none.xml")), settings, night=NIGHT)
    assert isinstance(found.problem, SourceError)
    assert "HTTP 404" in found.problem.what
    assert found.report is None
