"""Names of files in, every problem of the lexicon in them out: first the form, then whether entries fire."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.errors import LexiconError
from extractors.events.check.doubles import find_doubles
from extractors.events.check.files import check_files, lexicon_files
from extractors.events.check.firing import check_entry
from extractors.events.check.problem import Problem
from extractors.events.lexicon import Entry, load_lexicon
from extractors.events.wordlists import DATA
from extractors.sources.yaml_lines import Lined, read_yaml

if TYPE_CHECKING:
    from extractors.events.coder import Coder


def check_lexicon(
    files: Sequence[Path] = (),
    *,
    coder: Callable[[], Coder],
    on_progress: Callable[[int, int], None] | None = None,
) -> list[Problem]:
    """Problems in `files`, default all. `coder` makes the coder, and is asked only when the form is right.

    Raises:
        LexiconError: a file that is none of the lexicon's.
    """
    chosen = _chosen(files)
    form = check_files()
    if form:
        return [problem for problem in form if problem.file in chosen]
    entries = [(entry, file) for entry, file in located() if file in chosen]
    return _firing(entries, coder() if entries else None, on_progress)


def located() -> list[tuple[Entry, Path]]:
    """Every entry of acts and operators with the file that it stands in."""
    by_id = {entry.id: entry for entry in load_lexicon().entries}
    files = [*sorted((DATA / "acts").glob("*.yml")), DATA / "operators.yml"]
    return [(by_id[name], file) for file in files for name in lined(file).data]


def lined(file: Path) -> Lined:
    return read_yaml(file.read_text(encoding="utf-8"))


def _firing(
    entries: Sequence[tuple[Entry, Path]],
    coder: Coder | None,
    on_progress: Callable[[int, int], None] | None,
) -> list[Problem]:
    lines = {file: lined(file) for file in dict.fromkeys(file for _, file in entries)}
    places = {entry.id: file for entry, file in entries}
    found = []
    for entry, (field, what, next_step, is_note) in find_doubles(load_lexicon().entries):
        if entry.id in places:
            file = places[entry.id]
            line = lines[file].line((entry.id, field))
            found.append(Problem(file, line, entry.id, field, what, next_step, is_note))
    for number, (entry, file) in enumerate(entries, start=1):
        assert coder is not None
        for field, what, next_step, is_note in check_entry(entry, coder):
            line = lines[file].line((entry.id, field))
            found.append(Problem(file, line, entry.id, field, what, next_step, is_note))
        if on_progress is not None:
            on_progress(number, len(entries))
    return found


def _chosen(files: Sequence[Path]) -> set[Path]:
    known = {path.resolve(): path for path in lexicon_files()}
    names = {path.name: path for path in known.values()}
    chosen = set()
    for file in files:
        path = known.get(file.resolve()) or names.get(str(file))
        if path is None:
            raise LexiconError(
                "no file of the lexicon", where=str(file), next_step=f"one of: {', '.join(sorted(names))}"
            )
        chosen.add(path)
    return chosen or set(known.values())
