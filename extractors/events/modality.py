"""A chain and its code in, how the sentence holds the event out: asserted, planned, denied and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.events import background, syntax
from extractors.events.unreal import is_imagined, is_of_nobody, is_rumour
from extractors.events.wordlists import word_list
from extractors.records import Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.chains import Chain
    from extractors.events.compose import Composed

AFTERWARDS = frozenset({"once", "provided", "providing"})
SPEECH_ACTS = frozenset({"appeal", "demand", "refuse", "threaten", "accuse", "praise", "condemn"})


def read_modality(
    chain: Chain, composed: Composed, *, is_background: bool, in_body: bool = False
) -> Modality:
    """Speech acts are asserted when they are made, whatever they speak of.

    `is_background`: its time is long past; `in_body`: the sentence is not the first of its article.
    """
    if "denied" in chain.hints or (chain.outer is not None and chain.outer.operator == "deny"):
        return Modality.DENIED
    if is_of_nobody(chain) or is_rumour(chain):
        return Modality.DENIED
    if _under_condition(chain) or is_imagined(chain):
        return Modality.HYPOTHETICAL
    if "hypothetical" in chain.hints or ("ready" in chain.hints and composed.row.family == "concession"):
        return Modality.HYPOTHETICAL
    if is_background or "history" in chain.hints or background.is_background(chain, in_body=in_body):
        return Modality.HISTORICAL
    if composed.operator == "done" and chain.outer is not None and chain.outer.operator == "decide":
        is_enacted = composed.act == "sanction" and chain.outer.token.lemma_ == "vote"
        return Modality.ASSERTED if is_enacted else Modality.PLANNED
    if composed.operator == "intend":
        if composed.row.is_hostile:
            return Modality.HYPOTHETICAL if _is_suspected(chain) else Modality.ASSERTED
        if condition_clause(chain.act.token) is not None or _hangs_on(chain.top):
            return Modality.CONDITIONAL
        return Modality.ASSERTED if _is_promised(chain, composed) else Modality.PLANNED
    if composed.operator in {"appeal", "demand"} and _is_to_come(chain):
        return Modality.PLANNED
    return Modality.ASSERTED


def _is_suspected(chain: Chain) -> bool:
    """ "claimed that Iran was planning an attack": no threat of Iran's."""
    outer, report = chain.outer, chain.report
    if outer is None or outer.entry is None or outer.entry.id != "intend.plan" or report is None:
        return False
    return outer.token.tag_ == "VBG" and report.lemma_.lower() in word_list("suspecting_verbs")


def _is_to_come(chain: Chain) -> bool:
    """ "will ask": the appeal itself lies ahead."""
    outer = chain.outer
    return outer is not None and outer.operator == "intend" and outer.entry is None


def _is_promised(chain: Chain, composed: Composed) -> bool:
    """CAMEO 03 is the promise, and that was made; "the planned summit" and "will meet" are still to come."""
    outer = chain.outer
    if composed.code == "036":
        is_said = outer is not None and "would" in syntax.modals(outer.token)
        return is_said or bool(chain.hints & {"promised", "offered", "ready"})
    is_told = outer is not None and (outer.entry is not None or syntax.is_verb(outer.token))
    return composed.code.startswith("01") or (is_told and composed.code.startswith("03"))


def _hangs_on(top: Token | None) -> bool:
    """ "will leave once the troops are there": a promise for later, if at all."""
    return top is not None and any(
        clause.dep_ == "advcl" and any(c.lower_ in AFTERWARDS for c in clause.lefts)
        for clause in top.children
    )


def _under_condition(chain: Chain) -> bool:
    """The act stands in the if-clause itself: "if Iran attacks ..."."""
    token = chain.top
    while token is not None:
        if syntax.is_verb(token) and any(
            c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether", "until", "till"}
            for c in token.children
        ):
            return True
        if syntax.is_verb(token) and syntax.is_inverted(token):
            return True
        if token.dep_ in {"ROOT", "ccomp", "relcl", "parataxis"} or token.head.i == token.i:
            return False
        token = token.head
    return False


def condition_clause(token: Token | None) -> Token | None:
    """The verb of the if- or unless-clause that hangs on the token or on a verb above it."""
    steps = 0
    while token is not None and steps < 6:
        if token.dep_ == "ccomp" and any(syntax.is_inverted_should(c) for c in token.head.children):
            return token.head
        for child in token.children:
            if child.dep_ in {"advcl", "ccomp", "conj"} and _is_condition(child):
                return child
            if child.dep_ in {"parataxis", "conj"} and child.i > token.i:
                behind = next((c for c in child.children if c.dep_ == "advcl" and _is_condition(c)), None)
                if behind is not None:
                    return behind
        if token.head.i == token.i:
            return None
        token, steps = token.head, steps + 1
    return None


def _is_condition(clause: Token) -> bool:
    for child in clause.children:
        if child.dep_ == "mark" and child.lower_ in {"if", "unless"}:
            return True
        if syntax.is_inverted_should(child):
            return True
    return False
