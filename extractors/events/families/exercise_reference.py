"""A parsed sentence in, its references to exercises out: a noun, a name, or both ("the drill, called X")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.families.exercise_data import exercise_words
from extractors.events.families.exercise_names import NameSpan
from extractors.events.prefilter import regular_forms, words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from extractors.events.actors import SentenceActors

_BEFORE_NAME = re.compile(
    r"""(?:,?\s*(?:(?:is|are|was|were)\s+)?(?:[a-z]+\s+){0,3}?
    (?:code-?named|called|named|dubbed|known\s+as|titled|of|calls?|calling\s+it))?(?:,?\s*(?:the\s+)?)?["“‘'«]?""",
    re.X,
)
_AFTER_NAME = re.compile(
    r"""["”’'»]?(?:,\s+|\s+)(?:(?:an?|the|its|their|our|this\ year's)\s+)?(?:[\w.’'-]+\s+){0,5}"""
)
_OPEN = frozenset({"VERB", "AUX", "ADP", "SCONJ", "PRON"})
DEFINITE = frozenset({"the", "this", "these", "those", "that", "their", "its", "such", "both"})


@dataclass(frozen=True, slots=True)
class Reference:
    """Tokens that together mean one exercise. `top` is the one by which it hangs in the sentence."""

    top: Token
    tokens: tuple[Token, ...]
    name: NameSpan | None = None

    @property
    def nouns(self) -> list[Token]:
        return [t for t in self.tokens if is_noun(t)]

    @property
    def key(self) -> str | None:
        return self.name.key if self.name is not None else None

    @property
    def is_definite(self) -> bool:
        words = {c.lower_ for t in self.tokens if not syntax.is_verb(t) for c in t.children if c.i < t.i}
        return self.name is not None or bool(words & DEFINITE)

    def modifiers(self) -> set[str]:
        found = {w for t in self.tokens for m in syntax.modifiers(t) for w in (m.lower_, m.lemma_.lower())}
        return found | {part for word in found for part in word.split("-")}

    def covers(self, token_index: int) -> bool:
        """Is the token part of the name itself?"""
        token = self.top.doc[token_index]
        return any(
            t.i == token.i or (token.head.i == t.i and token.dep_ == "compound") for t in self.tokens[:1]
        )


def find_references(doc: Doc, names: list[NameSpan], *, offset: int = 0) -> list[Reference]:
    """Names, each with the nouns beside it; then the nouns left over. `offset`: where the doc begins."""
    found, used = [], set()
    known = [t for t in _by_lemma(doc, exercise_words("nouns") | {"game"}) if is_noun(t)]
    for span in names:
        tokens = doc.char_span(span.start - offset, span.end - offset, alignment_mode="expand")
        if tokens is None or not len(tokens):
            continue
        head = tokens.root
        before = doc[max(0, tokens.start - 1)]
        nouns = [t for t in known if t.i not in used and _is_beside(t, span, doc, offset)]
        nouns += [before] if before.lower_ in {"exercise", "drill"} and before not in nouns else []
        inside = {t.i for t in tokens}
        nouns = [t for t in nouns if t.i not in inside][:2]
        used |= inside | {t.i for t in nouns}
        found.append(Reference(_top([head, *nouns]), (head, *nouns), span))
    found += [Reference(t, (t,)) for t in known if t.i not in used]
    verbs = _by_lemma(doc, exercise_words("verbs")) if not found else ()
    found = found or [Reference(t, (t,)) for t in verbs if is_practising(t)]
    return sorted(found, key=lambda ref: ref.top.i)


def _by_lemma(doc: Doc, lemmas: frozenset[str]) -> list[Token]:
    """Tokens of these lemmas, or of their plurals."""
    found = ((token, token.lemma_.lower()) for token in doc)
    return [
        token
        for token, lemma in found
        if lemma in lemmas or (lemma[-1:] == "s" and lemma.rstrip("s") in lemmas)
    ]


def is_noun(token: Token) -> bool:
    lemma = token.lemma_.lower()
    if lemma == "game":
        return any(child.lower_ == "war" for child in token.lefts)
    return token.pos_ in {"NOUN", "PROPN"} and lemma.rstrip("s") in exercise_words("nouns")


def may_practise(sentence: str) -> bool:
    """May a verb of the sentence be an exercise? Cheap, before it is parsed."""
    words = words_of(sentence)
    return not (_practising().isdisjoint(words) or _soldierly().isdisjoint(words))


@cache
def _practising() -> frozenset[str]:
    return frozenset(form for verb in exercise_words("verbs") for form in regular_forms(verb))


@cache
def _soldierly() -> frozenset[str]:
    return exercise_words("military_words") | exercise_words("forces")


