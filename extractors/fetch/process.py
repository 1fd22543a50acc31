"""A batch in, the worker's messages out: starts the worker, hears it, ends it; isolates what crashes it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from extractors import errors
from extractors.errors import CommuniqueError, SourceError
from extractors.fetch.job import Batch
from extractors.settings import PROJECT_ROOT

WORKER = (sys.executable, "-m", "extractors.fetch.worker")
LOG_TAIL = 15
SILENCE_SECONDS = 120.0  # the worker's heart beats every two seconds unless it is stuck
Message = dict[str, Any]


def run_batch(batch: Batch, log: Path, hear: Callable[[Message], None]) -> None:
    """Run the batch in a worker; when that crashes, its unfinished halves in one each, and so on.

    What a worker had stored before is not asked for again. The one source that crashes its worker even
    alone ends with a SourceError, as a message like those of the worker; so do all of them when the
    worker cannot so much as begin.
    """
    open_names = {job.source.name for job in batch.jobs}
    has_begun = False

    def listen(message: Message) -> None:
        nonlocal has_begun
        has_begun = True
        if "finished" in message or "error" in message:
            open_names.discard(message["source"])
        if "source" in message:
            hear(message)

    code = _run_worker(batch, log, listen)
    left = tuple(job for job in batch.jobs if job.source.name in open_names)
    if has_begun and len(batch.jobs) > 1:
        middle = (len(left) + 1) // 2
        for part in filter(None, (left[:middle], left[middle:])):
            run_batch(batch.model_copy(update={"jobs": part}), log, hear)
        return
    for job in left:
        hear({"source": job.source.name, "error": _crash(job.source.name, code, log)})


def as_error(parts: list[str]) -> CommuniqueError:
    """The error that a message tells of."""
    kind, what, where, next_step = parts
    error: CommuniqueError = getattr(errors, kind)(what, where=where, next_step=next_step)
    return error


def _run_worker(batch: Batch, log: Path, hear: Callable[[Message], None]) -> int:
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as stream:
        worker = _start(stream)
        try:
            _tell(worker, batch)
            for message in _messages(worker):
                hear(message)
            return worker.wait()
        finally:
            _end(worker)


def _messages(worker: subprocess.Popen[bytes]) -> Iterator[Message]:
    """What the worker says of its sources, until it ends; it is ended when it falls silent."""
    heard = [monotonic()]
    watchdog = threading.Thread(target=_watch, args=(worker, heard), daemon=True)
    watchdog.start()
    for line in worker.stdout or ():
        heard[0] = monotonic()
        with suppress(ValueError):  # the half line of a killed worker
            yield json.loads(line)
        heard[0] = monotonic()


def _watch(worker: subprocess.Popen[bytes], heard: list[float]) -> None:
    while worker.poll() is None:
        if monotonic() - heard[0] > SILENCE_SECONDS:
            worker.kill()
        sleep(1.0)


def _start(log: Any) -> subprocess.Popen[bytes]:
    paths = [str(PROJECT_ROOT), os.environ.get("PYTHONPATH", "")]
    return subprocess.Popen(
        WORKER,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
    )


def _tell(worker: subprocess.Popen[bytes], batch: Batch) -> None:
    """Send the batch and leave stdin open: the worker ends when we are gone."""
    if worker.stdin:
        with suppress(BrokenPipeError):  # it died at once; its exit code and log say why
            worker.stdin.write(batch.model_dump_json().encode() + b"\n")
            worker.stdin.flush()


def _end(worker: subprocess.Popen[bytes]) -> None:
    if worker.poll() is None:
        worker.kill()
        worker.wait()
    for pipe in (worker.stdin, worker.stdout):
        if pipe:
            with suppress(BrokenPipeError):
                pipe.close()


def _crash(name: str, code: int, log: Path) -> list[str]:
    tail = "\n    ".join(log.read_text(errors="replace").splitlines()[-LOG_TAIL:])
    what = f"the fetch worker ended with code {code}; the end of its log:\n    {tail}"
    next_step = "run the night again, it goes on from there; if it ends the same way, report the log above"
    return [SourceError.__name__, what, name, next_step]
