"""The conversation at a terminal: the prompt, its keys and its history.  The only room that knows prompt_toolkit."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from assistant import cache, reloading, render, slash
from assistant.glossary import Glossary
from assistant.lexicon import likest

if TYPE_CHECKING:
    from assistant.console import Console, Look
    from assistant.dialogue import Assistant

WELCOME = "Ask about massage, such as “how much oil for deeper pressure?”\n/help tells more, Ctrl-D leaves."


def chat(assistant: Assistant, first: str, console: Console, colour: bool, private: bool, **terminal: Any) -> int:
    """Talk until the person leaves; returns an exit code.  `terminal` goes to the prompt: its input and output."""
    history, complaint = _history(private or console.environ.get("MASSAGE_HISTORY") == "off")
    if complaint:
        console.warn(complaint)
    ghost = console.environ.get("MASSAGE_GHOST") != "off"
    known = reloading.follow(assistant)
    session: PromptSession[str] = PromptSession(
        history=history,
        key_bindings=_keys(),
        multiline=True,
        prompt_continuation="… ",
        enable_history_search=True,
        auto_suggest=AutoSuggestFromHistory() if ghost else None,
        completer=Topics(known.assistant),
        complete_while_typing=False,
        **terminal,
    )
    console.say(WELCOME)
    talk, line = slash.Talk(known.assistant), first

    def look() -> Look:
        return console.look("always" if colour else "never")

    while True:
        said, line = (line or _typed(session)).strip(), ""
        done = slash.told(said, talk) if said else slash.Done()
        if done and done.leave:
            return 0
        known, news = reloading.fresh(known, anyway=bool(done and done.reload))
        talk = talk._replace(assistant=known.assistant)
        session.completer = Topics(known.assistant)
        for shown in (news, done.show if done else ""):
            if shown:
                console.say(shown)
        if asked := (done.ask if done else said):
            answer, context = known.assistant.turn(asked, talk.context)
            talk = talk._replace(context=context, answer=answer)
            with contextlib.suppress(KeyboardInterrupt):  # only the answer stops
                console.say("\n" + render.terminal(answer, look(), Glossary(known.assistant.index)) + "\n")


def _typed(session: PromptSession[str]) -> str:
    """Return what was typed, "" where Ctrl-C cleared it, "/quit" at the end of input."""
    try:
        return session.prompt("> ")
    except KeyboardInterrupt:
        return ""
    except EOFError:
        return "/quit"


class Topics(Completer):
    """Completes commands, and names of pages with slips forgiven, when Tab asks for it."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def get_completions(self, document: Document, _event: CompleteEvent) -> Iterable[Completion]:
        """Yield what may complete the text before the cursor."""
        text = document.text_before_cursor
        if text.startswith("/") and " " not in text:
            names = (f"/{one.name}" for one in slash.COMMANDS)
            yield from (Completion(name, -len(text)) for name in names if name.startswith(text.lower()))
            return
        word = text.removeprefix("/guide ").rsplit("  ", 1)[-1].split(" ")[-1]
        if len(word) > 1:
            titles = [page.title.lower() for page in self._assistant.index.pages.values()]
            yield from (Completion(name, -len(word)) for name in likest(word.lower(), titles))


def _keys() -> KeyBindings:
    """Return the keys that differ from the prompt's own.

    Enter sends and Alt-Enter begins a line, so that a paste of several lines is one message; a mouse report, real or
    pasted by mischief, does nothing.
    """
    bindings = KeyBindings()

    @bindings.add(Keys.Vt100MouseEvent)
    def _(_event: KeyPressEvent) -> None:
        pass

    @bindings.add("enter")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    @bindings.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return bindings


def _history(private: bool) -> tuple[History, str]:
    """Return what was typed in earlier chats, and a sentence when it cannot be kept."""
    if private:
        return InMemoryHistory(), ""
    path = os.path.join(cache.folder("state"), "history")
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        return InMemoryHistory(), f"what you type is not kept: {error.strerror}: {path}"
    return FileHistory(path), ""
