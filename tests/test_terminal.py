"""Real keys in a real pseudo-terminal, looked at through a terminal emulator."""

import json
import re
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal import (
    ALT_ENTER,
    CTRL_A,
    CTRL_C,
    CTRL_D,
    CTRL_L,
    CTRL_R,
    ENTER,
    RIGHT,
    TAB,
    UP,
    Chat,
    pasted,
)

SIZES = pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 20)])


@SIZES
@pytest.mark.parametrize("environ", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}, {"ACCESSIBLE": "1"}], ids=str)
def test_a_chat_begins_with_two_lines_answers_goes_on_and_leaves(
    tmp_path: Path, columns: int, rows: int, environ: dict[str, str]
) -> None:
    with Chat(tmp_path, columns=columns, rows=rows, environ=environ) as chat:
        first = chat.see("/help tells more.*\n> ?$").split("\n")
        assert len(first) == 3
        assert first[0].startswith("Ask ")
        assert first[0].endswith("”")
        chat.ask("what is effleurage")
        chat.see(r"drag the[\s]+muscle[\s\S]*\n> ?$")
        chat.ask("and how hard?")
        chat.see(r"feather-light[\s\S]*\n> ?$")
        chat.ask("/quit")
        assert chat.leave() == 0
        assert bool(re.search("\x1b\\[[1-9][0-9;]*m", chat.sent)) == (environ == {})
        if environ.keys() & {"TERM", "ACCESSIBLE"}:
            assert "\x1b" not in chat.sent


def test_a_terminal_that_cannot_draw_has_a_plain_prompt_that_ctrl_c_clears(tmp_path: Path) -> None:
    with Chat(tmp_path, environ={"TERM": "dumb"}) as chat:
        chat.see("\n> ?$")
        chat.keys("nonsense" + CTRL_C)
        chat.see(r"\^C\n> ?$")
        chat.ask("what is friction")
        chat.see(r"Friction[\s\S]*\n> ?$")
        chat.ask("/sources")
        chat.see(r"http[\s\S]*\n> ?$")
        chat.keys(CTRL_D)
        assert chat.leave() == 0


@SIZES
def test_history_is_kept_between_runs_and_searched(tmp_path: Path, columns: int, rows: int) -> None:
    with Chat(tmp_path, columns=columns, rows=rows) as chat:
        chat.see("> ?$")
        for line, answer in (("what is friction", "Friction"), ("where is the sacrum", "sacrum sits")):
            chat.ask(line)
            chat.see(rf"{answer}[\s\S]*\n>$")
        chat.keys(CTRL_D)
        assert chat.leave() == 0
    kept = tmp_path / "state" / "massage-assistant" / "history"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    with Chat(tmp_path, columns=columns, rows=rows) as chat:
        chat.see(">$")
        chat.keys("what" + UP)
        chat.see("> what is friction$")
        chat.keys(CTRL_C)
        chat.see(">$")
        chat.keys(UP)
        chat.see("> where is the sacrum$")
        chat.keys(CTRL_C)
        chat.see(">$")
        chat.keys(CTRL_R + "fric")
        chat.see("`fric': what is fri")
        chat.keys(ENTER + ENTER)
        chat.see(r"Friction[\s\S]*\n>$")


@pytest.mark.parametrize(("argv", "environ"), [(["--private"], {}), ([], {"MASSAGE_HISTORY": "off"})], ids=str)
def test_a_private_chat_keeps_nothing_and_history_can_be_switched_off(
    tmp_path: Path, argv: list[str], environ: dict[str, str]
) -> None:
    with Chat(tmp_path, *argv, environ=environ) as chat:
        chat.see(">$")
        chat.ask("what is friction")
        chat.see(r"Friction[\s\S]*\n>$")
        chat.keys(UP)
        chat.see("> what is friction$")
        chat.keys(CTRL_C + CTRL_D)
        assert chat.leave() == 0
    assert not (tmp_path / "state").exists()


