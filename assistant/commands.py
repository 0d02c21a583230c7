"""What each command does with its values.  With `repl` the only room that prints."""

from __future__ import annotations

import contextlib
import gc
from collections import Counter
from typing import Any

from assistant.console import Console, Progress
from assistant.model import Answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.dialogue import Assistant

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
    if wrong := _wrong(args):
        console.warn(wrong)
        return USAGE
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


def _wrong(args: Any) -> str:
    """Return what is wrong with flags that do not go together, "" when nothing is."""
    from assistant.usage import MOST_JOBS

    if unknown := [one for one in _failing(args) if one not in (*EXIT, "error") or one == "answered"]:
        return f"--fail-on takes unknown, ambiguous, stop and error, not {unknown[0]!r}"
    if not 1 <= args.jobs <= MOST_JOBS:
        return f"--jobs takes a number of processes, 1 to {MOST_JOBS}"
    if args.jobs > 1 and not args.jsonl:
        return "--jobs goes with --jsonl"
    if args.jsonl and (args.explain or _format(args) == "md"):
        return "--jsonl prints JSON and nothing beside it: leave --explain and --format md out"
    if args.jsonl and args.question not in ([], ["-"]):
        return "--jsonl reads its questions from standard input: massage ask --jsonl < questions.jsonl"
    return ""


def _format(args: Any) -> str:
    return "json" if args.json else str(args.format or "text")


def _print(answer: Answer, assistant: Assistant, args: Any, console: Console) -> None:
    from assistant import render

    if args.explain:
        console.beside(render.explained(answer))
    if _format(args) == "json":
        console.say(_json(render.as_json(answer)))
    elif _format(args) == "md":
        console.say(render.markdown(answer))
    else:
        console.say(_shown(answer, assistant, args, console))


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
    counted: Counter[str] = Counter()
    for number, line in enumerate(filter(str.strip, console.stdin)):
        if number and _format(args) != "json":
            console.say("")
        answer = assistant.ask(line.strip())
        counted[answer.outcome] += 1
        _print(answer, assistant, args, console)
    return _gate(counted, args, console)


def _batch(args: Any, console: Console) -> int:
    """Answer a JSON object a line with one a line, in order; lines of one session are one conversation."""
    from concurrent.futures import BrokenExecutor

    from assistant import batch

    assistant = _load(args, console)
    counted: Counter[str] = Counter()
    progress = Progress(console)
    try:
        with batch.tidy_end() if args.jobs > 1 else contextlib.nullcontext():
            for reply in batch.replies(console.stdin, assistant, args.jobs):
                console.say(reply.line)
                counted[reply.status] += 1
                progress.told(counted.total())
    except BrokenExecutor:
        console.warn(f"a process of the batch was ended from outside, after {counted.total():,} answers")
        return UNUSABLE
    finally:
        progress.over()
    return _gate(counted, args, console)


def _gate(counted: Counter[str], args: Any, console: Console) -> int:
    """Return the exit code of a batch that ran: 1 where one of its answers is what it must not be."""
    failed = {status: counted[status] for status in _failing(args) if counted[status]}
    if not failed:
        return ANSWERED
    told = ", ".join(f"{count:,} {status}" for status, count in failed.items())
    console.warn(f"of {counted.total():,} answers: {told}")
    return NOTHING


def _failing(args: Any) -> list[str]:
    return [one.strip() for some in args.fail_on or () for one in some.split(",") if one.strip()]


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
    from assistant import linewise

    return linewise.chat(talk, first, console, args.color)


def list_pages(args: Any, console: Console) -> int:
    """List the pages by title at a terminal; elsewhere id, kind and title with tabs between."""
    from assistant.columns import harmless

    for page in _load(args, console).index.pages.values():
        if _format(args) == "json":
            console.say(_json({"id": page.id, "kind": page.kind, "title": page.title, "aliases": page.aliases}))
        elif _format(args) == "md":
            console.say(f"- **{page.title}** (`{page.id}`, {page.kind})")
        elif console.stdout.isatty():
            console.say(f"{page.id:28} {harmless(page.title)}" + ("" if page.kind == "term" else f" ({page.kind})"))
        else:
            console.say(f"{page.id}\t{page.kind}\t{page.title}")
    return ANSWERED


