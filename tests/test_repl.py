"""The chat with real keys, sent through prompt_toolkit's pipe."""

import io
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from assistant import reloading, repl, slash
from assistant.console import Console
from assistant.dialogue import Assistant
from assistant.settings import Settings
from tests.conftest import Terminal


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as pipe:
        yield pipe


def talk(handbook: Assistant, keys: PipeInput, typed: str, first: str = "", **more: Any) -> tuple[str, str]:
    out, err = Terminal(), io.StringIO()
    keys.send_text(typed)
    console = Console(Terminal(), out, err, {"TERM": "dumb"})
    options = {"private": True, **more}
    begun = slash.Talk(reloading.follow(handbook), settings=options.pop("settings", Settings()))
    code = repl.chat(begun, first, console, "never", input=keys, output=DummyOutput(), **options)
    assert code == 0
    return out.getvalue(), err.getvalue()


def test_it_answers_goes_on_and_leaves(handbook: Assistant, keys: PipeInput) -> None:
    out, _ = talk(handbook, keys, "what is effleurage\rand how hard?\r/quit\r")
    welcome, rest = out.split("\n\n", 1)
    assert len(welcome.splitlines()) == 2
    assert rest.index("glide over the skin") < rest.index("feather-light")


def test_ctrl_d_leaves_and_ctrl_c_only_clears_the_line(handbook: Assistant, keys: PipeInput) -> None:
    out, _ = talk(handbook, keys, "what is bre\x03what is fascia\r\x04")
    assert "connective" in out
    assert "bre" not in out.replace("breath", "")


def test_a_first_question_is_answered_before_the_prompt(handbook: Assistant, keys: PipeInput) -> None:
    out, _ = talk(handbook, keys, "\x04", first="what is fascia")
    assert "connective" in out


def test_why_tells_words_passage_runner_up_and_gap(handbook: Assistant, keys: PipeInput) -> None:
    out, _ = talk(handbook, keys, "/why\rwhat is efflurage\r/why\rhow hard on the neck\r/why\r\x04")
    assert "Nothing was asked yet" in out
    assert "efflurage as effleurage  slip, title" in out
    assert "no other page comes near" in out
    assert "points behind:" in out


def test_help_empty_lines_and_unknown_commands(handbook: Assistant, keys: PipeInput) -> None:
    out, _ = talk(handbook, keys, "\r   \r/help\r/frobnicate\r\x00\x1b[31m\rquit\r")
    assert "Ctrl-C clears the line" in out
    assert "There is no command /frobnicate" in out


def test_a_paste_of_lines_is_one_message_and_alt_enter_begins_a_line(handbook: Assistant, keys: PipeInput) -> None:
    out, _ = talk(handbook, keys, "\x1b[200~what is\nfascia\x1b[201~\r/why\rwhat is\x1b\reffleurage\r\x04")
    assert out.count("connective") == 1
    assert "glide over the skin" in out


class Interrupted(Terminal):
    """A terminal at which Ctrl-C is pressed while it shows a text for the first time."""

    def __init__(self, at: str) -> None:
        super().__init__()
        self._at = at

    def write(self, text: str) -> int:
        if self._at and self._at in text:
            self._at = ""
            raise KeyboardInterrupt
        return super().write(text)


def test_ctrl_c_while_an_answer_is_printed_only_stops_that(handbook: Assistant, keys: PipeInput) -> None:
    out = Interrupted("connective")
    keys.send_text("what is fascia\rwhat is friction\r\x04")
    console = Console(Terminal(), out, io.StringIO(), {})
    begun = slash.Talk(reloading.follow(handbook), settings=Settings(pager="off"))
    assert repl.chat(begun, "", console, "never", private=True, input=keys, output=DummyOutput()) == 0
    assert "connective" not in out.getvalue()
    assert "Friction is" in out.getvalue()


def test_up_brings_only_what_begins_as_typed(handbook: Assistant, keys: PipeInput) -> None:
    out, _ = talk(handbook, keys, "what is friction\rhow hard\rwhat\x1b[A\r\x04")
    assert out.count("Friction is") == 2, out


def test_history_is_kept_for_its_owner_alone_and_comes_back_with_up(
    handbook: Assistant, keys: PipeInput, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    talk(handbook, keys, "what is fascia\r\x04", private=False)
    history = tmp_path / "massage-assistant" / "history"
    assert "what is fascia" in history.read_text(encoding="utf-8")
    assert stat.S_IMODE(history.stat().st_mode) == 0o600
    with create_pipe_input() as again:
        out, _ = talk(handbook, again, "\x1b[A\r\x04", private=False)
    assert "connective" in out


def test_private_keeps_nothing(
    handbook: Assistant, keys: PipeInput, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    talk(handbook, keys, "what is fascia\r\x04")
    assert not list(tmp_path.rglob("*"))


def test_a_home_that_cannot_be_written_is_told_once(
    handbook: Assistant, keys: PipeInput, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    out, err = talk(handbook, keys, "what is fascia\rwhat is friction\r\x04", private=False)
    assert err.count("what you type is not kept") == 1
    assert "connective" in out


def test_rubbish_in_the_history_is_no_obstacle(
    handbook: Assistant, keys: PipeInput, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    (tmp_path / "massage-assistant").mkdir()
    (tmp_path / "massage-assistant" / "history").write_bytes(b"\xff\xfe\x00rubbish\n+\x1b[31mwhat is\n")
    out, _ = talk(handbook, keys, "\x1b[Awhat is fascia\r\x04", private=False)
    assert "connective" in out
    assert "\x1b" not in out
