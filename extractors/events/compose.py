"""Operators over an act in, the CAMEO code out, by composition.csv: threaten ∘ (halt ∘ negotiate) = 134."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.events.lexicon import Composition, Lexicon

OPEN_TO = "014"  # "refused to rule out a blockade": it is weighed
CONSTANT = {"praise": "051", "condemn": "111", "deny": "016"}
# Inside another operator these leave the act what it is ("rejected a demand to withdraw") ...
TRANSPARENT = frozenset({"intend", "appeal", "demand", "done", "deny", "accuse", "decide"})
# ... and these turn it round ("threatened to refuse to meet").
TURNING = frozenset({"halt", "refuse", "fail"})
AS_ACT = {"threaten": "threat", "condemn": "criticism", "praise": "praise"}
FAILED = {"accord": "fail_to_agree", "settle": "fail_to_agree", "cooperate": "fail_to_agree"}


@dataclass(frozen=True, slots=True)
class Composed:
    """`act` is the class of the innermost act after what was done to it; `operator` the outermost."""

    code: str
    act: str
    operator: str
    path: str
    row: Composition


def compose(act: str, operators: Sequence[str], lexicon: Lexicon) -> Composed:
    """`operators` from the inside out. Intentions to do something hostile are threats (CAMEO 13)."""
    table = lexicon.composition
    current, path = act, act
    *inner, outer = collapse(operators) or ["done"]
    for operator, above in zip(inner, [*inner, outer][1:], strict=True):
        path = f"({operator} ∘ {path})"
        is_dropped = operator == "demand" and above == "halt"
        current = operator if is_dropped else _inside(operator, current, lexicon)
    path = path if outer == "done" else f"{outer} ∘ {path}"
    if outer == "decide":
        settled = table[current].is_hostile or table[current].family == "concession"
        outer = "done" if settled else "intend"
    if outer in TURNING - {"refuse"}:
        current, outer = _turned(outer, current, lexicon), "done"
    row = table[current]
    if outer == "refuse" and (inner[-1:] == ["refuse"] or act == "refusal"):
        code = OPEN_TO
    elif outer in CONSTANT or (outer == "refuse" and "accuse" in inner):
        code = CONSTANT.get(outer, CONSTANT["deny"])
    else:
        code = row.codes["threaten" if outer == "intend" and _is_threat(row) else outer]
    return Composed(code, current, outer, f"{path} = {code}", row)


def _is_threat(row: Composition) -> bool:
    """Harm announced; an inquiry announced is begun."""
    return row.is_hostile and row.codes["intend"] != row.codes["done"]


def collapse(operators: Sequence[str]) -> list[str]:
    """Drop what adds nothing: "will" over any speech act ("will demand" = demand), and doubled intentions."""
    kept: list[str] = []
    for operator in operators:
        if operator == "done" or (operator == "intend" and kept and kept[-1] not in TURNING - {"refuse"}):
            continue
        kept.append(operator)
    return kept


def _inside(operator: str, act: str, lexicon: Lexicon) -> str:
    if operator in TURNING:
        return _turned(operator, act, lexicon)
    return AS_ACT.get(operator, act)


def _turned(operator: str, act: str, lexicon: Lexicon) -> str:
    if operator == "fail":
        return FAILED.get(act, act)
    return lexicon.composition[act].halted
