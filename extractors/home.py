"""The home folder: where each part of a run lies, how files get there whole, and who may write."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from extractors.errors import BusyError


@dataclass(frozen=True)
class Home:
    """Paths under `COMMUNIQUE_HOME`. `night` is the UTC day whose news a run reads.

    warc/night=D/SOURCE/{pages.warc.gz,manifest.jsonl}   what fetch saw
    landing/articles/night=D/*.parquet                   what parse made of it
    landing/fetches/night=D/*.parquet                    what became of each URL
    landing/mentions/night=D/*.parquet                   what the coder found
    landing/fetches/night=D/*.parquet                    what was asked for, and what came of it
    warehouse/build.duckdb                               the one file that load and dbt write
    published/                                           what readers open
    runs/night=D/                                        progress and stage reports
    """

    root: Path

    def warc_night(self, night: date) -> Path:
        return self.root / "warc" / f"night={night}"

    def warc(self, night: date, source: str) -> Path:
        return self.warc_night(night) / source

    def articles(self, night: date) -> Path:
        return self.root / "landing" / "articles" / f"night={night}"

    def fetches(self, night: date) -> Path:
        return self.root / "landing" / "fetches" / f"night={night}"

    def mentions(self, night: date) -> Path:
        return self.root / "landing" / "mentions" / f"night={night}"

    def run(self, night: date) -> Path:
        return self.root / "runs" / f"night={night}"

    @property
    def build_database(self) -> Path:
        return self.root / "warehouse" / "build.duckdb"

    @property
    def published(self) -> Path:
        return self.root / "published"

    @property
    def snapshot(self) -> Path:
        return self.published / "communique.duckdb"

    @contextmanager
    def lock(self, *, purpose: str, wait_seconds: float, on_wait: Callable[[str], None]) -> Iterator[None]:
        """Hold the home folder for one writer; re-entrant within the process that holds it.

        Raises:
            BusyError: another process still holds it after `wait_seconds`.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.root / "writer.lock", is_singleton=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            on_wait(f"{self.root} is held by {self._owner()}; waiting up to {wait_seconds:.0f} s")
            try:
                lock.acquire(timeout=wait_seconds)
            except Timeout:
                raise BusyError(
                    f"held by {self._owner()} for longer than {wait_seconds:.0f} s",
                    where=str(self.root),
                    next_step="wait for that run, or stop it, then run again; nothing was changed",
                ) from None
        try:
            owner = {"pid": os.getpid(), "purpose": purpose}
            write_atomically(self._owner_file, lambda path: path.write_text(json.dumps(owner)))
            yield
        finally:
            lock.release()

    @property
    def _owner_file(self) -> Path:
        return self.root / "writer.json"

    def _owner(self) -> str:
        try:
            owner = json.loads(self._owner_file.read_text())
        except (OSError, ValueError):
            return "another process"
        return f"process {owner['pid']} ({owner['purpose']})"


def write_atomically(target: Path, write: Callable[[Path], object]) -> Path:
    """Let `write` fill a temporary file or folder beside `target`, then rename it into place.

    A file replaces what stood there. A folder is set aside and replaced, so that a reader finds the
    old or the new one; what a killed writer left behind is removed by the next.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    for left in target.parent.glob(f".{target.name}.*.tmp"):
        if not _is_alive(int(left.name.removeprefix(f".{target.name}.").split(".")[0])):
            _remove(left)
    try:
        write(temporary)
        if target.is_dir():
            aside = target.with_name(f".{target.name}.{os.getpid()}.old.tmp")
            target.rename(aside)
            temporary.rename(target)
            _remove(aside)
        else:
            temporary.replace(target)
    except BaseException:
        _remove(temporary)
        raise
    return target


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid != os.getpid()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
