"""The contract of the command line: exit codes, what goes to which stream, and bad input told in a sentence."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from tests.conftest import Massage

KEYS = {
    "schema", "id", "question", "status", "answer", "entry", "title", "facet", "step", "score", "cautions", "sources",
    "read_as", "unknown_words", "options", "related", "knowledge",
}  # fmt: skip
Shelf = Callable[..., Path]


def test_json_holds_every_key_of_the_contract(massage: Massage) -> None:
    ran = massage("ask", "--json", "how hard should efflurage be?")
    answer = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert answer.keys() >= KEYS
    assert (answer["schema"], answer["status"], answer["entry"], answer["facet"]) == (
        1,
        "answered",
        "effleurage",
        "how_hard",
    )
    assert answer["read_as"] == {"efflurage": "effleurage"}
    assert 0 <= answer["score"] <= 100
    assert set(answer["sources"][0]) == {"key", "title", "url"}
    assert set(answer["related"][0]) == {"entry", "facet", "title"}
    assert set(answer["knowledge"]) == {"version", "fingerprint"}
    assert all(caution in answer["answer"] for caution in answer["cautions"])


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["ask", "what is fascia"], 0),
        (["what", "is", "fascia"], 0),
        (["--json", "what is fascia"], 0),
        (["--color", "never", "fascia"], 0),
        (["ask", "how do I bake bread"], 1),
        (["ask", "¿¡…"], 1),
        (["ask", ""], 2),
        (["ask", "   "], 2),
        (["ask"], 2),
        (["ask", "--nonsense", "fascia"], 2),
        (["show"], 2),
        (["show", "no-such-page"], 1),
        (["show", "traps"], 0),
        (["list"], 0),
        (["--help"], 0),
        (["--version"], 0),
        (["ask", "--knowledge", "/no/such/folder", "fascia"], 5),
        (["check", "/no/such/folder"], 5),
        (["ask", "--no-builtin", "fascia"], 5),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_exit_codes(massage: Massage, argv: list[str], code: int) -> None:
    ran = massage(*argv)
    assert ran.code == code, ran
    assert "Traceback" not in ran.err


def test_two_close_answers_ask_which(massage: Massage, shelf: Shelf) -> None:
    folder = shelf(a="title: Hot towel\nwhat: A warm one.", b="title: Cold towel\nwhat: A cool one.")
    ran = massage("ask", "--no-builtin", "--knowledge", str(folder), "what is a towel?")
    assert ran.code == 3
    assert "1. Cold towel: what is it?" in ran.out


def test_a_later_shelf_wins_page_by_page(massage: Massage, shelf: Shelf) -> None:
    folder = shelf(effleurage="title: Effleurage\nwhat: Our own way of gliding.")
    assert massage("--knowledge", str(folder), "what is effleurage").out.startswith("Our own way of gliding.")
    assert massage("--knowledge", str(folder), "what is kneading").code == 0


def test_broken_yaml_is_told_and_the_good_pages_still_answer(massage: Massage, shelf: Shelf) -> None:
    folder = shelf(good="title: Hot towel\nwhat: A warm one.", bad="titel: Cold towel\nwhat: A cool one.")
    ran = massage("ask", "--no-builtin", "--knowledge", str(folder), "what is a hot towel")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "A warm one.")
    assert "bad.yaml:1:1: unknown key 'titel'; did you mean 'title'?" in ran.err
    assert massage("--no-builtin", "--knowledge", str(folder / "bad.yaml"), "towel").code == 5


def test_check_is_silent_or_tells_all(massage: Massage, shelf: Shelf) -> None:
    assert massage("check") == (0, "", "")
    ran = massage("check", str(shelf(bad="titel: A\nwhat: B", worse="title: [C]\nwhta: D")))
    assert (ran.code, len(ran.out.splitlines())) == (5, 3)


def test_a_page_may_point_at_the_built_in_handbook(massage: Massage, shelf: Shelf) -> None:
    folder = shelf(bamboo="title: Bamboo\nwhat: A smooth cane. [SEED]\nsee: [effleurage]")
    assert massage("check", str(folder)).code == 0
    assert massage("check", "--no-builtin", str(folder)).code == 5


def test_questions_a_line_do_not_lean_on_each_other(massage: Massage) -> None:
    ran = massage("ask", "-", stdin="what is effleurage\n\nand how long?\nwhat is fascia\n")
    answers = ran.out.split("\n\n")
    assert (ran.code, len(answers)) == (0, 3)
    assert answers[1] == massage("and how long?").out.strip()


def test_a_pipe_is_a_conversation(massage: Massage) -> None:
    ran = massage(stdin="what is effleurage\nand how hard?\nquit\nnever asked\n")
    first, second = ran.out.split("\n\n")
    assert "glid" in first
    assert "out of" in second or "/10" in second


def test_jsonl_answers_every_line_in_order(massage: Massage) -> None:
    lines = [
        '{"id": 7, "question": "what is kneading", "session": "a"}',
        '{"id": "x", "question": "where?", "session": "a"}',
        '{"question": "where?"}',
        "not json",
        "[1]",
        '{"id": 8}',
    ]
    ran = massage("ask", "--jsonl", stdin="\n".join(lines))
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 0
    assert [(a["id"], a["status"]) for a in answers[:3]] == [(7, "answered"), ("x", "answered"), (None, "answered")]
    assert (answers[1]["entry"], answers[1]["facet"]) == ("kneading", "where")
    assert answers[2]["entry"] != "kneading"
    assert [a["status"] for a in answers[3:]] == ["error"] * 3


def test_list_is_one_page_a_line_on_a_pipe(massage: Massage) -> None:
    rows = [line.split("\t") for line in massage("list").out.splitlines()]
    assert ["effleurage", "term", "Effleurage"] in rows
    assert all(len(row) == 3 for row in rows)


@pytest.mark.parametrize(
    "text",
    [
        "\x00\x1b[31m what is fascia \x07",
        "what is\tfascia",
        "what is fascia " * 50_000,
        "ﬀ ŉ İ ß ǰ",
        "💆 fascia 💆",
        "?" * 10_000,
    ],
    ids=["control", "tab", "long", "folding", "emoji", "marks"],
)
def test_strange_text_is_read_or_declined(massage: Massage, text: str) -> None:
    ran = massage("ask", text)
    assert ran.code in (0, 1, 3)
    assert "\x1b" not in ran.out
    assert "Traceback" not in ran.err


def test_colour_only_where_it_is_wanted(massage: Massage) -> None:
    tapotement = ("ask", "what is tapotement")
    assert "\x1b[" in massage(*tapotement, terminal=True, environ={"TERM": "xterm"}).out
    assert "\x1b[" in massage(*tapotement, "--color", "always").out
    for environ in ({"TERM": "dumb"}, {"TERM": "xterm", "NO_COLOR": "1"}):
        assert "\x1b[" not in massage(*tapotement, terminal=True, environ=environ).out
    assert "\x1b[" not in massage(*tapotement).out


def process(*argv: str, **more: object) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run([sys.executable, "-m", "assistant", *argv], capture_output=True, **more)  # type: ignore[call-overload,no-any-return]


def test_narrow_code_pages_and_bytes_that_are_no_text_break_nothing() -> None:
    for encoding in ("ascii", "cp1252"):
        ran = process("ask", "what is efflurage", env={**os.environ, "PYTHONIOENCODING": encoding, "LANG": "C"})
        assert (ran.returncode, ran.stderr) == (0, b"")
    ran = process("ask", "-", input=b"what is fasc\xffia\nwhat is fascia\r\n")
    assert ran.returncode == 0
    assert b"connective" in ran.stdout


@contextlib.contextmanager
def batch() -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes], IO[bytes], IO[bytes]]]:
    """Run a batch that can be fed while it answers: the process, then its three streams."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-m", "assistant", "ask", "-"], stdin=pipe, stdout=pipe, stderr=pipe
    ) as running:
        assert running.stdin
        assert running.stdout
        assert running.stderr
        yield running, running.stdin, running.stdout, running.stderr


def test_a_letter_that_folds_to_a_space_and_one_is_no_trace(massage: Massage) -> None:
    assert massage("ask", "\u037a").code == 1


def test_a_reader_that_leaves_is_no_error() -> None:
    feed = b"what is fascia\n" * 20
    with batch() as (running, stdin, stdout, stderr):
        stdin.write(feed)
        stdin.flush()
        assert b"connective" in stdout.readline()
        stdout.close()
        with contextlib.suppress(BrokenPipeError):
            stdin.write(feed * 1000)
            stdin.close()
        assert running.wait(20) == 0
        assert stderr.read() == b""


def test_an_unreadable_or_read_only_home_costs_nothing_but_the_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    for environ in ({"XDG_CACHE_HOME": str(tmp_path / "file")}, {"XDG_CACHE_HOME": "", "HOME": ""}):
        ran = process("ask", "what is fascia", env={**os.environ, **environ})
        assert (ran.returncode, ran.stderr) == (0, b"")


def test_an_interrupt_ends_a_batch_without_a_trace() -> None:
    with batch() as (running, stdin, stdout, stderr):
        stdin.write(b"what is fascia\n")
        stdin.flush()
        assert b"connective" in stdout.readline()
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == 130
        assert b"Traceback" not in stderr.read()
