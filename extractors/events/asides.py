"""A chain in, with whoever says it in passing: "the port, Rome said, will be closed", "Rome: we will"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.wordlists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.chains import Chain


def read_aside(chain: Chain) -> None:
    """ "The port, Rome said, will be closed": the saying stands in the middle."""
    top = chain.top
    if top is not None and _read_colon(top, chain):
        return
    for aside in top.children if top is not None else ():
        if aside.dep_ not in {"parataxis", "ccomp", "conj"} or not _says(aside):
            continue
        who = next((c for c in aside.children if c.dep_ == "nsubj"), None)
        if who is not None and _stands_aside(aside):
            chain.report, chain.speaker = aside, who
            return


def _says(verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    return lemma in word_list("report_verbs") or lemma in word_list("announcing_verbs")


def _stands_aside(verb: Token) -> bool:
    """Between commas, without a word that would bind it."""
    if verb.dep_ == "parataxis":
        return True
    if verb.dep_ == "conj":
        is_cut = verb.doc[max(0, verb.left_edge.i - 1)].text == "," or verb.left_edge.text == ","
        return is_cut and verb.i > verb.head.i and not any(c.dep_ == "cc" for c in verb.head.children)
    return not any(c.dep_ == "mark" for c in verb.children)


def _read_colon(top: Token, chain: Chain) -> bool:
    """ "Kim: we will respond", "Rome to Paris: leave" """
    doc = top.doc
    colon = next((t for t in doc[1 : min(9, top.i)] if t.text == ":"), None)
    if colon is None:
        return False
    before = [t for t in doc[: colon.i] if t.pos_ in {"PROPN", "NOUN"}]
    if not before or any(syntax.is_verb(t) for t in doc[: colon.i]):
        return False
    to = next((t.i for t in doc[: colon.i] if t.lower_ == "to"), colon.i)
    speaking = [t for t in before if t.i < to]
    if speaking:
        chain.speaker = chain.report = speaking[-1]
    return bool(speaking)
