"""The manual page, and what completes a command line in a shell: both made of the table of the command line."""

import time
from collections.abc import Iterable, Iterator
from typing import Any

from assistant import __version__
from assistant.usage import COMMANDS, EXAMPLES, EXIT_CODES, NO_DOCTOR, SCHEMAS, SHARED, SHELLS, Command

Argument = tuple[str, dict[str, Any]]
#: What a command takes that is neither a flag nor free text.
_OPERANDS = {"show": "pages", "check": "files", "eval": "files", "verify": "files", "schema": " ".join(SCHEMAS)}
_OPERANDS["completion"] = " ".join(SHELLS)
#: What the program heeds of the environment.
ENVIRONMENT = (
    ("NO_COLOR", "no colour, whatever the terminal can"),
    ("FORCE_COLOR", "colour on a pipe too"),
    ("ACCESSIBLE", "1 for a screen reader: nothing is redrawn, labels are words"),
    ("MASSAGE_THEME", "light, dark or contrast"),
    ("PAGER", "what shows an answer that does not fit the screen (less -R)"),
    (
        "XDG_CACHE_HOME, XDG_STATE_HOME, XDG_CONFIG_HOME",
        "where the compiled handbook, what was typed and settings are kept",
    ),
)


def page(day: float | None = None) -> str:
    """Return the manual page in roff (man(7) macros), dated by a time in seconds, else by today."""
    date = time.strftime("%Y-%m-%d", time.gmtime(day))
    return "\n".join(_page(date)).rstrip()


def _page(date: str) -> Iterator[str]:
    examples, about = EXAMPLES.rsplit("\n\n", 1)
    yield f'.TH MASSAGE 1 "{date}" "massage {__version__}" "User Commands"'
    yield from (".SH NAME", "massage \\- answer questions about massage technique from a handbook")
    yield from (".SH SYNOPSIS", ".B massage", _escaped("[options] [COMMAND | QUESTION …]"))
    yield from (".SH DESCRIPTION", _escaped(about), ".PP", _escaped(NO_DOCTOR))
    yield from (".SH EXAMPLES", *_verbatim(examples.split("\n")))
    yield ".SH COMMANDS"
    for name, command in COMMANDS.items():
        yield from (
            f".SS massage {name} {_escaped(command.operands)}".rstrip(),
            _escaped(command.help[0].upper() + command.help[1:] + "."),
        )
        yield from _verbatim(command.examples.split("\n"))
        yield from _tagged(command.arguments)
    yield from (".SH OPTIONS", "Of every command:", *_tagged(SHARED))
    yield from (".SH EXIT STATUS", *(row for code, told in EXIT_CODES for row in (".TP", f".B {code}", _escaped(told))))
    yield from (
        ".SH ENVIRONMENT",
        *(row for name, told in ENVIRONMENT for row in (".TP", f".B {name}", _escaped(told))),
    )


def _tagged(arguments: Iterable[Argument]) -> Iterator[str]:
    for name, how in arguments:
        value = how.get("metavar") or "|".join(how.get("choices", ()))
        yield from (".TP", f".BI {_escaped(name)}" + (f' " {_escaped(value)}"' if value else ""), _escaped(how["help"]))


def _verbatim(rows: Iterable[str]) -> Iterator[str]:
    yield from (".PP", ".nf", ".RS 4")
    yield from (_escaped(row.strip()) for row in rows)
    yield from (".RE", ".fi")


