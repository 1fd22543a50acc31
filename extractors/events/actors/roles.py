"""A noun phrase's words in, the CAMEO type codes that they stand for out: "border guards" → COP."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Token

from extractors.errors import LexiconError
from extractors.events.actors import tables
from extractors.events.actors.phrases import is_agent, is_locative, is_opposed
from extractors.events.actors.words import words

LED_SIDES = frozenset(["OPP", "REB", "SEP", "INS", "RAD", "CVL", "EDU", "LAB", "AGR"])
ARMED_SIDES = frozenset(["OPP", "REB", "SEP", "INS", "RAD"])


@dataclass(frozen=True, slots=True)
class Roles:
    """`nouns` denote actors; `modifiers` before a noun give it their own type; `things` act only."""

    nouns: dict[str, str]
    modifiers: dict[str, str]
    things: frozenset[str]

    def of(self, head: Token) -> str | None:
        """CAMEO type code of the phrase headed by `head`, None when it denotes no actor."""
        noun = singular(head)
        compounds = _compound_words(head)
        if noun in self.things and not is_agent(head):
            return None
        if noun == "fighter" and any(map(_is_type, head.lefts)):
            return "MIL" if is_agent(head) else None
        if noun == "party" and head.i and head.doc[head.i - 1].text == "-":  # "the six-party talks"
            return None
        if noun == "party" and any(word.lower_ in words("no_party") for word in compounds):
            return None
        if noun in words("also_places") and head.pos_ == "NOUN" and is_locative(head):
            return None
        if _is_dwelling(head, noun, compounds) or _is_each_side(head, noun):
            return None
        if noun == "movement" and any(child.lower_ == "of" for child in head.rights):
            return None
        before = [singular(word) for word in compounds]
        for length in range(min(3, len(before)), 0, -1):
            as_written = [word.lower_ for word in compounds[-length:]]  # "rights group"
            code = self._noun([*before[-length:], noun]) or self._noun([*as_written, noun])
            if code:
                return self._sharpened(code, before[:-length])
        if noun in words("light"):
            own = None if noun in words("empty") else self.nouns.get(noun)
            return self._by_modifier(before) or own
        code = self.nouns.get(noun)
        return self._sharpened(code, before) if code else None

    def _noun(self, parts: list[str]) -> str | None:
        return self.nouns.get(" ".join(parts))

    def of_word(self, word: Token) -> str | None:
        """CAMEO type code of a single word before a noun: "rebel", "army", "barrister"."""
        lemma = singular(word)
        if lemma in self.things:
            return None
        noun = self.nouns.get(lemma) if word.pos_ in ("NOUN", "PROPN") else None
        return self.modifiers.get(lemma) or noun

    def _sharpened(self, code: str, before: list[str]) -> str:
        """An opposition lawmaker is of the opposition, a rebel commander a rebel."""
        modifier = self._by_modifier(before)
        return modifier if modifier in ARMED_SIDES else code

    def _by_modifier(self, before: list[str]) -> str | None:
        for length in (2, 1):
            phrase = " ".join(before[-length:])
            if len(before) >= length:
                code = self.modifiers.get(phrase) or self.nouns.get(phrase)
                if code:
                    return code
        return next((self.modifiers[word] for word in before if word in self.modifiers), None)


def read_roles(data: Path = tables.DATA) -> Roles:
    """Roles from roles.yml.

    Raises:
        LexiconError: a noun or modifier that stands under two codes.
    """
    nouns: dict[str, str] = {}
    modifiers: dict[str, str] = {}
    things: set[str] = set()
    for block in tables.read_yaml(data / "roles.yml"):
        for table, listed in ((nouns, block["nouns"]), (modifiers, block.get("modifiers", ()))):
            for word in listed:
                if table.setdefault(word, block["code"]) != block["code"]:
                    raise LexiconError(
                        f"{word!r} is {table[word]} already",
                        where=f"roles.yml, block {block['id']}",
                        next_step="keep it under one code",
                    )
        if block.get("acts_only_as_subject"):
            things.update(block["nouns"])
    return Roles(nouns, modifiers, frozenset(things))


def _is_dwelling(head: Token, noun: str, compounds: list[Token]) -> bool:
    """ "a house in Basra", "houses of ministers"; not "the House", "the lower house", "both houses"."""
    if noun != "house" or head.text[0].isupper() or compounds:
        return False
    return not any(child.lower_ in ("both", "two") for child in head.lefts)


def _is_each_side(head: Token, noun: str) -> bool:
    """ "all parties" to a quarrel, which are no parties of a parliament."""
    return noun == "party" and head.tag_ == "NNS" and any(child.lower_ == "all" for child in head.lefts)


def _is_type(word: Token) -> bool:
    """ "F-16", "MiG-29", "stealth": of aircraft."""
    return word.lower_ == "stealth" or (word.text[0].isupper() and word.text[-1].isdigit())


def singular(token: Token) -> str:
    """The lemma in small letters; capitalised plurals, which the lemmatiser leaves alone, lose their s."""
    lemma = token.lemma_.lower()
    if token.tag_ == "NNPS" or (token.tag_ == "NNP" and token.i == 0):
        return lemma.removesuffix("s")
    return lemma


def _compound_words(head: Token) -> list[Token]:
    """Words left of the head that belong to the noun itself, hyphens and determiners left out."""
    before = [
        child
        for child in head.lefts
        if child.dep_ in ("compound", "amod", "nmod", "nn") and child.text not in "-–"
    ]
    inner = [grand for word in before for grand in word.lefts if grand.dep_ == "compound"]
    return sorted((word for word in {*before, *inner} if not is_opposed(word)), key=lambda token: token.i)
