"""The manual page, made of the table of the command line."""

import re
import time
from collections.abc import Iterable, Iterator
from typing import Any

from assistant import __version__
from assistant.settings import SETTINGS
from assistant.usage import ABOUT, COMMANDS, EXAMPLES, EXIT_CODES, HELP, NO_DOCTOR, SHARED, VERSION

#: What the program heeds of the environment.
ENVIRONMENT = (
    ("NO_COLOR", "no colour, whatever the terminal can"),
    ("FORCE_COLOR", "colour on a pipe too"),
    ("TERM", "dumb for no colour and a plain prompt"),
    ("COLORFGBG", "the colours of the terminal, by which the theme is chosen"),
    ("COLUMNS, LINES", "the size of the terminal, where they are set"),
    ("ACCESSIBLE", "1 for a screen reader: nothing is drawn anew, labels are words"),
    ("PAGER", "what shows an answer that is longer than the screen (less -R)"),
    *((f"MASSAGE_{row.name.upper()}", f"{row.help}: {', '.join(row.values)}") for row in SETTINGS),
    ("XDG_CACHE_HOME", "where the compiled handbook is kept (~/.cache)"),
    ("XDG_STATE_HOME", "where what was typed is kept (~/.local/state)"),
    ("XDG_CONFIG_HOME", "where settings are kept (~/.config)"),
)


def page(day: float | None = None) -> str:
    """Return the manual page in roff (man(7) macros, ASCII), dated by a time in seconds, else by today."""
    return "\n".join(_page(time.strftime("%Y-%m-%d", time.gmtime(day))))


def _page(date: str) -> Iterator[str]:
    yield f'.TH MASSAGE 1 "{date}" "massage {__version__}" "User Commands"'
    yield from (".SH NAME", r"massage \- answer questions about massage technique from a handbook")
    yield from (".SH SYNOPSIS", _bold("massage") + " " + _operands("[options] [QUESTION …]"))
    yield from (".br", _bold("massage") + " " + _operands("[options] COMMAND …"))
    yield from (".SH DESCRIPTION", _escaped(ABOUT), ".PP", _escaped(NO_DOCTOR))
    yield from (".SH EXAMPLES", *_verbatim(EXAMPLES))
    yield ".SH COMMANDS"
    for name, command in COMMANDS.items():
        yield f".SS {_bold(f'massage {name}')} {_operands(command.operands)}".rstrip()
        yield _escaped(command.help[0].upper() + command.help[1:] + ".")
        yield from (".PP", *_verbatim(command.examples))
        yield from _tagged(command.arguments, command.operands.split(" ")[0])
    yield from (".SH OPTIONS", "Of every command:", *_tagged((*SHARED, HELP)))
    yield from (".PP", "Without a command:", *_tagged((VERSION,)))
    yield ".SH EXIT STATUS"
    for code, told, more in EXIT_CODES:
        yield from _row(_bold(str(code)), f"{told}; {more}" if more else told)
    yield ".SH ENVIRONMENT"
    for names, told in ENVIRONMENT:
        yield from _row(_bold(names), told)


def _tagged(arguments: Iterable[tuple[str, dict[str, Any]]], operand: str = "") -> Iterator[str]:
    """Yield what each flag does and takes; an operand goes by its name in the synopsis."""
    for name, how in arguments:
        value = how.get("metavar") or "|".join(how.get("choices", ()))
        typed = f"{name} {value}".rstrip() if name.startswith("-") else operand
        yield from _row(_operands(typed.strip("[]") if typed.startswith("[") else typed), how["help"])


def _row(tag: str, told: str) -> tuple[str, str, str]:
    return ".TP", tag, _escaped(told)


def _verbatim(examples: str) -> Iterator[str]:
    yield from (".RS 4", ".nf")
    yield from (_escaped(row.strip()) for row in examples.split("\n"))
    yield from (".fi", ".RE")


def _bold(text: str) -> str:
    return rf"\fB{_escaped(text)}\fR"


def _operands(text: str) -> str:
    """Return what stands for something else in italics, what is typed as it stands in bold, signs as they are."""

    def shown(part: str) -> str:
        if not part.strip("[]|#… "):
            return _escaped(part)
        return rf"\fI{_escaped(part)}\fR" if part[0].isupper() or part == "options" else _bold(part)

    return "".join(map(shown, re.findall(r"[A-Z]+(?:\.[a-z]+)?|options|[a-z-]+|[^A-Za-z-]+", text)))


def _escaped(text: str) -> str:
    """Return a text as roff shows it: in ASCII, no line of it a request, no quote or hyphen a typographic one."""
    for sign, escape in (("\\", r"\e"), ("-", r"\-"), ("'", r"\(aq"), ("`", r"\(ga"), ("^", r"\(ha"), ("~", r"\(ti")):
        text = text.replace(sign, escape)
    text = "".join(sign if sign.isascii() else rf"\[u{ord(sign):04X}]" for sign in text.replace("…", r"\&..."))
    return r"\&" + text if text.startswith((".", r"\&.")) else text
