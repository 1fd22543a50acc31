"""A parsed sentence and a trigger in, the trigger's lemma and its syntactic frame out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from extractors.events.corpus.records import CorpusEvent, CorpusSentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    Parse = Callable[[str], Doc]

LIGHT_VERBS = frozenset(
    ["call", "carry", "deliver", "do", "give", "have", "hold", "impose", "issue", "launch", "lodge", "make",
     "mount", "offer", "open", "pay", "put", "reach", "set", "stage", "strike", "take", "wage"]
)  # fmt: skip
BARE_FORMS = {"VB": "infinitive", "VBG": "gerund", "VBN": "participle"}


def forms(sentences: Iterable[CorpusSentence], parse: Parse) -> Iterator[tuple[CorpusEvent, str, str]]:
    """Each event with the lemma of its trigger's head and the frame that the trigger stands in."""
    for sentence in (each for each in sentences if each.events):
        doc = parse(sentence.text)
        for event in sentence.events:
            head = _head(doc, event)
            yield event, head.lemma_.casefold(), frame_of(head)


def frame_of(head: Token) -> str:
    """One of the frames of the design: active, passive with or without agent, nominal, light verb ..."""
    if head.pos_ in ("NOUN", "PROPN"):
        return _of_noun(head)
    if head.pos_ not in ("VERB", "AUX"):
        return "other"
    if head.dep_ == "relcl":
        return "relative clause"
    children = {child.dep_ for child in head.children}
    if children & {"auxpass", "nsubjpass"}:
        return "passive with agent" if "agent" in children else "passive without agent"
    has_subject = children & {"nsubj", "csubj", "expl"}
    if head.dep_ in ("xcomp", "pcomp", "advcl", "acl", "csubj", "ccomp") and not has_subject:
        return BARE_FORMS.get(head.tag_, "active")
    return "active"


def _of_noun(head: Token) -> str:
    if head.dep_ == "appos":
        return "apposition"
    if head.dep_ in ("dobj", "obj") and head.head.lemma_ in LIGHT_VERBS:
        return "light verb"
    return "nominal"


def _head(doc: Doc, event: CorpusEvent) -> Token:
    start, end = event.trigger.start, event.trigger.end
    tokens = [token for token in doc if token.idx < end and token.idx + len(token) > start]
    span = doc[tokens[0].i : tokens[-1].i + 1]
    verbs = [token for token in span if token.pos_ == "VERB" and token.head not in span]
    return verbs[0] if verbs else span.root
