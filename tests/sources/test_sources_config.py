from __future__ import annotations

from pathlib import Path

import pytest

from extractors.errors import SettingsError
from extractors.settings import PROJECT_ROOT
from extractors.sources.config import load_sources
from extractors.sources.model import Kind, Ownership
from extractors.sources.registry import ARCHIVE_KINDS, LOCATIONS, WEB_KINDS
from extractors.sources.urls import clean_url

GOOD = """\
sources:
  - name: yonhap
    title: Yonhap
    kind: feed
    url: https://example.org/rss
    language: en
    country: KOR
    ownership: agency
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "sources.yml"
    path.write_text(text, encoding="utf-8")
    return path


def complaint(folder: Path, text: str) -> str:
    with pytest.raises(SettingsError) as raised:
        load_sources(write(folder, text), environ={})
    assert raised.value.next_step
    return str(raised.value)


def test_reads_a_source(tmp_path: Path) -> None:
    (source,) = load_sources(write(tmp_path, GOOD)).sources
    assert (source.name, source.kind, source.ownership) == ("yonhap", Kind.FEED, Ownership.AGENCY)
    assert source.page_limit == 200
    assert not source.allow_loopback


@pytest.mark.parametrize(
    ("line", "wrong", "where", "message"),
    [
        ("country: KOR", "country: XXX", "sources.yml:7: sources[0] (yonhap).country", "'XXX'"),
        ("language: en", "language: english", "sources.yml:6: sources[0] (yonhap).language", "ISO 639-1"),
        ("kind: feed", "kind: rss", "sources.yml:4: sources[0] (yonhap).kind", "'feed'"),
        ("name: yonhap", "name: Yonhap News", "sources.yml:2: sources[0] (Yonhap News).name", "pattern"),
        ("url: https:", "url: ftp:", "sources.yml:5: sources[0] (yonhap).url", "http or https"),
        ("ownership: agency", "ownership: rich", "sources.yml:8: sources[0] (yonhap).ownership", "'igo'"),
        ("    title: Yonhap\n", "", "sources.yml:2: sources[0] (yonhap).title", "is missing"),
        ("language:", "languge:", "sources.yml:6: sources[0] (yonhap).languge", "did you mean `language`?"),
        ("url:", "path:", "sources.yml:2: sources[0] (yonhap)", "kind feed needs `url`"),
        ("    country: KOR\n", "", "sources.yml:2: sources[0] (yonhap)", "`country` is missing"),
        ("country: KOR", "max_pages: 0", "sources.yml:7: sources[0] (yonhap).max_pages", "0: should be"),
        ("country: KOR", "exclude_urls: ['(']", "sources.yml:7: sources[0] (yonhap).exclude_urls", "'('"),
        ("country: KOR", "name: b", "sources.yml:7: sources[0] (b).name", "given twice"),
        ("sources:", "sauces:", "sources.yml:1: sauces", "did you mean `sources`?"),
        (
            "https://example.org",
            "http://${HOST}",
            "sources.yml:5: sources[0] (yonhap).url",
            "HOST is not set",
        ),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, wrong: str, where: str, message: str) -> None:
    assert line in GOOD
    said = complaint(tmp_path, GOOD.replace(line, wrong))
    (told,) = [row for row in said.splitlines() if where in row and message in row]
    assert told


def test_all_problems_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    second = GOOD.removeprefix("sources:\n").replace("KOR", "kor").replace("language: en", "language: xx")
    said = complaint(tmp_path, GOOD + second)
    rows = [row.split(":")[1] for row in said.splitlines() if row.startswith("  sources.yml")]
    assert "4 problems" in said
    assert rows == ["2", "9", "13", "14"]
    assert "another source has this name" in said


def test_text_that_is_no_yaml_has_its_line(tmp_path: Path) -> None:
    assert "sources.yml:2: no YAML" in complaint(tmp_path, "sources:\n  - name: a: b\n")
    assert "no `sources:`" in complaint(tmp_path, "- a\n- b\n")
    assert "sources" in complaint(tmp_path, "sources: []\n")


def test_a_missing_file_is_an_error_with_a_next_step(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read") as raised:
        load_sources(tmp_path / "none.yml")
    assert "--sources" in raised.value.next_step


def test_norwegian_is_a_language_and_not_false(tmp_path: Path) -> None:
    text = GOOD.replace("language: en", "language: no").replace("country: KOR", "country: NOR")
    assert load_sources(write(tmp_path, text)).sources[0].language == "no"


def test_urls_take_the_environment(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD.replace("example.org", "outlet.localhost:${PORT:-8700}"))
    assert load_sources(path, environ={}).sources[0].url == "https://outlet.localhost:8700/rss"
    assert load_sources(path, environ={"PORT": "9"}).sources[0].url == "https://outlet.localhost:9/rss"


def test_what_is_written_down_of_a_source_has_no_password(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD.replace("example.org", "me:secret@example.org"))
    source = load_sources(path, environ={}).sources[0]
    assert "secret" in str(source.url)
    assert source.without_credentials().url == "https://example.org/rss"
    assert "secret" not in source.without_credentials().model_dump_json(exclude_defaults=True)


def test_paths_are_relative_to_the_sources_file(tmp_path: Path) -> None:
    text = GOOD.replace("kind: feed", "kind: folder").replace("url: https://example.org/rss", "path: pages")
    assert load_sources(write(tmp_path, text)).sources[0].path == tmp_path.resolve() / "pages"


def test_filters(tmp_path: Path) -> None:
    rules = "    include_urls: ['/world/']\n    exclude_urls: ['/live/', 'video']\n"
    source = load_sources(write(tmp_path, GOOD + rules)).sources[0]
    assert source.wants("https://a.org/world/x")
    assert not source.wants("https://a.org/sport/x")
    assert not source.wants("https://a.org/world/live/x")


def test_only_an_international_organisation_may_lack_a_country(tmp_path: Path) -> None:
    text = GOOD.replace("    country: KOR\n", "").replace("agency", "igo")
    assert load_sources(write(tmp_path, text)).sources[0].country is None


WARC = GOOD.replace("kind: feed", "kind: warc")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (WARC, None),
        (WARC.replace("url: https://example.org/rss", "path: crawl/"), None),
        (WARC.replace("    language", "    base_url: https://data.example.org/\n    language"), None),
        (WARC.replace("    language", "    path: crawl/\n    language"), "either `url` or `path`"),
        (WARC.replace("    url: https://example.org/rss\n", ""), "either `url` or `path`"),
        (WARC.replace("    language", "    base_url: crawl/\n    language"), "http or https"),
        (GOOD.replace("    language", "    base_url: https://a.org/\n    language"), "has no `base_url`"),
        (GOOD.replace("kind: feed", "kind: section"), None),
        (GOOD.replace("    language", "    path: x\n    language"), "has `url`, not `path`"),
    ],
)
def test_each_kind_has_the_location_that_it_needs(tmp_path: Path, text: str, message: str | None) -> None:
    if message is None:
        assert load_sources(write(tmp_path, text)).sources
    else:
        assert message in complaint(tmp_path, text)


def test_every_kind_has_its_plug_in() -> None:
    assert set(Kind) == set(LOCATIONS) == set(WEB_KINDS) | set(ARCHIVE_KINDS)


def test_the_real_sources_cover_the_world() -> None:
    sources = load_sources(PROJECT_ROOT / "sources.yml", environ={}).sources
    assert len(sources) >= 60
    assert len({source.country for source in sources} - {None}) >= 35
    assert {source.ownership for source in sources} == set(Ownership) - {Ownership.ARCHIVE}
    assert not any(source.allow_loopback for source in sources)
    assert sorted(source.name for source in sources) == [source.name for source in sources]
    assert len({source.url for source in sources}) == len(sources)


def test_the_real_sources_are_of_the_form_that_their_kind_needs() -> None:
    for source in load_sources(PROJECT_ROOT / "sources.yml", environ={}).sources:
        url = str(source.url)
        assert source.kind in (Kind.FEED, Kind.SITEMAP), source.name
        assert ("sitemap" in url) == (source.kind is Kind.SITEMAP), source.name
        assert clean_url(url) == url, source.name
        assert "$" not in url, source.name
        assert source.country or source.ownership is Ownership.IGO, source.name


def test_the_demo_sources_stay_on_this_machine() -> None:
    sources = load_sources(PROJECT_ROOT / "sources.demo.yml", environ={}).sources
    assert len(sources) == 6
    assert all(source.allow_loopback for source in sources)
    assert all(str(source.url).startswith(f"http://{source.name}.localhost:8700/") for source in sources)
    assert all((source.timeout_seconds or 0) <= 3 for source in sources)
