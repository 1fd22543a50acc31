"""Files get to their place whole, and one process at a time may write."""

from __future__ import annotations

import multiprocessing
import os
import time
from pathlib import Path

import pytest

from extractors.errors import BusyError
from extractors.home import Home, write_atomically


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "report.json"
    write_atomically(target, lambda path: path.write_text("one"))
    write_atomically(target, lambda path: path.write_text("two"))
    assert target.read_text() == "two"
    assert _names(target.parent) == ["report.json"]


def test_a_folder_is_replaced_in_one_step(tmp_path: Path) -> None:
    def fill(names: tuple[str, ...]):
        def write(path: Path) -> None:
            path.mkdir()
            for name in names:
                (path / name).write_text(name)

        return write

    target = tmp_path / "pages"
    write_atomically(target, fill(("a", "b")))
    write_atomically(target, fill(("c",)))
    assert _names(target) == ["c"]
    assert _names(tmp_path) == ["pages"]


def test_a_failed_writer_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_text("old")

    def fail(path: Path) -> None:
        path.write_text("half")
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        write_atomically(target, fail)
    assert target.read_text() == "old"
    assert _names(tmp_path) == ["report.json"]


def test_what_a_killed_writer_left_is_removed(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=os.getpid)
    process.start()
    process.join()
    (tmp_path / f".report.json.{process.pid}.tmp").write_text("half")
    write_atomically(tmp_path / "report.json", lambda path: path.write_text("whole"))
    assert _names(tmp_path) == ["report.json"]


def _hold(root: Path, seconds: float, held) -> None:
    with Home(root).lock(purpose="holder", wait_seconds=0, on_wait=lambda _: None):
        held.set()
        time.sleep(seconds)


def test_a_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held = context.Event()
    holder = context.Process(target=_hold, args=(tmp_path, 1.0, held))
    holder.start()
    held.wait(30)
    told: list[str] = []
    with Home(tmp_path).lock(purpose="second", wait_seconds=30, on_wait=told.append):
        assert f"process {holder.pid} (holder)" in told[0]
    holder.join()


def test_a_second_writer_says_why_it_cannot_write(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held = context.Event()
    holder = context.Process(target=_hold, args=(tmp_path, 30.0, held))
    holder.start()
    held.wait(30)
    try:
        with (
            pytest.raises(BusyError, match=rf"held by process {holder.pid} \(holder\)"),
            Home(tmp_path).lock(purpose="second", wait_seconds=0.2, on_wait=lambda _: None),
        ):
            pass
    finally:
        holder.kill()
        holder.join()
    with Home(tmp_path).lock(purpose="third", wait_seconds=5, on_wait=lambda _: None):
        pass


def test_the_lock_is_reentrant(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with (
        home.lock(purpose="run", wait_seconds=0, on_wait=lambda _: None),
        home.lock(purpose="stage", wait_seconds=0, on_wait=lambda _: None),
    ):
        pass
