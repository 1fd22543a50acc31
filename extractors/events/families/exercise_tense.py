"""The verb that governs an exercise in, what tense, negation and the verb above make of a status out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.events import negation, realised, syntax
from extractors.events.families.exercise_data import exercise_words

if TYPE_CHECKING:
    from spacy.tokens import Token

CHANGES = frozenset({"cancelled", "suspended", "postponed", "scaled_down", "expanded", "resumed"})
_ON_A_DAY = re.compile(
    r"\b(?:on (?:\d{1,2} |the \w+ of )?(?:\w+day|January|February|March|April|May|June|July|August|September"
    r"|October|November|December)|next (?:week|month|year))\b"
)
_LONG = re.compile(r"\b(?:every|each|annually|yearly|since (?:the |\d{4}))")
_LATER = re.compile(r"\b(?:next|until|till|tomorrow|in (?:the )?(?:coming|two|three|four|five|six))\b", re.I)


def in_time(status: str, verb: Token) -> str | None:
    """What the verb's tense and negation make of it."""
    if status == "planned" and any(c.lower_ == "had" and c.dep_ == "aux" for c in verb.children):
        return None
    if negation.is_negated(verb) or _is_disclaimed(verb):
        is_ended = any(c.lower_ == "longer" for c in verb.children)
        if status in {"resumed", "ongoing"} or (is_ended and status not in CHANGES):
            return "suspended"
        return "planned" if status in CHANGES else "cancelled"
    if status in CHANGES:
        return status
    future = is_future(verb)
    if status == "completed":
        if (
            future
            and verb.lemma_ in {"end", "stop"}
            and not syntax.modals(verb) & {"will"}
            and _is_done_to(verb)
        ):
            return "suspended"
        is_later = verb.tag_ in {"VBZ", "VBP"} and _LATER.search(verb.doc[verb.i :].text) is not None
        return "ongoing" if future or is_later else "completed"
    if future and verb.lemma_ not in {"continue", "proceed"}:
        return "planned"
    if status == "ongoing" and _is_timetable(verb):
        return "planned"
    if status == "held":
        return "completed" if _is_past(verb) else "ongoing"
    return status


def is_habit(verb: Token) -> bool:
    """ "has been held every two years", "have drilled together since 2012": what has long been done."""
    if not {c.lower_ for c in verb.children if c.dep_ == "aux"} & {"has", "have", "had", "'ve"}:
        return False
    if verb.lemma_ == "be":
        return False
    return _LONG.search(verb.doc[verb.i : verb.i + 12].text) is not None


def is_under_way(verb: Token) -> bool:
    """Told as of now or as to come: "is holding", "will come to", "have begun"."""
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    if auxiliaries:
        return bool(auxiliaries & {"is", "are", "has", "have", "will"})
    return verb.tag_ in {"VBZ", "VBP"}


def _is_timetable(verb: Token) -> bool:
    """ "starts in Belarus on Thursday." """
    if verb.tag_ not in {"VBZ", "VBP"} or verb.lemma_ not in {"start", "begin", "open", "commence", "kick"}:
        return False
    return verb.doc[-1].text in {".", '"'} and _ON_A_DAY.search(verb.doc[verb.i :].text) is not None


def _is_disclaimed(verb: Token) -> bool:
    """ "has no intention of cancelling", "without cancelling", "denied halting"."""
    if verb.dep_ == "pcomp":
        return verb.head.lower_ == "without" or negation.has_no(verb.head.head)
    above = verb.head
    return verb.dep_ in {"acl", "xcomp", "ccomp"} and (
        negation.has_no(above) or above.lemma_ in {"deny", "refuse"}
    )


def _is_done_to(verb: Token) -> bool:
    return syntax.direct_object(verb) is not None


def _is_past(verb: Token) -> bool:
    """ "held", "have held", "were held"; not "are held", "are holding", "was holding"."""
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    if verb.tag_ == "VBD" or (verb.dep_ == "advcl" and has_to(verb) and verb.head.tag_ == "VBD"):
        return True
    if verb.tag_ == "VBN":
        return (
            bool(auxiliaries & {"was", "were", "have", "has", "had", "having"}) and "being" not in auxiliaries
        )
    return verb.tag_ == "VBG" and (
        "having" in auxiliaries or (verb.dep_ == "pcomp" and verb.head.lower_ == "after")
    )


def is_future(verb: Token) -> bool:
    """will, would, "is to", "plans to", "agreed to", headline "to hold"."""
    auxiliaries = syntax.modals(verb)
    if auxiliaries & realised.WILL:
        return not auxiliaries & {"have"} or bool(auxiliaries & {"will"})
    if not has_to(verb):
        if verb.dep_ == "conj" and verb.tag_ == "VB" and syntax.is_verb(verb.head):
            return is_future(verb.head)
        return verb.dep_ == "pcomp" and verb.head.head.lemma_ in {"plan", "intention"}
    above = verb.head
    if above.i == verb.i:
        return True
    if verb.dep_ in {"acl", "relcl"}:
        return True
    if verb.dep_ == "advcl" or above.lemma_ in {"begin", "start", "continue", "resume", "help", "manage"}:
        return is_future(above)
    return above.lemma_ in exercise_words("future_holders") or verb.dep_ in {"xcomp", "ccomp"}


def has_to(verb: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ in {"aux", "mark"} for c in verb.children)


def is_wanted(verb: Token) -> bool:
    """ "asked for the drills to be toned down", "wants to join", "should stop"."""
    if syntax.modals(verb) & {"should", "ought", "may", "might", "could", "can", "must"}:
        return True
    above = verb.head
    if verb.dep_ not in {"xcomp", "ccomp", "pcomp", "advcl"} or above.i == verb.i:
        return False
    if above.pos_ == "ADP" or (verb.dep_ == "advcl" and not has_to(verb)):
        above = above.head if above.pos_ == "ADP" else verb
    return above.lemma_ in exercise_words("wanting")
