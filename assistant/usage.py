"""The command line as one table of commands, flags and examples: what help, manual page and completion are made of."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import argparse


class Command(NamedTuple):
    """One command: its operands, what it does, three examples, and the flags and operands beside those of all."""

    operands: str
    help: str
    examples: str
    arguments: tuple[tuple[str, dict[str, Any]], ...]


def _switch(name: str, help_: str) -> tuple[str, dict[str, Any]]:
    return name, {"action": "store_true", "help": help_}


def _valued(name: str, metavar: str, help_: str, default: Any = "", **how: Any) -> tuple[str, dict[str, Any]]:
    return name, {"metavar": metavar, "default": default, "help": help_, **how}


#: How many processes a batch may have; many more than a machine has processors, few enough for its open files.
MOST_JOBS = 64
FORMATS, SCHEMAS, SHELLS = ("text", "json", "md"), ("answer",), ("bash", "zsh", "fish")
FORMAT: tuple[tuple[str, dict[str, Any]], ...] = (
    ("--format", {"choices": FORMATS, "default": "text", "help": "how it is printed (default: text)"}),
    _switch("--json", "the same as --format json: one line of JSON each"),
)
COMMANDS = {
    "ask": Command(
        "QUESTION … | - | --jsonl",
        "answer one question, or a question a line from -",
        """\
  massage ask what is effleurage
  massage ask --json "how long should I knead?"
  printf 'what is fascia\\nhow much oil\\n' | massage ask -""",
        (
            ("question", {"nargs": "*", "help": "the question in words, or - to read a question a line"}),
            *FORMAT,
            _switch("--jsonl", "read a JSON object a line with question, id and session; print one a line"),
            _switch("--explain", "print to standard error why the answer was chosen"),
            _valued("--jobs", "N", f"answer --jsonl with 1 to {MOST_JOBS} processes (default: 1)", type=int, default=1),
            (
                "--fail-on",
                {
                    "metavar": "STATUS",
                    "action": "append",
                    "default": [],
                    "help": "exit with 1 if an answer of a batch is one of these: unknown,ambiguous,stop,error",
                },
            ),
        ),
    ),
    "chat": Command(
        "[QUESTION]",
        "talk; it remembers what was said before",
        """\
  massage chat
  massage chat "how do I massage a back?"
  massage chat --private""",
        (("question", {"nargs": "*", "help": "a first question"}),),
    ),
    "list": Command(
        "",
        "list the pages, one a line",
        """\
  massage list
  massage list | grep oil
  massage list --json""",
        FORMAT,
    ),
    "show": Command(
        "PAGE[#FACET|#STEP]",
        "show one page whole, or one facet or step of it",
        """\
  massage show effleurage
  massage show back-massage#2
  massage show kneading#how_long --format md""",
        (
            ("page", {"nargs": "+", "help": "id, title or alias of a page; then # and a facet or a number of a step"}),
            *FORMAT,
        ),
    ),
    "eval": Command(
        "FILE …",
        "ask questions as tests: a table, the misses, what moved",
        """\
  massage eval questions.yaml
  massage eval --save before.json questions.yaml
  massage eval --baseline before.json --at-least 90 questions.yaml""",
        (
            ("path", {"nargs": "+", "help": "YAML with expect and ask, or JSON a line with question and must"}),
            _valued("--baseline", "FILE", "tell which verdicts are others than there"),
            _valued("--save", "FILE", "keep the verdicts for a later --baseline"),
            _valued(
                "--at-least", "SHARE", "exit with 1 below this share right (default: 100)", type=float, default=100.0
            ),
        ),
    ),
    "verify": Command(
        "OLD.jsonl",
        "ask the questions of an earlier run again and list the answers that differ today",
        """\
  massage ask --jsonl < questions.jsonl > before.jsonl
  massage verify before.jsonl
  massage --knowledge my-pages verify --json before.jsonl""",
        (
            ("path", {"nargs": "+", "help": "answers that an earlier ask --jsonl printed; - for standard input"}),
            _switch("--json", "print each difference as one line of JSON"),
        ),
    ),
    "check": Command(
        "[PATH …]",
        "tell every problem of YAML with its place; silent when there is none",
        """\
  massage check
  massage check my-pages
  massage check my-pages/bamboo-massage.yaml""",
        (("path", {"nargs": "*", "help": "folders or files; the built-in handbook when none is given"}),),
    ),
    "schema": Command(
        "[answer]",
        "print the JSON Schema of an answer",
        """\
  massage schema answer
  massage schema answer > answer.schema.json
  massage schema answer | python3 -m json.tool""",
        (("what", {"nargs": "*", "help": "what is described: " + ", ".join(SCHEMAS)}),),
    ),
    "completion": Command(
        "bash|zsh|fish",
        "print what completes commands, flags and pages in a shell",
        """\
  eval "$(massage completion bash)"    # in ~/.bashrc
  eval "$(massage completion zsh)"     # in ~/.zshrc, after compinit
  massage completion fish | source     # in ~/.config/fish/config.fish""",
        (("shell", {"nargs": "*", "help": "one of " + ", ".join(SHELLS)}),),
    ),
    "man": Command(
        "",
        "print the manual page, in roff",
        """\
  massage man | man -l -
  massage man > massage.1
  massage man | groff -man -Tutf8 | less""",
        (),
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
#: Flags without a command, and one that argparse gives every parser by itself.
VERSION, HELP = (
    _switch("--version", "print the versions of the program and its knowledge"),
    _switch("--help", "show help"),
)
#: Flags that take the next word as their value.
_VALUED = frozenset(
    flag
    for command in COMMANDS.values()
    for flag, how in (*command.arguments, *SHARED)
    if flag.startswith("-") and how.get("action") != "store_true"
)
#: Flags of `ask` that stand for it where no command is named.
_OF_ASK = {flag for flag, _ in COMMANDS["ask"].arguments if flag.startswith("-")}
EXAMPLES = """\
  massage ask "how much oil for deeper pressure?"   # one answer
  massage                                           # a conversation
  massage ask --jsonl < questions.jsonl             # a batch, JSON"""
ABOUT = "Answers questions about massage technique from a handbook, offline, each answer with its source."
#: Every exit code, what it says, and what more it can say.
EXIT_CODES = (
    (0, "answered", "a batch that ran; check found nothing"),
    (1, "nothing found", "--fail-on, verify or eval found what must not be"),
    (2, "wrong usage", ""),
    (3, "several close answers", ""),
    (4, "stopped for safety", ""),
    (5, "knowledge unusable", "check found something; the output cannot be written"),
    (130, "interrupted", ""),
)
NO_DOCTOR = "Massage is no substitute for medical care: in doubt, see a doctor."
_CODES = [f"{code} {meaning}" for code, meaning, _ in EXIT_CODES]
EXITS = f"exit codes: {', '.join(_CODES[:5])},\n{', '.join(_CODES[5:])}.\n{NO_DOCTOR}"


def parser(name: str) -> argparse.ArgumentParser:
    """Return the parser of a command, or of `massage` alone where the name is empty; help opens with examples."""
    import argparse

    def help_(prog: str) -> argparse.HelpFormatter:  # of fixed width, for asking the terminal costs 2 ms
        return argparse.RawDescriptionHelpFormatter(prog, max_help_position=26, width=100)

    if name:
        command = COMMANDS[name]
        usage, about, examples = f"massage {name} [options] {command.operands}", f"{command.help}.", command.examples
        arguments, epilog = command.arguments, ""
    else:
        rows = "\n".join(f"  {key:12}{command.help}" for key, command in COMMANDS.items())
        examples, usage, about = EXAMPLES, "massage [options] [COMMAND | QUESTION …]", f"{ABOUT}\n\ncommands:\n{rows}"
        arguments, epilog = (VERSION,), EXITS

    class Parser(argparse.ArgumentParser):
        def format_help(self) -> str:
            return f"examples:\n{examples}\n\n{super().format_help()}"

    made = Parser(
        prog=f"massage {name}".strip(),
        usage=usage,
        description=about,
        epilog=epilog,
        formatter_class=help_,
    )
    for flag, how in (*arguments, *SHARED):
        made.add_argument(flag, **how)
    return made


def operand(name: str) -> str:
    """Return the name of what a command takes beside flags, "" where it takes nothing."""
    return next((flag for flag, how in COMMANDS[name].arguments if how.get("nargs")), "") if name else ""


def flagless(name: str, words: list[str]) -> SimpleNamespace | None:
    """Return the values of a command line without flags, or None where the parser has to look.

    Most questions come so, and argparse takes longer to be imported than they to be answered.
    """
    arguments = (*COMMANDS[name].arguments, *SHARED) if name else ()
    takes = operand(name)
    if any(word.startswith("-") and word != "-" for word in words) or not takes or not words:
        return None
    values = {flag.lstrip("-").replace("-", "_"): how.get("default", False) for flag, how in arguments}
    return SimpleNamespace(**{**values, "knowledge": [], takes: words})


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
    asks = at < len(argv) or not _OF_ASK.isdisjoint(word.split("=")[0] for word in argv)
    return ("ask" if asks else ""), list(argv)
