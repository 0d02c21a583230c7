"""What a script may rely on: contract.sh as it stands, answers as the schema says, batches that stream and end well."""

import contextlib
import io
import itertools
import json
import multiprocessing
import os
import pty
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from assistant import batch, cli, contract
from assistant.console import Console
from assistant.dialogue import Assistant
from tests.conftest import HERE, Massage

SCHEMA = Draft202012Validator(contract.ANSWER)
ONE = [sys.executable, "-m", "assistant", "ask", "--jsonl"]
#: Seconds after which what did not come is not coming.
PATIENCE = 20.0
FASCIA = b'{"question": "what is fascia"}\n'

#: A line of a batch, and the status of what is given back.
LINES = [
    ('{"id": 7, "question": "what is kneading"}', "answered"),
    ('{"id": [1, {"a": null}], "question": "Back massage: step 4?"}', "answered"),
    ('{"question": "how does kneading differ from friction"}', "answered"),
    ('{"question": "what is efflurage", "session": "ann"}', "answered"),
    ('{"question": "and how hard?", "session": "ann"}', "answered"),
    ('{"question": "what is fascia", "session": {"a": true}}', "answered"),
    ('{"question": "which stroke"}', "ambiguous"),
    ('{"question": "how do I bake bread", "session": 1}', "unknown"),
    ('{"question": ""}', "unknown"),
    ('{"question": "\\ud800 \\u0000", "id": "\\udfff"}', "unknown"),
    ('{"question": "one calf is swollen and hot, how do I rub it out?"}', "stop"),
    ('{"question": "she collapsed and does not breathe", "session": "bob"}', "stop"),
]
#: A line that asks nothing, and the reason that is given back.
NO_QUESTIONS = [
    ("", "an empty line"),
    ("  \t", "an empty line"),
    ("what is kneading", "not JSON: Expecting value: line 1 column 1 (char 0)"),
    ('{"question": "what is kneading"} {}', "not JSON: Extra data: line 1 column 34 (char 33)"),
    ('{"question": "a\x00b"}', "not JSON: Invalid control character at: line 1 column 16 (char 15)"),
    ("[1]", 'a line is an object with "question", a text'),
    ('{"id": 8}', '"question" must be a text'),
    ('{"id": 8, "question": ["what is kneading"]}', '"question" must be a text'),
    ('{"question": "a", "id": NaN}', "not JSON: NaN is no number of JSON"),
    ('{"question": "a", "id": -1e999}', "not JSON: -1e999 is too large a number"),
    ('{"question": "a", "id": ' + "9" * 5000 + "}", "not JSON: a number of 5,000 digits is too long"),
    ('{"question": "a", "id": ' + "[" * 980 + "]" * 980 + "}", "nested deeper than 100 brackets"),
    ("[" * 100_000, "nested deeper than 100 brackets"),
]


def told(lines: list[str], assistant: Assistant) -> list[dict[str, Any]]:
    return [json.loads(reply.line, parse_constant=pytest.fail) for reply in batch.replies(lines, assistant)]


