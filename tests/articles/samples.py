"""The pages beside the tests and what a careful person takes down from each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from extractors.articles.bounds import Bounds
from extractors.articles.document import Document, open_page
from extractors.records import Page

FOLDER = Path(__file__).with_name("pages")
OUTLETS = Path(__file__).with_name("outlets")
NOW = datetime(2018, 6, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sample:
    name: str
    page: Page
    expected: dict[str, Any]


def samples(folder: Path = FOLDER) -> list[Sample]:
    listed = yaml.safe_load((folder / "expected.yml").read_text(encoding="utf-8"))
    return [
        Sample(
            name,
            Page(
                name,
                item["url"],
                (folder / item.get("file", f"{name}.html")).read_bytes(),
                item.get("content_type"),
            ),
            item,
        )
        for name, item in listed.items()
    ]


def sample(name: str) -> Sample:
    return next(item for item in samples() if item.name == name)


def document(name: str) -> Document:
    found = open_page(sample(name).page, now=NOW, bounds=Bounds())
    assert found is not None
    return found


def page(html: str | bytes, url: str = "https://www.example.org/world/a-story-of-today", **more: Any) -> Page:
    return Page("p", url, html, **more)


def opened(html: str | bytes, url: str = "https://www.example.org/world/a-story-of-today") -> Document:
    found = open_page(page(html, url), now=NOW, bounds=Bounds())
    assert found is not None
    return found
