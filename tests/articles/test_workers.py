"""Workers that can be killed: a page that hangs or takes its process down loses only itself."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from pebble import ProcessFuture

from extractors.articles.bounds import Bounds
from extractors.articles.parse import parse_page
from extractors.articles.workers import Workers, workers
from extractors.records import Article, ArticleKind, Page
from tests.articles.samples import NOW, sample


def misbehave(page: Page, *, now: datetime) -> Article:
    if page.id == "hangs":
        time.sleep(60)
    if page.id == "dies":
        os._exit(7)
    if page.id == "raises":
        raise MemoryError("too much")
    return parse_page(page, now=now)


class Misbehaving(Workers):
    def submit(self, page: Page, now: datetime) -> ProcessFuture[Article]:
        future: Any = self.pool.schedule(
            misbehave, args=(page,), kwargs={"now": now}, timeout=self.bounds.seconds
        )
        return future


def pages(*names: str) -> list[tuple[Page, datetime]]:
    return [(replace(sample("jsonld").page, id=name), NOW) for name in names]


@pytest.mark.parametrize("processes", [1, 2])
def test_bad_pages_lose_only_themselves(processes: int) -> None:
    names = ("first", "hangs", "second", "dies", "raises", "last")
    with workers(processes, bounds=Bounds(seconds=5)) as pool:
        bad = Misbehaving(pool.pool, pool.processes, pool.bounds)
        found = [article for _, article in bad.map(pages(*names))]
    assert [article.id for article in found] == list(names)
    reasons = {article.id: article.reason for article in found if article.kind == ArticleKind.EMPTY}
    assert reasons == {
        "hangs": "parsing took longer than 5 s",
        "dies": "parsing ended its process (exit 7)",
        "raises": "parsing failed: MemoryError: too much",
    }


def test_order_is_kept_and_articles_are_those_of_one_process() -> None:
    names = [str(number) for number in range(30)]
    with workers(2) as pool:
        found = [article for _, article in pool.map(pages(*names))]
    assert found == [parse_page(page, now=now) for page, now in pages(*names)]
