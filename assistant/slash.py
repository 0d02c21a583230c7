"""What a chat does by itself when told with a slash: one table for dispatch, help and completion; knows no terminal."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeAlias

from assistant import reloading, render, settings
from assistant.columns import harmless
from assistant.console import Look
from assistant.dialogue import Assistant
from assistant.lexicon import likest
from assistant.lines import Line, line
from assistant.model import Answer, Block, Context, Option, Page, Paragraph
from assistant.reloading import Knowledge
from assistant.settings import SETTINGS, Settings
from assistant.telling import offer, onward
from assistant.text import terms
from assistant.topics import Topics

#: What a turn says: an answer, lines to be wrapped, or rows that stand as they are.
Said: TypeAlias = Answer | tuple[Line, ...] | str
#: How many questions /related offers at most, and how many letters of a command are read.
RELATED, LONGEST = 9, 200


class Talk(NamedTuple):
    """A chat between two turns: who answers, what is remembered, what was answered last, what is set."""

    known: Knowledge
    context: Context = Context()
    answer: Answer | None = None
    settings: Settings = Settings()
    kept_in: str = ""
    """the file that settings are kept in, "" to keep none"""
    over: bool = False
    keys: bool = True
    """whether the keys of the prompt are there"""

    @property
    def assistant(self) -> Assistant:
        """Who answers."""
        return self.known.assistant


class Slash(NamedTuple):
    """A command."""

    name: str
    operand: str
    help: str
    run: Callable[[Talk, str], tuple[Said, Talk]]
    amiss: Callable[[Talk], str] = lambda _talk: ""
    """why it makes no sense now, "" where it does"""
    bare: tuple[str, ...] = ()
    """words that do the same, alone and without a slash"""

    @property
    def shown(self) -> str:
        """How it is typed."""
        return f"/{self.name} {self.operand}".strip()


def note(text: str) -> Said:
    """Return one line about the chat itself."""
    return (line("quiet", text),)


def _ask(talk: Talk, text: str) -> tuple[Said, Talk]:
    answer, context = talk.assistant.turn(text, talk.context)
    return answer, talk._replace(answer=answer, context=context)


def _offer(talk: Talk, lead: str, options: Iterable[Option]) -> tuple[Said, Talk]:
    """Return questions to choose from, and the chat in which a number chooses one of them."""
    options = tuple(options)
    blocks: tuple[Block, ...] = (Paragraph(lead, quiet=True), *options)
    return Answer("", "answered", blocks), talk._replace(context=talk.context._replace(options=options))


def _help(talk: Talk, _operand: str) -> tuple[Said, Talk]:
    wide = max(len(one.shown) for one in COMMANDS) + 2
    rows = ((f"{one.shown:{wide}}", one.help) for one in COMMANDS)
    about = tuple(line("quiet", text) for text in HELP if talk.keys or text != KEYS)
    return (*about[:-1], *(Line("option", label + text, label) for label, text in rows), about[-1]), talk


def _why(talk: Talk, _operand: str) -> tuple[Said, Talk]:
    return render.explained(talk.answer) if talk.answer else "", talk


def _steps(talk: Talk, _operand: str) -> tuple[Said, Talk]:
    return _ask(talk, f"{talk.assistant.index.pages[_guide_of(talk)].title}: how?")


def _guide_of(talk: Talk) -> str:
    """Return the page with steps that is spoken of: that of the last answer, or else the guide opened before it."""
    pages = talk.assistant.index.pages
    return next((one for one in (talk.context.entry, talk.context.guide) if one in pages and pages[one].steps), "")


def _related(talk: Talk, _operand: str) -> tuple[Said, Talk]:
    context, index = talk.context, talk.assistant.index
    title = index.pages[context.entry].title
    options = onward(context.entry, context.facet, index, RELATED)
    return _offer(talk, f"From {title}:", options) if options else (note(f"{title} has nothing more."), talk)


def _sources(talk: Talk, _operand: str) -> tuple[Said, Talk]:
    sources = talk.answer.sources if talk.answer else ()
    return tuple(line("quiet", f"{one.title} {one.url}".strip()) for one in sources), talk


def _guide(talk: Talk, operand: str) -> tuple[Said, Talk]:
    index = talk.assistant.index
    guides = {page.title.lower(): page for page in index.pages.values() if page.steps}

    def offered(pages: Iterable[Page]) -> Iterable[Option]:
        firsts = (index.opening(page.id)._replace(facet="how") for page in pages)
        return (offer(number, first, index) for number, first in enumerate(firsts, 1))

    if not operand:
        return _offer(talk, "A number begins one:", offered(guides.values()))
    called = [operand] if operand in index.pages else index.called(operand)
    if found := next((index.pages[one] for one in called if index.pages[one].steps), None):
        return _ask(talk, f"{found.title}: how?")
    if near := [guides[name] for name in likest(operand.lower(), guides, 3)]:
        return _offer(talk, f"There is no guide “{operand}”.  A number begins one of these:", offered(near))
    return note(f"There is no guide “{operand}”; /guide tells which there are."), talk


def _reload(talk: Talk, _operand: str) -> tuple[Said, Talk]:
    known, news = reloading.fresh(talk.known, by_hand=True)
    return note(news), talk._replace(known=known)


def _set(talk: Talk, operand: str) -> tuple[Said, Talk]:
    name, _, value = operand.lower().partition(" ")
    rows = [row for row in SETTINGS if name in ("", row.name)]
    if not rows:
        near = _or_near("", name, [row.name for row in SETTINGS])
        return note(f"There is no setting {name}{near}  /set shows all."), talk
    if not value:
        wide = max(len(row.name) for row in rows) + 2
        labels = ((f"{row.name:{wide}}", row) for row in rows)
        shown = ((label, f"{label}{getattr(talk.settings, row.name)}: {row.help}", row.values) for label, row in labels)
        return tuple(Line("option", f"{text} ({', '.join(values)})", label) for label, text, values in shown), talk
    if not (good := settings.allowed(name, value)):
        return note(f"{name} can be {' or '.join(rows[0].values)}."), talk
    talk = talk._replace(settings=talk.settings._replace(**{name: good}))
    fault = settings.keep(talk.kept_in, name, good) if talk.kept_in else ""
    return note(f"{name} is {good}" + (f" for this chat; it cannot be kept: {fault}" if fault else ".")), talk


def _unasked(talk: Talk) -> str:
    return "" if talk.answer else "Nothing was asked yet."


def _untold(talk: Talk) -> str:
    told = talk.context.entry in talk.assistant.index.pages
    return _stopped(talk) if told else "No page was told yet to go on from."


def _stopped(talk: Talk) -> str:
    return "First see to what was said last." if talk.answer and talk.answer.outcome == "stop" else ""


def _unsourced(talk: Talk) -> str:
    return _unasked(talk) or ("" if talk.answer and talk.answer.sources else "The last answer names no source.")


def _unguided(talk: Talk) -> str:
    return _stopped(talk) if _guide_of(talk) else "No guide is spoken of; /guide tells which there are."


#: In the order in which help tells them.
COMMANDS = (
    Slash("help", "", "this", _help, bare=("help", "?")),
    Slash("why", "", "why the last answer was chosen, word by word", _why, _unasked),
    Slash("more", "", "more of the page that was told last", lambda talk, _: _ask(talk, "more"), _untold),
    Slash("steps", "", "the steps of the guide spoken of", _steps, _unguided),
    Slash("related", "", "all that can be asked from here; a number chooses", _related, _untold),
    Slash("sources", "", "where the last answer comes from, all of it", _sources, _unsourced),
    Slash("guide", "[PAGE]", "a guide; without a page, which there are", _guide),
    Slash("forget", "", "forget what someone has", lambda talk, _: _ask(talk, "forget that")),
    Slash("reload", "", "read the pages again that were saved", _reload),
    Slash("set", "[NAME [VALUE]]", "show what can be set; change it and keep it", _set),
    Slash(
        "quit",
        "",
        "leave, as does Ctrl-D; Ctrl-C clears the line",
        lambda talk, _: ("", talk._replace(over=True)),
        bare=("quit", "exit", "bye"),
    ),
)
#: What may stand beside a command of one word: "thank you, bye".
BESIDE = frozenset("thank thanks you ok okay and then please now".split())
BY_NAME = {one.name: one for one in COMMANDS}
#: Whole utterances that are a command without a slash.
BARE = {word: one for one in COMMANDS for word in one.bare}
KEYS = (
    "Tab completes, Up finds what began as typed, Ctrl-R searches, Alt-Enter begins a line, Ctrl-L clears the screen."
)
HELP = (
    "Ask in your own words.  A number chooses what was offered; “and how long?” goes on with the same topic.",
    "In the middle of a guide: next, previous, again, why?, step 3.  Anywhere: more, shorter, for example.",
    "What someone has (“she is pregnant”) is kept in mind until “forget that”.",
    KEYS,
    "No diagnosis here: pain that is sharp, spreads, numbs or lasts belongs to a doctor.",
)


def turn(said: str, talk: Talk) -> tuple[Said, Talk]:
    """Return what is said to one utterance, and the chat after it: a command does its own, all else is asked."""
    text = said.strip()
    if not text.startswith("/"):
        bare = " ".join(term for term in terms(text[:LONGEST]) if term not in BESIDE)
        command = BARE.get(text.lower()) or BARE.get(bare)
        return command.run(talk, "") if command else _ask(talk, text)
    word, _, operand = harmless(text[:LONGEST]).partition(" ")
    name = word[1:].lower()
    command = BY_NAME.get(name) or BARE.get(name)
    if command is None:
        near = _or_near("/", name, list(BY_NAME))
        return note(f"There is no command /{name[:20]}{near}  /help tells all."), talk
    amiss = command.amiss(talk)
    return (note(amiss), talk) if amiss else command.run(talk, operand.strip())


def _or_near(sign: str, word: str, known: list[str]) -> str:
    near = likest(word, known, 1) if word else []
    return f"; did you mean {sign}{near[0]}?" if near else "."


def shown(said: Said, look: Look | None, names: Mapping[str, str] = render.UNMARKED) -> str:
    """Return what a turn says as text: for a terminal of that look with terms marked, or plain where there is none."""
    if isinstance(said, str):
        return said
    if isinstance(said, Answer):
        return render.terminal(said, look, names) if look else render.plain(said)
    return "\n".join(render.wrapped(said, look) if look else (one.text for one in said))


#: Questions to begin with, a different one each day.
EXAMPLES = (
    "how much oil for deeper pressure?",
    "how do I massage a back?",
    "how hard should I knead?",
    "what is effleurage?",
    "where is the sacrum?",
    "kneading or friction?",
    "how do I warm the oil?",
)


def welcome(assistant: Assistant, day: int, width: int = 80) -> str:
    """Return the first screen: two lines, with a question that this knowledge answers."""
    index = assistant.index
    examples = (EXAMPLES[(day + n) % len(EXAMPLES)] for n in range(len(EXAMPLES)))
    example = next((one for one in examples if assistant.ask(one).outcome == "answered"), "")
    if not example:
        pages = list(index.pages)
        example = offer(1, index.opening(pages[day % len(pages)]), index).text
    long = f"Ask about massage, such as “{example}”"
    return f"{long if len(long) <= width else f'Ask “{example}”'}\n/help tells more, Ctrl-D leaves."


def completing(text: str, talk: Talk, topics: Topics) -> list[tuple[int, str]]:
    """Return (how many letters before the cursor to replace, what to put there) for Tab, the likeliest first.

    Of the commands only those that make sense now; names of pages with slips forgiven.
    """
    if not text.startswith("/"):
        return topics.completing(text)
    word, space, operand = text[1:].lower().partition(" ")
    if not space:
        names = [one.name for one in COMMANDS if not one.amiss(talk)]
        found = [name for name in names if name.startswith(word)] or likest(word, names)
        return [(len(text), f"/{name}") for name in found]
    if word == "guide":
        return [(len(operand), name) for name in likest(operand, topics.titles("guide"), 40)]
    if word == "set":
        name, space, value = operand.partition(" ")
        values = next((row.values for row in SETTINGS if row.name == name), ())
        known = values if space else [row.name for row in SETTINGS]
        return [(len(value if space else operand), one) for one in likest(value if space else operand, known)]
    return []


def rest(text: str, talk: Talk, topics: Topics) -> str:
    """Return how a line may go on that has not been typed before: a command, a name; "" where nothing is likely."""
    if not text.startswith("/"):
        return topics.rest(text)
    names = (f"/{one.name}" for one in COMMANDS if not one.amiss(talk))
    return next((name[len(text) :] for name in names if text[1:] and name.startswith(text.lower())), "")
