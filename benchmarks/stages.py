"""A coder in, a stopwatch out that tells how its time divides between the stages of the work."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from extractors.events import coder as module
from extractors.events.assemble import Assembler
from extractors.events.coder import Coder

# Stage and the function that does it; time within an inner stage counts there only.
FUNCTIONS: tuple[tuple[str, Any, str], ...] = (
    ("names of exercises", module, "names_told"),
    ("pre-filter", Coder, "_is_worth_parsing"),
    ("grammar", module, "find_references"),
    ("grammar", module, "find_candidates"),
    ("assemble", Assembler, "add"),
    ("assemble", Assembler, "events"),
)
OTHER = "split, and the rest"


class Stopwatch:
    """Times the stages of everything that this process codes from now on."""

    def __init__(self, coder: Coder) -> None:
        self._seconds: Counter[str] = Counter()
        self._inner: list[float] = []
        self._started = time.process_time()
        for stage, owner, name in FUNCTIONS:
            setattr(owner, name, self._timed(stage, getattr(owner, name)))
        self._watch_article(coder)
        self._watch_model(coder)

    def shares(self) -> dict[str, float]:
        """By stage, the largest first."""
        total = time.process_time() - self._started
        told = {stage: seconds / total for stage, seconds in self._seconds.most_common()}
        return told | {OTHER: 1 - sum(told.values())}

    def _watch_article(self, coder: Coder) -> None:
        tagger: Any = coder._tagger
        opened = self._timed("tokenise and scan for actors", tagger.open_article)

        def open_article(**given: Any) -> Any:
            article = opened(**given)
            article.tag = self._timed("scan for actors in context", article.tag)
            return article

        tagger.open_article = open_article

    def _watch_model(self, coder: Coder) -> None:
        nlp: Any = coder._nlp
        for name, pipe in list(nlp._components):
            if name in nlp.pipe_names:
                nlp._components[nlp._components.index((name, pipe))] = (name, _Timed(self, name, pipe))

    def _timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            started = time.process_time()
            self._inner.append(0.0)
            try:
                return function(*given, **named)
            finally:
                spent = time.process_time() - started
                self._seconds[stage] += spent - self._inner.pop()
                if self._inner:
                    self._inner[-1] += spent

        return run


class _Timed:
    """A component of the pipeline that takes its documents in one batch and times what it does to them."""

    def __init__(self, watch: Stopwatch, name: str, pipe: Any) -> None:
        self._pipe = pipe
        self._run = watch._timed(f"parse: {name}", self._all)

    def __call__(self, doc: Any) -> Any:
        return self._run([doc], 1)[0]

    def pipe(self, docs: Any, *, batch_size: int = 64, **_: Any) -> Iterator[Any]:
        yield from self._run(list(docs), batch_size)

    def _all(self, docs: list[Any], batch_size: int) -> list[Any]:
        if hasattr(self._pipe, "pipe"):
            return list(self._pipe.pipe(docs, batch_size=batch_size))
        return [self._pipe(doc) for doc in docs]
