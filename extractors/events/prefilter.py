"""A sentence in, yes or no out: can it hold an act at all, so that it is worth parsing?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from extractors.events.lexicon import Lexicon
from extractors.events.wordlists import DATA

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_VOWELS = "aeiou"
MIN_WORDS, MAX_LETTERS_SHARE_LOST = 4, 0.4


class Prefilter:
    """Knows every form of every word that can begin an act or an operator.

    A word that does so only together with others ("sit" in "sit down") counts with one of those at hand.
    """

    def __init__(self, lexicon: Lexicon, irregular: Mapping[str, list[str]] | None = None) -> None:
        irregular = _irregular() if irregular is None else irregular
        alone: set[str] = set()
        together: dict[str, set[str]] = {}
        for lemma in lexicon.trigger_lemmas():
            forms = {*regular_forms(lemma), *irregular.get(lemma, ())}
            companions = lexicon.companions(lemma)
            if companions is None:
                alone |= forms
            else:
                for form in forms:
                    together.setdefault(form, set()).update(
                        f for word in companions for f in (*regular_forms(word), *irregular.get(word, ()))
                    )
        self._alone = frozenset(alone)
        self._together = {form: frozenset(words) for form, words in together.items()}

    def may_hold_act(self, sentence: str) -> bool:
        words = _WORD.findall(sentence)
        if len(words) < MIN_WORDS or _is_mostly_noise(sentence):
            return False
        parts = set(self._parts(words))
        if parts & self._alone:
            return True
        return any(parts & self._together[word] for word in parts & self._together.keys())

    @staticmethod
    def _parts(words: list[str]) -> Iterator[str]:
        for word in words:
            lower = word.lower()
            yield lower
            if "-" in lower:
                yield from lower.split("-")


def _is_mostly_noise(sentence: str) -> bool:
    """Tables, code, other scripts."""
    readable = sum(c.isascii() and (c.isalpha() or c.isspace()) for c in sentence)
    return readable < len(sentence) * (1 - MAX_LETTERS_SHARE_LOST)


def regular_forms(lemma: str) -> Iterator[str]:
    """Regular inflections, with some that do not exist: a superfluous parse costs little."""
    yield from (lemma, f"{lemma}s", f"{lemma}es", f"{lemma}ed", f"{lemma}d", f"{lemma}ing")
    if lemma.endswith("e"):
        yield f"{lemma[:-1]}ing"
    if lemma.endswith("y"):
        yield from (f"{lemma[:-1]}ies", f"{lemma[:-1]}ied")
    if len(lemma) > 2 and lemma[-1] not in _VOWELS and lemma[-2] in _VOWELS:
        yield from (f"{lemma}{lemma[-1]}ed", f"{lemma}{lemma[-1]}ing")


def _irregular(path: Path = DATA / "irregular.yml") -> dict[str, list[str]]:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {lemma: str(forms).split() for lemma, forms in raw.items()}
