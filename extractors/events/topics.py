"""A word in a judged or refused phrase in, whether it only says what the phrase is about.

Who calls the Iran deal bad blames nobody named Iran; who condemns a raid on Rome does not condemn Rome.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.wordlists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

JUDGED = ("051", "052", "053", "110", "111")
CALLED_FOR = ("02", "10", "113")
BROKEN_OFF = "164"
REFUSED = ("12", "16")
NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})
NAMING = frozenset({"compound", "amod", "nmod"})
BETWEEN = frozenset({"with", "on", "over", "about", "for"})
STRUCK = frozenset({"on", "against", "of", "to"})
HELD_IN = frozenset({"in", "at"})
CLIMB, NAMED_FOR = 6, 3


def is_topic_word(word: Token, code: str) -> bool:
    """Does the word name what the judged thing is about, struck at, or where the talks refused are held?"""
    named_for = _named_after(word)
    is_named = word.dep_ in syntax.OBJECTS and any(c.dep_ in NAMING for c in word.lefts)
    if named_for & word_list("models") or (is_named and word.lemma_.lower() in word_list("models")):
        return True
    if code.startswith(CALLED_FOR) and _over(word) in word_list("regimes"):
        return True  # "called for U.N. sanctions on Rome"
    if code.startswith(JUDGED):
        own = {t.lemma_.lower() for t in word.doc[max(word.i - 1, 0) : word.i + 1] if t.pos_ == "NOUN"}
        about = named_for | {_behind(word, BETWEEN)} | own  # the parser: "called the [Iran deal insane]"
        return bool(about & word_list("pacts")) or _is_struck(word)
    return code.startswith(REFUSED) and _behind(word, HELD_IN) in word_list("sittings")


def is_judged_deed(word: Token, code: str) -> bool:
    """ "the raid on Rome" condemned, "the session in Rome" left: nobody named inside is meant."""
    if code.startswith(BROKEN_OFF):
        return word.lemma_.lower() in word_list("sittings")
    return code.startswith(JUDGED) and word.lemma_.lower() in word_list("judged_deeds")


def _is_struck(word: Token) -> bool:
    """ "Rome" of "the raid on the port of Rome"."""
    for _ in range(CLIMB):
        if _behind(word, STRUCK) in word_list("judged_deeds"):
            return True
        if syntax.is_verb(word) or word.head.i == word.i:
            return False
        word = word.head
    return False


def _named_after(word: Token) -> set[str]:
    """Lemmas of the nouns right behind: "deal" of "the Iran nuclear deal", however they are parsed."""
    behind = word.doc[word.i + 1 : word.i + 1 + NAMED_FOR]
    return {token.lemma_.lower() for token in takewhile(lambda t: t.pos_ in NOMINAL, behind)}


def _over(word: Token) -> str:
    """Lemma of the noun that the word modifies from before; else ""."""
    return word.head.lemma_.lower() if word.dep_ in NAMING and word.head.i > word.i else ""


def _behind(word: Token, prepositions: frozenset[str]) -> str:
    """Lemma of the noun that the word stands behind with one of the prepositions; else ""."""
    over = word.head
    is_behind = word.dep_ == "pobj" and over.lower_ in prepositions and not syntax.is_verb(over.head)
    return over.head.lemma_.lower() if is_behind else ""
