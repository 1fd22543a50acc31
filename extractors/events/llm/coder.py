"""An article in, its events out, told by a language model: asked, checked, remembered."""

from __future__ import annotations

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from extractors.errors import CodingError
from extractors.events.llm.answer import Told, read_answer, schema
from extractors.events.llm.budget import Budget
from extractors.events.llm.cache import AnswerCache
from extractors.events.llm.client import KEY_VARIABLE, ChatClient, estimate
from extractors.events.llm.errors import RefusedError, TruncatedError
from extractors.events.llm.prompt import Question, instructions
from extractors.events.llm.verify import verified
from extractors.events.splitter import split_sentences
from extractors.records import CodeInput, Event, Sentence
from extractors.settings import Settings

GARBLED = "does not fit the schema"
TRIES = 2  # for an answer that is no JSON


@dataclass
class Tally:
    """What a coder did so far. `dropped` counts events by why they were not taken over."""

    requests: int = 0
    from_cache: int = 0
    tokens: int = 0
    dropped: Counter[str] = field(default_factory=Counter)


class LlmCoder:
    """Codes articles through an OpenAI-compatible endpoint; may be used from several threads.

    An article is coded whole or not at all. What was answered is kept under `home`, so that the same
    article under the same prompt and model costs nothing the next time.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        ledger: Path | None = None,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._settings = settings
        self._model = settings.llm_model or ""
        self._budget = Budget(settings.llm_token_budget, ledger)
        self._cache = AnswerCache(settings.home.absolute() / "llm" / "answers")
        self._client = ChatClient(
            settings,
            api_key=os.environ.get(KEY_VARIABLE),
            on_tokens=self._count_tokens,
            sleep=sleep,
            chance=chance,
        )
        self._lock = threading.Lock()
        self._refused: RefusedError | None = None
        self.tally = Tally()

    @property
    def concurrency(self) -> int:
        return self._settings.llm_concurrency

    def code_one(self, item: CodeInput) -> tuple[Event, ...]:
        """The events of one article, in the order of the text.

        Raises:
            CodingError: no answer, or none that can be used; RefusedError: nor will there be for others.
        """
        dropped: Counter[str] = Counter()
        sentences = list(split_sentences(item.text))
        events = [
            event
            for part in _parts(sentences, self._settings.llm_chunk_characters)
            for event in self._code_part(item, part, dropped)
        ]
        with self._lock:
            self.tally.dropped.update(dropped)
        return tuple(
            sorted(events, key=lambda e: (e.sentence.start, e.trigger.start, e.cameo_code, e.event_id))
        )

    def _code_part(self, item: CodeInput, part: list[Sentence], dropped: Counter[str]) -> list[Event]:
        start, end = part[0].start, part[-1].end
        try:
            told, unfit = self._told(Question(item.title, item.published_at, item.text[start:end], start))
        except TruncatedError:
            if len(part) == 1:
                raise
            middle = len(part) // 2
            halves = part[:middle], part[middle:]
            return [event for half in halves for event in self._code_part(item, half, dropped)]
        dropped[GARBLED] += unfit
        return verified(told, item, start=start, end=end, model=self._model, dropped=dropped)

    def _told(self, question: Question) -> tuple[list[Told], int]:
        key = question.key(model=self._model, url=self._settings.llm_base_url)
        content = self._cache.get(key)
        if content is not None:
            with self._lock:
                self.tally.from_cache += 1
            return read_answer(content)
        return self._asked(question, key)

    def _asked(self, question: Question, key: str) -> tuple[list[Told], int]:
        problem = ""
        for _ in range(TRIES):
            content, tokens = self._answer(question)
            try:
                told = read_answer(content)
            except ValueError as error:
                problem = str(error)
                continue
            self._cache.put(key, content, model=self._model, tokens=tokens)
            return told
        raise CodingError(
            problem,
            where=f"model {self._model}",
            next_step="run again, or take a model that keeps to a schema",
        )

    def _answer(self, question: Question) -> tuple[str, int]:
        if self._refused is not None:
            raise self._refused
        self._budget.check(estimate(instructions()) + estimate(question.text))
        with self._lock:
            self.tally.requests += 1
        try:
            reply = self._client.ask(question.messages(), schema())
        except RefusedError as error:
            self._refused = error
            raise
        return reply.content, reply.tokens

    def _count_tokens(self, tokens: int) -> None:
        self._budget.add(tokens)
        with self._lock:
            self.tally.tokens += tokens

    def close(self) -> None:
        self._client.close()


def _parts(sentences: list[Sentence], most: int) -> Iterator[list[Sentence]]:
    """Runs of whole sentences of at most `most` characters, but one sentence at least."""
    part: list[Sentence] = []
    for sentence in sentences:
        if part and sentence.end - part[0].start > most:
            yield part
            part = []
        part.append(sentence)
    if part:
        yield part