def show(args: Any, console: Console) -> int:
    """Show a page, or a facet or step of it, found by its id, title or one of its aliases."""
    from assistant import lines, pages, render

    index = _load(args, console).index
    try:
        found = pages.find(" ".join(args.page), index)
    except LookupError as error:
        console.warn(str(error.args[0]))
        return NOTHING
    look = console.look(args.color)
    shown = list(lines.page(found.page, index.sources, look.accessible, found.facet, found.step))
    if _format(args) == "json":
        console.say(_json(pages.as_json(found, index)))
    elif _format(args) == "md":
        console.say(render.as_markdown(shown))
    elif console.stdout.isatty() or args.color == "always":
        console.say("\n".join(render.wrapped(shown, look)))
    else:
        console.say("\n".join(line.text for line in shown))
    return ANSWERED


def version(args: Any, console: Console) -> int:
    """Print the versions of the program and of the knowledge that it would answer from."""
    from assistant import __version__

    index = _load(args, console).index
    knowledge = " ".join(filter(None, (index.version, f"({index.fingerprint}, {len(index.pages):,} pages)")))
    console.say(f"massage {__version__}, knowledge {knowledge}")
    return ANSWERED


def schema(args: Any, console: Console) -> int:
    """Print the JSON Schema of an answer."""
    import json

    from assistant import contract
    from assistant.usage import SCHEMAS

    if (args.what or list(SCHEMAS)) != list(SCHEMAS):
        console.warn("there is a schema of: " + ", ".join(SCHEMAS))
        return USAGE
    console.say(json.dumps(contract.ANSWER, indent=2))
    return ANSWERED


def completion(args: Any, console: Console) -> int:
    """Print what completes a command line in a shell."""
    from assistant import completing
    from assistant.usage import SHELLS

    if len(args.shell) != 1 or args.shell[0] not in SHELLS:
        console.warn("name the shell: massage completion " + "|".join(SHELLS))
        return USAGE
    console.say(completing.script(args.shell[0]))
    return ANSWERED


def man(_args: Any, console: Console) -> int:
    """Print the manual page."""
    from assistant import manual

    console.say(manual.page())
    return ANSWERED


def verify(args: Any, console: Console) -> int:
    """Ask the questions of an earlier run again; list the answers that differ, and exit with 1 if any does."""
    from assistant import verifying

    asked = differ = 0
    try:
        for old in verifying.answers(verifying.lines_of(args.path, console.stdin)):
            if not asked:
                checked = verifying.Again(_load(args, console))
            asked += 1
            if found := checked.difference(old):
                differ += 1
                console.say(_json(found._asdict()) if args.json else verifying.told(found))
    except ValueError as error:
        console.warn(str(error))
        return USAGE
    if not asked:
        console.warn("no answer in " + ", ".join(args.path))
        return USAGE
    errors = f"; {old.errors:,} line{'s' if old.errors > 1 else ''} asked nothing" if old.errors else ""
    console.warn(f"{differ:,} of {asked:,} answers differ{errors}")
    return NOTHING if differ else ANSWERED


def evaluate(args: Any, console: Console) -> int:
    """Ask questions as tests; print a table, the misses with how each was read, and what moved since a baseline."""
    from assistant import evaluation

    if args.save in args.path:
        console.warn(f"--save {args.save} would write over the questions")
        return USAGE
    if not 0 <= args.at_least <= 100:
        console.warn("--at-least takes a share of 0 to 100")
        return USAGE
    before = evaluation.baseline(args.baseline)
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


def check(args: Any, console: Console) -> int:
    """Print every problem; say nothing when there is none."""
    from assistant.check import problems

    found = problems((*args.path, *args.knowledge), builtin=not args.no_builtin)
    for problem in found:
        console.say(str(problem))
    return UNUSABLE if found else ANSWERED
