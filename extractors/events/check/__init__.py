"""The lexicon's data files in, what is wrong with them out: file, line, field, and what to do about it."""

from extractors.events.check.files import check_files, lexicon_files
from extractors.events.check.firing import check_entry
from extractors.events.check.problem import Problem
from extractors.events.check.run import check_lexicon

__all__ = ["Problem", "check_entry", "check_files", "check_lexicon", "lexicon_files"]