def test_ghost_text_is_grey_taken_with_a_key_and_switched_off_for_good(tmp_path: Path) -> None:
    with Chat(tmp_path) as chat:
        chat.see(">$")
        chat.keys("what is eff")
        chat.see("> what is effleurage$")
        row = chat.screen.cursor.y
        assert chat.screen.cursor.x == len("> what is eff")
        assert chat.screen.buffer[row][2].fg != chat.screen.buffer[row][chat.screen.cursor.x].fg
        chat.keys(RIGHT + ENTER)
        chat.see(r"drag the muscle[\s\S]*\n>$")
        chat.keys("wh")
        chat.see("> what is effleurage$")
        chat.keys(CTRL_C)
        chat.ask("/set ghost off")
        chat.see("ghost is off\\.[\\s\\S]*\n>$")
        chat.keys("what is fri" + CTRL_A)
        chat.see("> what is fri$")
        chat.keys(CTRL_C + CTRL_D)
        assert chat.leave() == 0
    kept = tmp_path / "config" / "massage-assistant" / "settings.json"
    assert json.loads(kept.read_text()) == {"ghost": "off"}
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    with Chat(tmp_path) as chat:
        chat.see(">$")
        chat.ask("/set ghost")
        chat.see("ghost  off")


@SIZES
def test_tab_completes_commands_that_make_sense_and_topics_with_slips(tmp_path: Path, columns: int, rows: int) -> None:
    with Chat(tmp_path, columns=columns, rows=rows) as chat:
        chat.see(">$")
        chat.keys("/s" + TAB)
        assert "/steps" not in chat.see("> /set")
        chat.keys(CTRL_C + "what is efflurage" + TAB)
        chat.see("> what is effleurage")
        chat.keys(CTRL_C + "/guide bak" + TAB)
        chat.see("> /guide back massage")
        chat.keys(ENTER)
        chat.see(r"5\. [\s\S]*\n>$")
        chat.keys("/st" + TAB)
        chat.see("> /steps")
        chat.keys(CTRL_C + "/quti" + TAB)
        chat.see("> /quit")
        chat.keys(ENTER)
        assert chat.leave() == 0


def test_a_paste_of_lines_is_one_message_and_alt_enter_begins_a_line(tmp_path: Path) -> None:
    with Chat(tmp_path) as chat:
        chat.see(">$")
        chat.keys(pasted("what is\r\nfascia\n"))
        chat.see("> what is\n  fascia")
        chat.keys(ENTER)
        chat.see(r"connective[\s\S]*\n>$")
        chat.keys("what is" + ALT_ENTER + "friction")
        chat.see("> what is\n  friction")
        chat.keys(ENTER)
        chat.see(r"Friction[\s\S]*\n>$")


def test_a_paste_of_a_megabyte_answers_soon_and_is_not_kept(tmp_path: Path) -> None:
    with Chat(tmp_path) as chat:
        chat.see(">$")
        begun = time.monotonic()
        chat.keys(pasted("how hard should I knead? " * 42_000))
        chat.see(r"> \[1,050,000 letters pasted\]$")
        chat.keys(ENTER)
        chat.see(r"medium pressure[\s\S]*\n>$")
        assert time.monotonic() - begun < 5  # about one by itself
        chat.keys(CTRL_D)
        assert chat.leave() == 0
    assert "pasted" not in (tmp_path / "state" / "massage-assistant" / "history").read_text()


def test_ctrl_c_clears_the_line_and_never_kills_and_ctrl_l_clears_the_screen(tmp_path: Path) -> None:
    with Chat(tmp_path, environ={"MASSAGE_GHOST": "off"}) as chat:
        chat.see(">$")
        chat.keys("nonsense")
        chat.see("> nonsense")
        chat.keys(CTRL_C * 5)
        chat.see(">$")
        chat.keys("what is frictionx\x1b[D" + CTRL_D)  # where the line is not empty it takes a letter away
        chat.see("> what is friction$")
        chat.keys(ENTER)
        chat.see(r"Friction[\s\S]*\n>$")
        chat.keys("what is" + CTRL_L)
        chat.lose("Ask about")
        assert chat.see("> what is").startswith("> what is")


MISCHIEF = {
    "mouse": "\x1b[<0;10;10M\x1b[<0;10;10m\x1b[M !!\x1b[32;10;10M",
    "colour": "\x1b[31m\x1b[1;38;5;9m",
    "title": "\x1b]0;pwned\x07\x1b]52;c;cm0=\x1b\\",
    "string": "\x1bPq#0\x1b\\\x1b_x\x1b\\",
    "focus": "\x1b[I\x1b[O",
    "report": "\x1b[?62;c\x1b[0n",
    "control": "\x00\x1c\x1d\x1e",
}


