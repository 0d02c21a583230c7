"""One table drives dispatch, help, completion and the README; what makes no sense now says so in one line."""

import io
from pathlib import Path

import pytest

from assistant import cli, dialogue, reloading, slash
from assistant.console import Console, Look
from assistant.dialogue import Assistant
from assistant.model import Answer
from assistant.settings import Settings
from assistant.slash import COMMANDS, Talk
from assistant.topics import Topics
from tests.conftest import HERE, Massage, Terminal


@pytest.fixture
def begun(handbook: Assistant) -> Talk:
    return Talk(reloading.follow(handbook))


def said(line: str, talk: Talk) -> tuple[str, Talk]:
    told, talk = slash.turn(line, talk)
    return slash.shown(told, None), talk


def after(talk: Talk, *lines: str) -> Talk:
    for line in lines:
        _, talk = slash.turn(line, talk)
    return talk


@pytest.mark.parametrize("word", ["/help", "help", "Help", "?", " /HELP "])
def test_help_tells_every_command_in_one_line_each(begun: Talk, word: str) -> None:
    rows = said(word, begun)[0].splitlines()
    for one in COMMANDS:
        assert any(row.startswith(one.shown) and row.endswith(one.help) for row in rows)


def test_every_command_is_told_by_the_readme() -> None:
    readme = (HERE.parent / "README.md").read_text(encoding="utf-8")
    for one in COMMANDS:
        assert f"| `{one.shown}` | {one.help} |" in readme
    assert all(f"`{word}`" in readme for one in COMMANDS for word in one.bare if word != "?")


@pytest.mark.parametrize("word", ["/quit", "quit", "exit", "bye", "BYE"])
def test_all_ways_to_leave(begun: Talk, word: str) -> None:
    assert after(begun, word).over


def test_a_word_that_is_more_than_a_command_is_asked(begun: Talk) -> None:
    assert isinstance(slash.turn("help with a sore neck", begun)[0], Answer)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/stesp", "There is no command /stesp; did you mean /steps?  /help tells all."),
        ("/zzzz", "There is no command /zzzz.  /help tells all."),
        ("/", "There is no command /.  /help tells all."),
        ("/\x1b[31m", "There is no command /.  /help tells all."),
        ("/why", "Nothing was asked yet."),
        ("/more", "No page was told yet to go on from."),
        ("/related", "No page was told yet to go on from."),
        ("/sources", "Nothing was asked yet."),
        ("/steps", "No guide is spoken of; /guide tells which there are."),
        ("/guide frobnication", "There is no guide “frobnication”; /guide tells which there are."),
        ("/reload", "No file has changed."),
        ("/set frob", "There is no setting frob.  /set shows all."),
        ("/set gohst off", "There is no setting gohst; did you mean ghost?  /set shows all."),
        ("/set ghost maybe", "ghost can be on or off."),
    ],
)
def test_what_makes_no_sense_now_says_so_in_one_line(begun: Talk, typed: str, told: str) -> None:
    assert said(typed, begun)[0] == told


def test_commands_go_on_from_the_last_answer(begun: Talk) -> None:
    talk = after(begun, "what is efflurage")
    assert "efflurage as effleurage" in said("/why", talk)[0]
    assert "https://" in said("/sources", talk)[0]
    assert said("/more", talk)[0] == said("more", talk)[0] != said("what is effleurage", talk)[0]
    assert said("/steps", talk)[0] == "No guide is spoken of; /guide tells which there are."


def test_related_is_numbered_and_a_number_chooses(begun: Talk) -> None:
    told, talk = slash.turn("/related", after(begun, "what is effleurage"))
    assert isinstance(told, Answer)
    offered = [block for block in told.blocks if block in talk.context.options]
    assert len(offered) > 3
    assert {option.entry for option in talk.context.options} > {"effleurage"}
    assert [option.number for option in talk.context.options] == list(range(1, len(offered) + 1))
    for option in talk.context.options:
        answer = after(talk, str(option.number)).answer
        assert answer
        assert (answer.outcome, answer.entry) == ("answered", option.entry), option.text


def test_a_guide_is_opened_by_id_title_alias_slip_or_number(begun: Talk) -> None:
    for name in ("back-massage", "Back massage", "back massages"):
        assert after(begun, f"/guide {name}").context.guide == "back-massage"
    told, talk = said("/guide bakc massage", begun)
    assert "1. Back massage: how?" in told
    assert after(talk, "1").context.guide == "back-massage"
    told, talk = said("/guide", begun)
    titles = {page.title for page in begun.assistant.index.pages.values() if page.steps}
    assert len(talk.context.options) == len(titles)
    assert after(talk, str(len(titles))).context.guide == talk.context.options[-1].entry


def test_steps_are_those_of_the_guide_and_keep_its_place(begun: Talk) -> None:
    talk = after(begun, "/guide back massage", "step 3", "what is fascia")
    told, talk = said("/steps", talk)
    assert "Back massage" in told
    assert talk.context.place == 3
    assert after(talk, "next").context.place == 4


def test_after_a_stop_nothing_goes_on(begun: Talk) -> None:
    talk = after(begun, "/guide back massage", "one calf is swollen and hot, how do I rub it out?")
    for command in ("/more", "/related", "/steps"):
        assert said(command, talk)[0] == "First see to what was said last."


