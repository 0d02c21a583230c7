"""Flags to values, errors to exit codes."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from assistant import __version__, commands
from assistant.commands import ANSWERED, INTERRUPTED, UNUSABLE
from assistant.console import Console
from assistant.model import KnowledgeError

EXAMPLES = """\
examples:
  massage ask "how much oil for deeper pressure?"     one answer
  massage                                             a conversation
  massage ask --jsonl < questions.jsonl               a batch, a JSON object a line
"""


def parser() -> argparse.ArgumentParser:
    """Return the command line's parser; every command opens its help with examples."""
    shared = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = shared.add_argument_group("knowledge and output")
    group.add_argument(
        "--knowledge",
        metavar="DIR",
        action="append",
        type=Path,
        help="a folder of YAML laid over the built-in handbook; the later wins",
    )
    group.add_argument("--no-builtin", action="store_true", help="leave the built-in handbook out")
    group.add_argument("--color", choices=("auto", "always", "never"), help="colour the output (default: auto)")
    group.add_argument("--private", action="store_true", help="keep nothing of what is typed")

    def command(name: str, help: str, examples: str, run: Callable[..., int]) -> argparse.ArgumentParser:  # noqa: A002
        one = subparsers.add_parser(
            name,
            help=help,
            parents=[shared],
            formatter_class=argparse.RawDescriptionHelpFormatter,
            usage=f"massage {name} [options]" + _OPERANDS[name],
            description=f"{examples}\n{help}.",
        )
        one.set_defaults(run=run)
        return one

    top = argparse.ArgumentParser(
        prog="massage",
        parents=[shared],
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="massage [options] [COMMAND | QUESTION …]",
        description=EXAMPLES
        + "\nAnswers questions about massage technique from a handbook, offline, each answer with its source.",
        epilog="exit codes: 0 answered, 1 nothing found, 2 wrong usage, 3 several close answers,\n"
        "4 stopped for safety, 5 knowledge unusable, 130 interrupted.\n"
        "Massage is no substitute for medical care: in doubt, see a doctor.",
    )
    top.add_argument("--version", action="version", version=f"massage {__version__}")
    subparsers = top.add_subparsers(title="commands", metavar="")
    ask = command("ask", "answer one question, or a question a line from -", _ASK_EXAMPLES, commands.ask)
    ask.add_argument("question", nargs="*", help="the question in words, or - to read a question a line")
    ask.add_argument("--json", action="store_true", help="print each answer as one line of JSON")
    ask.add_argument(
        "--jsonl", action="store_true", help="read a JSON object a line with question, id and session; print one a line"
    )
    ask.add_argument("--explain", action="store_true", help="print to standard error why the answer was chosen")
    chat = command("chat", "talk; it remembers what was said before", _CHAT_EXAMPLES, commands.chat)
    chat.add_argument("question", nargs="*", help="a first question")
    pages = command("list", "list the pages", _LIST_EXAMPLES, commands.list_pages)
    pages.add_argument("--json", action="store_true", help="print each page as one line of JSON")
    show = command("show", "show one page", _SHOW_EXAMPLES, commands.show)
    show.add_argument("id", help="id or name of a page")
    check = command(
        "check", "tell every problem of YAML with its place; silent when there is none", _CHECK_EXAMPLES, commands.check
    )
    check.add_argument("path", nargs="*", type=Path, help="folders or files; the built-in handbook when none is given")
    return top


_OPERANDS = {"ask": " QUESTION … | - | --jsonl", "chat": " [QUESTION]", "list": "", "show": " ID", "check": " [PATH …]"}
_ASK_EXAMPLES = """\
examples:
  massage ask what is effleurage
  massage ask --json "how long should I knead?"
  printf 'what is fascia\\nhow much oil\\n' | massage ask -
"""
_CHAT_EXAMPLES = """\
examples:
  massage chat
  massage chat "how do I massage a back?"
  massage chat --private
"""
_LIST_EXAMPLES = """\
examples:
  massage list
  massage list | grep oil
  massage list --json
"""
_SHOW_EXAMPLES = """\
examples:
  massage show effleurage
  massage show back-massage
  massage show traps
"""
_CHECK_EXAMPLES = """\
examples:
  massage check
  massage check my-pages
  massage check my-pages/hot-towels.yaml
"""
#: Flags that take the next word as their value.
_VALUED = ("--knowledge", "--color")


def with_command(argv: Sequence[str]) -> list[str]:
    """Return the arguments with `ask` before them when their first word that is no flag is no command either."""
    at = 0
    while at < len(argv):
        word = argv[at]
        if word in _VALUED:
            at += 2
        elif word.startswith("-") and word not in ("-", "--"):
            at += 1
        else:
            return list(argv) if word in _OPERANDS else ["ask", *argv]
    return ["ask", *argv] if {"--json", "--jsonl", "--explain"} & set(argv) else list(argv)


def main(argv: Sequence[str] | None = None, console: Console | None = None) -> int:
    """Run the command line; returns the exit code of the contract and lets no exception through."""
    console = console or Console(*_steady(sys.stdin, sys.stdout, sys.stderr), os.environ)
    try:
        with contextlib.redirect_stdout(console.stdout), contextlib.redirect_stderr(console.stderr):
            args = parser().parse_args(with_command(sys.argv[1:] if argv is None else argv), _defaults())
        code: int = args.run(args, console)
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


def _defaults() -> argparse.Namespace:
    return argparse.Namespace(
        knowledge=[], no_builtin=False, color="auto", private=False, run=commands.chat, question=[]
    )


def _steady(stdin: IO[str], stdout: IO[str], stderr: IO[str]) -> tuple[IO[str], IO[str], IO[str]]:
    """Return the streams so set that no text from outside and no narrow code page can break them."""
    for stream, errors in ((stdin, "replace"), (stdout, "replace"), (stderr, "backslashreplace")):
        if (reconfigure := getattr(stream, "reconfigure", None)) is not None:
            reconfigure(errors=errors)
    if (reconfigure := getattr(stdin, "reconfigure", None)) is not None and not stdin.isatty():
        reconfigure(encoding="utf-8-sig")
    return stdin, stdout, stderr


def _silence(stream: IO[str]) -> None:
    """Let what is still in a stream's buffer go nowhere, so that leaving does not fail once more."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
