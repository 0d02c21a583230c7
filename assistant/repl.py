"""The conversation at a terminal: the prompt, its keys and its history.  The only room that knows prompt_toolkit."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from prompt_toolkit import PromptSession
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from assistant import cache, render
from assistant.glossary import Glossary
from assistant.model import Context

if TYPE_CHECKING:
    from assistant.console import Console
    from assistant.dialogue import Assistant

WELCOME = "Ask about massage, such as “how much oil for deeper pressure?”\n/help tells more, Ctrl-D leaves."
HELP = """\
Ask in your own words.  A number chooses a question that was offered; “and how long?” goes on with the same topic.
In the middle of a guide: next, previous, again, why?, step 3.
What someone has ("she is pregnant") is kept in mind until "forget that".
/help   this
/why    why the last answer was chosen, word by word
/quit   leave, as does Ctrl-D; Ctrl-C clears the line
No diagnosis here: pain that is sharp, spreads, numbs or lasts belongs to a doctor."""
LEAVE = ("/quit", "/exit", "quit", "exit", "bye")


def chat(assistant: Assistant, first: str, console: Console, colour: bool, private: bool, **terminal: Any) -> int:
    """Talk until the person leaves; returns an exit code.  `terminal` goes to the prompt: its input and output."""
    history, complaint = _history(private)
    if complaint:
        console.warn(complaint)
    session: PromptSession[str] = PromptSession(history=history, key_bindings=_keys(), **terminal)
    console.say(WELCOME)
    names = Glossary(assistant.index)
    context, line, why = Context(), first, "Nothing was asked yet."
    while True:
        if not line.strip():
            try:
                line = session.prompt("> ")
            except KeyboardInterrupt:
                continue
            except EOFError:
                return 0
        said, line = line.strip(), ""
        if said.lower() in LEAVE:
            return 0
        if shown := {"/help": HELP, "help": HELP, "?": HELP, "/why": why}.get(said.lower()):
            console.say(shown)
        elif said.startswith("/"):
            console.say(f"There is no command {said.split()[0]}; /help tells which there are.")
        elif said:
            answer, context = assistant.turn(said, context)
            why = render.explained(answer)
            console.say("\n" + render.terminal(answer, console.look("always" if colour else "never"), names) + "\n")


def _keys() -> KeyBindings:
    """Return the keys that differ from the prompt's own: a mouse report, real or pasted by mischief, does nothing."""
    bindings = KeyBindings()

    @bindings.add(Keys.Vt100MouseEvent)
    def _(_event: KeyPressEvent) -> None:
        pass

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
