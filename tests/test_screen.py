"""What a person sees at a terminal, for every theme, width and text: nothing lost, nothing too wide, nothing obeyed."""

import io
import unicodedata
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth, wcwidth

from assistant import render, screen
from assistant.columns import columns, harmless, rows
from assistant.console import THEMES, Console, Look
from assistant.dialogue import Assistant
from assistant.glossary import Glossary
from assistant.model import (
    Alarm,
    Answer,
    Block,
    Caution,
    Heading,
    NumberedStep,
    Option,
    Outcome,
    Paragraph,
    Source,
)
from tests.conftest import Massage, Terminal
from tests.test_answers import ANSI

STRANGE = "\x1b[31m\x07\x9b2J\u202e\u2066\u200b\u200d\ufeff\ud800\u2028\t\r\n"
#: Row ends, and what letters of some scripts and emoji are joined with.
ALLOWED = "\n\u200c\u200d"
TEXTS = st.text(
    st.one_of(
        st.sampled_from("aбß  -.,“é中、。한ｱ👩🏽❤⚕\ufe0f\u200d\u0301\u0300\U0001f1e9" + STRANGE),
        st.characters(),
    ),
    max_size=120,
)
WIDTHS = st.integers(20, 120)
LOOKS = st.builds(Look, WIDTHS, st.booleans(), st.sampled_from(THEMES), st.booleans()).map(
    lambda look: look._replace(colour=look.colour and not look.accessible)
)
BLOCKS = st.one_of(
    st.builds(Heading, TEXTS),
    st.builds(Paragraph, TEXTS, st.booleans()),
    st.builds(NumberedStep, st.integers(1, 120), TEXTS),
    st.builds(Alarm, TEXTS),
    st.builds(Caution, TEXTS),
    st.builds(Option, st.integers(1, 12), TEXTS, st.just("page"), st.just("how")),
)
OUTCOMES: list[Outcome] = ["answered", "stop"]
SHOWN = settings(deadline=None, max_examples=150)


def answer_of(blocks: list[Block], outcome: Outcome = "answered", *sources: str) -> Answer:
    return Answer("?", outcome, tuple(blocks), sources=tuple(Source(title, title) for title in sources))


def letters(text: str) -> str:
    """Return a text without white space, and without the rules that stand round an alarm."""
    return "".join("".join(row.split()) for row in text.split("\n") if row.strip("!") or not row)


@SHOWN
@given(st.lists(BLOCKS, max_size=5), st.sampled_from(OUTCOMES), LOOKS)
def test_no_row_is_too_wide_and_no_text_is_lost(blocks: list[Block], outcome: Outcome, look: Look) -> None:
    shown = render.terminal(answer_of(blocks, outcome), look, {"a": "page"})
    bare = ANSI.sub("", shown)
    assert not {char for char in bare if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - set(ALLOWED)
    for row in bare.split("\n"):
        assert columns(row) <= min(look.width, 100)
    for block in blocks:
        said = letters(harmless(block.text))
        assert said in letters(bare) or set(said) == {"!"}
    if not look.accessible:
        plain = "".join(harmless(line) for line in render.plain(answer_of(blocks, outcome)).split("\n"))
        assert letters(bare).replace("!", "") == "".join(plain.split()).replace("!", "")


@SHOWN
@given(st.lists(BLOCKS, max_size=5), LOOKS)
def test_colour_stripped_is_what_stands_without_colour(blocks: list[Block], look: Look) -> None:
    coloured = render.terminal(answer_of(blocks), look._replace(colour=True, accessible=False), {"a": "page"})
    bare = render.terminal(answer_of(blocks), look._replace(colour=False, accessible=False), {"a": "page"})
    assert [row.rstrip(" ") for row in ANSI.sub("", coloured).split("\n")] == [r.rstrip(" ") for r in bare.split("\n")]
    assert "\x1b" not in bare


@given(TEXTS.map(harmless), st.integers(8, 60), st.integers(0, 4))
def test_rows_hold_all_and_fit(text: str, width: int, indent: int) -> None:
    spans = rows(text, width, indent)
    assert "".join(text[start:end] for start, end in spans).replace(" ", "") == text.replace(" ", "")
    for number, (start, end) in enumerate(spans):
        assert columns(text[start:end]) <= width - (indent if number else 0)
        assert text[start] != " "


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("kneading", 8),
        ("naïve", 5),
        ("nai\u0308ve", 5),
        ("按摩", 4),
        ("한국", 4),
        ("ｱｲ", 2),
        ("💆", 2),
        ("❤️", 2),
        ("❤", 1),
        ("a\u0301\u0302\u0303b", 2),
        ("“x” – 3 × 4…", 12),
    ],
)
def test_columns_are_counted_as_terminals_do(text: str, wide: int) -> None:
    assert columns(text) == wide == wcswidth(text)