def test_what_a_script_may_rely_on(tmp_path: Path) -> None:
    """Run contract.sh with a `massage` of this Python on the PATH."""
    command = tmp_path / "massage"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m assistant "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    environ = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    environ.pop("PYTHONUNBUFFERED", None)  # as where a script runs
    ran = subprocess.run(["bash", HERE / "contract.sh"], env=environ, cwd=HERE.parent, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_the_schema_is_one_and_is_printed(massage: Massage) -> None:
    Draft202012Validator.check_schema(contract.ANSWER)
    assert json.loads(massage("schema", "answer").out) == contract.ANSWER


@pytest.mark.parametrize("broken", [{"status": "sure"}, {"answer": ""}, {"score": 101}, {"sources": [{}]}, {"id": ...}])
def test_the_schema_refuses_what_is_no_answer(handbook: Assistant, broken: dict[str, Any]) -> None:
    (answer,) = told(['{"question": "what is fascia"}'], handbook)
    assert not SCHEMA.is_valid({key: value for key, value in (answer | broken).items() if value is not ...})


def test_every_kind_of_answer_is_as_the_schema_says(handbook: Assistant) -> None:
    answers = told([line for line, _ in LINES], handbook)
    for answer in answers:
        SCHEMA.validate(answer)
    assert [answer["status"] for answer in answers] == [status for _, status in LINES]
    assert [answer["session"] for answer in answers if "session" in answer] == ["ann", "ann", '{"a": true}', "1", "bob"]
    assert any(answer.get("step") for answer in answers)
    assert all(answer["options"] for answer in answers if answer["status"] == "ambiguous")


@pytest.mark.parametrize(("line", "reason"), NO_QUESTIONS, ids=[reason for _, reason in NO_QUESTIONS])
def test_a_line_that_asks_nothing_is_told_why(handbook: Assistant, line: str, reason: str) -> None:
    error, answer = told([line, '{"id": 2, "question": "what is fascia"}'], handbook)
    SCHEMA.validate(error)
    assert (error["status"], error["error"]) == ("error", reason)
    assert (answer["id"], answer["status"]) == (2, "answered")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
ROWS = st.fixed_dictionaries(
    {"question": st.sampled_from(["what is kneading", "and how long?", "no, the other", "1"]) | st.text() | JSON},
    optional={"id": JSON, "session": JSON},
)
JUNK = st.text() | st.text(alphabet='[]{}",:\\0e9 u') | JSON.map(json.dumps) | ROWS.map(json.dumps)


@settings(max_examples=60, deadline=None)
@given(lines=st.lists(JUNK, max_size=8))
def test_every_line_gets_one_line_back_whatever_it_holds(handbook: Assistant, lines: list[str]) -> None:
    replies = [reply.line for reply in batch.replies(lines, handbook)]
    assert len(replies) == len(lines)
    for line in replies:
        assert line.isascii()
        assert line.isprintable()
        SCHEMA.validate(json.loads(line, parse_constant=pytest.fail))


def test_a_batch_has_the_same_bytes_with_any_number_of_processes(tmp_path: Path) -> None:
    sessions = ['{"question": "what is kneading", "session": "a"}', '{"question": "friction", "session": "b"}']
    spelt = '{"question": "and how long?", "\\u0073ession": "a"}'
    lines = [*(line for line, _ in LINES + NO_QUESTIONS), *sessions, '{"question": "and how long?"}', spelt] * 12
    feed = "\n".join(lines).encode("utf-8")
    first, *others = (
        subprocess.run([*ONE, "--jobs", jobs], input=feed, capture_output=True, timeout=PATIENCE) for jobs in "123"
    )
    assert (first.returncode, first.stderr, first.stdout.count(b"\n")) == (0, b"", len(lines))
    assert json.loads(first.stdout.splitlines()[-1])["entry"] == "kneading"
    for other in others:
        assert (other.returncode, other.stderr) == (0, b"")
        assert other.stdout == first.stdout, "other bytes"


def test_the_bytes_do_not_depend_on_the_hash_seed_or_who_compiled_the_pages(tmp_path: Path) -> None:
    feed = "\n".join(line for line, _ in LINES).encode()
    first, second = (
        subprocess.run(
            ONE,
            input=feed,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "XDG_CACHE_HOME": str(tmp_path / seed)},
        )
        for seed in "12"
    )
    assert first.stdout == second.stdout
    assert first.stdout


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_more_lines_are_read_than_are_needed(handbook: Assistant, jobs: int) -> None:
    """An endless batch is answered in constant memory: what is read and not yet given back has a bound."""
    read = 0

    def lines() -> Iterator[str]:
        nonlocal read
        while True:
            read += 1
            yield '{"question": ""}'

    replies = batch.replies(lines(), handbook, jobs)
    bound = 1 if jobs == 1 else 3 * batch.ROUND * batch.AHEAD
    for given_back, _ in enumerate(itertools.islice(replies, 6000)):
        assert read - given_back <= bound
    replies.close()  # type: ignore[attr-defined]


@contextlib.contextmanager
def running(*flags: str, stderr: int = subprocess.PIPE) -> Iterator[tuple["subprocess.Popen[bytes]", IO[bytes]]]:
    """Run a batch in a session of its own: the process, and what it is fed through."""
    pipe = subprocess.PIPE
    started = subprocess.Popen([*ONE, *flags], stdin=pipe, stdout=pipe, stderr=stderr, start_new_session=True)
    with started as process:
        assert process.stdin
        try:
            yield process, process.stdin
        finally:
            process.kill()


def answered(process: "subprocess.Popen[bytes]", stdin: IO[bytes], line: bytes = FASCIA) -> dict[str, Any]:
    """Feed one line and wait for its answer: a batch that waits for more lines would hang here."""
    assert process.stdout
    stdin.write(line)
    stdin.flush()
    answer: dict[str, Any] = json.loads(process.stdout.readline())
    return answer


@pytest.mark.parametrize("jobs", "12")
def test_an_answer_is_out_before_the_next_line_is_needed(jobs: str) -> None:
    with running("--jobs", jobs) as (process, stdin):
        for number in range(4):
            line = b'{"id": %d, "question": "what is fascia", "session": "%d"}\n' % (number, number % 2)
            assert answered(process, stdin, line)["id"] == number
        assert process.communicate(timeout=PATIENCE) == (b"", b"")
        assert process.returncode == 0


def written(terminal: int, end: int) -> str:
    """Return all that was written to a terminal, and close it."""
    os.write(end, b"END")
    shown = b""
    while not shown.endswith(b"END"):
        shown += os.read(terminal, 4096)
    os.close(terminal)
    os.close(end)
    return shown.removesuffix(b"END").decode()


def test_progress_is_told_at_a_terminal_and_only_after_a_second() -> None:
    first, second = pty.openpty(), pty.openpty()
    with (
        running(stderr=first[1]) as slow,
        running(stderr=second[1]) as quick,
        running() as piped,
    ):
        for batch_ in (slow, quick, piped):
            assert answered(*batch_)["status"] == "answered"
        quick[0].communicate(timeout=PATIENCE)
        time.sleep(1.1)
        for batch_ in (slow, piped):
            assert answered(*batch_)["status"] == "answered"
        assert slow[0].communicate(timeout=PATIENCE)[0] == b""
        assert piped[0].communicate(timeout=PATIENCE) == (b"", b"")
    shown = written(*first)
    assert shown.startswith("\r2 answered, ")
    assert shown.endswith(" \r"), "it takes itself away"
    assert written(*second) == ""


