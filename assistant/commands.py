"""What each command does with its values.  With `repl` the only room that prints."""

from __future__ import annotations

import contextlib
import gc
from typing import Any

from assistant.console import Console
from assistant.model import Answer, Context, KnowledgeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.dialogue import Assistant
    from assistant.slash import Talk

ANSWERED, NOTHING, USAGE, SEVERAL, STOPPED, UNUSABLE, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130
EXIT = {"answered": ANSWERED, "unknown": NOTHING, "ambiguous": SEVERAL, "stop": STOPPED}


def _load(args: Any, console: Console) -> Assistant:
    from assistant.dialogue import load

    gc.disable()  # an index is all values and no cycles: looking for them costs 3 ms
    assistant = load(*args.knowledge, builtin=not args.no_builtin)
    gc.freeze()
    gc.enable()
    if count := len(assistant.problems):
        first = assistant.problems[0]
        console.warn(f"{first}" if count == 1 else f"{first}; and {count - 1} more, see: massage check")
    return assistant


def ask(args: Any, console: Console) -> int:
    """Answer one question, or one a line."""
    if args.jsonl:
        return _batch(args, console)
    if args.question == ["-"]:
        return _each_line(args, console)
    text = " ".join(args.question)
    if not text.strip():
        console.warn('ask something, such as: massage ask "how much oil for deeper pressure?"')
        return USAGE
    assistant = _load(args, console)
    answer = assistant.ask(text)
    _print(answer, assistant, args, console)
    return EXIT[answer.outcome]


def _print(answer: Answer, assistant: Assistant, args: Any, console: Console) -> None:
    from assistant import render

    if args.explain:
        print(render.explained(answer), file=console.stderr)
    console.say(_json(render.as_json(answer)) if args.json else _shown(answer, assistant, args, console))


def _shown(answer: Answer, assistant: Assistant, args: Any, console: Console) -> str:
    """Return an answer as a person at a terminal reads it, or else plain."""
    from assistant import render

    if not (console.stdout.isatty() or args.color == "always"):
        return render.plain(answer)
    look = console.look(args.color)
    if look.colour:
        from assistant.glossary import Glossary

        return render.terminal(answer, look, Glossary(assistant.index))
    return render.terminal(answer, look)


def _json(value: Any) -> str:
    import json

    return json.dumps(value)  # in ASCII: the same bytes on any console


def _each_line(args: Any, console: Console) -> int:
    """Answer a question a line, none of them leaning on another; an empty line parts two answers in plain text."""
    assistant = _load(args, console)
    for number, line in enumerate(filter(str.strip, console.stdin)):
        if number and not args.json:
            console.say("")
        _print(assistant.ask(line.strip()), assistant, args, console)
    return ANSWERED


def _batch(args: Any, console: Console) -> int:
    """Answer a JSON object a line with one a line, in order; lines of one session are one conversation."""
    from assistant import render

    assistant = _load(args, console)
    sessions: dict[str, Context] = {}
    for line in filter(str.strip, console.stdin):
        id_, text, session, error = _request(line)
        if error:
            console.say(_json({"schema": 1, "id": id_, "status": "error", "answer": "", "error": error}))
            continue
        if session is None:
            answer = assistant.ask(text)
        else:
            answer, sessions[session] = assistant.turn(text, sessions.get(session, Context()))
        console.say(_json(render.as_json(answer, id_)))
    return ANSWERED


