"""A parsed sentence and its two sides in, its words out with actors, names and numbers masked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from extractors.records import Actor

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from extractors.events.actors import SentenceActors

SOURCE, TARGET, OTHER, NAME, NUMBER, YEAR = "<S>", "<T>", "<A>", "<P>", "<N>", "<Y>"
Marks = dict[int, str]


def actor_marks(known: SentenceActors, sources: Iterable[Actor], targets: Iterable[Actor]) -> Marks:
    """Token index → mask, for every named actor; the sides of the event have masks of their own."""
    one = {(actor.code, actor.name) for actor in sources}
    other = {(actor.code, actor.name) for actor in targets} - one
    marks: Marks = {}
    for mention in known.mentions:
        key = (mention.actor.code, mention.actor.name)
        mask = SOURCE if key in one else TARGET if key in other else OTHER
        marks.update((index, mask) for index in range(mention.start, mention.end))
    return marks


def mark_phrases(doc: Doc, marks: Marks, actors: Iterable[Actor], mask: str) -> None:
    """Mark where the phrases of these actors stand, so far as they are not marked yet."""
    text = doc.text
    for actor in actors:
        start = text.find(actor.text) if actor.text else -1
        span = None if start < 0 else doc.char_span(start, start + len(actor.text), alignment_mode="expand")
        for place in range(span.start, span.end) if span is not None else ():
            if doc[place].idx >= start and marks.get(place, OTHER) == OTHER:
                marks[place] = mask


def masked_words(doc: Doc, marks: Marks) -> list[str]:
    """Lower-case words; a mask stands once however many words it covers. No name of anyone remains."""
    words: list[str] = []
    for token in doc:
        word = marks.get(token.i) or plain_word(token)
        if word and not (words and words[-1] == word and word.startswith("<")):
            words.append(word)
    return words


def plain_word(token: Token) -> str:
    """The word itself, or what kind of thing it is: a name, a number, a year; nothing for spaces."""
    text = token.lower_
    if token.is_space:
        return ""
    if text.isdigit() or token.like_num:
        return YEAR if len(text) == 4 and text[:2] in {"19", "20"} else NUMBER
    if token.pos_ == "PROPN":
        return NAME
    return text


def ngrams(words: Sequence[str], longest: int = 3) -> Iterable[str]:
    """Runs of one to `longest` words, with the sentence's ends."""
    padded = ["<<", *words, ">>"]
    for size in range(1, longest + 1):
        for start in range(len(padded) - size + 1):
            yield " ".join(padded[start : start + size])
