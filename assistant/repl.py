"""The conversation at a terminal: the prompt, its keys and its history.  The only room that knows prompt_toolkit."""

from __future__ import annotations

import asyncio
import re
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from prompt_toolkit import PromptSession
from prompt_toolkit.application import Application, get_app, run_in_terminal
from prompt_toolkit.auto_suggest import AutoSuggest, AutoSuggestFromHistory, Suggestion
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.enums import DEFAULT_BUFFER
from prompt_toolkit.filters import Condition, Filter, has_focus, is_searching
from prompt_toolkit.history import History
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.styles import Style

from assistant import history, reloading, render, slash
from assistant.columns import harmless
from assistant.dialogue import LONGEST
from assistant.glossary import Glossary
from assistant.topics import Topics

if TYPE_CHECKING:
    from assistant.console import Console

#: What is pasted and longer (in letters, in lines) stands in the line by its length; a line typed goes no further.
PASTED, LINES, TYPED = 1_000, 10, 4_000
#: How less is to behave, where no other wish is told: its last row says how to go on, and no key of it writes a file.
LESS = "-RFX -Pspace shows more, q goes on$"
#: How often the files are looked at while the prompt waits, in seconds: often enough that a save is told within one.
WATCHED = 0.3
#: How many rows the menu of Tab takes at most.
MENU = 8
#: What a terminal would obey: control sequences, strings, other escapes, and then whatever is left of them.
_SEQUENCE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]?|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~]?)|\x9b[0-?]*[@-~]?"
)


def chat(talk: slash.Talk, first: str, console: Console, color: str, private: bool, **terminal: Any) -> int:
    """Talk until the person leaves; returns an exit code.  `terminal` goes to the prompt: its input and output."""
    return _Chat(talk, console, color, private, terminal).run(first)


