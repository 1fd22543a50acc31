"""The setting `coder` in, what codes articles out: the grammar, or a language model with the same record."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Protocol, TypeVar

from extractors.errors import CodingError
from extractors.records import CodeInput, Event
from extractors.settings import Settings

Coded = tuple[Event, ...]
T = TypeVar("T")


class ArticleCoder(Protocol):
    """Codes one article after the other. May have `concurrency`: how many at the same time."""

    def code_one(self, item: CodeInput) -> Coded:
        """Raises CodingError where this article cannot be coded."""
        ...


def make_coder(settings: Settings, *, ledger: Path | None = None) -> ArticleCoder:
    """The coder that the settings name. `ledger` counts the tokens that a run's processes spend together."""
    if settings.coder == "llm":
        from extractors.events.llm import LlmCoder

        return LlmCoder(settings, ledger=ledger)
    from extractors.events.coder import Coder

    return Coder(settings.spacy_model)


def code_all(
    coder: ArticleCoder, articles: Iterable[T], item_of: Callable[[T], CodeInput]
) -> Iterator[tuple[T, Coded | CodingError]]:
    """Every article with its events, or why it has none, in order."""
    at_once = getattr(coder, "concurrency", 1)
    if at_once == 1:
        yield from ((article, _coded(coder, item_of(article))) for article in articles)
        return
    with ThreadPoolExecutor(at_once) as pool:
        waiting: deque[tuple[T, Future[Coded | CodingError]]] = deque()
        for article in articles:
            waiting.append((article, pool.submit(_coded, coder, item_of(article))))
            if len(waiting) > at_once:
                done, future = waiting.popleft()
                yield done, future.result()
        for article, future in waiting:
            yield article, future.result()


def _coded(coder: ArticleCoder, item: CodeInput) -> Coded | CodingError:
    try:
        return coder.code_one(item)
    except CodingError as error:
        return error
