"""An endpoint that misbehaves: what heals is tried again, what does not is told, and nothing is lost."""

from __future__ import annotations

import json
import socket
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from io import StringIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from extractors.cli import app
from extractors.errors import CodingError, SettingsError
from extractors.events.batch import code_batch
from extractors.events.coders import code_all
from extractors.events.jsonl import code_lines
from extractors.events.llm.client import LONGEST_WAIT
from extractors.events.llm.errors import BudgetError, RefusedError
from extractors.landing.schema import ARTICLES
from extractors.records import CodeInput
from tests.events.llm.conftest import Answer, Endpoint, MakeCoder, Reply, completion, event, events, failure

SENTENCE = "Iran threatened to leave the talks unless the United States lifts sanctions."
ITEM = CodeInput("a", SENTENCE)
GOOD = completion(events(event()))


@pytest.mark.parametrize(
    ("bad", "waits"),
    [
        (failure(500, "oops"), [1.0]),
        (failure(503, "busy", Retry_After="7"), [7.0]),
        (failure(429, "slow down", Retry_After="0"), [0.0]),
        ((200, {}, b"<html>proxy</html>"), [1.0]),
        ((200, {}, b'{"choices": []}'), [1.0]),
    ],
)
def test_what_can_heal_is_tried_again(
    endpoint: Endpoint, make_coder: MakeCoder, bad: Reply, waits: list[float]
) -> None:
    endpoint.answers = [bad, GOOD]
    assert len(make_coder().code_one(ITEM)) == 1
    assert endpoint.waits == waits


def test_the_pauses_double_and_depend_on_chance(endpoint: Endpoint, make_coder: MakeCoder) -> None:
    endpoint.answers = [failure(500, "oops")]
    with pytest.raises(CodingError, match="HTTP 500: oops"):
        make_coder(llm_retries=3).code_one(ITEM)
    assert endpoint.waits == [1.0, 2.0, 4.0]
    assert len(endpoint.requests) == 4


def test_retry_after_may_be_a_date(endpoint: Endpoint, make_coder: MakeCoder) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    endpoint.answers = [failure(429, "slow down", Retry_After=later), GOOD]
    make_coder().code_one(ITEM)
    assert 25 < endpoint.waits[0] <= 30


def test_a_wait_that_is_too_long_is_told_not_waited(endpoint: Endpoint, make_coder: MakeCoder) -> None:
    endpoint.answers = [failure(429, "slow down", Retry_After=str(LONGEST_WAIT + 1))]
    with pytest.raises(CodingError, match="asks to wait 121 s"):
        make_coder().code_one(ITEM)
    assert endpoint.waits == []


@pytest.mark.parametrize(
    ("bad", "told", "advice"),
    [
        (failure(401, "bad key"), "HTTP 401.*bad key", "COMMUNIQUE_LLM_API_KEY"),
        (failure(404, "no such model"), "HTTP 404.*no such model", "COMMUNIQUE_LLM_MODEL"),
        (failure(402, "pay first"), "HTTP 402", "top up"),
        (
            (429, {}, b'{"error": {"message": "none left", "code": "insufficient_quota"}}'),
            "none left",
            "top up",
        ),
    ],
)
def test_a_refusal_is_told_once_and_asked_no_more(
    endpoint: Endpoint, make_coder: MakeCoder, bad: Reply, told: str, advice: str
) -> None:
    endpoint.answers = [bad]
    coder = make_coder()
    for item in (ITEM, CodeInput("b", SENTENCE)):
        with pytest.raises(RefusedError, match=told) as caught:
            coder.code_one(item)
        assert advice in caught.value.next_step
        assert "secret-key" not in str(caught.value)
    assert len(endpoint.requests) == 1
    assert endpoint.waits == []


def test_nothing_that_listens_is_a_refusal(endpoint: Endpoint, make_coder: MakeCoder) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(RefusedError, match="no connection"):
        make_coder(llm_base_url=f"http://127.0.0.1:{port}/v1").code_one(ITEM)
    assert len(endpoint.waits) == 4


def test_a_slow_answer_times_out(endpoint: Endpoint, make_coder: MakeCoder) -> None:
    def wait(request: object) -> Reply:
        endpoint.released.wait(5)
        return GOOD

    endpoint.answers = [wait]
    with pytest.raises(CodingError, match=r"no answer within 0\.2 s"):
        make_coder(llm_timeout_seconds=0.2, llm_retries=0).code_one(ITEM)


