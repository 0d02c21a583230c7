"""Flags to values, errors to exit codes."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from assistant import __version__, commands
from assistant.commands import ANSWERED, INTERRUPTED, UNUSABLE
from assistant.console import Console
from assistant.model import KnowledgeError

if TYPE_CHECKING:
    import argparse


class Command(NamedTuple):
    """One command: what it does, its examples, and the flags and operands that it has beside those of all."""

    run: Callable[[Any, Console], int]
    operands: str
    help: str
    examples: str
    arguments: tuple[tuple[str, dict[str, Any]], ...]


def _switch(name: str, help_: str) -> tuple[str, dict[str, Any]]:
    return name, {"action": "store_true", "help": help_}


COMMANDS = {
    "ask": Command(
        commands.ask,
        "QUESTION … | - | --jsonl",
        "answer one question, or a question a line from -",
        """\
  massage ask what is effleurage
  massage ask --json "how long should I knead?"
  printf 'what is fascia\\nhow much oil\\n' | massage ask -""",
        (
            ("question", {"nargs": "*", "help": "the question in words, or - to read a question a line"}),
            _switch("--json", "print each answer as one line of JSON"),
            _switch("--jsonl", "read a JSON object a line with question, id and session; print one a line"),
            _switch("--explain", "print to standard error why the answer was chosen"),
        ),
    ),
    "chat": Command(
        commands.chat,
        "[QUESTION]",
        "talk; it remembers what was said before",
        """\
  massage chat
  massage chat "how do I massage a back?"
  massage chat --private""",
        (("question", {"nargs": "*", "help": "a first question"}),),
    ),
    "list": Command(
        commands.list_pages,
        "",
        "list the pages, one a line",
        """\
  massage list
  massage list | grep oil
  massage list --json""",
        (_switch("--json", "print each page as one line of JSON"),),
    ),
    "show": Command(
        commands.show,
        "PAGE",
        "show one page whole",
        """\
  massage show effleurage
  massage show back-massage
  massage show traps""",
        (("page", {"nargs": "+", "help": "id, title or alias of a page"}),),
    ),
    "eval": Command(
        commands.evaluate,
        "FILE …",
        "ask questions as tests: a table, the misses, what moved",
        """\
  massage eval questions.yaml
  massage eval --save before.json questions.yaml
  massage eval --baseline before.json --at-least 90 questions.yaml dialogues.jsonl""",
        (
            ("path", {"nargs": "+", "help": "YAML with expect and ask, or JSON a line with question and must"}),
            ("--baseline", {"metavar": "FILE", "default": "", "help": "tell which verdicts are others than there"}),
            ("--save", {"metavar": "FILE", "default": "", "help": "keep the verdicts for a later --baseline"}),
            (
                "--at-least",
                {
                    "metavar": "SHARE",
                    "type": float,
                    "default": 100.0,
                    "help": "exit with 1 below this share right (default: 100)",
                },
            ),
        ),
    ),
    "check": Command(
        commands.check,
        "[PATH …]",
        "tell every problem of YAML with its place; silent when there is none",
        """\
  massage check
  massage check my-pages
  massage check my-pages/hot-towels.yaml""",
        (("path", {"nargs": "*", "help": "folders or files; the built-in handbook when none is given"}),),
    ),
}
SHARED: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "--knowledge",
        {
            "metavar": "DIR",
            "action": "append",
            "default": [],
            "help": "a folder of YAML laid over the built-in handbook; the later wins",
        },
    ),
    _switch("--no-builtin", "leave the built-in handbook out"),
    (
        "--color",
        {"choices": ("auto", "always", "never"), "default": "auto", "help": "colour the output (default: auto)"},
    ),
    _switch("--private", "keep nothing of what is typed"),
)
#: Flags that take the next word as their value.
_VALUED = ("--knowledge", "--color", "--baseline", "--save", "--at-least")
EXAMPLES = """\
  massage ask "how much oil for deeper pressure?"     one answer
  massage                                             a conversation
  massage ask --jsonl < questions.jsonl               a batch, a JSON object a line

