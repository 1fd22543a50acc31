"""A word and the code that the judge reads there in, a candidate as the grammar would propose it out."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from extractors.events.candidates import Candidate
from extractors.events.chains import build_chain
from extractors.events.compose import Composed
from extractors.events.lexicon import Composition, Entry, load_lexicon
from extractors.events.matches import Match
from extractors.events.patterns import Constraint
from extractors.events.roles import find_roles

if TYPE_CHECKING:
    from spacy.tokens import Token

OPERATORS = ("done", "intend", "appeal", "demand", "refuse", "threaten", "accuse")
# Where to look for whom it is done to, likeliest first; the object alone where it is a person's or a state's.
SLOTS = {
    "02": ("obj", "dative", "on", "to", "from", "for"),
    "03": ("to", "with", "dative", "for", "obj", "in"),
    "04": ("obj", "with", "to", "in", "between", "from"),
    "05": ("obj", "with", "to", "for", "of", "in"),
    "06": ("with", "to", "obj", "in", "for", "from"),
    "07": ("dative", "to", "obj", "for", "in"),
    "08": ("to", "for", "dative", "obj", "from", "with", "in", "of"),
    "10": ("obj", "dative", "from", "to", "of", "on"),
    "13": ("obj", "dative", "against", "to", "with", "on", "from", "of"),
    "14": ("against", "at", "obj", "outside", "in", "over", "with"),
    "15": ("against", "to", "in", "near", "at", "along", "on", "off", "over"),
    "16": ("on", "against", "from", "with", "to", "obj", "of", "in"),
}  # fmt: skip
OTHERWISE = ("obj", "dative", "on", "against", "to", "with", "of", "in", "at", "from", "for", "into")
ROLELESS = Constraint()
TRYING = frozenset({"attempt", "seek", "try", "want", "wish"})
MARK, THREAT = "judge", "13"


def candidate_at(token: Token, code: str) -> Candidate | None:
    """None for a code that no act of the lexicon has."""
    found = _readings().get(code)
    if found is None:
        return None
    act, operator = found
    lexicon = load_lexicon()
    chain = build_chain(Match(_entry(code[:2], act), token, None, 0), {}, lexicon)
    chain.held = []
    composed = Composed(code, act, operator, f"{MARK} = {code}", lexicon.composition[act])
    return Candidate(chain, composed, find_roles(chain))


def corrected(candidate: Candidate, code: str) -> Candidate | None:
    """The grammar's candidate with its words and roles under another code; None where no act has it.

    What is of a family, or would become so, and what another word holds, is left to the grammar.
    """
    act, operator = _readings().get(code, ("", ""))
    row = load_lexicon().composition.get(act)
    old = candidate.composed
    if row is None or row.family or old.row.family or code[:2] == THREAT or old.code[:2] == THREAT:
        return None
    if candidate.trigger.i != candidate.chain.act.token.i:
        return None
    path = f"{MARK} = {code}, not {old.path}"
    return replace(candidate, composed=Composed(code, act, operator, path, row))


def is_attempt(token: Token) -> bool:
    """ "sought to avoid a row": only tried, and what was tried has a word of its own."""
    return token.lemma_.lower() in TRYING and any(child.dep_ == "xcomp" for child in token.children)


def is_own(candidate: Candidate) -> bool:
    """Whether its code is the judge's, not the grammar's."""
    return candidate.composed.path.startswith(f"{MARK} = ")


@cache
def _entry(root: str, act: str) -> Entry:
    return Entry(
        id=f"{MARK}.{root}", kind="act", act=act, words=(), takes=frozenset(),
        target=SLOTS.get(root, OTHERWISE), source="subj",
        object=ROLELESS, not_object=ROLELESS, subject=ROLELESS, not_subject=ROLELESS,
        modifier=frozenset(), not_modifier=frozenset(), near=frozenset(), not_near=frozenset(),
        options={}, example="", near_miss="",
    )  # fmt: skip


@cache
def _readings() -> dict[str, tuple[str, str]]:
    """Code → the act and operator that have it: what is done before what is only spoken of."""
    found: dict[str, tuple[str, str]] = {}
    rows = load_lexicon().composition
    for operator in OPERATORS:
        for act, row in sorted(rows.items(), key=lambda item: (_is_special(item[1]), item[0])):
            if row.family != "military_exercise":
                found.setdefault(row.codes[operator], (act, operator))
    return found


def _is_special(row: Composition) -> bool:
    """An exercise that is stopped is not what "de-escalated" means."""
    return row.act in {"stop_exercise", "freeze_programme", "cyber_attack", "espionage", "misdeed"}
