"""A noun phrase's words in, the CAMEO type codes that they stand for out: "border guards" → COP."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Token

from extractors.errors import LexiconError
from extractors.events.actors import tables
from extractors.events.actors.words import words

# Nouns that take their type from the word before: "rebel leaders", "police officials", "union chief".
# Light nouns that denote nobody by themselves.


@dataclass(frozen=True, slots=True)
class Roles:
    nouns: dict[str, str]
    modifiers: dict[str, str]

    def of(self, head: Token) -> str | None:
        """CAMEO type code of the phrase headed by `head`, None when it denotes no actor."""
        noun = _singular(head)
        before = [_singular(child) for child in _compound_words(head)]
        for length in range(min(3, len(before)), 0, -1):
            code = self.nouns.get(" ".join([*before[-length:], noun]))
            if code:
                return self._sharpened(code, before[:-length])
        code = self.nouns.get(noun)
        if noun in words("light"):
            return self._by_modifier(before) or (None if noun in words("empty") else code)
        return self._sharpened(code, before) if code else None

    def _sharpened(self, code: str, before: list[str]) -> str:
        """An opposition lawmaker is of the opposition, a rebel commander a rebel."""
        modifier = self._by_modifier(before)
        return modifier if modifier in ("OPP", "REB", "SEP", "INS", "RAD") else code

    def _by_modifier(self, before: list[str]) -> str | None:
        for length in (2, 1):
            phrase = " ".join(before[-length:])
            if phrase in self.modifiers:
                return self.modifiers[phrase]
            if phrase in self.nouns and len(before) >= length:
                return self.nouns[phrase]
        return next((self.modifiers[word] for word in before if word in self.modifiers), None)


def read_roles(data: Path = tables.DATA) -> Roles:
    """Roles from roles.yml.

    Raises:
        LexiconError: a noun or modifier that stands under two codes.
    """
    nouns: dict[str, str] = {}
    modifiers: dict[str, str] = {}
    for block in tables.read_yaml(data / "roles.yml"):
        for table, listed in ((nouns, block["nouns"]), (modifiers, block.get("modifiers", ()))):
            for word in listed:
                if table.setdefault(word, block["code"]) != block["code"]:
                    raise LexiconError(
                        f"{word!r} is {table[word]} already",
                        where=f"roles.yml, block {block['id']}",
                        next_step="keep it under one code",
                    )
    return Roles(nouns, modifiers)


def _singular(token: Token) -> str:
    lemma = token.lemma_.lower()
    if token.tag_ == "NNPS" or (token.tag_ == "NNP" and token.is_sent_start):
        return lemma.removesuffix("s")  # the lemmatiser leaves capitalised plurals alone: "Rebels"
    return lemma


def _compound_words(head: Token) -> list[Token]:
    """Words left of the head that belong to the noun itself, hyphens and determiners left out."""
    words = [
        child
        for child in head.lefts
        if child.dep_ in ("compound", "amod", "nmod", "nn") and child.text not in "-–"
    ]
    inner = [grand for word in words for grand in word.lefts if grand.dep_ == "compound"]
    return sorted({*words, *inner}, key=lambda token: token.i)
