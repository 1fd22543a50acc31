"""Development sets in, the coder's figures out: one table per set, by the sets' own scorer.

    python benchmarks/evaluate.py [SET ...]

The sets lie in $COMMUNIQUE_GOLD, else in ../shared/gold beside the project; where there are none this says
so and does nothing. They only measure: no sentence of theirs is part of the project.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from extractors.events.coder import Coder
from extractors.events.jsonl import code_lines

ROOT = Path(__file__).resolve().parents[1]
SETS = {
    "gsr": "plover_gsr_dev.jsonl",
    "plv": "plv_dev.tsv",
    "aw": "aw_dev.tsv",
    "focus": "focus_dev.jsonl",
}


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


def main() -> None:
    gold = gold_folder()
    if gold is None:
        sys.stdout.write("no development sets here (set COMMUNIQUE_GOLD); nothing measured\n")
        return
    coder = Coder()
    for name in sys.argv[1:] or SETS:
        sys.stdout.write(f"== {name}\n{evaluate(name, gold, coder)}\n")


if __name__ == "__main__":
    main()
