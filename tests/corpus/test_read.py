"""Lines that break the format are named with file, line and fault."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractors.errors import LexiconError
from extractors.events.corpus import ArticleStyle, Miss, Register, Split, load_articles, load_corpus
from extractors.events.corpus.read import load_texts
from extractors.events.corpus.told import told_by_sentence
from extractors.records import Family, Modality, Span

TEXT = "Mali threatened to close its border with Niger unless the lorries were freed by Friday."


def record() -> dict[str, Any]:
    return {
        "id": "made-0001",
        "text": TEXT,
        "register": "wire",
        "published_at": "2019-03-04",
        "split": "train",
        "miss": None,
        "events": [
            {
                "cameo_code": "1381",
                "family": "threat",
                "modality": "asserted",
                "trigger": {"text": "threatened", "start": 5, "end": 15},
                "sources": [{"text": "Mali", "code": "MLI"}],
                "targets": [{"text": "Niger", "code": "NER"}],
                "details": {"kind": "military", "deadline": "by Friday", "is_ultimatum": True},
            }
        ],
    }


def written(tmp_path: Path, *records: dict[str, Any] | str) -> Path:
    file = tmp_path / "made.jsonl"
    lines = (each if isinstance(each, str) else json.dumps(each) for each in records)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_line_becomes_a_typed_sentence(tmp_path: Path) -> None:
    (sentence,) = load_corpus(written(tmp_path, record()))
    assert (sentence.part, sentence.stratum, sentence.published_at.year) == ("made", "13", 2019)
    assert (sentence.register, sentence.split, sentence.miss) == (Register.WIRE, Split.TRAIN, None)
    (event,) = sentence.events
    assert event.trigger == Span("threatened", 5, 15)
    assert (event.family, event.modality, event.root, event.counts) == (
        Family.THREAT,
        Modality.ASSERTED,
        "13",
        True,
    )
    assert [(actor.text, actor.code) for actor in event.sources] == [("Mali", "MLI")]


def test_a_sentence_without_events(tmp_path: Path) -> None:
    free = {**record(), "events": [], "miss": "weather"}
    (sentence,) = load_corpus(written(tmp_path, free))
    assert (sentence.miss, sentence.stratum) == (Miss.WEATHER, "--")


def test_a_folder_is_read_in_order_of_its_files(tmp_path: Path) -> None:
    for name, number in (("b", 2), ("a", 1)):
        line = json.dumps({**record(), "id": f"{name}-{number:04}"})
        (tmp_path / f"{name}.jsonl").write_text(line, encoding="utf-8")
    assert [sentence.id for sentence in load_corpus(tmp_path)] == ["a-0001", "b-0002"]


def of_event(**changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda line: line["events"][0].update(changes)


def of_line(**changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda line: line.update(changes)


FAULTS = [
    (of_line(register="radio"), "'radio' is not a valid Register"),
    (of_line(miss="weather"), "miss is null when, and only when"),
    (of_line(note="x"), "field 'note' is unknown"),
    (lambda line: line.pop("split"), "field 'split' is missing"),
    (of_line(text=f" {TEXT}"), "text is empty, has spaces around it"),
    (of_line(published_at="March"), "Invalid isoformat"),
    (of_event(cameo_code="1399"), "'1399' is no CAMEO code"),
    (of_event(modality="likely"), "'likely' is not a valid Modality"),
    (of_event(trigger={"text": "threatened", "start": 0, "end": 10}), "does not stand at 0:10"),
    (of_event(sources=[{"text": "Chad", "code": "TCD"}]), "actor 'Chad' is not in the text"),
    (of_event(details={"kind": "magical"}), "'magical' is not in threat_kinds"),
    (of_event(details={"stage": "agreed"}), "stage is no field of threat"),
    (of_event(details={"deadline": "by Monday"}), "'by Monday' is not in the text"),
    (of_event(details={"is_ultimatum": "yes"}), "is_ultimatum should be bool, is str"),
    (of_event(family=None), "details without a family"),
]


@pytest.mark.parametrize(("break_it", "message"), FAULTS)
def test_a_fault_names_file_line_and_value(
    tmp_path: Path, break_it: Callable[[dict[str, Any]], None], message: str
) -> None:
    bad = {**record(), "id": "made-0002"}
    break_it(bad)
    with pytest.raises(LexiconError, match=rf"made\.jsonl:2: .*{re.escape(message)}"):
        load_corpus(written(tmp_path, record(), bad))


def test_an_exercise_names_its_countries_by_iso_code(tmp_path: Path) -> None:
    bad = record()
    of_event(family="military_exercise", details={"participants": ["Mali"]})(bad)
    with pytest.raises(LexiconError, match=r"\['Mali'\] is no ISO 3166-1 alpha-3 code"):
        load_corpus(written(tmp_path, bad))


@pytest.mark.parametrize("line", ["{", "[]", "null", '"text"'])
def test_what_is_no_record(tmp_path: Path, line: str) -> None:
    with pytest.raises(LexiconError, match=r"made\.jsonl:1: "):
        load_corpus(written(tmp_path, line))


def test_an_id_given_twice(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"made\.jsonl:2: id 'made-0001' is given twice"):
        load_corpus(written(tmp_path, record(), record()))


def test_a_folder_without_files_and_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"no \.jsonl file"):
        load_corpus(tmp_path)
    with pytest.raises(LexiconError, match=r"none\.jsonl: cannot be read"):
        load_corpus(tmp_path / "none.jsonl")


BODY = f"BAMAKO - It was hot.\n\n{TEXT} Nobody came."


def article() -> dict[str, Any]:
    made = record()
    place = BODY.index("threatened")
    made["events"][0]["trigger"] = {"text": "threatened", "start": place, "end": place + 10}
    changes = {"id": "made-001", "title": "A hot day", "text": BODY, "style": "feature"}
    return {name: value for name, value in (made | changes).items() if name not in {"register", "miss"}}


def test_a_line_becomes_a_typed_article(tmp_path: Path) -> None:
    (found,) = load_articles(written(tmp_path, article()))
    assert (found.title, found.style, found.part) == ("A hot day", ArticleStyle.FEATURE, "made")
    assert (found.split, found.published_at.year) == (Split.TRAIN, 2019)
    sentences = list(told_by_sentence(found))
    assert [sentence.text for sentence, _ in sentences] == ["BAMAKO - It was hot.", TEXT, "Nobody came."]
    assert [[event.trigger.text for event in events] for _, events in sentences] == [[], ["threatened"], []]


def test_a_folder_may_do_without_articles(tmp_path: Path) -> None:
    written(tmp_path, record())
    assert [len(texts) for texts in load_texts(tmp_path)] == [1, 0]
    (tmp_path / "articles").mkdir()
    written(tmp_path / "articles", article())
    assert [len(texts) for texts in load_texts(tmp_path)] == [1, 1]


ARTICLE_FAULTS = [
    (of_line(style="poem"), "'poem' is not a valid ArticleStyle"),
    (of_line(title=""), "title is empty or has spaces around it"),
    (of_line(title=None), "title is empty or has spaces around it"),
    (of_line(text=f"{BODY}\n"), "text is empty or has spaces around it"),
    (of_line(split="dev"), "'dev' is not a valid Split"),
    (of_line(miss=None), "field 'miss' is unknown"),
    (of_line(id="made-001"), "id 'made-001' is given twice"),
    (lambda line: line.pop("title"), "field 'title' is missing"),
    (of_line(published_at="2019-02-30"), "day is out of range"),
    (of_event(cameo_code="21"), "'21' is no CAMEO code"),
    (of_event(trigger={"text": "threatened", "start": 5, "end": 15}), "does not stand at 5:15"),
    (of_event(targets=[{"text": "Chad", "code": "TCD"}]), "actor 'Chad' is not in the text"),
    (of_event(details={"condition": "if Niger gives in"}), "'if Niger gives in' is not in the text"),
]


@pytest.mark.parametrize(("break_it", "message"), ARTICLE_FAULTS)
def test_a_fault_of_an_article_names_file_line_and_value(
    tmp_path: Path, break_it: Callable[[dict[str, Any]], None], message: str
) -> None:
    bad = {**article(), "id": "made-002"}
    break_it(bad)
    with pytest.raises(LexiconError, match=rf"made\.jsonl:2: .*{re.escape(message)}"):
        load_articles(written(tmp_path, article(), bad))
