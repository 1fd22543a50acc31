from __future__ import annotations

import re
from pathlib import Path

from extractors.settings import PROJECT_ROOT
from extractors.sources.config import load_sources
from extractors.sources.fields import fields_table
from extractors.sources.registry import LOCATIONS

PAGE = (PROJECT_ROOT / "docs" / "sources.md").read_text(encoding="utf-8")


def test_the_table_of_fields_is_that_of_the_model() -> None:
    assert f"\n{fields_table()}\n" in PAGE


def test_every_kind_is_explained() -> None:
    assert re.findall(r"^\| `(\w+)` \| `(?:url|path)` of", PAGE, re.MULTILINE) == list(LOCATIONS)


def test_the_examples_can_be_loaded(tmp_path: Path) -> None:
    examples = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "sources.yml").write_text(f"sources:\n{''.join(examples)}")
    assert [source.name for source in load_sources(tmp_path / "sources.yml").sources] == ["yonhap", "cc-news"]


def test_the_numbers_are_those_of_the_file() -> None:
    sources = load_sources(PROJECT_ROOT / "sources.yml", environ={}).sources
    countries = {source.country for source in sources} - {None}
    assert f"{len(sources)} real ones from {len(countries)} countries" in PAGE