def test_a_server_without_schemas_is_asked_for_json(endpoint: Endpoint, make_coder: MakeCoder) -> None:
    endpoint.answers = [failure(400, "response_format.type json_schema is unavailable"), GOOD]
    coder = make_coder()
    assert len(coder.code_one(ITEM)) == 1
    assert len(coder.code_one(CodeInput("b", SENTENCE + " So it said."))) == 1
    formats = [request["response_format"]["type"] for request in endpoint.requests]
    assert formats == ["json_schema", "json_object", "json_object"]


def test_a_request_that_is_wrong_either_way_is_told(endpoint: Endpoint, make_coder: MakeCoder) -> None:
    endpoint.answers = [failure(400, "temperature must be 1")]
    with pytest.raises(CodingError, match="temperature must be 1"):
        make_coder().code_one(ITEM)


def test_garbage_is_asked_for_once_more_and_then_told(endpoint: Endpoint, make_coder: MakeCoder) -> None:
    endpoint.answers = [completion("Here are the events:"), GOOD]
    assert len(make_coder().code_one(ITEM)) == 1
    endpoint.answers = [completion("I cannot help with that.")]
    with pytest.raises(CodingError, match="the answer is no JSON"):
        make_coder().code_one(CodeInput("b", "Peru met Chile."))


@pytest.mark.parametrize(
    "bad",
    [
        completion('{"events": [{"evid', finish="length"),
        failure(400, "This model's maximum context length is 4096 tokens"),
    ],
)
def test_what_is_too_long_is_asked_in_halves(endpoint: Endpoint, make_coder: MakeCoder, bad: Reply) -> None:
    text = f"Peru met Chile. {SENTENCE}"
    endpoint.answers = [bad, completion(events()), GOOD]
    [found] = make_coder().code_one(CodeInput("a", text))
    assert text[found.trigger.start : found.trigger.end] == "threatened"
    assert endpoint.texts() == [text, "Peru met Chile.", SENTENCE]


def test_one_sentence_that_is_too_long_is_told(endpoint: Endpoint, make_coder: MakeCoder) -> None:
    endpoint.answers = [completion("{", finish="length")]
    with pytest.raises(CodingError, match="cut off"):
        make_coder().code_one(ITEM)


def test_a_refusing_model_is_quoted(endpoint: Endpoint, make_coder: MakeCoder) -> None:
    message = {"role": "assistant", "content": None, "refusal": "I will not read this."}
    body = json.dumps({"choices": [{"finish_reason": "stop", "message": message}]}).encode()
    endpoint.answers = [(200, {}, body)]
    with pytest.raises(CodingError, match="I will not read this"):
        make_coder().code_one(ITEM)


def test_a_budget_that_is_spent_stops_the_asking(endpoint: Endpoint, make_coder: MakeCoder) -> None:
    endpoint.answers = [completion(events(event()), tokens=99_000)]
    coder = make_coder(llm_token_budget=100_000)
    coder.code_one(ITEM)
    with pytest.raises(BudgetError, match="99,000 of 100,000"):
        coder.code_one(CodeInput("b", "Peru met Chile."))
    assert len(coder.code_one(ITEM)) == 1  # it is in the cache
    assert len(endpoint.requests) == 1


def test_processes_of_a_run_share_their_budget(
    endpoint: Endpoint, make_coder: MakeCoder, tmp_path: Path
) -> None:
    endpoint.answers = [completion(events(event()), tokens=99_000)]
    ledger = tmp_path / "runs" / "tokens.json"
    make_coder(llm_token_budget=100_000, ledger=ledger).code_one(ITEM)
    with pytest.raises(BudgetError):
        make_coder(llm_token_budget=100_000, ledger=ledger).code_one(CodeInput("b", "Peru met Chile."))


def test_several_at_a_time_come_back_in_order(endpoint: Endpoint, make_coder: MakeCoder) -> None:
    endpoint.answers = [lambda request: completion(events(event()))]
    coder = make_coder(llm_concurrency=4)
    items = [CodeInput(str(number), f"{SENTENCE} That was article {number}.") for number in range(12)]
    found = list(code_all(coder, items, lambda item: item))
    assert [item.id for item, _ in found] == [item.id for item in items]
    assert all(not isinstance(result, CodingError) and len(result) == 1 for _, result in found)
    assert coder.tally.tokens == 1200


