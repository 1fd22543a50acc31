"""A reference to an exercise in, its status out: by the verb that governs the exercise, and by no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors.events import links, negation, syntax
from extractors.events.families.exercise_data import exercise_words, status_by_word
from extractors.events.families.exercise_reference import Reference
from extractors.events.families.exercise_tense import CHANGES, has_to, in_time, is_future, is_wanted

if TYPE_CHECKING:
    from spacy.tokens import Token

_PARTICLES = frozenset({"prt", "advmod", "prep", "acomp", "npadvmod"})
_UNDER_WAY = re.compile(
    r"\b(?:is|are|was|were|be|got|gets?|getting|remains?|goes|being)\s+(?:now\s+)?"
    r"(?:under\s?way|going|in full swing|in progress)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Held:
    """How the sentence holds the exercise: status (None: only spoken of), the verb, what hangs it there.

    `relation` is "done_to", "does", "joins", "quits", "within", "modified", "spoken" where it is only spoken
    of or the reason for something else, and "" where it hangs on a verb that we do not know.
    """

    status: str | None
    verb: Token | None
    relation: str
    is_wanted: bool = False  # somebody asks for it: it has not come about


def read_status(ref: Reference) -> Held:
    """The verb above; then the exercise's own clauses ("drills that began"); then its modifiers."""
    if syntax.is_verb(ref.top) and ref.name is None:
        return _itself(ref.top)
    found = next(_by_verbs(ref), None)
    if (
        found is not None
        and found.relation not in {"", "spoken"}
        and found.verb is not None
        and is_wanted(found.verb)
    ):
        found = replace(found, is_wanted=True)
    if found is not None and (found.status is not None or found.relation == "quits"):
        return found
    words = ref.modifiers()
    status = next((s for word, s in status_by_word("modified").items() if word in words), None)
    if status is not None:
        return Held(status, found.verb if found else None, found.relation if found else "modified")
    if found is not None and found.relation == "joins":
        return found
    for clause in _own_clauses(ref):
        held = _of_clause(clause)
        if held is not None:
            return replace(
                held,
                verb=found.verb if found else held.verb,
                relation=found.relation if found else "modified",
            )
    if _UNDER_WAY.search(syntax.text_of(ref.top.doc)) and found is not None and found.relation == "does":
        return Held("ongoing", found.verb, "does")
    return found if found is not None else Held(None, None, "")


def _itself(verb: Token) -> Held:
    """ "troops practised landings", "will train with": the exercise is the verb."""
    status = _outer_change(verb) or in_time("held", verb)
    return Held(status, verb, "done_to", is_wanted=is_wanted(verb))


def _by_verbs(ref: Reference) -> Iterator[Held]:
    token, seen_noun, parts, purpose = ref.top, None, False, False
    for _ in range(8):
        link, above = links.link_up(token)
        if token.dep_ in {"dep", "npadvmod"} and syntax.is_verb(token.head) and token.head.i < token.i:
            link, above = "obj", token.head  # the parser's slip in "opened the air exercise Grey Wolf"
        link = "for" if purpose and link in {"obj", "to"} else link
        if token.dep_ == "appos" or (
            token.dep_ in {"compound", "nmod"} and token.head.pos_ in {"NOUN", "PROPN"}
        ):
            link, above = "of", token.head
        if token.dep_ == "poss" and token.head.lemma_.lower() in exercise_words("transparent"):
            link, above = "of", token.head
        if above is None or above.i == token.i:
            break
        lemma = above.lemma_.lower()
        if (
            above.tag_ == "VBG" and above.i == token.i - 1 and token.dep_ not in {"dobj", "pobj"}
        ):  # "a take-off and landing exercise"
            token = above
            continue
        if syntax.is_verb(above):
            held = _at(above, link, token, seen_noun)
            if held is not None:
                yield replace(held, status="scaled_down") if parts and held.status == "cancelled" else held
            return
        noun = _by_noun(lemma, above)
        if noun is not None:
            yield Held(noun, above, "done_to")
            return
        if (
            link == "conj"
            or lemma in exercise_words("transparent")
            or token.dep_ == "appos"
            or (link == "of" and (lemma in exercise_words("opening_nouns") | exercise_words("ending_nouns")))
        ):
            seen_noun = (
                lemma
                if lemma in exercise_words("opening_nouns") | exercise_words("ending_nouns")
                else seen_noun
            )
            parts = parts or lemma in {"part", "leg", "phase", "half", "portion"}
            token = above
            continue
        if link == "for" and above.dep_ in {"dobj", "pobj"}:  # "sent bombers for drills"
            token, purpose = above, True
            continue
        if link in {"in", "on", "for"} and above.head.i == above.i:  # a headline without a verb
            yield Held("planned" if link == "for" else "ongoing", above, "modified")
        return


def _by_noun(lemma: str, noun: Token) -> str | None:
    """ "the suspension of the drills": said by the noun itself."""
    status = status_by_word("change_nouns").get(lemma)
    above = syntax.governing_verb(noun)
    if status is None or (
        above is not None and above.lemma_ in {"demand", "seek", "urge", "propose", "want", "reject"}
    ):
        return None
    return status


