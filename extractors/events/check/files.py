"""The lexicon's folders in, its files and their faults of form out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractors.errors import LexiconError
from extractors.events.actors import tables as actor_tables
from extractors.events.actors.lexicon import build_lexicon
from extractors.events.actors.roles import read_roles
from extractors.events.check.acts import check_acts, check_composition, known_in
from extractors.events.check.exercises import check_exercises
from extractors.events.check.problem import Problem
from extractors.events.check.tables import COLUMNS, check_table, links_in, read_lines
from extractors.events.wordlists import DATA


def lexicon_files(data: Path = DATA, actors: Path = actor_tables.DATA) -> list[Path]:
    """Every file that the check reads."""
    acts = sorted((data / "acts").glob("*.yml"))
    others = [data / name for name in ("operators.yml", "composition.csv", "exercises.yml")]
    return [*acts, *others, *(actors / name for name in COLUMNS)]


def check_files(data: Path = DATA, actors: Path = actor_tables.DATA) -> list[Problem]:
    """All faults of form in all files. Where there are none, the lexicon can be loaded."""
    return list(_faults(data, actors)) or list(_loading(actors))


def _faults(data: Path, actors: Path) -> Iterator[Problem]:
    known, links, seen = known_in(data), links_in(actors), dict[str, str]()
    codes = frozenset(line.row["code"] for line in read_lines(actors / "organisations.csv"))
    for path in lexicon_files(data, actors):
        if path.parent.name == "acts" or path.name == "operators.yml":
            yield from check_acts(path, known, seen)
        elif path.name == "composition.csv":
            yield from check_composition(path, known)
        elif path.name == "exercises.yml":
            yield from check_exercises(path, codes)
        else:
            yield from check_table(path, links)


def _loading(actors: Path) -> Iterator[Problem]:
    """What only the loading itself sees, such as a noun under two codes."""
    try:
        read_roles(actors)
        build_lexicon(str.split, data=actors)
    except LexiconError as error:
        file, _, line = error.where.rpartition(":")
        path = actors / (file if line.isdigit() else error.where)
        yield Problem(path, int(line) if line.isdigit() else 1, "line", "", error.what, error.next_step)
