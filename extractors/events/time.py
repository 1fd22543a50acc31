"""A trigger word in its parsed sentence and the publication time in, the event's date and precision out.

Time expressions are found on the surface; the parse tells which of them dates the trigger: "said on Friday
that drills begin on Monday" dates the saying by the one and the drills by the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extractors.events import timex
from extractors.events.actors.words import words
from extractors.events.syntax import text_of
from extractors.events.timex import Timex
from extractors.events.timex_readers import Tense
from extractors.records import DatePrecision

# Edges that lead from a word to the time of its own clause, upwards and downwards.
CLAUSES_OF_A_NOUN = frozenset(["relcl", "acl"])
LONG_TIMES = frozenset(["year", "decade", "century", "generation"])
PRESENT = frozenset(["VBZ", "VBP", "VBG"])
HANGING_CLAUSES = frozenset(["relcl", "advcl", "pcomp"])
SPAN_WORDS = frozenset(["in", "during", "after", "since", "following", "before", "between"])
# Days: what is over so long before publication is told to explain the news (docs/codebook.md).
STALE_AFTER = 21
ONGOING_FOR = 120  # "since November they have fired on fifty ships"
CAUSES = frozenset(["after", "despite", "following", "over"])
LONG = frozenset([DatePrecision.MONTH, DatePrecision.YEAR])
FUTURE_AUXILIARIES = frozenset(["will", "shall", "'ll", "wo", "would"])


@dataclass(frozen=True, slots=True)
class EventTime:
    """When an event is, as its sentence tells.

    `date` is its first day, `start` and `end` the range that an expression gives ("from 3 to 9 September";
    the whole month for "last month"). `is_background` marks history: "in the past", "in 2003".
    """

    date: dt.date | None
    precision: DatePrecision
    is_background: bool = False
    start: dt.date | None = None
    end: dt.date | None = None
    text: str | None = None

    def is_over_since(self, published: dt.datetime | None) -> bool:
        """Whether the sentence dates it weeks before the publication: "In March", "last year"."""
        day = published.date() if published else None
        return self.text is not None and is_long_over(self.date, self.end, self.precision, day)


def is_long_over(
    start: dt.date | None, end: dt.date | None, precision: DatePrecision, published: dt.date | None
) -> bool:
    """More than three weeks before; a month from its middle on; what goes on ("since May") some months later.

    Who names the year in an article that has no date of its own looks back.
    """
    last = end or start
    if published is None or last is None:
        return last is not None and precision in {DatePrecision.MONTH, DatePrecision.YEAR}
    if end is None:
        return (published - last).days > ONGOING_FOR
    if start is not None and precision is DatePrecision.MONTH:
        last = start + (end - start) / 2
    return (published - last).days > STALE_AFTER


def resolve_event_date(doc: Doc, trigger: Token, *, published: dt.datetime | None) -> EventTime:
    """The time of the event that `trigger` names, relative to the publication time.

    Without an expression in its clause the publication day stands in (precision `publication`); without
    that either, the date is None and the precision `unknown`.
    """
    day = published.date() if published else None
    found = timex.find_all(text_of(doc), published=day, tense=tense_of(trigger))
    dating = _nearest(doc, trigger, found)
    if dating is not None and (dating.start or dating.end or dating.is_background):
        return EventTime(
            date=dating.start,
            precision=dating.precision,
            is_background=dating.is_background,
            start=dating.start,
            end=dating.end,
            text=dating.text,
        )
    above = _time_of_clause_above(doc, trigger, day)
    if above is not None and not above.is_background:
        return EventTime(above.start, above.precision, False, above.start, above.end, above.text)
    is_old = above is not None or _is_long_past(trigger) or _is_of_past_year(trigger, day)
    if day is None:
        return EventTime(None, DatePrecision.UNKNOWN, is_background=is_old)
    return EventTime(day, DatePrecision.PUBLICATION, is_background=is_old)


def _is_long_past(trigger: Token) -> bool:
    """ "ten years after it begged Mexico to attack", "used to telephone"."""
    for verb in _clause_chain(trigger):
        if verb.dep_ == "xcomp" and verb.head.lower_ == "used" and verb.head.nbor(1).lower_ == "to":
            return True
        for word in (*verb.lefts, verb.head):
            if word.lower_ == "after" and word.i and word.nbor(-1).lemma_.lower() in LONG_TIMES:
                return word.i < verb.i
    return False


def _time_of_clause_above(doc: Doc, trigger: Token, published: dt.date | None) -> Timex | None:
    """The clause above tells of long ago: "in February 1942 he signed the order that sent them to camps"."""
    clause = _clause_chain(trigger)[-1]
    if clause.dep_ not in HANGING_CLAUSES or tense_of(trigger) is Tense.FUTURE or clause.tag_ in PRESENT:
        return None
    above = next((token for token in clause.ancestors if token.pos_ in ("VERB", "AUX")), None)
    if above is None or above.tag_ != "VBD":
        return None
    dating = _nearest(doc, above, timex.find_all(text_of(doc), published=published, tense=tense_of(above)))
    if dating is None:
        return None
    is_over = is_long_over(dating.start, dating.end, dating.precision, published)
    return dating if dating.is_background or is_over else None


def _is_of_past_year(trigger: Token, published: dt.date | None) -> bool:
    """ "seized it in the 1967 war", "after the 2022 invasion": a year before the last, in another's name."""
    last = published.year - 1 if published else dt.MAXYEAR
    for preposition in trigger.children:
        if preposition.dep_ != "prep" or preposition.lower_ not in SPAN_WORDS:
            continue
        for noun in preposition.children:
            years = (t for t in (noun, *noun.lefts) if t.is_digit and len(t) == 4)
            if noun.dep_ == "pobj" and any(1000 < int(t.text) < last for t in years):
                return True
    return False


