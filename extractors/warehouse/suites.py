"""A suite and a data frame into findings: which expectations failed, on which rows, and what follows."""

from __future__ import annotations

import json
import os
import shutil
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.warehouse.limits import EXPECTATIONS

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
    from great_expectations.data_context.data_context.file_data_context import FileDataContext

UNCOMMITTED = "uncommitted"


class Consequence(StrEnum):
    """What a failed expectation leads to; each expectation of a suite names its own."""

    QUARANTINE = "quarantine"  # the rows are held back
    STOP = "stop"  # nothing is published
    WARN = "warn"  # it is reported


@dataclass(frozen=True, slots=True)
class Finding:
    """One failed expectation. `rows` are positions in the data frame; `hint` a reason or a next step."""

    suite: str
    expectation: str
    consequence: Consequence
    statement: str
    hint: str
    observed: str
    limit: str
    rows: tuple[int, ...]

    @property
    def name(self) -> str:
        return f"{self.suite}.{self.expectation}"

    def __str__(self) -> str:
        limit = f" (limit: {self.limit})" if self.limit else ""
        return f"{self.name}: {self.observed}{limit}; expected: {self.statement}"


def read_suite(name: str) -> dict[str, Any]:
    """A suite as it is committed."""
    content: dict[str, Any] = json.loads(
        (EXPECTATIONS / "suites" / f"{name}.json").read_text(encoding="utf-8")
    )
    return content


def unreadable(suite: str, message: str) -> Finding:
    """The finding of a batch that cannot be read at all: a table or a column of it is gone."""
    return Finding(
        suite=suite,
        expectation="batch_readable",
        consequence=Consequence.STOP,
        statement="the tables and columns that the suite looks at are there",
        hint="build the models again with full refresh; the suite and the model must be of one version",
        observed=message.splitlines()[0],
        limit="",
        rows=(),
    )


class SuiteRunner:
    """The committed Great Expectations context, copied to `folder` so that results stay out of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._context = _open_context(folder)
        self.evaluated = 0

    def run(self, suite: str, frame: pd.DataFrame, parameters: Mapping[str, Any]) -> tuple[Finding, ...]:
        """What fails in the frame. An expectation that could not be evaluated stops the night."""
        from great_expectations import ValidationDefinition

        source: Any = self._context.data_sources.get("warehouse")
        batch = source.add_dataframe_asset(suite).add_batch_definition_whole_dataframe("rows")
        definition = self._context.validation_definitions.add(
            ValidationDefinition(name=suite, data=batch, suite=self._context.suites.get(suite))
        )
        result = definition.run(
            batch_parameters={"dataframe": frame},
            expectation_parameters=dict(parameters),
            result_format={"result_format": "COMPLETE"},
        )
        self.evaluated += len(result.results)
        return tuple(_findings(suite, result))

    def build_docs(self) -> Path:
        """Data Docs of what was run; the path of their first page."""
        self._context.build_data_docs()
        return self._folder / UNCOMMITTED / "data_docs" / "index.html"


def _open_context(folder: Path) -> FileDataContext:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(EXPECTATIONS, folder, ignore=shutil.ignore_patterns(UNCOMMITTED))
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own imports
        import great_expectations

    return great_expectations.get_context(mode="file", context_root_dir=folder)


def _findings(suite: str, result: ExpectationSuiteValidationResult) -> Iterator[Finding]:
    for each in result.results:
        if not each.success:
            yield _finding(suite, each)


def _finding(suite: str, result: ExpectationValidationResult) -> Finding:
    configuration: Any = result.expectation_config
    meta = configuration.meta
    crash = _crash(result)
    return Finding(
        suite=suite,
        expectation=meta["name"],
        consequence=Consequence.STOP if crash else Consequence(meta["consequence"]),
        statement=configuration.description or "",
        hint=meta.get("reason") or meta.get("next_step") or "",
        observed=crash or _observed(result.result),
        limit=_limit(configuration.kwargs),
        rows=tuple(result.result.get("unexpected_index_list") or ()),
    )


def _crash(result: ExpectationValidationResult) -> str | None:
    """What the evaluation itself died of. Great Expectations has it flat or one level down, per metric."""
    info = result.exception_info or {}
    parts = [info] if "raised_exception" in info else list(info.values())
    messages = [part["exception_message"] for part in parts if part.get("raised_exception")]
    return f"could not be evaluated: {messages[0]}" if messages else None


def _observed(result: Mapping[str, Any]) -> str:
    if "observed_value" in result:
        return str(result["observed_value"])
    values = [value for value in result.get("partial_unexpected_list") or () if _tells(value)]
    count, total = result.get("unexpected_count", 0), result.get("element_count", 0)
    if total == 1 and values:
        return _short(values[0])
    shown = ", ".join(dict.fromkeys(_short(value) for value in values[:5]))
    return f"{count} of {total} rows" + (f", such as {shown}" if shown else "")


def _tells(value: object) -> bool:
    """Whether the value says more than that the expectation failed."""
    return value is not None and not isinstance(value, bool)


def _short(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)[:80]


def _limit(kwargs: Mapping[str, Any]) -> str:
    least, most = kwargs.get("min_value"), kwargs.get("max_value")
    parts = [
        f"at least {least:g}" if least is not None else "",
        f"at most {most:g}" if most is not None else "",
    ]
    return " and ".join(part for part in parts if part)
