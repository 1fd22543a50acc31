"""dbt's arguments into a run of dbt in this process: nodes that finish, warnings and errors as lines of JSON.

dbt's own JSON log renders some twenty events a node, nearly all of them only to drop them. The process ends
when its stdin is closed: it does not hold the build file longer than the run that started it.
"""

from __future__ import annotations

import gc
import json
import sys
from typing import Any

from extractors.orphans import leave_with_stdin

FINISHED = frozenset({"LogModelResult", "LogSeedResult", "LogTestResult", "LogNodeResult"})
TOLD = frozenset({"warn", "error"})


def main(arguments: list[str]) -> int:
    """Run dbt; returns its exit code."""
    leave_with_stdin()
    gc.disable()  # the process is short, and the manifest that the collector would walk stays to its end
    from dbt.cli.main import dbtRunner

    result = dbtRunner(callbacks=[_report]).invoke(["--log-level", "none", *arguments])
    if result.exception is not None:
        _write({"problem": str(result.exception)})
        return 2
    return 0 if result.success else 1


def _report(event: Any) -> None:
    if event.info.name in FINISHED:
        data = event.data
        total = getattr(data, "total", 0) or getattr(data, "num_models", 0) or data.index
        _write({"done": data.index, "total": total})
    if event.info.level in TOLD:
        _write({"problem": event.info.msg})


def _write(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
