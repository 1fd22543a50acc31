"""What can go wrong with one article, or with the endpoint as a whole."""

from __future__ import annotations

from extractors.errors import CodingError


class RefusedError(CodingError):
    """The endpoint will answer no request: wrong key, unknown model, nothing listening."""

    is_final = True


class TruncatedError(CodingError):
    """The answer or the question was too long for the model; a shorter text may do."""


class BudgetError(CodingError):
    """The run's token budget is spent."""