def test_no_character_is_counted_narrower_than_terminals_show_it() -> None:
    for code in range(0x20, 0x30000):
        char = chr(code)
        if unicodedata.category(char) not in ("Cn", "Cs") and harmless(char) == char:
            assert columns(char) >= wcwidth(char) or char == "\u200d", hex(code)


def test_text_without_spaces_fills_its_rows_and_no_row_opens_with_a_full_stop() -> None:
    text = "按摩是用手揉捏肌肉。" * 5
    shown = [text[start:end] for start, end in rows(text, 20)]
    assert all(columns(row) >= 16 for row in shown[:-1])
    assert not any(row.startswith("。") for row in shown)


def test_a_word_too_long_is_broken_and_its_marks_stay_with_it() -> None:
    text = "e\u0301" * 50
    assert [text[start:end] for start, end in rows(text, 20)] == ["e\u0301" * 20, "e\u0301" * 20, "e\u0301" * 10]


@pytest.mark.parametrize("look", [Look(w, c, t) for w, c, t in product((20, 40, 80), (True, False), THEMES)], ids=str)
def test_nothing_typed_or_written_reaches_the_terminal_as_a_command(look: Look, handbook: Assistant) -> None:
    for typed in (
        "\x1b]0;owned\x07effleurge\x1b[2J",
        "efflur\u202eage\u2066",
        "ef\u200bfluerage",
        "bre\x9b31mad\x1b[6n",
    ):
        shown = ANSI.sub("", render.terminal(handbook.ask(typed), look, Glossary(handbook.index)))
        written = ANSI.sub("", render.terminal(answer_of([Caution(typed), Alarm(typed)]), look))
        for char in "\x1b\x07\x9b\u202e\u2066\u200b":
            assert char not in shown + written


@pytest.mark.parametrize(
    "question",
    [
        "what is tapotement",
        "how do I massage a back",
        "my wife is pregnant, how do I give a leg massage?",
        "one calf is swollen and hot",
        "stroke",
        "how do I bake bread with oil",
    ],
)
def test_no_look_loses_a_caution_an_alarm_or_an_option(handbook: Assistant, question: str) -> None:
    answer = handbook.ask(question)
    for width, colour, theme, accessible in product((20, 24, 40, 80, 120), (True, False), THEMES, (True, False)):
        look = Look(width, colour and not accessible, theme, accessible)
        shown = letters(ANSI.sub("", render.terminal(answer, look, Glossary(handbook.index))))
        for block in answer.blocks:
            label = "Caution:" if isinstance(block, Caution) else ""
            label = "Warning:" if isinstance(block, Alarm) and accessible else label
            assert label + letters(block.text) in shown
        for option in (*answer.options, *answer.related):
            label = f"Question{option.number}:" if accessible else f"{option.number}."
            assert label + letters(option.text) in shown


def test_a_caution_and_an_alarm_stand_apart() -> None:
    blocks: list[Block] = [Paragraph("One."), Alarm("Stop now."), Caution("Mind."), Paragraph("Two.")]
    assert render.terminal(answer_of(blocks), Look(40)).split("\n") == [
        "One.", "", "!!!!!!!!!", "Stop now.", "!!!!!!!!!", "", "Caution: Mind.", "", "Two.",
    ]  # fmt: skip
    for theme in THEMES:
        shown = render.terminal(answer_of(blocks), Look(40, True, theme))
        assert "\x1b[1;97;41mStop now.\x1b[0m" in shown
        assert "Caution:\x1b[0m" in shown


def test_the_asked_part_is_clear_and_terms_are_marked_once(handbook: Assistant) -> None:
    blocks: list[Block] = [Paragraph("Hold still. Then effleurage, petrissage and Effleurage on this page.")]
    names = {"effleurage": "effleurage", "petrissage": "kneading", "page": "page"}
    answer = answer_of(blocks)._replace(entry="page")
    assert render.terminal(answer, Look(100, True), names) == (
        "\x1b[1mHold still.\x1b[0m Then \x1b[4meffleurage\x1b[0m, \x1b[4mpetrissage\x1b[0m and Effleurage on this page."
    )


def test_the_glossary_holds_terms_and_not_everyday_words(handbook: Assistant) -> None:
    glossary = Glossary(handbook.index)
    for phrase, page in {
        "effleurage": "effleurage",
        "petrissage": "kneading",
        "sternum": "breastbone",
        "connective tissue": "connective-tissue",
        "friction": "friction",
        "varicose veins": "varicose-veins",
    }.items():
        assert glossary[phrase] == page
    for phrase in ("skin", "massage", "start", "the", "light", "firm", "of the", "neck", "", "bread"):
        assert phrase not in glossary


