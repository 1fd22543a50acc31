"""A child process in, one that ends with its parent out: a killed run leaves nobody writing behind it."""

from __future__ import annotations

import multiprocessing
import os
import threading

EXIT_CODE = 70  # EX_SOFTWARE of sysexits.h; nobody is left to read it


def leave_with_stdin() -> None:
    """In a child whose parent holds the other end of its stdin open: end when that closes."""
    threading.Thread(target=_wait_for_stdin, daemon=True).start()


def leave_with_parent() -> None:
    """In a worker of a spawned `multiprocessing` pool, as its initializer: end when the parent does.

    Such a pool's workers hold its queue open for each other, so that none of them sees it close.
    """
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_stdin() -> None:
    # Not sys.stdin: a thread that holds its buffer makes the interpreter abort at shutdown.
    while os.read(0, 4096):
        pass
    os._exit(EXIT_CODE)


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(EXIT_CODE)
