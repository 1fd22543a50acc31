"""corpus/README.md, facts.json and docs/codebook.md mirror the sentences and the rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractors.errors import LexiconError
from extractors.events.coder import Coder
from extractors.events.corpus import Split, load_articles, load_corpus, pages
from extractors.events.corpus.article_pages import articles_part
from extractors.events.corpus.codebook import load_rules
from extractors.events.corpus.facts import measure, measure_articles, read_facts
from extractors.events.corpus.frames import forms
from extractors.events.corpus.overlap import near_duplicates
from extractors.events.corpus.read import digest_of
from extractors.events.corpus.split import write_split
from extractors.reference import cameo_events
from tests.corpus.test_read import article, record, written

STALE = "run python -m extractors.events.corpus"


def test_facts_are_those_of_the_sentences() -> None:
    assert read_facts()["digest"] == digest_of(), STALE
    assert read_facts()["articles"] == measure_articles(load_articles()), STALE


def test_readme_is_up_to_date() -> None:
    page = pages.README.read_text(encoding="utf-8")
    assert page == pages.render(page, pages.readme_part(load_corpus(), load_articles(), read_facts())), STALE


def test_codebook_is_up_to_date() -> None:
    page = pages.CODEBOOK.read_text(encoding="utf-8")
    assert page == pages.render(page, pages.codebook_part(load_corpus())), STALE


def test_codebook_has_every_code_with_a_rule() -> None:
    lines = pages.codebook_part(load_corpus()).splitlines()
    for code in cameo_events():
        row = next(line for line in lines if line.startswith(f"| {code} |"))
        assert len(row.split(" | ")[2]) > 3, code


def test_no_example_of_the_codebook_is_of_the_test_part() -> None:
    aside = [sentence.id for sentence in load_corpus() if sentence.split is Split.TEST]
    part = pages.codebook_part(load_corpus())
    assert [each for each in aside if f"{each} " in part] == []


@pytest.mark.parametrize("rows", ["999,a,b", "010,,b", "010,a,b\n010,a,b", "010,a,b"])
def test_rules_that_are_wrong_or_missing(tmp_path: Path, rows: str) -> None:
    path = tmp_path / "codebook.csv"
    path.write_text(f"cameo_code,counts,does_not\n{rows}\n")
    with pytest.raises(LexiconError, match=r"codebook\.csv"):
        load_rules(path)


def test_update_keeps_what_is_written_by_hand(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{pages.BEGIN}\nstale\n{pages.END}\nafter\n")
    pages.update(page, "fresh")
    assert page.read_text() == f"before\n{pages.BEGIN}\n\nfresh\n{pages.END}\nafter\n"


def test_near_duplicates_are_found() -> None:
    texts = {
        "a": "Mali threatened to close its border with Niger on Friday night",
        "b": "MALI threatened to close its border, with Niger, on Sunday",
        "c": "Mali threatened to close a road",
    }
    assert near_duplicates(texts) == [("a", "b")]
    assert near_duplicates(texts, length=4, shared=1) == [("a", "b"), ("a", "c"), ("b", "c")]


def test_split_is_written_and_nothing_else_changes(tmp_path: Path) -> None:
    lines = [{**record(), "id": f"made-{number:04}"} for number in range(1, 31)]
    file = written(tmp_path, *lines)
    write_split(tmp_path)
    again = [json.loads(line) for line in file.read_text().splitlines()]
    assert sum(line["split"] == "test" for line in again) == 3
    assert [{**line, "split": "train"} for line in again] == lines
    before = file.read_bytes()
    write_split(tmp_path)
    assert file.read_bytes() == before


def test_split_of_articles_is_written_too(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    written(tmp_path, record())
    lines = [{**article(), "id": f"made-{number:03}"} for number in range(1, 13)]
    file = written(tmp_path / "articles", *lines)
    write_split(tmp_path)
    assert [json.loads(line)["split"] for line in file.read_text().splitlines()].count("test") == 2


def test_articles_are_counted(tmp_path: Path) -> None:
    quiet = {**article(), "id": "made-002", "events": [], "split": "test", "style": "wire"}
    articles = load_articles(written(tmp_path, article(), quiet))
    page = "\n".join(articles_part(articles, measure_articles(articles)))
    assert "| made | 2 | 1 | 44 | 6 | 1 (17%) | 1 (17%) | 1 |" in page
    assert "| all | wire 1, feature 1 | asserted 1 | threat 1 |" in page
    assert "| 13 threat | 1 | 1 |" in page
    assert "| a run of eight words in common | 1 |" in page


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


@pytest.mark.parametrize(
    ("text", "trigger", "lemma", "frame"),
    [
        ("Mali closed its border with Niger.", "closed", "close", "active"),
        ("The border was closed by Mali.", "closed", "close", "passive with agent"),
        ("The border was closed on Friday.", "closed", "close", "passive without agent"),
        ("The threat of sanctions worried Mali.", "threat", "threat", "nominal"),
        ("Mali held talks with Niger.", "talks", "talk", "light verb"),
        ("Mali agreed to close the border.", "close", "close", "infinitive"),
        ("The army, which closed the border, is from Mali.", "closed", "close", "relative clause"),
    ],
)
def test_frames(tmp_path: Path, coder: Coder, text: str, trigger: str, lemma: str, frame: str) -> None:
    line = record()
    start = text.index(trigger)
    line["text"] = text
    line["events"][0].update(
        trigger={"text": trigger, "start": start, "end": start + len(trigger)},
        sources=[],
        targets=[],
        details={},
    )
    sentences = load_corpus(written(tmp_path, line))
    ((event, found, shape),) = forms(sentences, coder.parse)
    assert (event.trigger.text, found, shape) == (trigger, lemma, frame)
    assert measure(sentences, coder.parse)["forms"]["13"] == {"lemmas": 1, "frames": {frame: 1}}