def _escaped(text: str) -> str:
    """Return a text as roff shows it: no line of it a request, no hyphen a dash."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "\\&...").replace("'", "\\(aq")
    return "\\&" + text if text.startswith((".", "\\(aq")) else text


def completion(shell: str) -> str:
    """Return the script that completes `massage` in bash, zsh or fish: commands, flags, their values, ids of pages."""
    return "\n".join({"bash": _bash, "zsh": _zsh, "fish": _fish}[shell]())


def _flags(command: Command | None) -> list[Argument]:
    """Return the flags of a command, or of none."""
    own = command.arguments if command else (*COMMANDS["ask"].arguments, ("--version", {"help": "print the versions"}))
    return [(name, how) for name, how in (*own, *SHARED, ("--help", {"help": "show help"})) if name.startswith("-")]


def _values() -> dict[str, str]:
    """Return flag → what its value is: words to choose from, "dirs", "files", or "" for free text."""
    every = [flag for command in COMMANDS.values() for flag in _flags(command)]
    kinds = {"DIR": "dirs", "FILE": "files"}
    return {
        name: " ".join(how["choices"]) if "choices" in how else kinds.get(how["metavar"], "")
        for name, how in every
        if "choices" in how or "metavar" in how
    }


_BASH_WORDS = {"dirs": 'compgen -d -- "$cur"', "files": 'compgen -f -- "$cur"', "": "true"}
_BASH_WORDS["pages"] = 'compgen -W "$(massage "${shelves[@]}" list 2>/dev/null | cut -f1)" -- "$cur"'


def _bash() -> Iterator[str]:
    def reply(kind: str) -> str:
        words = _BASH_WORDS.get(kind, f'compgen -W "{kind}" -- "$cur"')
        return f"COMPREPLY=($({words}))"

    yield "# bash completion for massage"
    yield "_massage() {"
    yield "    local IFS=$' \\t\\n'"
    yield '    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command="" at shelves=()'
    yield "    COMPREPLY=()"
    yield "    for ((at = 1; at < COMP_CWORD; at++)); do"
    yield "        case ${COMP_WORDS[at]} in"
    yield '            --knowledge) shelves+=(--knowledge "${COMP_WORDS[++at]}") ;;'
    yield f"            {'|'.join(name for name, kind in _values().items() if name != '--knowledge')}) ((at++)) ;;"
    yield "            -*) ;;"
    yield "            *) [[ $command ]] || command=${COMP_WORDS[at]} ;;"
    yield "        esac"
    yield "    done"
    yield "    case $prev in"
    for name, kind in _values().items():
        yield f"        {name}) {reply(kind)}; return ;;"
    yield "    esac"
    yield "    if [[ $cur == -* ]]; then"
    yield "        case $command in"
    for key, command in COMMANDS.items():
        yield f"            {key}) {reply(' '.join(name for name, _ in _flags(command)))} ;;"
    yield f"            *) {reply(' '.join(name for name, _ in _flags(None)))} ;;"
    yield "        esac"
    yield "        return"
    yield "    fi"
    yield "    case $command in"
    yield f'        "") {reply(" ".join(COMMANDS))} ;;'
    for key, kind in _OPERANDS.items():
        yield f"        {key}) {reply(kind)} ;;"
    yield "    esac"
    yield "}"
    yield "complete -o filenames -F _massage massage"


_ZSH_WORDS = {"dirs": "_files -/", "files": "_files", "": "_message -r value"}
_ZSH_WORDS["pages"] = 'compadd -- ${(f)"$(massage $shelves list 2>/dev/null | cut -f1)"}'


def _zsh() -> Iterator[str]:
    def reply(kind: str) -> str:
        return _ZSH_WORDS.get(kind) or f"compadd -- {kind}"

    def described(pairs: Iterable[tuple[str, str]]) -> str:
        return " ".join("'" + f"{name}:{about}".replace("'", "’") + "'" for name, about in pairs)

    yield "#compdef massage"
    yield "_massage() {"
    yield "    local command at; local -a shelves told"
    yield "    for ((at = 2; at < CURRENT; at++)); do"
    yield "        case $words[at] in"
    yield "            --knowledge) shelves+=(--knowledge ${(Q)words[++at]}) ;;"
    yield f"            {'|'.join(name for name, kind in _values().items() if name != '--knowledge')}) ((at++)) ;;"
    yield "            -*) ;;"
    yield "            *) [[ -n $command ]] || command=$words[at] ;;"
    yield "        esac"
    yield "    done"
    yield "    case $words[CURRENT-1] in"
    for name, kind in _values().items():
        yield f"        {name}) {reply(kind)}; return ;;"
    yield "    esac"
    yield "    if [[ $words[CURRENT] == -* ]]; then"
    yield "        case $command in"
    for key, command in COMMANDS.items():
        yield f"            {key}) told=({described((name, how['help']) for name, how in _flags(command))}) ;;"
    yield f"            *) told=({described((name, how['help']) for name, how in _flags(None))}) ;;"
    yield "        esac"
    yield "        _describe option told; return"
    yield "    fi"
    yield "    case $command in"
    yield f'        "") told=({described((name, command.help) for name, command in COMMANDS.items())})'
    yield "            _describe command told ;;"
    for key, kind in _OPERANDS.items():
        yield f"        {key}) {reply(kind)} ;;"
    yield "    esac"
    yield "}"
    yield 'if [[ $funcstack[1] == _massage ]]; then _massage "$@"; else compdef _massage massage; fi'


def _fish() -> Iterator[str]:
    def quoted(text: str) -> str:
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"

    def value(kind: str) -> str:
        return {"dirs": " -x -a '(__fish_complete_directories)'", "files": " -r -F", "": " -x"}.get(
            kind, f" -x -a {quoted(kind)}"
        )

    seen = "__fish_seen_subcommand_from"
    every = " ".join(COMMANDS)
    values, shared = _values(), {name for name, _ in SHARED}
    yield "# fish completion for massage"
    yield "complete -c massage -f"
    for key, command in COMMANDS.items():
        yield f"complete -c massage -n 'not {seen} {every}' -a {key} -d {quoted(command.help)}"
        for name, how in _flags(command):
            if name not in shared and name != "--help":
                what = value(values[name]) if name in values else ""
                yield f"complete -c massage -n '{seen} {key}' -l {name[2:]}{what} -d {quoted(how['help'])}"
    for name, how in (*SHARED, ("--help", {"help": "show help"}), ("--version", {"help": "print the versions"})):
        what = value(values[name]) if name in values else ""
        yield f"complete -c massage -l {name[2:]}{what} -d {quoted(how['help'])}"
    for key, kind in _OPERANDS.items():
        words = "(massage list 2>/dev/null | string replace -r '\\t.*\\t' '\\t')" if kind == "pages" else kind
        rest = " -F" if kind == "files" else f' -a "{words}"'
        yield f"complete -c massage -n '{seen} {key}'{rest}"