def tense_of(trigger: Token) -> Tense:
    """Where the trigger's clause puts the event: a noun leaves it open."""
    if _is_future(trigger):
        return Tense.FUTURE
    is_past = trigger.tag_ == "VBD" or (
        trigger.tag_ == "VBN" and any(child.lower_ in words("past_auxiliaries") for child in trigger.lefts)
    )
    return Tense.PAST if is_past else Tense.OPEN


def _is_future(trigger: Token) -> bool:
    """Whether the trigger's clause is about what is to come: "will meet", "plans to meet", "coming talks"."""
    for token in _clause_chain(trigger):
        if any(child.dep_ == "aux" and child.lower_ in FUTURE_AUXILIARIES for child in token.lefts):
            return True
        if token.dep_ == "xcomp" and token.head.lemma_.lower() in words("future_verbs"):
            return True
        if any(
            child.lower_ in ("coming", "planned", "upcoming", "scheduled", "forthcoming")
            for child in token.lefts
        ):
            return True
        if token.tag_ in ("VBZ", "VBP") and token.lemma_ in words("scheduled_verbs"):
            return True  # "drills begin on Monday"
        if token != trigger and token.lemma_ in ("schedule", "plan", "slate", "expect", "due"):
            return True
        if any(child.lower_ == "to" and child.dep_ == "aux" for child in token.lefts):
            return True
    return False


def _clause_chain(token: Token) -> list[Token]:
    chain = [token]
    while token.dep_ in words("clause_up") and token.head.i != token.i and len(chain) < 8:
        if token.dep_ == "conj" and token.head.tag_ == "VBD" and _is_perfect(token):
            break  # "struck a deal in June and has since sent soldiers"
        token = token.head
        chain.append(token)
    return chain


def _is_perfect(verb: Token) -> bool:
    return verb.tag_ == "VBN" and any(child.lower_ in ("has", "have") for child in verb.lefts)


def _nearest(doc: Doc, trigger: Token, found: Sequence[Timex]) -> Timex | None:
    """The expression with the shortest way to the trigger that stays in its clause."""
    of_when = _when_of(trigger)
    best: tuple[int, int, Timex] | None = None
    heights = {token.i: height for height, token in enumerate(_clause_chain(trigger))}
    for expression in found:
        span = doc.char_span(expression.first, expression.last, alignment_mode="expand")
        if span is None:
            continue
        if of_when is not None and span.start <= of_when.i < span.end:
            return expression
        hops = _hops(span.root, heights)
        if hops is None or _dates_a_noun(span.root, trigger) or _dates_another(span.root, trigger, heights):
            continue
        if expression.precision in LONG and _is_of_its_cause(span.root, trigger):
            continue
        rank = (hops, abs(span.root.i - trigger.i), expression)
        if best is None or rank[:2] < best[:2]:
            best = rank
    return best[2] if best else None


def _when_of(trigger: Token) -> Token | None:
    """The time that a when-clause is about: "in 1994, when they signed the pact"."""
    for verb in _clause_chain(trigger):
        when = next((child for child in verb.lefts if child.lower_ == "when"), None)
        if when is not None and when.i > 1:
            before = when.nbor(-1)
            return before.nbor(-1) if before.is_punct else before
    return None


def _hops(anchor: Token, heights: dict[int, int]) -> int | None:
    """Edges from the expression up to the trigger's chain; None when it dates another clause."""
    token, hops = anchor, 0
    while token.i not in heights:
        above = token.head
        is_own_clause = token.dep_ in CLAUSES_OF_A_NOUN and above.i in heights
        if above == token or not (token.dep_ in words("clause_down") or is_own_clause):
            return None
        if above.i in heights and heights[above.i] > 0 and _is_sister_clause(token, above):
            return None
        token, hops = above, hops + 1
    return hops + heights[token.i]


def _dates_a_noun(anchor: Token, trigger: Token) -> bool:
    """ "the worst day since the war of 2014": the year is the war's."""
    if anchor.lower_ == "of":
        above = anchor.head
    elif anchor.dep_ == "pobj" and anchor.head.lower_ == "of":
        above = anchor.head.head
    else:
        return False
    is_time = above.lemma_.lower() in words("parts_of_time")
    return above.pos_ == "NOUN" and above != trigger and not is_time


def _is_of_its_cause(anchor: Token, trigger: Token) -> bool:
    """ "condolences over an accident in February", "drafted it after the test in July"."""
    token = anchor
    while token.i != trigger.i and token.head.i != token.i:
        token = token.head
        if token.dep_ == "prep" and token.lower_ in CAUSES:
            return anchor.head.i != token.i  # "after May": its own
        if token.pos_ in ("VERB", "AUX"):
            return False
    return False


def _dates_another(anchor: Token, trigger: Token, heights: dict[int, int]) -> bool:
    """ "On Tuesday it threatened to leave" does not date the leaving."""
    above = anchor
    while above.i not in heights:
        above = above.head
    if above == trigger or tense_of(trigger) is not Tense.FUTURE:
        return False
    return above.pos_ in ("VERB", "AUX") and tense_of(above) is Tense.PAST


def _is_sister_clause(token: Token, above: Token) -> bool:
    """A time inside another verb's part of the sentence: "arrived on Monday and left", seen from "left"."""
    return token.dep_ == "conj" and token.pos_ in ("VERB", "AUX") and above.pos_ in ("VERB", "AUX")
