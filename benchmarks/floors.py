"""Figures of the coder in, the floors below which the build fails out: tests/events/floors.yml.

    python benchmarks/floors.py                                   what is measured against each floor
    python benchmarks/floors.py --raise                           raise every floor to what is reached
    python benchmarks/floors.py --lower "SET: FIGURE" --reason "why"   lower one floor to what is reached

A floor lies SLACK below what was measured. Raising never lowers one. A set whose digest has changed has other
sentences: its floors are measured anew, under --lower "SET: all" and a reason.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.measure import digest, measure, present  # noqa: E402
from extractors.events.coder import Coder  # noqa: E402

FLOORS = ROOT / "tests" / "events" / "floors.yml"
SLACK = 0.005  # other machines round otherwise
HEAD = "# Accuracy below which the build fails. Written by benchmarks/floors.py; do not edit by hand.\n"


def read_floors(path: Path = FLOORS) -> dict[str, Any]:
    """`sets` by name, each with `digest` and `floors`; `lowered`, what was lowered and why."""
    if not path.exists():
        return {"sets": {}, "lowered": []}
    floors: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return floors


def below(floors: Mapping[str, float], reached: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Figure → what is reached and its floor, where it is not held. What is not measured any more fails."""
    return {
        name: (reached.get(name, 0.0), floor)
        for name, floor in floors.items()
        if reached.get(name, 0.0) < floor - 1e-9
    }


def raised(floors: Mapping[str, float], reached: Mapping[str, float]) -> dict[str, float]:
    """Each floor as high as what is reached allows, none lower than it was."""
    names = dict.fromkeys([*floors, *reached])
    return {name: max(floors.get(name, 0.0), _floor_of(reached.get(name, 0.0))) for name in names}


def lowered(
    all_floors: Mapping[str, Any],
    name: str,
    figure: str,
    reached: Mapping[str, float],
    *,
    reason: str,
    mark: str,
) -> dict[str, Any]:
    """With one floor (or `all` of a set) at what is reached, and the reason on record."""
    if not reason.strip():
        raise SystemExit('a floor is lowered with a reason: --reason "..."')
    own = all_floors["sets"].get(name, {"floors": {}})["floors"]
    if figure != "all" and figure not in own:
        raise SystemExit(f"{name} has no floor {figure!r}; it has {', '.join(own) or 'none'}")
    changed = (
        {f: _floor_of(v) for f, v in reached.items()}
        if figure == "all"
        else {figure: _floor_of(reached.get(figure, 0.0))}
    )
    before = {f: own[f] for f in changed if f in own and own[f] > changed[f]}
    note = {"set": name, "from": before, "to": {f: changed[f] for f in before}, "reason": reason}
    kept = {} if figure == "all" else own
    sets = all_floors["sets"] | {name: {"digest": mark, "floors": kept | changed}}
    return {"sets": sets, "lowered": [*all_floors["lowered"], note]}


def _floor_of(value: float) -> float:
    return max(int((value - SLACK) * 1000) / 1000, 0.0)


def write_floors(floors: Mapping[str, Any], path: Path = FLOORS) -> None:
    text = yaml.safe_dump(dict(floors), sort_keys=False, allow_unicode=True, width=110)
    path.write_text(HEAD + text, encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--raise", dest="is_raising", action="store_true")
    options.add_argument("--lower", metavar="SET: FIGURE")
    options.add_argument("--reason", default="")
    given = options.parse_args()
    wanted, _, figure = (part.strip() for part in (given.lower or "").partition(":"))
    floors, coder = read_floors(), Coder()
    for name in [wanted] if wanted else present():
        reached, mark = measure(name, coder), digest(name)
        own = floors["sets"].get(name, {"digest": mark, "floors": {}})
        if wanted:
            floors = lowered(floors, name, figure, reached, reason=given.reason, mark=mark)
        elif own["digest"] != mark:
            raise SystemExit(f'{name} has other sentences now: --lower "{name}: all" --reason "..."')
        elif given.is_raising:
            floors["sets"][name] = {"digest": mark, "floors": raised(own["floors"], reached)}
        for figure_name, value in reached.items():
            floor = own["floors"].get(figure_name)
            sys.stdout.write(f"{name}: {figure_name:45s} {value:.3f}  floor {floor}\n")
    if given.is_raising or wanted:
        write_floors(floors)


if __name__ == "__main__":
    main()