@pytest.mark.parametrize("mischief", MISCHIEF)
def test_reports_sequences_and_control_characters_do_nothing(tmp_path: Path, mischief: str) -> None:
    with Chat(tmp_path, environ={"MASSAGE_GHOST": "off"}) as chat:
        chat.see(">$")
        chat.keys(f"what is {MISCHIEF[mischief]}friction")
        chat.see("> what is friction$")
        chat.keys(CTRL_C)
        chat.see(">$")
        chat.keys(pasted(f"what is {MISCHIEF[mischief]}fascia"))
        if mischief != "mouse":  # its old form cannot be told from letters
            chat.see("> what is *fascia$")
        chat.keys(ENTER)
        chat.see(r"connective[\s\S]*\n>$")


def test_a_terminal_that_shrinks_while_it_draws_goes_on(tmp_path: Path) -> None:
    with Chat(tmp_path) as chat:
        chat.see(">$")
        chat.ask("how do I massage a back?")
        chat.resize(20, 5)
        chat.keys("what is eff" + TAB)
        chat.see("what is effle")  # with its menu below
        chat.resize(3, 1)
        chat.resize(60, 20)
        chat.keys(CTRL_C)
        chat.ask("what is friction")
        chat.see(r"Friction[\s\S]*\n>$")


def test_a_saved_page_answers_within_a_second_and_a_broken_save_keeps_the_last_good(
    tmp_path: Path, shelf: Callable[..., Path]
) -> None:
    folder = shelf(ring="title: Toe ring\nwhat: A ring of tin.\nhow_hard: Lightly.")
    page = folder / "ring.yaml"
    with Chat(tmp_path, "--no-builtin", "--knowledge", str(folder), "chat", columns=160) as chat:
        chat.see("Toe ring: [\\s\\S]*\n>$")
        chat.ask("what is a toe ring")
        chat.see("ring of tin")
        chat.keys("half a line")
        chat.see("> half a line")
        page.write_text("title: Toe ring\nwhat: A ring of pure gold.\nhow_hard: Firmly.")
        chat.see(r"Read anew: .*ring\.yaml\.\s+> half a line")  # unasked, and the line is still there
        chat.keys(CTRL_C)
        chat.ask("and how hard?")  # what was spoken of is still known
        chat.see("Firmly")
        page.write_text("titel: Toe ring\nwhat: Lost.")
        chat.ask("what is a toe ring")
        chat.see(r"Not read: .*ring\.yaml:1:1:\s+unknown key 'titel'[\s\S]*pure gold")
        chat.keys(CTRL_L)
        chat.lose("Not read")  # else the screen of before might be taken for the one after
        chat.ask("how hard is a toe ring")
        assert "Not read" not in chat.see(r"Firmly[\s\S]*\n>$")
        chat.ask("/reload")
        chat.see(r"Not read: .*ring\.yaml:1:1")
        page.write_text("title: Toe ring\nwhat: A ring of brass.")
        chat.ask("what is a toe ring")
        chat.see("ring of brass")


def test_a_home_that_cannot_be_written_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("no folder")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "massage-assistant").write_text("no folder either")
    with Chat(tmp_path, columns=200) as chat:
        chat.see("what you type is not kept[\\s\\S]*\n>$")
        chat.ask("/set pager on")
        chat.see("pager is on for this chat; it cannot be kept")
        chat.ask("what is friction")
        chat.see(r"Friction[\s\S]*\n>$")
        assert chat.sent.count("is not kept") == 1


def test_a_history_of_rubbish_is_passed_over(tmp_path: Path) -> None:
    kept = tmp_path / "state" / "massage-assistant" / "history"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"\xff\xfe\x00\n+\x1b[31mwhat is\x07 friction\n+\n")
    with Chat(tmp_path) as chat:
        chat.see(">$")
        chat.keys(UP)
        chat.see("> .*what is *friction")
        assert "\x07" not in chat.sent


def test_a_long_answer_goes_through_the_pager_and_a_short_one_does_not(tmp_path: Path) -> None:
    with Chat(tmp_path, rows=12, environ={"MASSAGE_PAGER": "on", "PAGER": "sed s/^/|/"}) as chat:
        chat.see(">$")
        chat.ask("what is a tendon?")
        assert "|" not in chat.see(r"\S\n\n>$")
        chat.ask("/guide")
        chat.see(r"\|\d+\. [\s\S]*\n>$")


def test_without_a_pager_a_long_answer_is_printed(tmp_path: Path) -> None:
    with Chat(tmp_path, rows=12, environ={"MASSAGE_PAGER": "on", "PAGER": "no-such-pager"}) as chat:
        chat.see(">$")
        chat.ask("/guide")
        chat.see(r"\n\d+\. [\s\S]*\n>$")
