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
from assistant.console import Console
from assistant.model import KnowledgeError
from assistant.usage import command_of, flagless, parser

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
    name, rest = command_of(sys.argv[1:] if argv is None else argv)
    try:
        args = flagless(name, rest) or _parsed(name, rest, console)
        code = (commands.version if getattr(args, "version", False) else RUN[name or "chat"])(args, console)
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