def test_the_lines_after_a_failed_one_are_coded(endpoint: Endpoint, make_coder: MakeCoder) -> None:
    endpoint.answers = [completion("no"), completion("no"), GOOD]
    lines = [json.dumps({"id": name, "text": f"{SENTENCE} {name}."}) for name in ("first", "second")]
    out = StringIO()
    [problem] = code_lines(lines, coder=make_coder(), out=out)
    assert problem.line == 1
    assert "first: model small: the answer is no JSON" in str(problem)
    [record] = [json.loads(line) for line in out.getvalue().splitlines()]
    assert record["id"] == "second"
    assert len(record["events"]) == 1


def _articles(file: Path, *ids: str) -> Path:
    rows = [
        dict.fromkeys(ARTICLES.names)
        | {"article_id": name, "night": date(2018, 5, 18), "kind": "article", "language": "en"}
        | {"text": f"{SENTENCE} {name}.", "text_digest": name}
        for name in ids
    ]
    pq.write_table(pa.Table.from_pylist(rows, schema=ARTICLES), file)
    return file


def test_a_batch_names_what_it_could_not_code(
    endpoint: Endpoint, make_coder: MakeCoder, tmp_path: Path
) -> None:
    endpoint.answers = [completion("no"), completion("no"), GOOD]
    articles, out = _articles(tmp_path / "a.parquet", "one", "two"), tmp_path / "m.parquet"
    report = code_batch(articles=articles, night=date(2018, 5, 18), out=out, coder=make_coder())
    assert (report.articles, report.mentions) == (1, 1)
    assert list(report.failed) == ["one"]
    assert "no JSON" in report.failed["one"]
    assert pq.read_table(out)["article_id"].to_pylist() == ["two"]


def test_a_refusal_ends_the_batch_and_writes_nothing(
    endpoint: Endpoint, make_coder: MakeCoder, tmp_path: Path
) -> None:
    endpoint.answers = [GOOD, failure(401, "key expired")]
    articles, out = _articles(tmp_path / "a.parquet", "one", "two", "three"), tmp_path / "m.parquet"
    with pytest.raises(RefusedError, match="key expired"):
        code_batch(articles=articles, night=date(2018, 5, 18), out=out, coder=make_coder())
    assert not out.exists()
    endpoint.answers = [GOOD]
    report = code_batch(articles=articles, night=date(2018, 5, 18), out=out, coder=make_coder())
    assert report.mentions == 3
    assert len(endpoint.requests) == 4  # the first article's answer was kept


@pytest.mark.parametrize("settings", [{"llm_model": None}, {"llm_base_url": None}])
def test_without_endpoint_or_model_it_says_what_to_set(
    make_coder: MakeCoder, settings: dict[str, None]
) -> None:
    with pytest.raises(SettingsError, match="COMMUNIQUE_LLM_BASE_URL"):
        make_coder(**settings)


def _command(endpoint: Endpoint, tmp_path: Path, *arguments: str) -> tuple[int, str, str]:
    lines = tmp_path / "in.jsonl"
    lines.write_text(json.dumps({"id": "a", "text": SENTENCE}) + "\n")
    environment = {
        "COMMUNIQUE_HOME": str(tmp_path / "home"),
        "COMMUNIQUE_LLM_BASE_URL": endpoint.url,
        "COMMUNIQUE_LLM_MODEL": "small",
        "COMMUNIQUE_LLM_RETRIES": "0",
    }
    result = CliRunner().invoke(app, ["code", str(lines), *arguments], env=environment)
    return result.exit_code, result.stdout, result.stderr


def test_the_command_line_chooses_the_coder(endpoint: Endpoint, tmp_path: Path) -> None:
    endpoint.answers = [GOOD]
    code, out, _ = _command(endpoint, tmp_path, "--coder", "llm")
    assert code == 0
    assert json.loads(out)["events"][0]["path"] == "small = 134"
    code, out, _ = _command(endpoint, tmp_path)
    assert code == 0
    assert "∘" in json.loads(out)["events"][0]["path"]
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize("answer", [failure(401, "bad key"), failure(500, "oops"), completion("no")])
def test_the_command_line_tells_what_failed(endpoint: Endpoint, tmp_path: Path, answer: Answer) -> None:
    endpoint.answers = [answer]
    code, out, err = _command(endpoint, tmp_path, "--coder", "llm")
    assert (code, out) == (1, "")
    assert err.startswith("error: line 1: a: ")


def test_an_unknown_coder_is_refused(endpoint: Endpoint, tmp_path: Path) -> None:
    code, _, err = _command(endpoint, tmp_path, "--coder", "oracle")
    assert code == 2
    assert "coder" in err