@pytest.mark.parametrize(
    ("how", "whom", "code"),
    [
        (signal.SIGINT, os.killpg, 130),  # Ctrl-C, which all processes hear
        (signal.SIGINT, os.kill, 130),
        (signal.SIGTERM, os.kill, 143),  # as timeout sends it
        (signal.SIGKILL, os.kill, -9),
    ],
)
def test_a_batch_that_is_ended_leaves_no_trace_and_no_process(
    how: signal.Signals, whom: Callable[[int, int], None], code: int
) -> None:
    with running("--jobs", "2") as (process, stdin):
        assert answered(process, stdin)["status"] == "answered"
        whom(process.pid, how)
        out, err = process.communicate(timeout=PATIENCE)  # which ends when the last process lets go of the streams
        assert (process.returncode, out) == (code, b"")
        assert how == signal.SIGKILL or err == b""


class Killing(io.StringIO):
    """Lines without an end, while the processes that answer them are killed from outside."""

    def __next__(self) -> str:  # type: ignore[override]
        for process in multiprocessing.active_children():
            process.kill()
        return FASCIA.decode()


def test_a_process_that_is_killed_ends_the_batch_with_a_sentence() -> None:
    out, err = io.StringIO(), io.StringIO()
    code = cli.main(["ask", "--jsonl", "--jobs", "2"], Console(Killing(), out, err, {}))
    assert (code, err.getvalue().count("\n")) == (5, 1)
    assert err.getvalue().startswith("massage: a process of the batch was ended from outside, after ")


@pytest.mark.parametrize("jobs", "12")
def test_input_that_cannot_be_read_is_told(jobs: str) -> None:
    with open(os.devnull, "wb") as unreadable:
        ran = subprocess.run([*ONE, "--jobs", jobs], stdin=unreadable, capture_output=True, timeout=PATIENCE)
    assert (ran.returncode, ran.stdout, ran.stderr.count(b"\n")) == (5, b"", 1)
    assert ran.stderr.startswith(b"massage: cannot read or write: ")


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("ask --jsonl --jobs 0", 2, "--jobs takes a number of processes, 1 to 64"),
        ("ask --jsonl --jobs 65", 2, "--jobs takes a number of processes, 1 to 64"),
        ("ask --jsonl --jobs two", 2, "invalid int value: 'two'"),
        ("ask --jobs 2 fascia", 2, "--jobs goes with --jsonl"),
        ("ask --jsonl --explain", 2, "--jsonl prints JSON and nothing beside it"),
        ("ask --jsonl --format md", 2, "--jsonl prints JSON and nothing beside it"),
        ("ask --jsonl fascia", 2, "--jsonl reads its questions from standard input"),
        ("ask --jsonl --fail-on unkown", 2, "not 'unkown'"),
        ("show -- kneading", 0, ""),
        ("show kneading#how_long --format md --", 0, ""),
        ("show --json -- --json", 1, "no page '--json'"),
        ("show #", 1, "no page ''"),
        ("show kneading#nothing", 1, "kneading has no 'nothing'; it has: "),
        ("show back-massage#0", 1, "its steps are 1 to 5"),
        ("show back-massage#00002", 0, ""),
        ("show back-massage#" + "9" * 5000, 1, "no step 999999999…; its steps are 1 to 5"),
        ("completion -- bash", 0, ""),
        ("list -- extra", 2, "unrecognized arguments"),
        ("verify -", 2, "no answer in -"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else None,
)
def test_odd_command_lines(massage: Massage, line: str, code: int, said: str) -> None:
    ran = massage(*line.split())
    assert (ran.code, bool(ran.out)) == (code, code == 0), ran
    assert said in ran.err
    assert bool(said) == bool(ran.err)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("junk", "-:1: not JSON: Expecting value: line 1 column 1 (char 0)"),
        ("[" * 100_000, "-:1: not JSON: maximum recursion depth exceeded"),
        ("[1]", "-:1: not an answer, as massage ask --jsonl prints one a line"),
        ('{"question": "what is fascia"}', "-:1: not an answer, as massage ask --jsonl prints one a line"),
        ('{"status": "error"}', "no answer in -"),
    ],
    ids=["junk", "deep", "list", "question", "error"],
)
def test_verify_tells_what_is_no_answer(massage: Massage, line: str, said: str) -> None:
    ran = massage("verify", "-", stdin=line)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"massage: {said}")


def test_verify_lets_nothing_at_the_terminal_that_it_takes_for_a_command(massage: Massage) -> None:
    ran = massage("verify", "-", stdin=r'{"question": "\u001b[2J fascia", "status": "\u001b[31m", "answer": null}')
    assert (ran.code, ran.out.count("\n")) == (1, 3)
    assert "\x1b" not in ran.out
