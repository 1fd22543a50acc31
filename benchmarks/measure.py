"""A set's name and a coder in, its figures out: the corpus' test part, the development sets where they are.

The development sets lie in $COMMUNIQUE_GOLD, else in ../shared/gold beside the project. They only measure: no
sentence of theirs is part of the project. Their own scorer counts; its report is read here into figures.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from extractors.events.coder import Coder
from extractors.events.corpus.read import ARTICLES, CORPUS, load_articles, load_corpus
from extractors.events.corpus.records import Split
from extractors.events.jsonl import code_lines
from extractors.events.judge.samples import Annotated
from extractors.events.judge.scoring import figures, tally

ROOT = Path(__file__).resolve().parents[1]
OURS = {"corpus": CORPUS, "articles": ARTICLES}  # folders with a test part
SETS = {
    "gsr": "plover_gsr_dev.jsonl",
    "plv": "plv_dev.tsv",
    "aw": "aw_dev.tsv",
    "focus": "focus_dev.jsonl",
}
_SHARE = re.compile(r"([a-z][a-z+ ]*?)\s+(\d+\.\d)%")
_OF_SET = re.compile(r"\b(P|R|F1|macro-F1|macro family F1) (\d\.\d+)")
_FAMILY = re.compile(r"^\s+(\w+)\s+P (\d\.\d+) R (\d\.\d+) F1 (\d\.\d+)  \(tp")
_CLASS = re.compile(r"^\s+([A-Z]+)\s+n=\s*(\d+) (?:P (\S+) R (\S+) F1 (\S+)|class\s+(\S+)% strict\s+(\S+)%)")
_FIELD = re.compile(r"^\s+([a-z_]+\.[a-zA-Z ]+?[a-zA-Z0-9])\s+(\d+\.\d+)(%?) of (\d+)")
_FALSE = re.compile(r"negatives with a false event: (\d+)/(\d+)")
FEWEST = 25  # records of a class or field, for its figure to be more than chance


def gold_folder() -> Path | None:
    """The folder with the sets and their scorer, if there is one."""
    named = os.environ.get("COMMUNIQUE_GOLD")
    folders = (
        [Path(named)] if named else [ROOT.parent / "shared" / "gold", ROOT.parents[1] / "shared" / "gold"]
    )
    return next((folder for folder in folders if (folder / "score.py").exists()), None)


def present() -> list[str]:
    """The sets that can be measured here."""
    gold = gold_folder()
    return [*OURS, *(name for name, file in SETS.items() if gold is not None and (gold / file).exists())]


def kept_aside(name: str) -> list[Annotated]:
    """The test part of the corpus' sentences or of its whole articles."""
    texts: tuple[Annotated, ...] = load_articles() if name == "articles" else load_corpus()
    return [text for text in texts if text.split is Split.TEST]


def digest(name: str) -> str:
    """What the set's figures are measured on."""
    if name not in OURS:
        gold = gold_folder()
        assert gold is not None
        return hashlib.sha256((gold / SETS[name]).read_bytes()).hexdigest()
    total = hashlib.sha256()
    for file in sorted(OURS[name].glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if json.loads(line)["split"] == Split.TEST:
                total.update(line.encode() + b"\n")
    return total.hexdigest()


def measure(name: str, coder: Coder) -> dict[str, float]:
    """Figures of one set by name, the higher the better."""
    if name in OURS:
        return figures(tally(coder, kept_aside(name)).counts)
    return dict(_figures(report(name, coder)))


def report(name: str, coder: Coder) -> str:
    """Code a development set and give its scorer's report."""
    gold = gold_folder()
    if gold is None:
        raise SystemExit("no development sets here (set COMMUNIQUE_GOLD)")
    source, out = gold / SETS[name], io.StringIO()
    problems = code_lines(_score(gold, "gold2input", name, source).splitlines(), coder=coder, out=out)
    if problems:
        raise SystemExit(f"{source}: {problems[0]}")
    with tempfile.TemporaryDirectory() as folder:
        predictions = Path(folder) / "predictions.jsonl"
        predictions.write_text(out.getvalue(), encoding="utf-8")
        return _score(gold, "score", name, source, predictions)


def _score(gold: Path, *arguments: str | Path) -> str:
    command = [sys.executable, str(gold / "score.py"), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _figures(text: str) -> Iterator[tuple[str, float]]:
    for line in text.splitlines():
        if line.startswith(("records", "triples", "pairs", "sentences")):
            yield from ((name.strip(), float(value) / 100) for name, value in _SHARE.findall(line))
            yield from ((name, float(value)) for name, value in _OF_SET.findall(line))
        elif found := _FAMILY.match(line):
            family, *values = found.groups()
            yield from ((f"{family} {n}", float(v)) for n, v in zip(("P", "R", "F1"), values, strict=True))
        elif found := _CLASS.match(line):
            yield from _of_class(found)
        elif found := _FIELD.match(line):
            name, value, percent, count = found.groups()
            if int(count) >= FEWEST:
                yield name, float(value) / (100 if percent else 1)
        elif found := _FALSE.search(line):
            yield "near misses without a false event", 1 - int(found[1]) / int(found[2])


def _of_class(found: re.Match[str]) -> Iterator[tuple[str, float]]:
    name, count, _, _, f1, share, strict = found.groups()
    if int(count) < FEWEST:
        return
    if f1 is not None:
        yield f"{name} F1", float(f1)
    else:
        yield f"{name} class", float(share) / 100
        yield f"{name} class+both countries", float(strict) / 100
