"""A reference to an exercise in, its status out: by the verb that governs the exercise, and by no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.events import chains, syntax
from extractors.events.families.exercise_data import exercise_words, status_by_word
from extractors.events.families.exercise_reference import Reference

if TYPE_CHECKING:
    from spacy.tokens import Token

CHANGES = frozenset({"cancelled", "suspended", "postponed", "scaled_down", "expanded", "resumed"})
_PARTICLES = frozenset({"prt", "advmod", "prep", "acomp", "npadvmod"})
_LATER = re.compile(r"\b(?:next|until|till|tomorrow|in (?:the )?(?:coming|two|three|four|five|six))\b", re.I)
_UNDER_WAY = re.compile(r"\b(?:is|are|was|were|be|got|gets?|getting|get|remains?|goes|being)\s+(?:now\s+)?"
                        r"(?:under\s?way|going|in full swing|in progress)\b", re.I)
_FUTURE_HOLDERS = frozenset({
    "plan", "set", "expect", "due", "intend", "agree", "schedule", "prepare", "want", "hope", "decide", "be", "slate",
    "announce", "pledge", "promise", "propose", "vow", "ready", "mean", "about", "need", "likely", "offer",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """How the sentence holds the exercise: status (None: only spoken of), the verb, what hangs it there.

    `relation` is "done_to", "does", "joins", "quits", "modified" or "" where the exercise is merely referred to.
    """

    status: str | None
    verb: Token | None
    relation: str

    @property
    def is_reference(self) -> bool:
        return self.relation == ""


def read_status(ref: Reference) -> Held:
    """The verb above; then the exercise's own clauses ("drills that began"); then its modifiers."""
    found = next(_by_verbs(ref), None)
    if found is not None and (found.status is not None or found.relation in {"joins", "quits"}):
        return found
    for clause in _own_clauses(ref):
        held = _of_clause(clause)
        if held is not None:
            return held
    words = ref.modifiers()
    status = next((s for word, s in status_by_word("modified").items() if word in words), None)
    if status is not None:
        return Held(status, found.verb if found else None, found.relation if found else "modified")
    if _UNDER_WAY.search(ref.top.doc.text) and found is not None and found.relation == "does":
        return Held("ongoing", found.verb, "does")
    return found if found is not None else Held(None, None, "")


def _by_verbs(ref: Reference) -> Iterator[Held]:
    token, seen_noun = ref.top, None
    for _ in range(8):
        link, above = chains.link_up(token)
        if token.dep_ == "appos" or (token.dep_ in {"compound", "nmod"} and token.head.pos_ in {"NOUN", "PROPN"}):
            link, above = "of", token.head
        if above is None or above.i == token.i:
            break
        lemma = above.lemma_.lower()
        if syntax.is_verb(above):
            held = _at(above, link, token, seen_noun)
            if held is not None:
                yield held
            return
        noun = _by_noun(lemma, above)
        if noun is not None:
            yield Held(noun, above, "done_to")
            return
        if link == "conj" or lemma in exercise_words("transparent") or token.dep_ == "appos" or link == "of" and (
            lemma in exercise_words("opening_nouns") | exercise_words("ending_nouns")
        ):
            seen_noun = lemma if lemma in exercise_words("opening_nouns") | exercise_words("ending_nouns") else seen_noun
            token = above
            continue
        return


def _by_noun(lemma: str, noun: Token) -> str | None:
    """ "the suspension of the drills": said by the noun itself."""
    status = status_by_word("change_nouns").get(lemma)
    above = syntax.governing_verb(noun)
    if status is None or (above is not None and above.lemma_ in {"demand", "seek", "urge", "propose", "want", "reject"}):
        return None
    return status


