"""`communique sources check`: what it tells of outlets of the demo newsroom, of broken ones and of sites."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from extractors.cli import app
from extractors.newsroom.loader import load_newsroom
from extractors.newsroom.server import NewsroomAddress, running
from extractors.sources.config import load_sources

ENTRY = """\
  - name: {name}
    title: A title
    kind: {kind}
    url: {url}
    language: {language}
    country: GBR
    ownership: private
    allow_loopback: true
    timeout_seconds: 3
    delay_seconds: 0
    retries: 0
"""


@pytest.fixture(scope="module")
def newsroom() -> Iterator[NewsroomAddress]:
    news = load_newsroom()
    with running(night=news.nights[-1], newsroom=news) as address:
        yield address


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["sources", "check", *arguments], env={"COLUMNS": "160"})


def sources_file(folder: Path, newsroom: NewsroomAddress, **paths: str) -> str:
    path = folder / "sources.yml"
    entries = [
        ENTRY.format(
            name=name,
            kind="section" if name == "section" else "feed",
            url=f"http://{newsroom.host('halden-courier')}{address}",
            language="fr" if name == "french" else "en",
        )
        for name, address in paths.items()
    ]
    path.write_text("sources:\n" + "".join(entries))
    return str(path)


def test_a_good_source(tmp_path: Path, newsroom: NewsroomAddress) -> None:
    result = run("good", "--sources", sources_file(tmp_path, newsroom, good="/rss.xml", bad="/none.xml"))
    assert result.exit_code == 0, result.output
    for told in (
        "24 pages in 1 listings",
        "newest 2018-05-23",
        "HTTP 200",
        "5 fetched",
        "title 5/5",
        "words",
    ):
        assert told in result.output
    assert "Pompeo hands Iran a list of twelve" in result.output
    assert not list(tmp_path.glob("warc"))


def test_a_section_is_read_like_a_feed(tmp_path: Path, newsroom: NewsroomAddress) -> None:
    result = run("--sources", sources_file(tmp_path, newsroom, section="/"), "--json")
    (found,) = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (found["kind"], found["entries"], found["dated_entries"], found["fetched"]) == (
        "section",
        23,
        0,
        5,
    )
    assert "article" in found["parsed"]["kinds"]
    assert "carry no dates" in found["problems"][0]["what"]


def test_sources_that_cannot_be_used_exit_with_1(tmp_path: Path, newsroom: NewsroomAddress) -> None:
    path = sources_file(tmp_path, newsroom, good="/rss.xml", gone="/none.xml", page="/", french="/rss.xml")
    result = run("--sources", path, "--json")
    found = {each["name"]: each for each in json.loads(result.stdout)}
    assert result.exit_code == 1
    assert {name for name, each in found.items() if not each["is_usable"]} == {"gone", "page"}
    assert "HTTP 404" in found["gone"]["problems"][0]["what"]
    assert "sources check --url" in found["page"]["problems"][0]["what"]
    assert "the source says fr" in found["french"]["problems"][-1]["what"]
    assert all(problem["next_step"] for each in found.values() for problem in each["problems"])
    assert len(found["good"]["samples"]) == 3
    told = run("--sources", path)
    assert told.exit_code == 1
    assert "2 of 4 sources cannot be used: gone, page" in told.output


def test_the_site_gives_lines_that_can_be_used(tmp_path: Path, newsroom: NewsroomAddress) -> None:
    site = f"http://{newsroom.host('halden-courier')}/"
    result = run("--url", site, "--allow-loopback", "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    kinds = {tried["candidate"]["kind"] for tried in found["tried"] if tried["problem"] is None}
    assert kinds == {"feed", "sitemap", "section"}
    assert found["robots"] == 200
    lines = found["yaml"].replace("XXX", "GBR")
    (entry,) = yaml.safe_load(lines)
    assert (entry["kind"], entry["url"]) == ("feed", f"{site}rss.xml")
    (tmp_path / "sources.yml").write_text(f"sources:\n{lines}\n")
    assert load_sources(tmp_path / "sources.yml").sources[0].name == "halden-courier"
    told = run("--url", site, "--allow-loopback")
    assert "Lines to add" in told.output
    assert f"url: {site}rss.xml" in told.output


def test_a_feed_is_known_for_what_it_is(newsroom: NewsroomAddress) -> None:
    result = run("--url", f"http://{newsroom.host('borealis')}/atom.xml", "--allow-loopback", "--json")
    (tried,) = json.loads(result.stdout)["tried"]
    assert (tried["candidate"]["kind"], tried["candidate"]["found"]) == ("feed", "the address itself")


def test_a_site_on_this_machine_needs_permission(newsroom: NewsroomAddress) -> None:
    result = run("--url", f"http://{newsroom.host('borealis')}/")
    assert result.exit_code == 3
    assert "refused" in result.stderr
