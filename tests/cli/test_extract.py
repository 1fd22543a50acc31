"""`parse` and `code` stream: one line out for each line in, in order, at once; bad lines are told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from extractors.cli import app
from extractors.settings import PROJECT_ROOT

TEXT = "Iran threatened to leave the nuclear talks unless the United States lifts sanctions, officials said."
BODY = f"<article><h1>Talks</h1><p>{TEXT * 5}</p></article>"
PAGE = f"<html><head><title>Talks</title></head><body>{BODY}</body></html>"


def _lines(command: str, *lines: str, tmp_path: Path) -> tuple[int, list[dict[str, object]], str]:
    file = tmp_path / "in.jsonl"
    file.write_text("\n".join(lines) + "\n")
    result = CliRunner().invoke(app, [command, str(file)])
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()], result.stderr


def test_code_skips_a_bad_line_and_says_so(tmp_path: Path) -> None:
    good = json.dumps({"id": "a", "text": TEXT, "published_at": "2018-05-18"})
    code, out, err = _lines("code", good, "{no json", good.replace('"a"', '"b"'), tmp_path=tmp_path)
    assert code == 1
    assert [record["id"] for record in out] == ["a", "b"]
    assert "line 2" in err


def test_code_finds_the_threat(tmp_path: Path) -> None:
    code, out, _ = _lines("code", json.dumps({"id": "a", "text": TEXT}), tmp_path=tmp_path)
    events = out[0]["events"]
    assert code == 0
    assert isinstance(events, list)
    threats = [event for event in events if event["family"] == "threat"]
    assert threats
    assert {actor["country"] for actor in threats[0]["sources"]} == {"IRN"}
    assert (
        TEXT[threats[0]["trigger"]["start"] : threats[0]["trigger"]["end"]] == threats[0]["trigger"]["text"]
    )


def test_parse_gives_title_and_text(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "url": "http://news.example/talks", "html": PAGE})
    code, out, _ = _lines("parse", line, tmp_path=tmp_path)
    assert code == 0
    assert out[0]["title"] == "Talks"
    assert "Iran threatened" in str(out[0]["text"])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["code", str(tmp_path / "absent.jsonl")])
    assert result.exit_code == 2
    assert "absent.jsonl" in result.stderr


def test_a_caller_may_keep_the_coder_open() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "extractors", "code"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": ""},
        cwd=PROJECT_ROOT,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    for name in ("first", "second"):
        process.stdin.write(json.dumps({"id": name, "text": TEXT}) + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == name
    process.stdin.close()
    assert process.wait(30) == 0
    process.stdout.close()


def test_explain_shows_the_path_to_the_code() -> None:
    result = CliRunner().invoke(app, ["explain", TEXT])
    assert result.exit_code == 0
    assert "threaten ∘" in result.stdout