def _at(verb: Token, link: str, token: Token, noun: str | None) -> Held | None:
    if noun is not None and link in {"obj", "subj", "for", "of", "at", "in", "on", "with"}:
        if noun in exercise_words("ending_nouns"):
            return Held("completed" if link in {"obj", "subj"} else None, verb, "")
        return Held("planned" if _is_future(verb) else "ongoing", verb, "does")
    if link == "subj":
        return _does(verb)
    if link == "obj" or (link == "" and token.dep_ in {"attr", "ROOT"}):
        return _done_to(verb)
    key = {f"{verb.lemma_.lower()}_{link}", *(f"{word}_{link}" for word in _words(verb)), *_words(verb)}
    if key & exercise_words("quits"):
        return Held(None if syntax.is_negated(verb) else "scaled_down", verb, "quits")
    if key & exercise_words("joins"):
        status = "planned" if _is_future(verb) else None
        return Held(status, verb, "joins")
    if key & exercise_words("goes_on"):
        return Held("planned" if _is_future(verb) else "ongoing", verb, "joins")
    if link in {"to", "from", "off"} and status_by_word("done_to").get(_word(verb, "done_to")) in CHANGES:
        return _done_to(verb)
    if link in {"in", "during", "for", "on", "as", "at", "of"} and verb.lemma_ not in {"say", "tell", "ask", "speak"}:
        return Held(None, verb, "within")
    return Held(None, verb, "")


def _words(verb: Token) -> list[str]:
    """The verb with each of its particles: "call_off", "put_on_hold"."""
    lemma = verb.lemma_.lower()
    after = [c.lower_ for c in verb.children if c.dep_ in _PARTICLES and c.i > verb.i]
    after += [c.lower_ for c in verb.children if c.dep_ in {"dobj"} and c.lower_ in {"place", "part"}]
    phrase = verb.doc[verb.i + 1 : verb.i + 8].text.lower()
    if "on hold" in phrase:
        after.append("on_hold")
    return [f"{lemma}_{word}" for word in after]


def _word(verb: Token, table: str) -> str:
    known = status_by_word(table)
    return next((word for word in _words(verb) if word in known), verb.lemma_.lower())


def _does(verb: Token) -> Held | None:
    """The exercise is the subject: it begins, ends, goes on."""
    word = _word(verb, "does")
    status = status_by_word("does").get(word)
    if word.startswith("go_") and "ahead" in word:
        status = "planned"
    if verb.lemma_ in {"be", "get"} and _UNDER_WAY.search(verb.doc.text):
        status = "ongoing"
    if verb.lemma_ == "be" and {c.lower_ for c in verb.children} & {"over", "complete"}:
        return Held("completed", verb, "does")
    if verb.lemma_ == "go" and "ahead" in {c.lower_ for c in verb.children}:
        return Held("ongoing" if verb.tag_ == "VBD" else "planned", verb, "does")
    if verb.lemma_ in {"be", "set", "expect", "due", "plan", "schedule", "slate"}:
        inner = _infinitive(verb)
        if inner is not None:
            return _does_later(inner)
    if status is None:
        passive = _done_to(verb) if verb.tag_ == "VBN" else None
        return passive or Held(None, verb, "")
    return Held(_in_time(status, verb), verb, "does")


def _does_later(verb: Token) -> Held:
    """ "is to begin", "is scheduled to run", "is due to end"."""
    if verb.lemma_ == "be" or syntax.is_passive(verb):
        inner = status_by_word("done_to").get(_word(verb, "done_to"))
        return Held(inner if inner in CHANGES else "planned", verb, "done_to")
    status = status_by_word("does").get(_word(verb, "does"))
    return Held(status if status in CHANGES else "ongoing" if status == "completed" else "planned", verb, "does")


