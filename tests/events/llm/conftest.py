"""A server on loopback that speaks the chat-completions protocol and answers what a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from extractors.events.llm import LlmCoder
from extractors.settings import Settings

Reply = tuple[int, dict[str, str], bytes]
Answer = Reply | Callable[[dict[str, Any]], Reply]


def completion(content: str, *, tokens: int = 100, finish: str = "stop") -> Reply:
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content}}
    body = {"id": "x", "object": "chat.completion", "choices": [choice], "usage": {"total_tokens": tokens}}
    return 200, {}, json.dumps(body).encode()


def failure(status: int, message: str, **headers: str) -> Reply:
    return status, headers, json.dumps({"error": {"message": message, "code": None}}).encode()


def event(**fields: Any) -> dict[str, Any]:
    """A whole and right event of TEXT; the arguments win."""
    given = {
        "evidence": "Iran threatened to leave the talks unless the United States lifts sanctions.",
        "trigger": "threatened",
        "cameo_code": "134",
        "sources": [{"text": "Iran", "name": "Iran", "country": "IRN", "sector": "GOV"}],
        "targets": [{"text": "the United States", "name": "USA", "country": "USA", "sector": None}],
        "modality": "asserted",
        "event_date": "2018-05-18",
        "date_precision": "publication",
        "place": None,
        "attribution": None,
        "concession": None,
        "threat": {
            "kind": "diplomatic", "threatened_action": "leave the talks", "demand": None, "deadline": None,
            "condition": "unless the United States lifts sanctions", "speaker": None, "is_ultimatum": False,
        },
        "military_exercise": None,
        "confidence": 0.9,
    }  # fmt: skip
    return given | fields


def events(*told: dict[str, Any]) -> str:
    return json.dumps({"events": list(told)})


@dataclass
class Endpoint:
    """Answers requests with `answers` in turn, the last of them for ever. Remembers what it was asked."""

    answers: list[Answer] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def answer(self, request: dict[str, Any]) -> Reply:
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return answer(request) if callable(answer) else answer

    def texts(self) -> list[str]:
        return [json.loads(request["messages"][-1]["content"])["text"] for request in self.requests]


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    server = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.requests.append(json.loads(body))
            server.keys.append(self.headers.get("Authorization"))
            assert self.path == "/v1/chat/completions"
            status, headers, answer = server.answer(server.requests[-1])
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None: ...

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.port = http.server_address[1]
    threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield server
    server.released.set()
    http.shutdown()
    http.server_close()


MakeCoder = Callable[..., LlmCoder]


@pytest.fixture
def make_coder(endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeCoder]:
    """A coder on the endpoint that does not sleep: what it would wait is kept in `endpoint.waits`."""
    monkeypatch.setenv("COMMUNIQUE_LLM_API_KEY", "secret-key")
    made: list[LlmCoder] = []

    def make(**settings: Any) -> LlmCoder:
        given = {
            "home": tmp_path / "home",
            "coder": "llm",
            "llm_model": "small",
            "llm_base_url": endpoint.url,
        }
        ledger = settings.pop("ledger", None)
        wanted = Settings(**(given | settings))  # type: ignore[arg-type]
        made.append(LlmCoder(wanted, ledger=ledger, sleep=endpoint.waits.append, chance=lambda: 1.0))
        return made[-1]

    yield make
    for coder in made:
        coder.close()