Answers questions about massage technique from a handbook, offline, each answer with its source."""
EXITS = """\
exit codes: 0 answered, 1 nothing found, 2 wrong usage, 3 several close answers, 4 stopped for safety,
5 knowledge unusable, 130 interrupted.
Massage is no substitute for medical care: in doubt, see a doctor."""


def parser(name: str) -> argparse.ArgumentParser:
    """Return the parser of a command, or of `massage` alone where the name is empty; help opens with examples."""
    import argparse

    def help_(prog: str) -> argparse.HelpFormatter:  # of fixed width, for asking the terminal costs 2 ms
        return argparse.RawDescriptionHelpFormatter(prog, max_help_position=26, width=100)

    if name:
        command = COMMANDS[name]
        usage, about = f"massage {name} [options] {command.operands}", f"{command.examples}\n\n{command.help}."
        arguments, epilog = command.arguments, ""
    else:
        rows = "\n".join(f"  {key:8}{command.help}" for key, command in COMMANDS.items())
        usage, about = "massage [options] [COMMAND | QUESTION …]", f"{EXAMPLES}\n\ncommands:\n{rows}"
        arguments, epilog = (("--version", {"action": "version", "version": f"massage {__version__}"}),), EXITS
    made = argparse.ArgumentParser(
        prog=f"massage {name}".strip(),
        usage=usage,
        description=f"examples:\n{about}",
        epilog=epilog,
        formatter_class=help_,
    )
    for flag, how in (*arguments, *SHARED):
        made.add_argument(flag, **how)
    return made


def flagless(name: str, words: list[str]) -> SimpleNamespace | None:
    """Return the values of a command line without flags, or None where the parser has to look.

    Most questions come so, and argparse takes longer to be imported than they to be answered.
    """
    arguments = (*COMMANDS[name].arguments, *SHARED) if name else ()
    operand = next((flag for flag, how in arguments if how.get("nargs")), "")
    if any(word.startswith("-") and word != "-" for word in words) or not operand or not words:
        return None
    values = {flag.lstrip("-").replace("-", "_"): how.get("default", False) for flag, how in arguments}
    return SimpleNamespace(**{**values, "knowledge": [], operand: words})


def command_of(argv: Sequence[str]) -> tuple[str, list[str]]:
    """Return the command that the arguments are for, "" for none, and the arguments without it.

    The first word that is no flag names it; where that is no command, or a flag of `ask` is there, it is `ask`.
    """
    at = 0
    while at < len(argv) and argv[at] != "--":
        word = argv[at]
        if word in _VALUED:
            at += 2
        elif word.startswith("-") and word != "-":
            at += 1
        elif word in COMMANDS:
            return word, [*argv[:at], *argv[at + 1 :]]
        else:
            return "ask", list(argv)
    asks = at < len(argv) or not {"--json", "--jsonl", "--explain"}.isdisjoint(argv)
    return ("ask" if asks else ""), list(argv)


def main(argv: Sequence[str] | None = None, console: Console | None = None) -> int:
    """Run the command line; returns the exit code of the contract and lets no exception through."""
    console = console or Console(*_steady(sys.stdin, sys.stdout, sys.stderr), os.environ)
    name, rest = command_of(sys.argv[1:] if argv is None else argv)
    try:
        args = flagless(name, rest) or _parsed(name, rest, console)
        code = COMMANDS[name or "chat"].run(args, console)
        console.stdout.flush()
        return code
    except SystemExit as stop:  # argparse has printed its sentence
        return int(stop.code or 0)
    except KnowledgeError as error:
        for problem in error.problems:
            print(problem, file=console.stderr)
        console.warn(str(error))
        return UNUSABLE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader has all it wanted
        _silence(console.stdout)
        return ANSWERED
    except OSError as error:
        _silence(console.stdout)
        console.warn(f"cannot write: {error.strerror or error}")
        return UNUSABLE


def _parsed(name: str, rest: list[str], console: Console) -> argparse.Namespace:
    """Return the values of a command line with flags; words after -- are operands whatever they look like."""
    flags, words = (rest[: rest.index("--")], rest[rest.index("--") + 1 :]) if "--" in rest else (rest, [])
    with contextlib.redirect_stdout(console.stdout), contextlib.redirect_stderr(console.stderr):
        args = parser(name).parse_intermixed_args(flags)
    for operand in ("question", "page", "path"):
        if hasattr(args, operand):
            getattr(args, operand).extend(words)
    return args


def _steady(stdin: IO[str] | None, stdout: IO[str] | None, stderr: IO[str] | None) -> tuple[IO[str], IO[str], IO[str]]:
    """Return the streams so set that no text from outside, no narrow code page and no closed one can break them."""
    stdin, stdout, stderr = stdin or io.StringIO(), stdout or io.StringIO(), stderr or io.StringIO()
    for stream, errors in ((stdin, "replace"), (stdout, "replace"), (stderr, "backslashreplace")):
        if (reconfigure := getattr(stream, "reconfigure", None)) is not None:
            encoding = "utf-8-sig" if stream is stdin and not stdin.isatty() else None
            reconfigure(encoding=encoding, errors=errors)
    return stdin, stdout, stderr


def _silence(stream: IO[str]) -> None:
    """Let what is still in a stream's buffer go nowhere, so that leaving does not fail once more."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
