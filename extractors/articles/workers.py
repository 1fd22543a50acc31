"""A stream of pages in, the same stream of articles out, parsed in processes that can be killed."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import TimeoutError as OutOfTime
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from extractors.articles.bounds import Bounds
from extractors.articles.parse import BOUNDS, parse_page, unread
from extractors.errors import StageError
from extractors.records import Article, ArticleKind, Page

_PAGES_PER_WORKER = 1_000  # then a fresh process: what a library leaks goes with the old one
_AHEAD = 4  # pages waiting per worker
_HEAVY = ("dateutil.parser", "htmldate", "newspaper.extractors", "py3langid.langid", "trafilatura")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Workers:
    """Processes that parse. A page that takes too long, or takes its worker down, loses only itself."""

    pool: ProcessPool
    processes: int
    bounds: Bounds

    def submit(self, page: Page, now: datetime) -> ProcessFuture[Article]:
        return self.pool.schedule(parse_page, args=(page,), kwargs={"now": now}, timeout=self.bounds.seconds)

    def result(self, page: Page, future: ProcessFuture[Article]) -> Article:
        """The page's article, or a marked one with the reason why there is none.

        Raises:
            StageError: worker processes cannot be started at all.
        """
        try:
            return future.result()
        except OutOfTime:
            return unread(page, ArticleKind.EMPTY, f"parsing took longer than {self.bounds.seconds:g} s")
        except ProcessExpired as died:
            return unread(page, ArticleKind.EMPTY, f"parsing ended its process (exit {died.exitcode})")
        except BrokenProcessPool as error:
            raise StageError(
                f"no worker process can be started: {error}",
                where="parse",
                next_step="run from an installed command or a script file that guards its work with "
                "`if __name__ == '__main__'`, and look for the workers' own message above",
            ) from error
        except Exception as error:  # whatever a library raises, the page is counted and the others go on
            return unread(page, ArticleKind.EMPTY, f"parsing failed: {type(error).__name__}: {error}"[:300])

    def map(self, pages: Iterable[tuple[Page, datetime]]) -> Iterator[tuple[Page, Article]]:
        """In order; only a few pages per worker are held at a time."""
        waiting: deque[tuple[Page, ProcessFuture[Article]]] = deque()
        for page, now in pages:
            waiting.append((page, self.submit(page, now)))
            if len(waiting) >= self.processes * _AHEAD:
                done, future = waiting.popleft()
                yield done, self.result(done, future)
        for page, future in waiting:
            yield page, self.result(page, future)


def _warm_up() -> None:
    """Load models and rules before the clock of the first page runs."""
    words = "<p>The ministers met on Friday and agreed to meet again.</p>" * 5
    parse_page(Page("warm-up", "http://localhost/", f"<title>Ministers meet</title>{words}"), now=_EPOCH)


@contextmanager
def workers(processes: int, *, bounds: Bounds = BOUNDS) -> Iterator[Workers]:
    """Started from a clean server process, since threads of the caller must not be forked."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, *_HEAVY])
    pool = ProcessPool(processes, max_tasks=_PAGES_PER_WORKER, initializer=_warm_up, context=context)
    try:
        yield Workers(pool, processes, bounds)
        pool.close()  # type: ignore[no-untyped-call]
    except BaseException:
        pool.stop()  # type: ignore[no-untyped-call]
        raise
    finally:
        pool.join()
