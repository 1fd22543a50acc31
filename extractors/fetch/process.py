"""A job in, the worker's files in a folder out: starts the worker, hears its progress, ends it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from extractors import errors
from extractors.errors import CommuniqueError, SourceError
from extractors.fetch.job import Job
from extractors.settings import PROJECT_ROOT

LOG = "fetch.log"
LOG_TAIL = 15


def run_worker(job: Job, folder: Path, on_progress: Callable[[int, int], None]) -> None:
    """Fetch the job's source into `folder`.

    Raises:
        SourceError, StageError: as the worker says; SourceError with the end of its log when it crashed.
    """
    problem: CommuniqueError | None = None
    with (folder / LOG).open("wb") as log:
        worker = _start(folder, log)
        watchdog = threading.Timer(job.deadline_seconds, worker.kill)
        watchdog.daemon = True
        watchdog.start()
        try:
            _tell(worker, job)
            for message in map(json.loads, worker.stdout or ()):
                if "error" in message:
                    problem = _as_error(message["error"])
                else:
                    on_progress(message["done"], message["total"])
            code = worker.wait()
        finally:
            watchdog.cancel()
            _end(worker)
    if problem or code:
        raise problem or _crash(job, code, folder / LOG)


def _start(folder: Path, log: Any) -> subprocess.Popen[bytes]:
    paths = [str(PROJECT_ROOT), os.environ.get("PYTHONPATH", "")]
    return subprocess.Popen(
        [sys.executable, "-m", "extractors.fetch.worker", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
    )


def _tell(worker: subprocess.Popen[bytes], job: Job) -> None:
    """Send the job and leave stdin open: the worker ends when we are gone."""
    if worker.stdin:
        try:
            worker.stdin.write(job.model_dump_json().encode() + b"\n")
            worker.stdin.flush()
        except BrokenPipeError:  # it died at once; its exit code and log say why
            return


def _end(worker: subprocess.Popen[bytes]) -> None:
    if worker.poll() is None:
        worker.kill()
        worker.wait()
    for pipe in (worker.stdin, worker.stdout):
        if pipe:
            try:
                pipe.close()
            except BrokenPipeError:
                continue


def _as_error(parts: list[str]) -> CommuniqueError:
    kind, what, where, next_step = parts
    error: CommuniqueError = getattr(errors, kind)(what, where=where, next_step=next_step)
    return error


def _crash(job: Job, code: int, log: Path) -> SourceError:
    tail = "\n    ".join(log.read_text(errors="replace").splitlines()[-LOG_TAIL:])
    return SourceError(
        f"the fetch worker ended with code {code}; the end of its log:\n    {tail}",
        where=job.source.name,
        next_step="run the night again; if it ends the same way, report the log above",
    )
