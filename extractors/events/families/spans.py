"""Pieces of a sentence as the fields want them: a phrase, a condition, a reason, an exchange, a deadline."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from extractors.events import syntax
from extractors.events.modality import condition_clause
from extractors.events.wordlists import DATA

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Token

MAX_CHARACTERS = 240
_END = r"[;—–]|[,.](?!\d)"  # not in "240,000", "$6.5"
_STOP = rf"(?={_END}| but | while | after | as well |$)"
_EXCHANGE = re.compile(
    r"\b(?:in (?:exchange|return|trade|swap|a swap|a trade) for|as long as|on (?:the )?condition(?: that)?"
    r"|provided(?: that)?|providing that|contingent (?:up)?on|as the price (?:of|for)"
    r"|(?<=\S )(?:in return|in exchange),?(?! for)(?: \w+ (?:is|are) to)?"
    r"|once(?= \S+ (?:\S+ )?(?:\S+ed|is|are|has|have) ))"
    r"\s+(.+?)" + _STOP,
    re.I,
)
_ANSWERED = re.compile(
    r"\bafter\s+((?:\S+ ){1,3}?(?:agreed|promised|pledged|undertook|vowed|freed|released|apologi[sz]ed)\b.*?)"
    + _STOP,
    re.I,
)
_REASON = re.compile(
    rf"""\b(?:(?:bowing|yielding|responding|reacting|bending)\ to\ |citing\ |in\ view\ of\s
        |owing\ to\ |due\ to\ (?!\w+\ (?:in|on|next|this|at|by|their|its|the|with|until|tomorrow)\b|\w+[,.]))
    (.+?)(?={_END}|$)
    | \b( over\ concerns?.+? | because\ (?:of\ )?.+? | in\ an\ effort\ (?:not\ )?to\ .+?
    | so\ as\ (?:not\ )?to\ .+? | in\ order\ (?:not\ )?to\ .+? | so\ that\ .+?
    | out\ of\ (?:\w+\ )?(?:fear|concern|respect|worry|consideration|anger|pity|mercy|goodwill)\b.*?
    | in\ deference\ to\ .+? | in\ gratitude\ .+?
    | amid\ (?:fears|concerns?|worries|pressure|protests?|outcry|anger).+?
    | in\ (?:keeping|line)\ with\ .+? | in\ fulfil\w+\ of\ .+? | with\ a\ view\ to\ .+?
    | (?:after|following)\ (?:\w+\ )?(?:\w+\ )?(?:protests?|outcry|pressure|clashes|demonstrations|strikes?
      |marches|riots|talks|mediation|appeals?|criticism|calls)\b.*? | for\ fear\ .+? | fearing\ .+?
    | in\ response\ to\ .+? | on\ humanitarian\ grounds | ahead\ of\ .+? | under\ pressure\ from\ .+?
    | as\ a\ (?:\w+\ )?gesture.*? | in\ a\ gesture.*?
    | to\ (?:encourage|appease|avoid|reassure|allow|calm|ease|help|create|placate|mark|spare|please)\ .+? )"""
    + _STOP.replace(" ", r"\ "),
    re.I | re.X,
)
_DAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|midnight|noon|dawn|dusk|tonight|tomorrow|morning|month|week|year"
    r"|january|february|march|april|may\ \d|june|july|august|september|october|november|december|next\ \w+"
    r"|christmas|easter|ramadan|spring|summer|autumn|winter|\d{1,2}\ [ap]\.?m"
)
_DEADLINE = re.compile(
    rf"""\b(?:by|before|until|till)\ ((?:the\ )?(?:end\ of\ (?:the\ )?|mid-?|early\ |late\ )?(?:\d{{1,2}}\ )?
      (?:{_DAY})(?:'s\ end|\ (?:night|noon|evening|morning|\d{{1,4}}))*)
    | \b((?:with)?in(?:side)?\ (?:\w+[-\ ])?\w+\ (?:hours?|days?|weeks?|months?))
    | \b((?:\w+|\d+)[-\ ](?:hour|day|week|month)\ (?:deadline|ultimatum))
    | \b(?:gives?|gave|given|has|have|had)\ (?:\S+\ ){{0,4}}?
      ((?:\w+|\d+)\ (?:hours?|days?|weeks?|months?)(?!['’]))""",
    re.I | re.X,
)
_DEMANDED = re.compile(
    r"(?:demanded|sought|requested|wished|asked for|called for|pressed|pressured|forced|urged) by (.+?)"
    + _STOP
    + r"|(?:at the (?:request|demand|urging|insistence|behest) of"
    + r"|(?:under|bowing to|after|amid|following)(?: \w+)? (?:pressure|urging|appeals?|calls) (?:from|by)"
    + r"|(?:a|an|the|to)(?: \w+)? (?:demands?|appeal|request|call) (?:of|by|from)) (.+?)"
    + _STOP
    + r"|\bas ((?:\S+ ){1,4}?)(?:had|has|have) (?:\w+ )?(?:demanded|asked|requested|sought|insisted|urged)\b"
    + r"|\bat (\S+(?: \S+)?)['’]s? (?:request|demand|urging|insistence|behest)\b"
    + r"|\b(?:bowing|yielding|caved in|gave in|giving in|bowed|yielded) to (\S+(?: \S+)?)"
    + r" (?:pressure|demands?)\b",
    re.I,
)


@cache
def family_data(path: Path = DATA / "families.yml") -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return raw


@cache
def word_set(name: str) -> frozenset[str]:
    return frozenset(str(family_data()[name]).split())


def phrase(head: Token, *, without: Iterable[Token] = ()) -> str:
    """The text that hangs on the head, without the given branches."""
    dropped = {t.i for branch in without for t in branch.subtree}
    kept = [t.i for t in head.subtree if t.i not in dropped and abs(t.i - head.i) < 60]
    return _text(head.doc, _around(head.i, kept))


def _around(center: int, kept: list[int]) -> list[int]:
    """The unbroken run of tokens about the center."""
    present, run = set(kept), [center]
    while run[-1] + 1 in present:
        run.append(run[-1] + 1)
    while run[0] - 1 in present:
        run.insert(0, run[0] - 1)
    return run


def _text(doc: Doc, tokens: list[int]) -> str:
    text = doc[tokens[0] : tokens[-1] + 1].text
    text = text.strip(" ,;:.—–-").strip()
    return text[:MAX_CHARACTERS] if len(text) <= MAX_CHARACTERS else text[:MAX_CHARACTERS].rsplit(" ", 1)[0]


def clause_text(verb: Token, *, without: Iterable[Token] = ()) -> str:
    """A clause without its "to", its "that" and its own subject pronoun."""
    lead = [
        c for c in verb.children if c.dep_ in {"mark", "aux"} and c.lower_ in {"to", "that"} and c.i < verb.i
    ]
    return phrase(verb, without=[*without, *lead])


def condition_text(anchor: Token) -> tuple[str | None, Token | None]:
    """Text and verb of the clause that a promise or threat hangs on."""
    clause = condition_clause(anchor)
    if clause is None:
        for token in anchor.doc:
            if token.dep_ in {"advcl", "ccomp"} and any(
                (c.dep_ == "mark" and c.lower_ in {"if", "unless"}) or syntax.is_inverted_should(c)
                for c in token.children
            ):
                clause = token
                break
    if clause is not None:
        return phrase(clause, without=[c for c in clause.children if anchor in c.subtree]), clause
    return None, None


def exchange(sentence: str) -> str | None:
    return _first(_EXCHANGE, sentence)


def answered(sentence: str) -> str | None:
    """ "after Rome agreed to pay": what the other side had given before."""
    return _first(_ANSWERED, sentence)


def reason(sentence: str) -> str | None:
    return _first(_REASON, sentence)


def deadline(sentence: str) -> str | None:
    return _first(_DEADLINE, sentence)


def demanded_by(sentence: str) -> str | None:
    return _first(_DEMANDED, sentence)


def _first(pattern: re.Pattern[str], sentence: str) -> str | None:
    found = pattern.search(sentence)
    if found is None:
        return None
    text = next(group for group in found.groups() if group)
    return text.strip()[:MAX_CHARACTERS]


def object_text(verb: Token, fallback: Token) -> str:
    """What the act is about: the object's phrase, or the noun act's own."""
    if not syntax.is_verb(verb):
        return phrase(verb)
    found = syntax.direct_object(verb)
    return phrase(found) if found is not None and found.i != verb.head.i else clause_text(fallback)


def noun_text(noun: Token) -> str:
    """The noun's phrase without its clauses, without what it was exchanged for."""
    return phrase(noun, without=[c for c in noun.children if _is_aside(c)])


def _is_aside(child: Token) -> bool:
    if child.dep_ in {"relcl", "advcl", "appos"}:
        return True
    is_exchange = child.dep_ == "prep" and any(c.lower_ in word_set("swapping") for c in child.children)
    return is_exchange or (child.dep_ == "prep" and _is_time(child))


def _is_time(preposition: Token) -> bool:
    return any(c.ent_type_ in {"DATE", "TIME"} for c in preposition.children)


def given(verb: Token, *, is_held: bool) -> str | None:
    """What a verb gives up: its object with what the parser hung on the verb ("the duties off steel").

    Of a verb without an object: its clause where something holds it ("agreed to stop shooting").
    """
    found = syntax.direct_object(verb)
    if found is None or found.i == verb.head.i:
        return clause_text(verb) if is_held and found is None else (phrase(found) if found else None)
    text = noun_text(found)
    last = max((t.i for t in found.subtree), default=found.i)
    for child in verb.children:
        follows = child.i == last + 1 and child.dep_ == "prep" and found.i > verb.i
        if follows and child.lower_ in word_set("going_on") and not _is_aside(child):
            return f"{text} {phrase(child)}"[:MAX_CHARACTERS]
    return text or None
