"""A sentence's words in, yes or no out: can it hold an act at all, so that it is worth parsing?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

import yaml

from extractors.events.lexicon import Entry, Lexicon
from extractors.events.negation import NEGATIONS
from extractors.events.patterns import Constraint, Words
from extractors.events.realised import WILL
from extractors.events.wordlists import DATA, word_list

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_READABLE = re.compile(r"[A-Za-z\s]+")
_VOWELS = "aeiou"
MIN_WORDS, MOST_NOISE = 3, 0.4
FORCE = "14"  # from this code on the coder also believes in acts between people it does not know
FUTURE = frozenset(form.lstrip("'’") for form in WILL) | {"won"}  # "won't" is cut at its apostrophe
IF = frozenset({"if", "unless", "should"})
OR_IF = IF | {"or"}
NOT = NEGATIONS | {"t", "longer"}  # "didn't"
FRAMES = {
    "until": frozenset({"until", "till"}),
    "or_face": frozenset({"or"}),
    "away": frozenset({"out", "from", "into", "off"}),
    "inf": frozenset({"to"}),
}

# What else has to stand in the sentence: one word of each set.
Needs = tuple[frozenset[str], ...]


@lru_cache(maxsize=256)  # several ask of the sentences of one article
def words_of(sentence: str) -> frozenset[str]:
    """The words in small letters, compounds whole and in their parts."""
    found = _WORD.findall(sentence.lower())
    return frozenset(found).union(*(word.split("-") for word in found if "-" in word))


class Prefilter:
    """Knows every form of every word that can begin an act, and what each of them needs beside it.

    "Sit" needs "down", "lift" needs a word for sanctions, a ban, a siege; an operator counts only where
    it is an act by itself, since what it holds has a word of its own.
    """

    def __init__(self, lexicon: Lexicon, *, verbs: Iterable[str] = ()) -> None:
        """`verbs`: lemmas that are worth a parse by themselves."""
        self._of_force: dict[str, set[Needs]] = {}
        self._all: dict[str, set[Needs]] = {}
        for entry in lexicon.entries:
            if not entry.act:
                continue
            is_force = lexicon.composition[entry.act].codes["done"] >= FORCE
            for words in entry.words:
                needs = _needs(entry, words)
                for form in _head_forms(words):
                    self._all.setdefault(form, set()).add(needs)
                    if is_force:
                        self._of_force.setdefault(form, set()).add(needs)
        for verb in verbs:
            for form in forms_of(verb):
                self._all.setdefault(form, set()).add(())

    def may_hold_act(self, words: frozenset[str], *, is_force: bool = False) -> bool:
        """Of the words of a sentence; `is_force`: an act of force, not just any act."""
        table = self._of_force if is_force else self._all
        for word in words & table.keys():
            for needs in table[word]:
                for need in needs:
                    if need.isdisjoint(words):
                        break
                else:
                    return True
        return not (FUTURE.isdisjoint(words) or IF.isdisjoint(words))


def is_mostly_noise(sentence: str, *, most: float = MOST_NOISE) -> bool:
    """Tables, code, other scripts: more than the share `most` of it is no letter and no blank."""
    return _readable(sentence) < len(sentence) * (1 - most)


@lru_cache(maxsize=256)  # asked twice of the sentences of one article
def _readable(sentence: str) -> int:
    return sum(map(len, _READABLE.findall(sentence)))


def _needs(entry: Entry, words: Words) -> Needs:
    found = [forms_of(word) for word in words.rest]
    is_noun = words.part == "noun"
    if not (is_noun and "object_optional" in entry.options):
        found.append(_any_of(entry.object))
    found.append(_forms(entry.near))
    if is_noun:
        found.append(_forms(entry.modifier))
    else:
        found.append(_any_of(entry.subject))
    if entry.source == "speaker":
        found.append(_forms(word_list("report_verbs") | {"threaten"}))
    if "needs_condition" in entry.options:
        found += [FUTURE, OR_IF]
    if "needs_negation" in entry.options:
        found.append(NOT)
    if "bare_needs" in entry.options:
        found.append(_any_slot(entry.options["bare_needs"]))
    frames = [frame.strip() for frame in entry.options.get("frame", "").split(",") if frame.strip()]
    if frames and all(frame in FRAMES for frame in frames):
        found.append(frozenset().union(*(FRAMES[frame] for frame in frames)))
    return tuple(need for need in found if need)


def _head_forms(words: Words) -> frozenset[str]:
    """Of a noun: "fighting" too, as in "fighting units", but no past form."""
    forms = forms_of(words.head)
    if words.part != "noun":
        return forms
    return frozenset(form for form in forms if form == words.head or not form.endswith("d")) - {"according"}


def _any_slot(slots: str) -> frozenset[str]:
    """Prepositions of which one has to stand there; empty where an object or a clause will do."""
    names = {slot.strip() for slot in slots.split(",")}
    if names & {"clause", "obj"}:
        return frozenset()
    return frozenset("to" if name == "inf" else name for name in names)


def _any_of(constraint: Constraint) -> frozenset[str]:
    """Forms of which one has to stand in the sentence; empty where a name, a person or nothing will do."""
    if constraint.any_name or constraint.any_person or constraint.none:
        return frozenset()
    found = _forms([*constraint.lemmas, *(noun for _, noun in constraint.phrases)])
    for preposition, inner in (constraint.after or {}).items():
        found |= _any_of(inner) or {preposition}
    return found


def _forms(lemmas: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(forms_of(lemma) for lemma in lemmas))


@cache
def forms_of(lemma: str) -> frozenset[str]:
    """The lemma as it may stand in a sentence; of a phrase, its last word."""
    lemma = lemma.split(" ")[-1].split("_")[-1]
    return frozenset((*regular_forms(lemma), *_irregular().get(lemma, ())))


def regular_forms(lemma: str) -> Iterator[str]:
    """Regular inflections, with some that do not exist: a superfluous parse costs little."""
    yield from (lemma, f"{lemma}s", f"{lemma}es", f"{lemma}ed", f"{lemma}d", f"{lemma}ing")
    if lemma.endswith("e"):
        yield f"{lemma[:-1]}ing"
    if lemma.endswith("man"):
        yield f"{lemma[:-3]}men"
    if lemma.endswith("y"):
        yield from (f"{lemma[:-1]}ies", f"{lemma[:-1]}ied")
    if len(lemma) > 2 and lemma[-1] not in _VOWELS and lemma[-2] in _VOWELS:
        yield from (f"{lemma}{lemma[-1]}ed", f"{lemma}{lemma[-1]}ing")


@cache
def _irregular(path: Path = DATA / "irregular.yml") -> Mapping[str, tuple[str, ...]]:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {lemma: tuple(str(forms).split()) for lemma, forms in raw.items()}