class _Chat:
    """A chat at a terminal: the one value of it that changes, and the prompt it is led with."""

    def __init__(
        self, talk: slash.Talk, console: Console, color: str, private: bool, terminal: Mapping[str, Any]
    ) -> None:
        self.talk, self.console, self.color = talk, console, color
        self.topics = Topics(talk.assistant.index)
        self.pastes: dict[str, str] = {}
        file = "" if private else history.path()
        kept = _History(file, lambda: self.talk.settings.history == "on", console.warn, self.pastes)
        coloured = console.colour(color)
        self.session: PromptSession[str] = PromptSession(
            history=kept,
            key_bindings=_keys(self.pastes),
            multiline=Condition(lambda: "\n" in self.session.default_buffer.text and not is_searching()),
            prompt_continuation="  ",
            enable_history_search=True,
            search_ignore_case=True,
            auto_suggest=_Ghost(self) if coloured else None,
            completer=_Completer(self),
            complete_while_typing=False,
            enable_suspend=True,
            style=Style.from_dict({"auto-suggestion": "#888888"}),  # to be read on black and on white
            color_depth=None if coloured else ColorDepth.DEPTH_1_BIT,
            **terminal,
        )
        self.session.app.before_render += self._make_room

    def _make_room(self, app: Application[str]) -> None:
        """Let the menu of Tab take no more than what a low terminal has to spare, or nothing could be drawn at all."""
        self.session.reserve_space_for_menu = max(0, min(MENU, app.output.get_size().rows - 3))

    def run(self, first: str) -> int:
        """Talk until the person leaves."""
        self.console.say(slash.welcome(self.talk.assistant, int(time.time() // 86_400), self.console.width()))
        while not self.talk.over:
            try:
                if not first.strip():
                    first = self.session.prompt("> ", pre_run=self._watch)
                said, first = _whole(first, self.pastes).strip(), ""
                self.pastes.clear()
                if said:
                    self._answer(said)
            except KeyboardInterrupt:  # between two prompts, or while an answer is printed: it only stops that
                self.console.say("\x1b[0m" if self.console.colour(self.color) else "")
                first = ""
            except EOFError:
                return 0
        return 0

    def _answer(self, said: str) -> None:
        if news := self.news():
            self.console.say(news)
        answer, self.talk = slash.turn(said, self.talk)
        if self.talk.over:
            return
        look = self.console.look(self.color, self.talk.settings.theme)
        text = slash.shown(answer, look, Glossary(self.talk.assistant.index) if look.colour else {})
        paged = self.talk.settings.pager == "on" and not render.fits(text, self.console.height() - 2)
        if not (paged and _page(text, self.console.environ)):
            for row in ("", *text.split("\n"), ""):  # one by one, so that Ctrl-C leaves the rest away
                self.console.say(row)

    def news(self) -> str:
        """Return one line where a page was saved since, which is answered from then on; "" where none was."""
        return "" if self.talk.settings.reload == "off" else self._told(*reloading.fresh(self.talk.known))

    def _told(self, known: reloading.Knowledge, news: str) -> str:
        """Go on with this knowledge; returns the line that tells what is new in it."""
        if known.assistant is not self.talk.assistant:
            self.topics = Topics(known.assistant.index)
        self.talk = self.talk._replace(known=known)
        look = self.console.look(self.color, self.talk.settings.theme)
        return slash.shown(slash.note(news), look) if news else ""

    def _watch(self) -> None:
        """While the prompt waits, look every so often whether a page was saved, and read it beside the typing."""

        async def watch() -> None:
            while True:
                await asyncio.sleep(WATCHED)
                if self.talk.settings.reload == "off":
                    continue
                if news := self._told(*await asyncio.to_thread(reloading.fresh, self.talk.known)):
                    await run_in_terminal(lambda news=news: self.console.say(news))  # type: ignore[misc]

        get_app().create_background_task(watch())


class _Ghost(AutoSuggest):
    """Shows how the line may go on: as one typed before, else as a command or the name of a page."""

    def __init__(self, chat: _Chat) -> None:
        self._chat, self._before = chat, AutoSuggestFromHistory()

    def get_suggestion(self, buffer: Buffer, document: Document) -> Suggestion | None:
        """Return the rest of the line, None where nothing is likely or none is wished for."""
        if self._chat.talk.settings.ghost == "off" or not document.text.strip() or len(document.text) > PASTED:
            return None
        if found := self._before.get_suggestion(buffer, document):
            return found
        rest = slash.rest(document.text, self._chat.talk, self._chat.topics) if document.is_cursor_at_the_end else ""
        return Suggestion(rest) if rest else None


class _Completer(Completer):
    """Completes commands that make sense now, and names of pages with slips forgiven, when Tab asks for it."""

    def __init__(self, chat: _Chat) -> None:
        self._chat = chat

    def get_completions(self, document: Document, _event: CompleteEvent) -> Iterable[Completion]:
        """Yield what may complete the text before the cursor."""
        found = slash.completing(document.text_before_cursor[-LONGEST:], self._chat.talk, self._chat.topics)
        return (Completion(text, -letters) for letters, text in found)


class _History(History):
    """What was typed in earlier chats and in this one; only in this one where none is to be kept, or it cannot be."""

    def __init__(
        self, file: str, wished: Callable[[], bool], warn: Callable[[str], None], pastes: Mapping[str, str]
    ) -> None:
        super().__init__()
        self._file, self._wished, self._warn, self._pastes = file, wished, warn, pastes
        self.store_string("")

    def load_history_strings(self) -> Iterable[str]:
        """Return what was typed before, the latest first."""
        return history.earlier(self._file) if self._file and self._wished() else ()

    def store_string(self, string: str) -> None:
        """Keep what was typed, unless it is not wished or stands for a long paste; say once that it cannot be."""
        if not self._file or not self._wished() or any(paste in string for paste in self._pastes):
            return
        try:
            history.keep(self._file, string)
        except OSError as error:
            self._warn(f"what you type is not kept: {error.strerror or error}: {self._file}")
            self._file = ""


def _whole(typed: str, pastes: Mapping[str, str]) -> str:
    """Return what was typed with every long paste in its place."""
    for shown, paste in pastes.items():
        typed = typed.replace(shown, paste)
    return typed


def _page(text: str, environ: Mapping[str, str]) -> bool:
    """Show a text through the person's pager; returns whether there is one."""
    try:
        pager = shlex.split(environ.get("PAGER") or "less -R")
    except ValueError:
        return False
    if not pager or not shutil.which(pager[0]):
        return False
    before = signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C is the pager's own
    try:
        subprocess.run(
            pager, input=f"\n{text}\n\n".encode(), env={"LESS": LESS, "LESSSECURE": "1", **environ}, check=False
        )
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    return True


def _keys(pastes: dict[str, str]) -> KeyBindings:
    """Return the keys that differ from the prompt's own.

    Enter sends and Alt-Enter begins a line, so that a paste of several lines is one message.  Ctrl-C clears the line.
    """
    bindings = KeyBindings()
    typing = has_focus(DEFAULT_BUFFER)
    _ignore(bindings, typing & Condition(lambda: len(get_app().current_buffer.text) > TYPED))

    @bindings.add("enter", filter=typing)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    @bindings.add("escape", "enter", filter=typing)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    @bindings.add("tab", filter=typing)
    def _(event: KeyPressEvent) -> None:
        line = event.current_buffer
        line.complete_next() if line.complete_state else line.start_completion(select_first=True)

    @bindings.add("c-c", filter=typing)
    @bindings.add("<sigint>", filter=typing)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.reset()

    @bindings.add(Keys.BracketedPaste)
    def _(event: KeyPressEvent) -> None:
        lines = _SEQUENCE.sub("", event.data[:LONGEST]).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        paste = "\n".join(harmless(line) for line in lines)
        if len(paste) > PASTED or len(lines) > LINES:
            pastes[shown := f"[{len(event.data):,} letters pasted]"] = paste
            paste = shown
        event.current_buffer.insert_text(paste)

    return bindings


def _ignore(bindings: KeyBindings, full: Filter) -> None:
    """Let mouse reports and escape sequences that no key sends do nothing, nor any letter where the line is full."""
    swallowing = _Swallowing()

    @bindings.add("c-@")  # marks, searches for a letter, and the like: of use to few, and a riddle to the others
    @bindings.add("c-\\")
    @bindings.add("c-]")
    @bindings.add("c-^")
    @bindings.add(Keys.Vt100MouseEvent)
    @bindings.add(Keys.Any, filter=full)
    def _(_event: KeyPressEvent) -> None:
        pass

    for opening in "[]PX^_O":

        @bindings.add("escape", opening)
        def _(event: KeyPressEvent) -> None:
            swallowing.begin(event.data)

    @bindings.add(Keys.Any, filter=Condition(swallowing), eager=True)
    def _(event: KeyPressEvent) -> None:
        swallowing.take(event.data)


class _Swallowing:
    """Whether an escape sequence that no key sends is being read, whose letters are not typed by anyone."""

    def __init__(self) -> None:
        self._ends, self._since = "", 0.0

    def __call__(self) -> bool:
        return bool(self._ends) and time.monotonic() - self._since < 0.1  # its letters come at once

    def begin(self, opening: str) -> None:
        """Begin with the letter after Escape, which tells how the sequence ends."""
        few = opening in "[O"
        self._ends = "".join(map(chr, range(0x40, 0x7F))) if few else "\x07\\"
        self._since = time.monotonic()

    def take(self, letter: str) -> None:
        """Take the next letter of it."""
        if letter in self._ends:
            self._ends = ""
