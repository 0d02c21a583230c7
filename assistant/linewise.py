"""The conversation line by line: on a pipe, on a terminal that cannot draw, for a screen reader."""

import contextlib
import time

from assistant import reloading, slash
from assistant.console import Console
from assistant.slash import Talk

#: The exit code of a chat that was left.
LEFT = 0


def chat(talk: Talk, first: str, console: Console, color: str) -> int:
    """Talk with no prompt drawn: on a pipe, on a terminal that cannot draw, for a screen reader.

    Where a person types, Ctrl-C takes away the line, or what is left of the answer; never the chat, whenever it comes.
    """
    talk = talk._replace(keys=False)
    looked, person, answered = time.monotonic(), console.interactive, False
    if person:
        console.say(slash.welcome(talk.assistant, int(time.time() // 86_400), console.width()))
    while True:
        try:
            line, first = first or _typed(console), ""
            if not line:
                return LEFT
            if not line.strip():
                continue
            if person or time.monotonic() - looked >= 1:
                talk, looked = _followed(talk, console), time.monotonic()
            said, talk = slash.turn(line.strip(), talk)
            if talk.over:
                return LEFT
            if answered and not person:
                console.say("")
            answered = True
            drawn = console.stdout.isatty() or color == "always"
            console.say(slash.shown(said, console.look(color, talk.settings.theme) if drawn else None))
        except KeyboardInterrupt:
            if not person:
                raise
            with contextlib.suppress(KeyboardInterrupt):
                console.say("")


def _followed(talk: Talk, console: Console) -> Talk:
    """Return a talk with the pages as they are saved now, where that is wished for; what changed is told."""
    if talk.settings.reload != "on":
        return talk
    known, news = reloading.fresh(talk.known)
    if news:
        console.warn(news)
    return talk._replace(known=known)


def _typed(console: Console) -> str:
    """Return the next line with its end, "" where there is none; a person is shown where to type it."""
    if console.interactive:
        print("> ", end="", file=console.stdout, flush=True)
    return console.stdin.readline()
