"""An id, a class or a word in, the entries of the lexicon that it names out, with their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.events.actors import tables as actor_tables
from extractors.events.check.run import lined, located
from extractors.events.check.tables import COLUMNS, Line, read_lines
from extractors.events.families.exercise_data import exercise_data
from extractors.events.lexicon import Entry, load_lexicon
from extractors.events.wordlists import DATA
from extractors.reference import cameo_events


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry of acts or operators as it is written."""

    place: str
    id: str
    fields: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Found:
    """`lines`: of the tables of actors and of exercise series; `classes`: what operators make of acts."""

    entries: list[Shown] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)
    classes: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.entries or self.lines or self.classes)


def look_up(name: str) -> Found:
    """Whatever has the name: an entry by id, class or word; an actor by id or any name; a series."""
    found = Found()
    wanted = name.strip().lower()
    entries = [(entry, file) for entry, file in located() if _is_meant(entry, wanted)]
    by_file = {file: lined(file) for file in dict.fromkeys(file for _, file in entries)}
    for entry, file in entries:
        raw = by_file[file].data[entry.id]
        place = f"{file.name}:{by_file[file].line((entry.id,))}"
        found.entries.append(Shown(place, entry.id, tuple((key, str(value)) for key, value in raw.items())))
    found.lines = [*_actors(wanted), *_series(wanted)]
    acts = dict.fromkeys(entry.act for entry, _ in entries if entry.act)
    if name in load_lexicon().composition:
        acts.setdefault(name)
    found.classes = {act: _codes(act) for act in acts}
    return found


def _is_meant(entry: Entry, wanted: str) -> bool:
    if wanted in (entry.id, entry.act if entry.is_act else entry.kind):
        return True
    return any(
        wanted == words.head or wanted == " ".join((words.head, *words.rest)) for words in entry.words
    ) or any(wanted == " ".join((*words.rest, words.head)) for words in entry.words if words.rest)


def _codes(act: str) -> list[tuple[str, str, str]]:
    row = load_lexicon().composition[act]
    told = [(operator, code, cameo_events()[code].label) for operator, code in row.codes.items()]
    halted = load_lexicon().composition[row.halted].codes["done"]
    return [*told, (f"halt (becomes {row.halted})", halted, cameo_events()[halted].label)]


def _actors(wanted: str) -> Iterator[tuple[str, str]]:
    """Lines with the name; of a person also the offices."""
    persons = {line.row["id"] for line in read_lines(actor_tables.DATA / "persons.csv") if _has(line, wanted)}
    for file in COLUMNS:
        for line in read_lines(actor_tables.DATA / file):
            if _has(line, wanted) or line.row.get("person") in persons:
                yield f"{file}:{line.number}", ", ".join(filter(None, line.row.values()))


def _has(line: Line, wanted: str) -> bool:
    names = [line.row.get(key, "") for key in ("id", "form", "name", "person")]
    names += line.row.get("aliases", "").split("|") + line.row.get("surnames", "").split("|")
    return wanted in (name.lower() for name in names if name)


def _series(wanted: str) -> Iterator[tuple[str, str]]:
    lines = lined(DATA / "exercises.yml")
    for name, facts in exercise_data()["series"].items():
        if wanted in (name.lower(), *(spelling.lower() for spelling in facts["spelt"])):
            sides = ", ".join(facts.get("sides", ())) or "nobody in particular"
            yield f"exercises.yml:{lines.line(('series', name))}", f"series {name}, held by {sides}"