def is_practising(token: Token) -> bool:
    """ "paratroopers trained with", "the navy practised dropping charges"; not "trained the police"."""
    if (
        not syntax.is_verb(token)
        or token.lemma_.lower() not in exercise_words("verbs")
        or any(child.dep_ == "auxpass" for child in token.children)
    ):
        return False
    if any(is_noun(t) for t in token.subtree) or token.dep_ in {"amod", "compound"}:
        return False
    done = syntax.direct_object(token)
    if token.lemma_ in {"train", "exercise", "drill"} and done is not None and done.dep_ == "dobj":
        return False
    who = syntax.subject(token)
    return who is not None and any(_is_soldierly(t) for t in who.subtree if t.i <= who.i or t.dep_ == "conj")


def _is_soldierly(token: Token) -> bool:
    return token.lower_ in _soldierly()


def _is_beside(noun: Token, span: NameSpan, doc: Doc, offset: int) -> bool:
    start, end = span.start - offset, span.end - offset
    noun_end = noun.idx + len(noun)
    if noun_end <= start:
        return bool(_BEFORE_NAME.fullmatch(syntax.text_of(doc)[noun_end:start].strip(" ") or ""))
    if noun.idx < end or not _AFTER_NAME.fullmatch(syntax.text_of(doc)[end : noun.idx]):
        return False
    between = doc.char_span(end, noun.idx, alignment_mode="contract")
    return between is None or not any(t.pos_ in _OPEN or t.lower_ in {"and", "or"} for t in between)


def _top(group: list[Token]) -> Token:
    own = {t.i for t in group}
    free = [t for t in group if not any(above.i in own for above in _above(t))]
    return next(
        (t for t in free if t.dep_ not in {"appos", "npadvmod", "dep"}), free[0] if free else group[0]
    )


def _above(token: Token) -> Iterator[Token]:
    for _ in range(6):
        if token.head.i == token.i:
            return
        token = token.head
        yield token


def is_armed_forces(
    ref: Reference, known: SentenceActors, *, article_has_one: bool, is_governed: bool, is_shared: bool
) -> bool:
    """By its name; by the words before the noun; else by soldiers and a state in the sentence.

    `is_governed`: a verb tells what becomes of it; `is_shared`: several states take part.
    """
    if ref.name is not None:
        return True
    noun = ref.top
    if syntax.is_verb(noun):
        return any(m.actor.country for m in known.mentions)
    before = ref.modifiers()
    if exercise_words("blockers") & before and not {"military", "live", "naval", "joint"} & before:
        return False
    after = noun.doc[noun.i + 1 : noun.i + 3].text.lower()
    is_sure = bool(exercise_words("sure_modifiers") & before)
    if not is_sure and any(after.startswith(words) for words in exercise_words("blocked_after")):
        return False
    is_part = noun.dep_ in {"compound", "nmod"} and noun.head.lemma_ not in {
        "series",
        "plan",
        "schedule",
        "season",
    }
    if noun.pos_ not in {"NOUN", "PROPN"} or is_part or before & {"any"}:
        return False
    has_country = any(m.actor.code for m in known.mentions) or article_has_one
    words = {t.lower_ for t in noun.doc if t.i != noun.i}
    is_military = bool(words & exercise_words("military_words"))
    if noun.lemma_ in {"training", "rehearsal"}:
        kinds = {
            "military",
            "joint",
            "field",
            "combined",
            "live-fire",
            "combat",
            "confrontation",
            "readiness",
        }
        return has_country and (bool(kinds & before) or (is_governed and _is_done_by_forces(noun)))
    lead = {*before, *noun.doc[noun.left_edge.i : noun.i].text.lower().split()}
    if exercise_words("sure_modifiers") & lead or "war" in before or is_shared:
        return True
    is_one = noun.tag_ in {"NNS", "NNPS"} or any(c.dep_ in {"det", "poss", "nummod"} for c in noun.children)
    if noun.lemma_.lower() in {"manoeuvre", "maneuver"} and has_country and is_governed:
        return True
    if has_country and (is_governed or is_one) and _is_with_a_state(noun, known):
        return True
    return (article_has_one and ref.is_definite) or (has_country and is_military and (is_one or is_governed))


def _is_done_by_forces(noun: Token) -> bool:
    """ "the frigates carried out training" """
    verb = syntax.governing_verb(noun)
    who = syntax.subject(verb) if verb is not None else None
    return who is not None and any(_is_soldierly(t) for t in who.subtree if t.i <= who.i or t.dep_ == "conj")


def _is_with_a_state(noun: Token, known: SentenceActors) -> bool:
    """ "an exercise with Indonesia" """
    beside = syntax.prepositional(noun, ("with", "alongside"))
    if beside is None:
        return False
    return any(m.start <= beside.i < m.end and m.actor.country for m in known.mentions)