def _at(verb: Token, link: str, token: Token, noun: str | None) -> Held | None:
    if noun in exercise_words("ending_nouns") and link == "after":
        return Held("completed", verb, "within")
    if noun is not None and link in {"obj", "subj", "for", "of", "at", "in", "on", "with"}:
        if noun in exercise_words("ending_nouns"):
            return Held("completed", verb, "within")
        relation = "within" if link in {"at", "in", "on"} else "does"
        return Held("planned" if is_future(verb) else "ongoing", verb, relation)
    if link == "subj":
        return _does(verb)
    if (
        link == "obj"
        or (link == "conj" and token.tag_ == "VBG")
        or (link == "" and token.dep_ in {"attr", "ROOT"})
    ):
        return _done_to(verb)
    if link in exercise_words("referring"):
        return Held(None, verb, "spoken")
    key = {f"{verb.lemma_.lower()}_{link}", *(f"{word}_{link}" for word in _words(verb)), *_words(verb)}
    if key & exercise_words("quits"):
        return _quits(verb)
    if key & exercise_words("joins"):
        outer = _uninvited(verb)
        if outer is not None:
            return Held("scaled_down", outer, "quits")
        gone = "scaled_down" if verb.lemma_ in {"send", "fly", "use", "deploy"} else "cancelled"
        coming = is_future(verb) or (link in {"for", "to"} and _sets_out(verb))
        status = gone if _takes_no(verb) else "planned" if coming else None
        return Held(status, verb, "joins")
    if link == "to" and verb.lemma_ in {"agree", "consent", "commit"}:
        return Held("planned", verb, "joins")
    if key & exercise_words("goes_on"):
        return Held("planned" if is_future(verb) else "ongoing", verb, "joins")
    if link in {"to", "from", "off"} and status_by_word("done_to").get(_word(verb, "done_to")) in CHANGES:
        return _done_to(verb)
    if link in {"in", "during", "for", "on", "as", "under"} and verb.lemma_ not in {
        "say",
        "tell",
        "ask",
        "speak",
    }:
        is_done = link == "in" and verb.tag_ == "VBD"
        return Held("planned" if is_future(verb) else "completed" if is_done else None, verb, "within")
    return Held(None, verb, "spoken" if verb.lemma_ in exercise_words("speaking") else "")


def _sets_out(verb: Token) -> bool:
    """ "arrived for joint exercises", "is sending a frigate to": not yet there."""
    if verb.lemma_ in {"arrive", "assemble", "gather", "sail"}:
        return True
    return verb.tag_ == "VBG" and verb.lemma_ in {"send", "dispatch", "deploy", "contribute", "come"}


def _quits(verb: Token) -> Held:
    """ "withdrew from", "was left out of"; a request to be left out counts once it is granted."""
    if negation.is_negated(verb):
        return Held(None, verb, "")
    if verb.dep_ in {"acl", "relcl"} and verb.head.lemma_ in {"request", "plea", "wish", "appeal", "demand"}:
        granting = syntax.governing_verb(verb.head)
        if granting is None or granting.lemma_ not in {
            "accept",
            "grant",
            "approve",
            "heed",
            "honour",
            "honor",
        }:
            return Held(None, verb, "")
        return Held("scaled_down", granting, "quits")
    return Held("cancelled" if _leaves_itself(verb) else "scaled_down", verb, "quits")


def _leaves_itself(verb: Token) -> bool:
    """ "pulled out of", "will skip": this edition is off for it; not "left Rome out of"."""
    if syntax.is_passive(verb) or verb.lemma_ not in exercise_words("leaving"):
        return False
    taken = syntax.direct_object(verb)
    return taken is None or not any(
        c.dep_ == "prep" and c.lower_ in {"from", "of", "out"} for c in verb.children
    )


def _takes_no(verb: Token) -> bool:
    """ "will not take part", "takes no part"."""
    part = syntax.direct_object(verb)
    return negation.is_negated(verb) or (part is not None and part.lower_ == "part" and negation.has_no(part))


def _uninvited(verb: Token) -> Token | None:
    """ "withdrew its invitation to X to take part in": the verb that takes the invitation back."""
    for outer in (verb.head, verb.head.head):
        taken = syntax.direct_object(outer) if syntax.is_verb(outer) and outer.i != verb.i else None
        if taken is not None and taken.lemma_ == "invitation":
            return outer if outer.lemma_ in {"withdraw", "rescind", "revoke", "cancel", "retract"} else None
    return None


def _words(verb: Token) -> list[str]:
    """The verb with each of its particles: "call_off", "put_on_hold"."""
    lemma = verb.lemma_.lower()
    after = [c.lower_ for c in verb.children if c.dep_ in _PARTICLES and c.i > verb.i and not _has_object(c)]
    after += [c.lower_ for c in verb.children if c.dep_ in {"dobj"} and c.lower_ in {"place", "part"}]
    phrase = verb.doc[verb.i + 1 : verb.i + 8].text.lower()
    if "on hold" in phrase:
        after.append("on_hold")
    return [f"{lemma}_{word}" for word in after]


