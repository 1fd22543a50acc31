"""The lexicon's data files in, one checked Lexicon out: acts, operators and the composition table."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from extractors.errors import LexiconError
from extractors.events.patterns import Constraint, Words, parse_constraint, parse_words
from extractors.events.wordlists import DATA

ACT_FIELDS = {
    "class", "verb", "noun", "noun_phrase", "adj", "object", "not_object", "subject", "not_subject",
    "modifier", "not_modifier", "with", "not_with", "not_frame", "frame", "source", "target", "mutual",
    "light_only", "polarity", "example", "near_miss", "object_optional", "yields", "needs_condition", "whole",
    "passive_only",
    "needs_negation", "needs_future", "no_longer",
}  # fmt: skip
OPERATOR_FIELDS = {
    "operator", "verb", "noun", "adj", "takes", "addressee", "bare", "bare_needs", "bare_light", "modality",
    "not_subject", "not_object", "not_modifier", "passive_only", "source",
    "needs_negation", "conditional", "needs_warning", "hostile_only", "example", "near_miss",
    "frame", "not_frame", "tight", "clause_to_come", "with", "not_with",
}  # fmt: skip
PARTS = ("verb", "noun", "noun_phrase", "adj")
OPTIONS = (
    "not_frame", "frame", "mutual", "light_only", "polarity", "bare_needs", "bare_light", "modality",
    "passive_only", "needs_warning", "object_optional", "needs_negation", "conditional", "yields",
    "needs_condition", "whole", "hostile_only", "needs_future", "no_longer", "tight", "clause_to_come",
)  # fmt: skip
OPERATORS = frozenset(
    {"accuse", "appeal", "condemn", "demand", "deny", "done", "fail", "halt", "intend", "praise", "refuse"}
) | {"threaten", "decide"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the lexicon: an act (`act` is its class in composition.csv) or an operator."""

    id: str
    kind: str  # "act" or the operator's name
    act: str  # class of the act; of an operator: what it is when it holds none, or ""
    words: tuple[Words, ...]
    takes: frozenset[str]
    target: tuple[str, ...]
    source: str
    object: Constraint
    not_object: Constraint
    subject: Constraint
    not_subject: Constraint
    modifier: frozenset[str]
    not_modifier: frozenset[str]
    near: frozenset[str]  # one of these lemmas has to stand in the phrase
    not_near: frozenset[str]
    options: Mapping[str, str]
    example: str
    near_miss: str

    @property
    def is_act(self) -> bool:
        return self.kind == "act"


@dataclass(frozen=True, slots=True)
class Composition:
    """A row of composition.csv: what each operator makes of the act, and what halting makes of it."""

    act: str
    codes: Mapping[str, str]
    halted: str
    family: str | None
    is_hostile: bool


Asked = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    entries: tuple[Entry, ...]
    composition: Mapping[str, Composition]
    helpers: Mapping[str, frozenset[str]]
    by_head: Mapping[tuple[str, str], tuple[tuple[Entry, Words], ...]] = field(repr=False)
    heads: frozenset[str] = field(repr=False)
    asked: Mapping[tuple[str, str], tuple[tuple[Asked, Entry, Words], ...]] = field(repr=False)

    def lookup(self, lemma: str, part: str) -> tuple[tuple[Entry, Words], ...]:
        """Entries whose head word is this lemma as `verb`, `noun` or `adj`."""
        return self.by_head.get((lemma, part), ())

    def likely(self, lemma: str, part: str, forms: Set[str]) -> Iterator[tuple[Entry, Words]]:
        """Of these, the ones whose other words stand among the forms and lemmas of a sentence."""
        for asked, entry, words in self.asked.get((lemma, part), ()):
            for one in asked:
                if one.isdisjoint(forms):
                    break
            else:
                yield entry, words

    def entry(self, name: str) -> Entry:
        return next(entry for entry in self.entries if entry.id == name)


@cache
def load_lexicon(folder: Path = DATA) -> Lexicon:
    """Read and check all lexicon files.

    Raises:
        LexiconError: an unknown field, act, operator or noun set, or an id given twice; names file and entry.
    """
    sets = {name: str(words) for name, words in _read_yaml(folder / "nouns.yml").items()}
    composition = _read_composition(folder / "composition.csv")
    entries: list[Entry] = []
    seen: set[str] = set()
    for path, name, raw in _raw_entries(folder):
        if name in seen:
            raise LexiconError(
                f"entry {name} is given twice", where=str(path), next_step="rename one of them"
            )
        seen.add(name)
        entries.append(_entry(path, name, raw, sets, composition))
    helpers = {
        name: frozenset(str(words).split()) for name, words in _read_yaml(folder / "helpers.yml").items()
    }
    by_head = _index(entries)
    heads = frozenset(lemma for lemma, _ in by_head)
    asked = {key: tuple((asked_beside(*pair), *pair) for pair in pairs) for key, pairs in by_head.items()}
    return Lexicon(tuple(entries), composition, helpers, by_head, heads, asked)


