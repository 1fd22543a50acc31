"""The codebook's rules and the corpus in, the tables of `docs/codebook.md` out: one row per CAMEO code."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractors.errors import LexiconError
from extractors.events.corpus.read import CORPUS
from extractors.events.corpus.records import CorpusSentence, Split
from extractors.reference import CameoEvent, cameo_events, cameo_roots

RULES = CORPUS / "codebook.csv"
EXAMPLES = 2


@dataclass(frozen=True, slots=True)
class Rule:
    """What counts as the code and what, near as it looks, does not."""

    counts: str
    does_not: str


@cache
def load_rules(path: Path = RULES) -> Mapping[str, Rule]:
    """Rules by CAMEO code.

    Raises:
        LexiconError: an unknown code, a code given twice, or one without a rule of its own or its parent's.
    """
    rules: dict[str, Rule] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            code = row["cameo_code"]
            if code not in cameo_events() or code in rules or not row["counts"]:
                raise LexiconError(
                    f"code {code!r} is unknown, given twice or without a rule",
                    where=f"{path}:{number}",
                    next_step="keep one rule per code",
                )
            rules[code] = Rule(row["counts"], row["does_not"])
    without = [
        code for code, event in cameo_events().items() if code not in rules and event.parent not in rules
    ]
    if without:
        raise LexiconError(
            f"no rule for {without[0]}", where=str(path), next_step="add one for it or for its parent"
        )
    return rules


def tables(sentences: Iterable[CorpusSentence], rules: Mapping[str, Rule]) -> Iterator[str]:
    """Markdown: for each root a heading and a table of its codes."""
    counts, examples = _uses(sentences)
    for root in cameo_roots().values():
        yield f"## {root.root} {root.label}\n"
        yield "| code | label | what counts | what does not | in the corpus | such as |"
        yield "|---|---|---|---|---|---|"
        for event in cameo_events().values():
            if event.root == root.root:
                yield _row(event, rules, counts[event.code], examples[event.code])
        yield ""


def _row(event: CameoEvent, rules: Mapping[str, Rule], count: int, examples: list[str]) -> str:
    rule = rules.get(event.code) or Rule(f"as {event.parent}", "")
    cells = (event.code, event.label, rule.counts, rule.does_not, str(count), "; ".join(examples))
    return f"| {' | '.join(cells)} |"


def _uses(sentences: Iterable[CorpusSentence]) -> tuple[Counter[str], dict[str, list[str]]]:
    """How often each code is annotated, and where: training part, events that count, short texts first."""
    counts: Counter[str] = Counter()
    examples: dict[str, list[str]] = defaultdict(list)
    for sentence in sorted(sentences, key=lambda each: (len(each.text), each.id)):
        for event in sentence.events:
            counts[event.cameo_code] += 1
            found = examples[event.cameo_code]
            if sentence.split is Split.TRAIN and event.counts and len(found) < EXAMPLES:
                found.append(f"{sentence.id} “{event.trigger.text}”")
    return counts, examples