def _has_object(word: Token) -> bool:
    return word.dep_ == "prep" and any(c.dep_ in {"pobj", "pcomp"} for c in word.children)


def _word(verb: Token, table: str) -> str:
    known = status_by_word(table)
    return next((word for word in _words(verb) if word in known), verb.lemma_.lower())


def _does(verb: Token) -> Held | None:
    """The exercise is the subject: it begins, ends, goes on."""
    word = _word(verb, "does")
    status = status_by_word("does").get(word)
    if word.startswith("go_") and "ahead" in word:
        status = "planned"
    if verb.lemma_ in {"be", "get"} and _UNDER_WAY.search(syntax.text_of(verb.doc)):
        status = "ongoing"
    words = {c.lower_ for c in verb.children if not _has_object(c)}
    if _is_ended(verb) or (verb.lemma_ == "be" and words & {"over", "complete"}):
        return Held(in_time("completed", verb), verb, "does")
    if verb.lemma_ == "be" and "off" in words:
        return Held("cancelled", verb, "does")
    if verb.lemma_ == "go" and "ahead" in {c.lower_ for c in verb.children}:
        return Held("ongoing" if verb.tag_ == "VBD" else "planned", verb, "does")
    if verb.lemma_ in {"be", "set", "expect", "due", "plan", "schedule", "slate"}:
        inner = _infinitive(verb)
        if inner is not None:
            was = any(c.lower_ in {"was", "were"} for c in verb.children) or verb.lower_ in {"was", "were"}
            return Held(None, verb, "does") if was else _does_later(inner)
    if status is None:
        return (_done_to(verb) if verb.tag_ == "VBN" else None) or Held(None, verb, "")
    return Held(in_time(status, verb), verb, "does")


def _is_ended(verb: Token) -> bool:
    """ "brought the drill to an end", "drew to a close"."""
    end = syntax.prepositional(verb, ("to",)) if verb.lemma_ in {"bring", "draw", "come"} else None
    return end is not None and end.lemma_ in exercise_words("ending_nouns")


def _does_later(verb: Token) -> Held:
    """ "is to begin", "is scheduled to run", "is due to end"."""
    if verb.lemma_ == "be" or syntax.is_passive(verb):
        inner = status_by_word("done_to").get(_word(verb, "done_to"))
        return Held(inner if inner in CHANGES else "planned", verb, "done_to")
    status = status_by_word("does").get(_word(verb, "does"))
    return Held(
        status if status in CHANGES else "ongoing" if status == "completed" else "planned", verb, "does"
    )


def _infinitive(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ in {"xcomp", "ccomp"} and syntax.is_verb(child) and has_to(child):
            return child
        if child.dep_ == "acomp":
            found = _infinitive(child)
            if found is not None:
                return found
    return None


def _done_to(verb: Token) -> Held | None:
    lemma = verb.lemma_.lower()
    if _is_ended(verb):
        return Held(in_time("completed", verb), verb, "done_to")
    if {lemma, *_words(verb)} & exercise_words("quits") and lemma not in {"drop", "withdraw", "leave"}:
        return Held("scaled_down", verb, "quits")
    word = _word(verb, "done_to")
    status = status_by_word("done_to").get(word)
    if lemma == "call" and word != "call_off":
        status = None
    if status is None:
        outer = _outer_change(verb)
        spoken = "spoken" if lemma in exercise_words("speaking") else "within"
        return Held(outer, verb, "done_to") if outer else Held(None, verb, spoken)
    if status not in CHANGES:
        outer = _outer_change(verb)
        if outer is not None:
            return Held(outer, verb, "done_to")
    if status == "planned" and lemma in {"set", "announce", "plan", "prepare"}:
        inner = _infinitive(verb)
        if inner is not None:
            return _done_to(inner)
    return Held(in_time(status, verb), verb, "done_to")


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


def _own_clauses(ref: Reference) -> Iterator[Token]:
    for token in ref.tokens:
        yield from (c for c in token.children if c.dep_ == "relcl" or (c.dep_ == "acl" and syntax.is_verb(c)))


def _of_clause(clause: Token) -> Held | None:
    """ "drills that began on Monday", "drills planned for May", "which they will hold"; not "had been"."""
    if any(c.lower_ == "had" and c.dep_ == "aux" for c in clause.children):
        return None
    for verb in (clause, *(c for c in clause.children if c.dep_ == "conj" and syntax.is_verb(c))):
        own = next((c for c in verb.children if c.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS), None)
        if syntax.is_passive(verb):
            held = _done_to(verb)
        elif own is not None and own.lower_ not in syntax.RELATIVES and own.lower_ != "which":
            held = _done_to(_infinitive(verb) or verb)
        else:
            held = _does(verb)
        if verb.lemma_ in {"involve", "include", "feature", "see"}:
            continue
        if held is not None and held.status is not None:
            if held.status == "completed" and verb.tag_ == "VBN" and verb.dep_ == "acl":
                return None
            return Held(held.status, verb, "modified")
    return None