def _raw_entries(folder: Path) -> Iterator[tuple[Path, str, Mapping[str, Any]]]:
    for path in [*sorted((folder / "acts").glob("*.yml")), folder / "operators.yml"]:
        for name, raw in _read_yaml(path).items():
            allowed = OPERATOR_FIELDS if path.name == "operators.yml" else ACT_FIELDS
            unknown = set(raw) - allowed
            if unknown:
                raise LexiconError(
                    f"entry {name} has unknown field {sorted(unknown)[0]!r}",
                    where=str(path),
                    next_step=f"use one of {', '.join(sorted(allowed))}",
                )
            yield path, name, raw


def _entry(
    path: Path, name: str, raw: Mapping[str, Any], sets: Mapping[str, str], table: Mapping[str, Composition]
) -> Entry:
    kind = str(raw.get("operator", "act"))
    act = str(raw.get("class") or raw.get("bare") or "")
    problem = _problem(raw, kind, act, table)
    if problem:
        raise LexiconError(f"entry {name}: {problem}", where=str(path), next_step="correct the entry")

    def constraint(key: str) -> Constraint:
        if '"' in str(raw.get(key, "")):  # object: $force, "*name"
            raise LexiconError(
                f"entry {name}: a stray quotation mark in {key}",
                where=str(path),
                next_step="quote the whole list",
            )
        try:
            return parse_constraint(str(raw.get(key, "")), sets)
        except KeyError as unknown:
            raise LexiconError(
                f"entry {name}: no noun set {unknown}", where=str(path), next_step="add it to nouns.yml"
            ) from None

    def words(key: str) -> frozenset[str]:
        return constraint(key).lemmas

    options = {
        key: str(raw[key])
        for key in OPTIONS
        if key in raw
    }  # fmt: skip
    return Entry(
        id=name, kind=kind, act=act,
        words=tuple(w for part in PARTS for w in parse_words(raw.get(part, ""), part)),
        takes=frozenset(_split(raw.get("takes", ""))),
        target=_split(raw.get("target", raw.get("addressee", ""))),
        source=str(raw.get("source", "subj")),
        object=constraint("object"), not_object=constraint("not_object"),
        subject=constraint("subject"), not_subject=constraint("not_subject"),
        modifier=words("modifier"), not_modifier=words("not_modifier"),
        near=words("with"), not_near=words("not_with"),
        options=options, example=str(raw["example"]), near_miss=str(raw["near_miss"]),
    )  # fmt: skip


def _problem(raw: Mapping[str, Any], kind: str, act: str, table: Mapping[str, Composition]) -> str | None:
    if kind != "act" and kind not in OPERATORS:
        return f"unknown operator {kind!r}"
    if (kind == "act" or act) and act not in table:
        return f"act {act!r} has no row in composition.csv"
    if not any(raw.get(part) for part in PARTS):
        return "no verb, noun or adj"
    if not raw.get("example") or not raw.get("near_miss"):
        return "example and near_miss are both needed"
    return None


def _read_composition(path: Path) -> dict[str, Composition]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    operators = ("done", "intend", "appeal", "demand", "refuse", "threaten", "accuse")
    table = {
        row["act"]: Composition(
            row["act"],
            {name: row[name] for name in operators},
            row["halted"],
            row["family"] or None,
            row["hostile"] == "yes",
        )
        for row in rows
    }
    if len(table) != len(rows):
        raise LexiconError("an act has two rows", where=str(path), next_step="remove one")
    for row in table.values():
        if row.halted not in table or not all(row.codes.values()):
            raise LexiconError(
                f"row {row.act} is not complete", where=str(path), next_step="fill every column"
            )
    return table


def _index(entries: list[Entry]) -> dict[tuple[str, str], tuple[tuple[Entry, Words], ...]]:
    found: dict[tuple[str, str], list[tuple[Entry, Words]]] = defaultdict(list)
    for entry in entries:
        for words in entry.words:
            found[words.head, words.part].append((entry, words))
    return {key: tuple(pairs) for key, pairs in found.items()}


def asked_beside(entry: Entry, words: Words) -> Asked:
    """What an entry cannot do without in a sentence: one word of each set."""
    is_noun = words.part == "noun"
    found = [frozenset({word}) for word in words.rest]
    found += [entry.near] if entry.near else []
    if is_noun:
        found += [entry.modifier] if entry.modifier else []
    elif entry.subject and not entry.subject.is_open:
        found.append(entry.subject.nouns)
    if entry.object and not entry.object.is_open and not (is_noun and "object_optional" in entry.options):
        found.append(entry.object.nouns | frozenset(entry.object.after or ()))
    return tuple(found)


def _read_yaml(path: Path) -> dict[str, Any]:
    try:
        return dict(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, TypeError, ValueError) as error:
        raise LexiconError(
            f"cannot be read: {error}", where=str(path), next_step="correct the file"
        ) from error


def _split(value: object) -> tuple[str, ...]:
    return tuple(part.strip() for part in str(value).split(",") if part.strip())
