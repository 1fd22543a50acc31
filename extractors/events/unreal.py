"""A chain in, whether its sentence only imagines the act, or tells that nobody did it, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.negation import is_by_nobody, touches_nobody
from extractors.events.unproven import is_guessed, is_unproven
from extractors.events.wordlists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.chains import Chain

WHO = syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS
SUPPOSING = frozenset({"would", "could", "might", "'d"})
STEPS = 6


def is_imagined(chain: Chain) -> bool:
    """ "had Rome signed", "would have signed", "imagine that", "the chances of talks", "an attack would"."""
    verbs = list(verbs_of(chain))
    if any(
        _is_counterfactual(verb) or _is_inverted(verb) or is_guessed(verb) or _is_otherwise(verb)
        for verb in verbs
    ):
        return True
    top = chain.top if chain.top is not None else chain.act.token
    if _is_supposed(top) or (not chain.held and _is_subject_of_would(top)):
        return True
    is_told_aside = chain.light is not None and chain.light.dep_ == "relcl"  # "happy with the gains it made"
    return not is_told_aside and is_unproven(top) and not chain.hints & {"promised", "offered", "ready"}


def is_of_nobody(chain: Chain) -> bool:
    """ "nobody has threatened her", "no soldier was killed", "attacked no one"."""
    own = chain.light or chain.act.token
    return any(map(is_by_nobody, verbs_of(chain))) or touches_nobody(own)


def is_rumour(chain: Chain) -> bool:
    """ "rejected as false a report that its men had fired", "the notion that": what only words are of."""
    top = chain.top if chain.top is not None else chain.act.token
    verb = chain.report if chain.report is not None else top
    if verb.dep_ not in {"acl", "relcl", "ccomp", "appos"}:
        return False
    noun = verb.head
    if noun.lemma_.lower() in word_list("untrue_nouns"):
        return True
    return noun.lemma_.lower() in word_list("hearsay_nouns") and any(
        token.lemma_.lower() in word_list("rejecting_words") for token in _around(noun)
    )


def verbs_of(chain: Chain) -> Iterator[Token]:
    """The act's, the operators' and the light verb, as far as they are verbs."""
    held = (held.token for held in chain.held if held.entry is not None)
    for token in dict.fromkeys((chain.act.token, *held, chain.light, chain.top)):
        if token is not None and syntax.is_verb(token):
            yield token


def _is_counterfactual(verb: Token) -> bool:
    auxiliaries = syntax.modals(verb)
    return bool(auxiliaries & {"would", "might", "could", "'d"}) and "have" in auxiliaries


def _is_otherwise(verb: Token) -> bool:
    """ "if not for me, we would now be at war": it is not so."""
    if not syntax.modals(verb) & {"would", "'d"}:
        return False
    return any(
        c.lower_ == "now" or (c.lower_ in {"if", "but", "for"} and _means_without(c)) for c in verb.children
    )


def _means_without(token: Token) -> bool:
    """ "if not for", "but for": the parser makes one of the three the head."""
    words = {t.lower_ for t in (token, *token.children)}
    return {"if", "not", "for"} <= words or ({"but", "for"} <= words and token.i < token.head.i)


def _is_inverted(verb: Token) -> bool:
    """ "Had Rome signed", "Were Rome to sign": a condition without "if"; "Will Rome sign?"."""
    is_question = verb.doc[-1].text == "?"
    first = next((c for c in verb.lefts if c.dep_.startswith("aux")), None)
    who = next((c for c in verb.lefts if c.dep_ in WHO), None)
    if first is not None and who is not None and first.i < who.i:
        return is_question or (first.lower_ in {"had", "were"} and _begins_clause(first))
    above = verb.head
    return above.lower_ == "were" and above.i < verb.i and above.dep_ == "advcl" and _begins_clause(above)


def _begins_clause(token: Token) -> bool:
    return token.i == 0 or token.nbor(-1).is_punct or token.nbor(-1).lower_ in {"but", "and"}


def _is_supposed(top: Token) -> bool:
    head = top.head
    if top.dep_ in {"ccomp", "xcomp", "pcomp"} and head.lemma_.lower() in word_list("supposing_verbs"):
        return True
    if top.dep_ == "pobj" and head.lower_ == "of":
        return head.head.lemma_.lower() in word_list("chance_nouns")
    return top.dep_ in {"relcl", "acl"} and head.lemma_.lower() in word_list("chance_nouns")


def _is_subject_of_would(noun: Token) -> bool:
    if syntax.is_verb(noun) or noun.dep_ not in WHO:
        return False
    is_one = any(c.lower_ in {"the", "this", "that", "these", "those"} for c in noun.lefts)
    return not is_one and bool(syntax.modals(noun.head) & SUPPOSING)


def _around(noun: Token) -> Iterator[Token]:
    """The words above the noun and what hangs on them, a few steps up."""
    token = noun
    for _ in range(STEPS):
        yield token
        yield from token.children
        for child in token.children:
            yield from child.children
        if token.head.i == token.i:
            return
        token = token.head