def _request(line: str) -> tuple[Any, str, str | None, str]:
    """Return id, question and session of a line of a batch, and what is wrong with the line, "" when nothing is."""
    import json

    def refuse(constant: str) -> None:
        raise ValueError(f"{constant} is no JSON")

    try:
        row = json.loads(line, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        return None, "", None, f"not JSON: {error}"
    if not isinstance(row, dict):
        return None, "", None, 'a line is an object with "question", a text'
    id_, text, session = row.get("id"), row.get("question"), row.get("session")
    if not isinstance(text, str):
        return id_, "", None, '"question" must be a text'
    return id_, text, None if session is None else str(session), ""


def chat(args: Any, console: Console) -> int:
    """Talk: at a terminal with a prompt, elsewhere line by line."""
    from assistant import reloading, settings, slash

    file = settings.path()
    chosen, fault = settings.load(console.environ, file)
    if fault:
        console.warn(fault)
    talk = slash.Talk(reloading.follow(_load(args, console)), settings=chosen, kept_in=file)
    first = " ".join(getattr(args, "question", []))
    if console.interactive and not console.plain:
        from assistant import repl

        return repl.chat(talk, first, console, args.color, private=args.private)
    return _line_by_line(talk, first, console, args.color)


def _line_by_line(talk: Talk, first: str, console: Console, color: str) -> int:
    """Talk with no prompt drawn: on a pipe, on a terminal that cannot draw, for a screen reader.

    Where a person types, Ctrl-C takes away the line, or what is left of the answer; never the chat, whenever it comes.
    """
    import time

    from assistant import slash

    looked, person, answered = time.monotonic(), console.interactive, False
    if person:
        console.say(slash.welcome(talk.assistant, int(time.time() // 86_400), console.width()))
    while True:
        try:
            line, first = first or _typed(console), ""
            if not line:
                return ANSWERED
            if not line.strip():
                continue
            if person or time.monotonic() - looked >= 1:
                talk, looked = _followed(talk, console), time.monotonic()
            said, talk = slash.turn(line.strip(), talk)
            if talk.over:
                return ANSWERED
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
    from assistant import reloading

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


def list_pages(args: Any, console: Console) -> int:
    """List the pages by title at a terminal; elsewhere id, kind and title with tabs between."""
    from assistant.columns import harmless

    pages = _load(args, console).index.pages.values()
    for page in pages:
        if args.json:
            console.say(_json({"id": page.id, "kind": page.kind, "title": page.title, "aliases": page.aliases}))
        elif console.stdout.isatty():
            console.say(f"{page.id:28} {harmless(page.title)}" + ("" if page.kind == "term" else f" ({page.kind})"))
        else:
            console.say(f"{page.id}\t{page.kind}\t{page.title}")
    return ANSWERED


def show(args: Any, console: Console) -> int:
    """Show a page, found by its id, title or one of its aliases."""
    from assistant import lines, render

    index, wanted = _load(args, console).index, " ".join(args.page)
    page = index.pages.get(wanted) or next((index.pages[id_] for id_ in index.called(wanted)), None)
    if page is None:
        from assistant.schema import nearest

        near = nearest(wanted, index.pages)
        console.warn(f"no page {wanted!r}" + (f"; did you mean {near!r}?" if near else "; see: massage list"))
        return NOTHING
    look = console.look(args.color)
    shown = lines.page(page, index.sources, look.accessible)
    if console.stdout.isatty() or args.color == "always":
        console.say("\n".join(render.wrapped(shown, look)))
    else:
        console.say("\n".join(line.text for line in shown))
    return ANSWERED


def evaluate(args: Any, console: Console) -> int:
    """Ask questions as tests; print a table, the misses with how each was read, and what moved since a baseline."""
    from assistant import evaluation

    before = _baseline(args.baseline)
    results = list(evaluation.evaluate(evaluation.cases(args.path), _load(args, console)))
    if not results:
        console.warn("no case in " + ", ".join(args.path))
        return USAGE
    for line in evaluation.table(results):
        console.say(line)
    for line in (*evaluation.misses(results), *(f"moved {row}" for row in evaluation.moved(results, before))):
        console.say(line)
    if args.save:
        with open(args.save, "w", encoding="utf-8") as file:
            file.write(_json({result.case.id: result.verdict for result in results}) + "\n")
    right = sum(result.verdict == "right" for result in results)
    return ANSWERED if 100 * right >= args.at_least * len(results) else NOTHING


def _baseline(path: str) -> dict[str, str]:
    """Return the verdicts by id that an earlier run saved; raises KnowledgeError when they cannot be read."""
    import json

    if not path:
        return {}
    try:
        with open(path, encoding="utf-8") as file:
            return {str(key): str(value) for key, value in json.load(file).items()}
    except (OSError, ValueError, AttributeError) as error:
        raise KnowledgeError(f"cannot read the baseline {path}: {error}") from None


def check(args: Any, console: Console) -> int:
    """Print every problem; say nothing when there is none."""
    from assistant.check import problems

    found = problems((*args.path, *args.knowledge), builtin=not args.no_builtin)
    for problem in found:
        console.say(str(problem))
    return UNUSABLE if found else ANSWERED
