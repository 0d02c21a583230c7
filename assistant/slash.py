"""What a chat does by itself when told with a slash: one table for dispatch, help and completion; knows no terminal."""

from collections.abc import Callable
from typing import NamedTuple

from assistant import render
from assistant.columns import harmless
from assistant.dialogue import Assistant
from assistant.model import Answer, Context
from assistant.schema import nearest


class Talk(NamedTuple):
    """What a command may look at: the knowledge, the conversation, the last answer if there was one."""

    assistant: Assistant
    context: Context = Context()
    answer: Answer | None = None


class Done(NamedTuple):
    """What a command comes to: a text to show, or something to ask instead, or the end of the chat."""

    show: str = ""
    ask: str = ""
    leave: bool = False
    reload: bool = False


class Slash(NamedTuple):
    """A command."""

    name: str
    operand: str
    help: str
    run: Callable[[Talk, str], Done]


NOTHING = "Nothing was asked yet."


def _help(_talk: Talk, _operand: str) -> Done:
    rows = "\n".join(f"{f'/{one.name} {one.operand}'.strip():16} {one.help}" for one in COMMANDS)
    return Done(f"{HELP}\n{rows}\n{LIMITS}")


def _why(talk: Talk, _operand: str) -> Done:
    return Done(render.explained(talk.answer) if talk.answer else NOTHING)


def _steps(talk: Talk, _operand: str) -> Done:
    page = talk.assistant.index.pages.get(talk.context.guide or talk.context.entry)
    if page is None or not page.steps:
        return Done("No guide is spoken of; /guide lists them.")
    rows = (f"{n}. {step.title or step.do.say}" for n, step in enumerate(page.steps, 1))
    return Done("\n".join((page.title, *rows)))


def _related(talk: Talk, _operand: str) -> Done:
    if not talk.context.options:
        return Done("Nothing was offered yet.")
    return Done("\n".join(f"{option.number}. {option.text}" for option in talk.context.options))


def _sources(talk: Talk, _operand: str) -> Done:
    if talk.answer is None or not talk.answer.sources:
        return Done("The last answer names no source." if talk.answer else NOTHING)
    return Done("\n".join(f"{source.title} {source.url}".rstrip() for source in talk.answer.sources))


def _guide(talk: Talk, operand: str) -> Done:
    if operand:
        return Done(ask=operand)
    guides = (page.title for page in talk.assistant.index.pages.values() if page.kind == "guide")
    return Done("Guides: " + ", ".join(sorted(guides)) + ".")


#: In the order in which help tells them.
COMMANDS = (
    Slash("help", "", "this", _help),
    Slash("why", "", "why the last answer was chosen, word by word", _why),
    Slash("more", "", "more of the page that was told last", lambda _talk, _operand: Done(ask="more")),
    Slash("steps", "", "the steps of the guide spoken of", _steps),
    Slash("related", "", "what was offered to go on with", _related),
    Slash("sources", "", "where the last answer comes from, all of it", _sources),
    Slash("guide", "[PAGE]", "a guide step by step; without a page, which there are", _guide),
    Slash("forget", "", "forget what someone has", lambda _talk, _operand: Done(ask="forget that")),
    Slash("reload", "", "read the pages again", lambda _talk, _operand: Done(reload=True)),
    Slash("quit", "", "leave, as does Ctrl-D; Ctrl-C clears the line", lambda _talk, _operand: Done(leave=True)),
)
BY_NAME = {one.name: one for one in COMMANDS} | {"exit": COMMANDS[-1], "?": COMMANDS[0]}
#: Words that do without a slash.
BARE = ("help", "quit", "exit", "bye", "?")
HELP = """\
Ask in your own words.  A number chooses a question that was offered; “and how long?” goes on with the same topic.
In the middle of a guide: next, previous, again, why?, step 3.  Anywhere: more, shorter, for example.
What someone has ("she is pregnant") is kept in mind until "forget that"."""
LIMITS = "No diagnosis here: pain that is sharp, spreads, numbs or lasts belongs to a doctor."


def told(said: str, talk: Talk) -> Done | None:
    """Return what an utterance does that is a command, or None where it is for the handbook to answer."""
    word, _, operand = said.strip().partition(" ")
    name = word.lower().removeprefix("/")
    if not word.startswith("/"):
        if operand or name not in BARE:
            return None
        name = "quit" if name == "bye" else name
    if command := BY_NAME.get(name):
        return command.run(talk, operand.strip())
    near = f"; did you mean /{found}?" if name and (found := nearest(name, BY_NAME)) else "."
    return Done(f"There is no command /{harmless(name)}{near}  /help tells which there are.")