def _infinitive(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ in {"xcomp", "ccomp"} and syntax.is_verb(child) and _has_to(child):
            return child
        if child.dep_ == "acomp":
            found = _infinitive(child)
            if found is not None:
                return found
    return None


def _has_to(verb: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ in {"aux", "mark"} for c in verb.children)


def _done_to(verb: Token) -> Held | None:
    lemma = verb.lemma_.lower()
    if {lemma, *_words(verb)} & exercise_words("quits") and lemma not in {"drop", "withdraw", "leave"}:
        return Held("scaled_down", verb, "quits")
    word = _word(verb, "done_to")
    status = status_by_word("done_to").get(word)
    if lemma == "call" and word != "call_off":
        status = None
    if status is None:
        outer = _outer_change(verb)
        return Held(outer, verb, "done_to") if outer else Held(None, verb, "")
    if status not in CHANGES:
        outer = _outer_change(verb)
        if outer is not None:
            return Held(outer, verb, "done_to")
    if status == "planned" and lemma in {"set", "announce", "plan", "prepare"}:
        inner = _infinitive(verb)
        if inner is not None:
            return _done_to(inner)
    return Held(_in_time(status, verb), verb, "done_to")


def _outer_change(verb: Token) -> str | None:
    """ "stop holding drills", "refused to hold", "resumed conducting"."""
    outer = verb.head
    if verb.dep_ not in {"xcomp", "pcomp", "ccomp"} or outer.i == verb.i:
        return None
    if outer.pos_ == "ADP":
        outer = outer.head
    status = status_by_word("done_to").get(_word(outer, "done_to"))
    if outer.lemma_ in {"refuse", "decline"}:
        return "cancelled"
    return status if status in CHANGES and verb.tag_ == "VBG" else None


def _in_time(status: str, verb: Token) -> str | None:
    """What the verb's tense and negation make of it."""
    if syntax.is_negated(verb):
        return "planned" if status in {"cancelled", "suspended", "postponed", "scaled_down"} else "cancelled"
    if status in CHANGES:
        return status
    future = _is_future(verb)
    if status == "completed":
        if future and verb.lemma_ in {"end", "stop"} and not syntax.modals(verb) & {"will"} and _is_done_to(verb):
            return "suspended"
        is_later = verb.tag_ in {"VBZ", "VBP"} and _LATER.search(verb.doc[verb.i :].text) is not None
        return "ongoing" if future or is_later else "completed"
    if future:
        return "planned"
    if status == "held":
        return "completed" if _is_past(verb) else "ongoing"
    return status


def _is_done_to(verb: Token) -> bool:
    return syntax.direct_object(verb) is not None


def _is_past(verb: Token) -> bool:
    """ "held", "have held", "were held"; not "are held", "are holding", "was holding"."""
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    if verb.tag_ == "VBD":
        return True
    if verb.tag_ == "VBN":
        return bool(auxiliaries & {"was", "were", "have", "has", "had", "having"}) and "being" not in auxiliaries
    return verb.tag_ == "VBG" and "having" in auxiliaries


def _is_future(verb: Token) -> bool:
    """will, would, "is to", "plans to", "agreed to", headline "to hold"."""
    auxiliaries = syntax.modals(verb)
    if auxiliaries & chains.WILL:
        return not auxiliaries & {"have"} or bool(auxiliaries & {"will"})
    if not _has_to(verb):
        if verb.dep_ == "conj" and verb.tag_ == "VB" and syntax.is_verb(verb.head):
            return _is_future(verb.head)
        return verb.dep_ == "pcomp" and verb.head.head.lemma_ in {"plan", "intention"}
    above = verb.head
    if above.i == verb.i:
        return True
    if verb.dep_ in {"acl", "relcl"}:
        return True
    if above.lemma_ in {"begin", "start", "continue", "resume", "help", "manage", "gather", "arrive"}:
        return _is_future(above)
    return above.lemma_ in _FUTURE_HOLDERS or verb.dep_ in {"xcomp", "ccomp"}


def _own_clauses(ref: Reference) -> Iterator[Token]:
    for token in ref.tokens:
        yield from (c for c in token.children if c.dep_ in {"acl", "relcl"} and syntax.is_verb(c))


def _of_clause(clause: Token) -> Held | None:
    """ "drills that began on Monday", "drills planned for May", "which they will hold", "drills held in"."""
    for verb in (clause, *(c for c in clause.children if c.dep_ == "conj" and syntax.is_verb(c))):
        own = next((c for c in verb.children if c.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS), None)
        if syntax.is_passive(verb):
            held = _done_to(verb)
        elif own is not None and own.lower_ not in syntax.RELATIVES and own.lower_ != "which":
            held = _done_to(_infinitive(verb) or verb)
        else:
            held = _does(verb)
        if held is not None and held.status is not None:
            if held.status == "completed" and verb.tag_ == "VBN" and verb.dep_ == "acl":
                return None
            return Held(held.status, verb, "modified")
    return None