def test_where_it_comes_from_is_one_row_at_80_columns(handbook: Assistant) -> None:
    for question in ("how do I massage a back", "what is efflurage", "how much oil for deeper pressure?"):
        shown = render.terminal(handbook.ask(question), Look(80)).split("\n")
        at = next(number for number, row in enumerate(shown) if row.startswith("From: "))
        assert shown[at + 1] == ""


def test_the_themes_use_what_every_terminal_has() -> None:
    assert set(screen.THEMES) == set(THEMES)
    basic = {"", "1", "4", *map(str, (*range(30, 38), *range(40, 48), *range(90, 98), *range(100, 108)))}
    for name, theme in screen.THEMES.items():
        for codes in theme.values():
            assert set(codes.split(";")) <= basic
            behind = [code for code in codes.split(";") if code.startswith(("4", "10")) and len(code) > 1]
            if name in ("any", "light") and not behind:  # read on white: no yellow, green, cyan or white text
                assert not {"32", "33", "36", "37", "92", "93", "96", "97"} & set(codes.split(";"))


def look(environ: dict[str, str], wish: str = "auto", theme: str = "auto", terminal: bool = True) -> Look:
    return Console(io.StringIO(), Terminal() if terminal else io.StringIO(), io.StringIO(), environ).look(wish, theme)


@pytest.mark.parametrize(
    ("environ", "wish", "coloured"),
    [
        ({}, "auto", True),
        ({"TERM": "dumb"}, "auto", False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, "auto", True),
        ({"NO_COLOR": "1"}, "auto", False),
        ({"NO_COLOR": ""}, "auto", True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, "auto", False),
        ({"FORCE_COLOR": "0"}, "auto", False),
        ({"NO_COLOR": "1", "TERM": "dumb"}, "always", True),
        ({"FORCE_COLOR": "1"}, "never", False),
        ({"ACCESSIBLE": "1"}, "always", False),
        ({"ACCESSIBLE": "0"}, "auto", True),
    ],
)
def test_colour_is_as_wished(environ: dict[str, str], wish: str, coloured: bool) -> None:
    assert look(environ, wish).colour is coloured
    assert look(environ, terminal=False).colour is (environ.get("FORCE_COLOR") == "1" and "NO_COLOR" not in environ)


@pytest.mark.parametrize(
    ("environ", "wish", "theme"),
    [
        ({}, "auto", "any"),
        ({"COLORFGBG": "15;0"}, "auto", "dark"),
        ({"COLORFGBG": "0;15"}, "auto", "light"),
        ({"COLORFGBG": "0;default;15"}, "auto", "light"),
        ({"COLORFGBG": "15;default"}, "auto", "any"),
        ({"COLORFGBG": "15;0", "MASSAGE_THEME": "Contrast"}, "auto", "contrast"),
        ({"COLORFGBG": "15;0", "MASSAGE_THEME": "pink"}, "auto", "dark"),
        ({"MASSAGE_THEME": "dark"}, "light", "light"),
    ],
)
def test_the_theme_is_as_wished(environ: dict[str, str], wish: str, theme: str) -> None:
    assert look(environ, theme=wish).theme == theme


@pytest.mark.parametrize(("told", "width"), [("40", 40), ("0", 80), ("", 80), ("wide", 80), ("²", 80)])
def test_the_width_is_the_terminals(told: str, width: int) -> None:
    assert look({"COLUMNS": told}).width == width


def test_a_screen_reader_gets_words(massage: Massage) -> None:
    environ = {"ACCESSIBLE": "1", "TERM": "xterm", "COLUMNS": "40"}
    shown = massage("how do I massage a back", terminal=True, environ=environ).out
    for label in ("Step 1: Prepare", "Caution: Never press", "Source: Various", "Question 1: Back massage"):
        assert label in shown
    page = massage("show", "effleurage", terminal=True, environ=environ).out
    assert "Source: " in page
    assert not any(char in shown + page for char in "\x1b…!•│─")


def test_a_screen_reader_gets_words_in_a_chat_too(massage: Massage) -> None:
    environ = {"ACCESSIBLE": "1", "COLUMNS": "40"}
    shown = massage("chat", stdin="what is efflurage\n/\x1b[2Jx\x07y\n", terminal=True, environ=environ).out
    assert "Note: Read “efflurage” as “effleurage”." in shown
    assert "Question 1: Effleurage: how?" in shown
    assert "There is no command" in shown
    assert max(map(len, shown.split("There is")[0].splitlines())) <= 40
    assert not any(char in shown for char in "\x1b\x07")


def test_what_fits_is_told_by_its_rows() -> None:
    assert render.fits("one\ntwo", 2)
    assert not render.fits("one\ntwo\n", 2)
