"""A whole night in one process tree, without Airflow: the same stages in the same order as the DAG."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context

from extractors.errors import SourceError
from extractors.orphans import leave_with_parent
from extractors.pipeline import stages
from extractors.pipeline.stages import Run


def run_night(run: Run, *, replay: bool = False) -> None:
    """Run every stage of the night; `replay` leaves the network alone and works on the WARC files there.

    Raises:
        CommuniqueError: the first stage that failed; what it could not finish is done by running again.
    """
    with stages.hold_home(run, f"communique run --night {run.night}"):
        names = stages.begin(run)
        if not replay:
            with suppress(SourceError):  # told in the journal; parse stops the night when no source is left
                stages.fetch(run, names)
        code_all(run, stages.parse(run))
        stages.load(run)
        stages.check_raw(run)
        model_and_publish(run)


def model_and_publish(run: Run) -> None:
    """From checked raw tables to the published snapshot."""
    stages.build(run)
    stages.check_marts(run)
    stages.publish(run)


def code_all(run: Run, batches: list[str]) -> None:
    """Code the batches on as many processes as the settings allow; a language model is asked by one."""
    workers = min(run.settings.processes if run.settings.coder == "grammar" else 1, len(batches))
    if workers < 2:
        for batch in batches:
            stages.code(run, batch)
        return
    # spawned, not forked: a forked worker would keep the home folder's lock after its parent was killed
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=leave_with_parent) as pool:
        for done in [pool.submit(stages.code, run, batch) for batch in batches]:
            done.result()