def test_what_is_set_is_shown_changed_and_kept(begun: Talk, tmp_path: Path) -> None:
    talk = begun._replace(kept_in=str(tmp_path / "deep" / "settings.json"))
    assert said("/set", talk)[0].count("\n") == len(Settings._fields) - 1
    told, talk = said("/set ghost no", talk)
    assert (told, talk.settings.ghost) == ("ghost is off.", "off")
    assert said("/set ghost", talk)[0].startswith("ghost  off: ")
    assert "on" not in (tmp_path / "deep" / "settings.json").read_text()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("/", "/help"),
        ("/re", "/reload"),
        ("/quti", "/quit"),
        ("/guide bak", "back massage"),
        ("/set th", "theme"),
        ("/set theme d", "dark"),
        ("/quit now", None),
        ("what is eff", "effleurage"),
        ("what is efflurage", "effleurage"),
        ("Swedish mas", "swedish massage"),
        ("trigar poi", "trigger point"),
        ("how much p", None),
        ("", None),
        ("x", None),
    ],
)
def test_tab_completes_what_is_valid_now(begun: Talk, handbook: Assistant, typed: str, first: str | None) -> None:
    found = slash.completing(typed, begun, Topics(handbook.index))
    assert (found[0][1] if found else None) == first
    assert all(0 <= letters <= len(typed) for letters, _ in found)


def test_tab_offers_a_command_only_where_it_makes_sense(begun: Talk, handbook: Assistant) -> None:
    def offered(talk: Talk) -> set[str]:
        return {name for _, name in slash.completing("/", talk, Topics(handbook.index))}

    assert not {"/why", "/steps", "/more"} & offered(begun)
    assert {"/why", "/steps", "/more"} <= offered(after(begun, "how do I massage a back?"))


@pytest.mark.parametrize(
    ("typed", "rest"),
    [("what is eff", "leurage"), ("/qu", "it"), ("how", ""), ("what is the", ""), ("", ""), ("/", "")],
)
def test_ghost_text_goes_on_with_a_name_or_a_command(begun: Talk, handbook: Assistant, typed: str, rest: str) -> None:
    assert slash.rest(typed, begun, Topics(handbook.index)) == rest


@pytest.mark.parametrize("width", [40, 80])
def test_the_first_screen_is_two_lines_with_a_question_that_is_answered(handbook: Assistant, width: int) -> None:
    for day in range(len(slash.EXAMPLES)):
        first, second = slash.welcome(handbook, day, width).splitlines()
        assert max(len(first), len(second)) <= width
        assert handbook.ask(first.split("“")[1].rstrip("”")).outcome == "answered"


def test_a_knowledge_of_ones_own_is_begun_with_a_question_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "ring.yaml").write_text("title: Toe ring\nwhat: A ring of tin.")
    assert "“Toe ring: what is it?”" in slash.welcome(dialogue.load(tmp_path, builtin=False), 3)


def test_all_that_is_said_fits_a_narrow_terminal(begun: Talk) -> None:
    talk = after(begun, "how do I massage a back?")
    for line in ("/help", "/set", "/guide", "/related", "/sources", "/steps", "/frob"):
        for row in slash.shown(slash.turn(line, talk)[0], Look(40)).splitlines():
            assert len(row) <= 40, line


def test_a_pipe_has_the_same_commands(massage: Massage) -> None:
    ran = massage("chat", stdin="/steps\nwhat is fascia\n/sources\nhelp\n/quit\nwhat is friction\n")
    assert ran.code == 0
    assert ran.out.startswith("No guide is spoken of; /guide tells which there are.\n\nFascia")
    assert "/related" in ran.out
    assert "Friction" not in ran.out


class Interrupting(Terminal):
    """A terminal at which Ctrl-C is pressed just as one of the texts written to it is out, each time once."""

    def __init__(self, *texts: str) -> None:
        super().__init__()
        self.texts = list(texts)

    def flush(self) -> None:
        super().flush()
        if self.texts and self.getvalue().endswith(self.texts[0]):
            del self.texts[0]
            raise KeyboardInterrupt


@pytest.mark.parametrize("texts", [("> ",), ("> ", "\n"), ("> ", "> ", "> ")])
def test_ctrl_c_never_ends_a_chat_whenever_it_comes(texts: tuple[str, ...]) -> None:
    class Keys(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Interrupting(*texts)
    typed = Keys("what is fascia\nwhat is friction\nquit\n")
    assert cli.main(["chat"], Console(typed, out, io.StringIO(), {"TERM": "dumb"})) == 0
    assert not out.texts, "pressed as often as it was to be"
    assert "Friction" in out.getvalue()


def test_ctrl_c_ends_a_chat_on_a_pipe() -> None:
    class Pipe(io.StringIO):
        def readline(self, _most: int | None = -1, /) -> str:  # type: ignore[override]
            raise KeyboardInterrupt

    assert cli.main(["chat"], Console(Pipe(), io.StringIO(), io.StringIO(), {})) == 130


def test_no_question_is_offered_twice(tmp_path: Path) -> None:
    (tmp_path / "ring.yaml").write_text("title: Toe ring\nwhat: A ring of tin.\nhow_hard: Lightly.")
    related = dialogue.load(tmp_path, builtin=False).ask("what is a toe ring").related
    assert [option.text for option in related] == ["Toe ring: how hard?"]
