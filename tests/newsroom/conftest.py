"""A newsroom of four small outlets, served over loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from extractors.newsroom.edition import Newsroom
from extractors.newsroom.loader import load_newsroom
from extractors.newsroom.server import NewsroomAddress, running

from .client import FIXTURES, THIRD, Get, Reply, request


@pytest.fixture(scope="session")
def small() -> Newsroom:
    return load_newsroom(FIXTURES)


@pytest.fixture
def address(small: Newsroom) -> Iterator[NewsroomAddress]:
    with running(night=THIRD, newsroom=small) as address:
        yield address


@pytest.fixture
def get(address: NewsroomAddress) -> Get:
    def get(outlet: str, path: str, **options: str) -> Reply:
        return request(address.port, address.host(outlet), path, **options)

    return get
