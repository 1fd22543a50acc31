"""Messages in, the model's answer out, over HTTP: patient with what can heal, clear about what cannot."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from extractors.errors import CodingError, SettingsError
from extractors.events.llm.errors import RefusedError, TruncatedError
from extractors.events.llm.prompt import Message
from extractors.settings import Settings

KEY_VARIABLE = "COMMUNIQUE_LLM_API_KEY"
CAN_HEAL = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
NO_USE = frozenset({401, 402, 403, 404})
LONGEST_WAIT = 120.0  # seconds; who asks for more is not waited for
FIRST_WAIT = 1.0
MAX_BYTES = 4_000_000
SHOWN = 200  # characters of an answer that an error quotes


@dataclass(frozen=True, slots=True)
class Reply:
    content: str
    tokens: int


class _HealsError(Exception):
    """What another try may heal; `wait` is what the server asks for, in seconds."""

    def __init__(self, what: str, wait: float | None = None) -> None:
        super().__init__(what)
        self.wait = wait


class ChatClient:
    """Speaks `POST /chat/completions` as OpenAI defined it and most servers understand it."""

    def __init__(
        self,
        settings: Settings,
        *,
        api_key: str | None,
        on_tokens: Callable[[int], None],
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        if not settings.llm_base_url or not settings.llm_model:
            raise SettingsError(
                "llm_base_url and llm_model are not set",
                where="settings",
                next_step="set COMMUNIQUE_LLM_BASE_URL and COMMUNIQUE_LLM_MODEL; docs/llm.md tells how",
            )
        self._url = f"{settings.llm_base_url.rstrip('/')}/chat/completions"
        self._settings = settings
        self._on_tokens = on_tokens
        self._sleep = sleep
        self._chance = chance
        self._has_schema = True
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        timeout = httpx.Timeout(settings.llm_timeout_seconds, connect=min(10.0, settings.llm_timeout_seconds))
        self._http = httpx.Client(headers=headers, timeout=timeout, follow_redirects=False)

    def ask(self, messages: Sequence[Message], schema: dict[str, Any]) -> Reply:
        """Raises CodingError: no answer after all tries; RefusedError: no further request will have one."""
        for attempt in range(self._settings.llm_retries + 1):
            try:
                return self._ask_once(messages, schema)
            except _HealsError as error:
                problem = error
                if (error.wait or 0) > LONGEST_WAIT or attempt == self._settings.llm_retries:
                    break
                self._sleep(error.wait if error.wait is not None else self._pause(attempt))
        raise self._given_up(problem)

    def close(self) -> None:
        self._http.close()

    def _pause(self, attempt: int) -> float:
        """Doubles each time, half of it left to chance, so that many clients do not come back at once."""
        return min(FIRST_WAIT * 2.0**attempt, LONGEST_WAIT) * (0.5 + self._chance() / 2)

    def _given_up(self, problem: _HealsError) -> CodingError:
        is_down = isinstance(problem.__cause__, httpx.ConnectError)
        asked = f"; it asks to wait {problem.wait:g} s" if problem.wait else ""
        return (RefusedError if is_down else CodingError)(
            f"{problem}{asked}",
            where=self._url,
            next_step="see that the server runs and the URL is right" if is_down else "run again later",
        )

    def _ask_once(self, messages: Sequence[Message], schema: dict[str, Any]) -> Reply:
        status, headers, body = self._post(messages, schema)
        if status in {400, 422} and self._has_schema and not _is_too_long(body):
            status, headers, body = self._post(messages, None)
            self._has_schema = status != 200
        if status != 200:
            raise self._failure(status, headers, body)
        return self._read(body)

    def _post(
        self, messages: Sequence[Message], schema: dict[str, Any] | None
    ) -> tuple[int, httpx.Headers, bytes]:
        answer_format: dict[str, Any] = {"type": "json_object"}
        if schema is not None and self._has_schema:
            named = {"name": "events", "strict": True, "schema": schema}
            answer_format = {"type": "json_schema", "json_schema": named}
        request = {
            "model": self._settings.llm_model,
            "messages": list(messages),
            "temperature": 0,
            "max_tokens": self._settings.llm_max_answer_tokens,
            "response_format": answer_format,
        }
        try:
            with self._http.stream("POST", self._url, json=request) as response:
                return response.status_code, response.headers, _read_bounded(response)
        except httpx.TimeoutException as error:
            raise _HealsError(f"no answer within {self._settings.llm_timeout_seconds:g} s") from error
        except httpx.TransportError as error:
            raise _HealsError(f"no connection: {error}") from error

    def _failure(self, status: int, headers: httpx.Headers, body: bytes) -> Exception:
        said = _message(body)
        if status in {400, 413, 422} and _is_too_long(body):
            return TruncatedError("the text is too long for the model", where=self._url)
        if status in NO_USE or "insufficient_quota" in said:
            return RefusedError(
                f"the endpoint refuses (HTTP {status}): {said}", where=self._url, next_step=_remedy(status)
            )
        if status in CAN_HEAL:
            return _HealsError(f"HTTP {status}: {said}", _retry_after(headers))
        return CodingError(
            f"HTTP {status}: {said}", where=self._url, next_step="see what the server says of the request"
        )

    def _read(self, body: bytes) -> Reply:
        try:
            record = json.loads(body)
            choice = record["choices"][0]
            content, finish = choice["message"].get("content"), choice.get("finish_reason")
            tokens = int((record.get("usage") or {}).get("total_tokens") or estimate(body))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise _HealsError(f"the answer is no chat completion: {_quoted(body)}") from error
        self._on_tokens(tokens)
        if finish == "length":
            raise TruncatedError(
                "the answer was cut off", where=self._url, next_step="raise COMMUNIQUE_LLM_MAX_ANSWER_TOKENS"
            )
        if not isinstance(content, str) or not content.strip():
            why = choice["message"].get("refusal") or f"finish_reason {finish}"
            raise CodingError(f"the model gave no answer: {why}", where=self._url)
        return Reply(content, tokens)


def estimate(text: bytes | str) -> int:
    """Tokens of a text where the server does not count them: about four characters each."""
    return len(text) // 4 + 1


def _read_bounded(response: httpx.Response) -> bytes:
    body = b""
    for part in response.iter_bytes():
        body += part
        if len(body) > MAX_BYTES:
            raise _HealsError(f"the answer is longer than {MAX_BYTES:,} bytes")
    return body


def _retry_after(headers: httpx.Headers) -> float | None:
    """Seconds, from either form that HTTP allows."""
    text = headers.get("retry-after", "")
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time()) if text else None
    except ValueError:
        return None


def _message(body: bytes) -> str:
    """What the server says of an error, whichever way it wraps it."""
    try:
        record = json.loads(body)
        said = record.get("error", record)
        told = (
            said if isinstance(said, str) else f"{said.get('message', '')} {said.get('code') or ''}".strip()
        )
    except (ValueError, AttributeError, RecursionError):
        told = ""
    return (told or _quoted(body))[:SHOWN]


def _quoted(body: bytes) -> str:
    return repr(body[:SHOWN].decode(errors="replace"))


def _is_too_long(body: bytes) -> bool:
    said = _message(body).lower()
    return "context" in said and ("length" in said or "window" in said or "exceed" in said)


def _remedy(status: int) -> str:
    if status in {401, 403}:
        return f"set {KEY_VARIABLE} to a key that the endpoint accepts"
    if status == 404:
        return "correct COMMUNIQUE_LLM_BASE_URL (it ends in /v1 mostly) or COMMUNIQUE_LLM_MODEL"
    return "top up the account at the provider, then run again; what was answered is cached"
