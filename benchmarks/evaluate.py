"""Development sets and the corpus' test part in, figures out: of the grammar alone, and with the judge.

    python benchmarks/evaluate.py [--write] [SET ...]

SET is `corpus`, `gsr`, `plv`, `aw` or `focus`; without one all are measured. `--write`, without SET, puts the
figures into docs/evaluation.md. The development sets lie in $COMMUNIQUE_GOLD, else in ../shared/gold beside
the project; what is not there is left out. They only measure: no sentence of theirs is part of the project.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from extractors.events.coder import Coder
from extractors.events.jsonl import code_lines
from extractors.events.judge.corpus import corpus_files, read_corpus
from extractors.events.judge.scoring import score
from extractors.settings import load_settings

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "evaluation.md"
SETS = {
    "gsr": "plover_gsr_dev.jsonl",
    "plv": "plv_dev.tsv",
    "aw": "aw_dev.tsv",
    "focus": "focus_dev.jsonl",
}
ABOUT = {
    "gsr": "PLOVER gold standard records, 131 of 322",
    "plv": "PLV of Hu et al., ACL 2024: 1,050 of the triples",
    "aw": "AW of the same paper: is there a political event between the two, 802 pairs",
    "focus": "concessions, threats and exercises in real news, 93 sentences with near misses",
}
HEAD = """# Evaluation of the coder

Written by `python benchmarks/evaluate.py --write`; do not edit. The grammar alone is
`COMMUNIQUE_JUDGE=false`. The judge is trained on the train part of `corpus/` only
(`python -m extractors.events.judge.train`).
"""


def gold_folder() -> Path | None:
    """The folder with the sets and their scorer, if there is one."""
    named = os.environ.get("COMMUNIQUE_GOLD")
    folders = (
        [Path(named)] if named else [ROOT.parent / "shared" / "gold", ROOT.parents[1] / "shared" / "gold"]
    )
    return next((folder for folder in folders if (folder / "score.py").exists()), None)


def evaluate(name: str, gold: Path, coder: Coder) -> str:
    """Code one set and give the scorer's report."""
    source = gold / SETS[name]
    inputs = _score(gold, "gold2input", name, source)
    out = io.StringIO()
    problems = code_lines(inputs.splitlines(), coder=coder, out=out)
    if problems:
        raise SystemExit(f"{source}: {problems[0]}")
    with tempfile.TemporaryDirectory() as folder:
        predictions = Path(folder) / "predictions.jsonl"
        predictions.write_text(out.getvalue(), encoding="utf-8")
        return _score(gold, "score", name, source, predictions)


def _score(gold: Path, *arguments: str | Path) -> str:
    command = [sys.executable, str(gold / "score.py"), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def corpus_section(coders: Mapping[str, Coder]) -> str:
    """A table of the corpus' test part, one column per coder."""
    sentences = [s for s in read_corpus(corpus_files()) if s.is_test]
    columns = {name: score(coder, sentences) for name, coder in coders.items()}
    rows = dict.fromkeys(row for figures in columns.values() for row in figures)
    lines = [f"| | {' | '.join(columns)} |", f"|---|{'---|' * len(columns)}"]
    lines += [f"| {row} | {' | '.join(c.get(row, '') for c in columns.values())} |" for row in rows]
    return f"## Our own corpus, the {len(sentences)} sentences kept aside\n\n" + "\n".join(lines)


def gold_section(name: str, gold: Path, coders: Mapping[str, Coder]) -> str:
    reports = [
        f"{title}:\n\n```\n{evaluate(name, gold, coder).rstrip()}\n```" for title, coder in coders.items()
    ]
    return f"## {name}: {ABOUT[name]}\n\n`python benchmarks/evaluate.py {name}`\n\n" + "\n\n".join(reports)


def main() -> None:
    arguments = [a for a in sys.argv[1:] if a != "--write"]
    settings = load_settings()
    coders = {
        "grammar alone": Coder(settings.model_copy(update={"judge": False})),
        "grammar and judge": Coder(settings.model_copy(update={"judge": True})),
    }
    gold, sections = gold_folder(), []
    for name in arguments or ["corpus", *SETS]:
        if name == "corpus" and corpus_files():
            sections.append(corpus_section(coders))
        elif name in SETS and gold is not None:
            sections.append(gold_section(name, gold, coders))
        else:
            sys.stdout.write(f"{name} is not here (set COMMUNIQUE_GOLD for the development sets)\n")
            continue
        sys.stdout.write(sections[-1] + "\n\n")
    if "--write" in sys.argv and not arguments:
        PAGE.write_text("\n\n".join([HEAD.rstrip(), *sections]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
