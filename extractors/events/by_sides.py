"""An act of force and its sides in, what it is called between these out: a crowd's clash is a riot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from extractors.events.lexicon import load_lexicon
from extractors.events.wordlists import DATA

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.draft import Draft
    from extractors.records import Actor

# "Protesters demanded": that is their protest.
CALLING = frozenset({"demand", "appeal"})
PROTESTING = frozenset({"protester", "protestor", "demonstrator", "marcher"})
SURVIVED = frozenset({"shoot", "stab", "beat", "hack", "gun"})
DEAD = frozenset({"dead", "death", "fatally", "killing", "killed", "down"})


@dataclass(frozen=True, slots=True)
class Side:
    """CAMEO sectors and head words, one of which the actor has to have; empty fits anybody."""

    sectors: frozenset[str]
    words: frozenset[str]

    def fits(self, actors: Iterable[Actor]) -> bool:
        if not self.sectors and not self.words:
            return True
        return any(_sector(a) in self.sectors or self.words & _last_words(a) for a in actors)


@dataclass(frozen=True, slots=True)
class SidesRule:
    id: str
    acts: frozenset[str]
    verbs: frozenset[str]
    source: Side
    target: Side
    is_one: bool
    is_deadly: bool
    becomes: str
    example: str
    near_miss: str


@cache
def sides_rules(path: Path = DATA / "by_sides.yml") -> tuple[SidesRule, ...]:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    lists = {name: frozenset(str(words).split()) for name, words in raw["lists"].items()}
    return tuple(_rule(entry, lists) for entry in raw["rules"])


def _rule(entry: Mapping[str, Any], lists: Mapping[str, frozenset[str]]) -> SidesRule:
    def words(key: str) -> frozenset[str]:
        return frozenset(_expanded(str(entry.get(key, "")).split(), lists))

    def side(key: str) -> Side:
        found = words(key)
        return Side(
            frozenset(w for w in found if w.isupper()), frozenset(w for w in found if not w.isupper())
        )

    return SidesRule(
        id=entry["id"], acts=words("acts"), verbs=words("verbs"),
        source=side("source"), target=side("target"),
        is_one=bool(entry.get("one")), is_deadly=bool(entry.get("deadly")), becomes=entry["becomes"],
        example=entry["example"], near_miss=entry["near_miss"],
    )  # fmt: skip


def _expanded(words: Iterable[str], lists: Mapping[str, frozenset[str]]) -> Iterator[str]:
    for word in words:
        yield from lists[word[1:]] if word.startswith("$") else [word]


def between(draft: Draft) -> str | None:
    """The code of the act between the draft's sides; None where it stays what it is."""
    composed = draft.candidate.composed
    if composed.operator in CALLING and PROTESTING & _words_of(draft.sources):
        return load_lexicon().composition["protest"].codes["done"]
    if composed.operator not in {"done", "decide"}:
        return None
    for rule in sides_rules():
        if composed.act in rule.acts and _applies(rule, draft):
            return load_lexicon().composition[rule.becomes].codes["done"]
    return None


def _applies(rule: SidesRule, draft: Draft) -> bool:
    token = draft.candidate.chain.act.token
    if rule.verbs and token.lemma_.lower() not in rule.verbs:
        return False
    if rule.is_deadly and token.lemma_ in SURVIVED and not DEAD & {child.lower_ for child in _around(token)}:
        return False
    if rule.is_one and not any(_is_single(actor) for actor in draft.targets):
        return False
    target = rule.target.fits(draft.targets) or bool(rule.target.words & _object(draft))
    return rule.source.fits(draft.sources) and target


def _object(draft: Draft) -> set[str]:
    """ "tanker" of "seized a Greek tanker", whose target is Greece."""
    found = draft.candidate.chain.act.object
    return {found.lemma_.lower()} if found is not None else set()


def _words_of(actors: Iterable[Actor]) -> set[str]:
    return {word for actor in actors for word in _last_words(actor)}


def _around(token: Token) -> Iterator[Token]:
    for child in token.children:
        yield child
        if child.dep_ == "prep":
            yield from child.children


def _sector(actor: Actor) -> str:
    """ "REB" of AFGREBTAL."""
    return actor.sector or (actor.code[3:6] if len(actor.code) > 3 else "")


def _last_words(actor: Actor) -> set[str]:
    words = actor.text.lower().split()
    return {word.removesuffix("s") if not word.endswith("ss") else word for word in words} | set(words)


def _is_single(actor: Actor) -> bool:
    """A person by name or in the singular: "the mayor", "Ann Lee"; not "two reporters"."""
    words = actor.text.split()
    is_name = actor.name[:1].isupper() and actor.name not in {"", actor.text.upper()}
    is_plural = not words or words[-1].lower().endswith("s")
    return not is_plural or (is_name and len(words) > 1)
