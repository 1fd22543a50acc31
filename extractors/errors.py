"""Errors that a user or the engineer on call will read: what is wrong, where, and what to do next."""

from __future__ import annotations


class CommuniqueError(Exception):
    """Base of the package's errors.

    `what` names the wrong value, `where` the file, line, URL or stage, `next_step` what the reader can do.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", next_step: str = "") -> None:
        self.what = what
        self.where = where
        self.next_step = next_step
        super().__init__(self._message())

    def _message(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}\n  next: {self.next_step}" if self.next_step else head

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.what, self.where, self.next_step))


def _rebuild(kind: type[CommuniqueError], what: str, where: str, next_step: str) -> CommuniqueError:
    return kind(what, where=where, next_step=next_step)


class SettingsError(CommuniqueError):
    """Settings or a sources file that cannot be read or do not fit their schema."""

    exit_code = 2


class SourceError(CommuniqueError):
    """A source that could not be read at all (feed down, folder missing)."""

    exit_code = 3


class BusyError(CommuniqueError):
    """Another process holds the home folder."""

    exit_code = 4


class LexiconError(CommuniqueError):
    """Linguistic or reference data that does not fit its schema."""

    exit_code = 5


class StageError(CommuniqueError):
    """A stage of the night's run that could not do its work."""

    exit_code = 6


class CodingError(CommuniqueError):
    """An article that could not be coded; the others go on, unless `is_final`."""

    exit_code = 8
    is_final = False


class GateError(StageError):
    """A data check that failed: the snapshot of the night before stays in place."""

    exit_code = 7
