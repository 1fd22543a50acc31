"""Tokens spent in, whether the run may ask on out; shared between processes through a file."""

from __future__ import annotations

import json
import threading
from pathlib import Path

from filelock import FileLock

from extractors.events.llm.errors import BudgetError


class Budget:
    """At most `limit` tokens a run. With a `ledger` the processes of one run share what they spent."""

    def __init__(self, limit: int, ledger: Path | None = None) -> None:
        self._limit = limit
        self._ledger = ledger
        self._spent = 0
        self._lock = threading.Lock()

    def check(self, needed: int) -> None:
        """Raises BudgetError when `needed` more tokens would go beyond the limit."""
        spent = self.spent
        if spent + needed > self._limit:
            raise BudgetError(
                f"the token budget is spent: {spent:,} of {self._limit:,}",
                where="llm_token_budget",
                next_step="run again to go on where this run stopped (answers are cached), or raise "
                "COMMUNIQUE_LLM_TOKEN_BUDGET",
            )

    def add(self, tokens: int) -> None:
        if self._ledger is None:
            with self._lock:
                self._spent += tokens
            return
        self._ledger.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{self._ledger}.lock"):
            self._ledger.write_text(json.dumps({"tokens": self._read() + tokens}))

    @property
    def spent(self) -> int:
        return self._spent if self._ledger is None else self._read()

    def _read(self) -> int:
        try:
            return int(json.loads(self._ledger.read_text())["tokens"]) if self._ledger else 0
        except (OSError, ValueError, KeyError, TypeError):
            return 0
