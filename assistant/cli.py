"""Flags to values, errors to exit codes."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import IO, TYPE_CHECKING, Any

from assistant import commands
from assistant.commands import ANSWERED, INTERRUPTED, UNUSABLE
from assistant.console import Console, silence
from assistant.model import KnowledgeError
from assistant.usage import command_of, flagless, operand, parser

if TYPE_CHECKING:
    import argparse

RUN: dict[str, Callable[[Any, Console], int]] = {
    "ask": commands.ask,
    "chat": commands.chat,
    "list": commands.list_pages,
    "show": commands.show,
    "eval": commands.evaluate,
    "verify": commands.verify,
    "check": commands.check,
    "schema": commands.schema,
    "completion": commands.completion,
    "man": commands.man,
}


def main(argv: Sequence[str] | None = None, console: Console | None = None) -> int:
    """Run the command line; returns the exit code of the contract and lets no exception through."""
    console = console or Console(*_steady(sys.stdin, sys.stdout, sys.stderr), os.environ)
    try:
        code = _run(sys.argv[1:] if argv is None else argv, console)
        console.stdout.flush()
        return code
    except KnowledgeError as error:
        for problem in error.problems:
            console.beside(str(problem))
        console.warn(str(error))
        return UNUSABLE
    except SystemExit as stop:  # told to end
        return int(stop.code or 0)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader has all it wanted
        silence(console.stdout)
        return ANSWERED
    except OSError as error:
        silence(console.stdout)
        console.warn(f"cannot read or write: {error.strerror or error}")
        return UNUSABLE


def _run(argv: Sequence[str], console: Console) -> int:
    name, rest = command_of(argv)
    try:
        args = flagless(name, rest) or _parsed(name, rest, console)
    except SystemExit as stop:
        return int(stop.code or 0)
    return (commands.version if getattr(args, "version", False) else RUN[name or "chat"])(args, console)


def _parsed(name: str, rest: list[str], console: Console) -> argparse.Namespace:
    """Return the values of a command line with flags; words after -- are operands whatever they look like."""
    flags, words = (rest[: rest.index("--")], rest[rest.index("--") + 1 :]) if "--" in rest else (rest, [])
    out, err = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            args = parser(name).parse_intermixed_args([*flags, *("" for _ in words)])  # each holds the place of a word
    except SystemExit:  # help was asked for, or a sentence tells what is wrong
        console.stdout.write(out.getvalue())
        if said := err.getvalue().rstrip("\n"):
            console.beside(said)
        raise
    if words:
        operands = getattr(args, operand(name))
        operands[len(operands) - len(words) :] = words
    return args


def _steady(stdin: IO[str] | None, stdout: IO[str] | None, stderr: IO[str] | None) -> tuple[IO[str], IO[str], IO[str]]:
    """Return the streams so set that no text from outside, no narrow code page and no closed one can break them."""
    stdin, stdout, stderr = stdin or io.StringIO(), stdout or io.StringIO(), stderr or io.StringIO()
    for stream, errors in ((stdin, "replace"), (stdout, "replace"), (stderr, "backslashreplace")):
        if (reconfigure := getattr(stream, "reconfigure", None)) is not None:
            encoding = "utf-8-sig" if stream is stdin and not stdin.isatty() else None
            reconfigure(encoding=encoding, errors=errors)
    return stdin, stdout, stderr
