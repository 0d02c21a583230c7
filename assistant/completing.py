"""What completes a command line in a shell: a script for each, with rows from the table of the command line."""

import re
from collections.abc import Iterable, Iterator

from assistant.usage import COMMANDS, HELP, SCHEMAS, SHARED, SHELLS, VERSION

#: What the value of a flag or an operand can be beside one of some words; "" is free text.
_FOLDERS, _FILES, _PAGES, _FREE = "FOLDERS", "FILES", "PAGES", ""
_METAVARS = {"DIR": _FOLDERS, "FILE": _FILES}
#: Command → what its operands are; all but files come once.
_OPERANDS = {
    "": " ".join(COMMANDS),
    "show": _PAGES,
    "eval": _FILES,
    "verify": _FILES,
    "check": _FILES,
    "schema": " ".join(SCHEMAS),
    "completion": " ".join(SHELLS),
}
_BASH = r"""
# Completes massage in bash, 3.2 or later: commands, flags, their values, ids of pages.
_massage() {
    local IFS=$' \t\n' cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
    local massage=${1/#\~\//$HOME/} command="" operands=0 words="" word at shelves
    shelves=() COMPREPLY=()
    if [[ $cur == = ]]; then cur=""; elif [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi
    for ((at = 1; at < COMP_CWORD; at++)); do
        word=${COMP_WORDS[at]}
        case $word in
            @VALUED@)
                [[ ${COMP_WORDS[at+1]} != = ]] || ((at++))
                if ((++at < COMP_CWORD)) && [[ $word == --knowledge ]]; then
                    word=${COMP_WORDS[at]//[\"\'\\]/}
                    shelves+=(--knowledge "${word/#\~\//$HOME/}")
                fi ;;
            -?*) ;;
            *) if [[ $command ]]; then ((operands++)); else command=$word; fi ;;
        esac
    done
    case $prev in
        \<|\>|\>\>) words="FILES" ;;
        @VALUES@
        *)
            case $command/$operands/$cur in
                @FLAGS@
                @OPERANDS@
            esac ;;
    esac
    case $words in
        PAGES) words=$("$massage" "${shelves[@]}" list 2>/dev/null | cut -f1) ;;
        FILES | FOLDERS)
            compopt -o filenames 2>/dev/null
            [[ $words == FILES ]] && at=-f || at=-d
            while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen "$at" -- "$cur")
            return ;;
    esac
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -F _massage massage
type compopt >/dev/null 2>&1 || complete -o filenames -F _massage massage
"""
_ZSH = r"""
#compdef massage
# Completes massage in zsh: commands, flags, their values, ids of pages.
_massage() {
    local massage=${words[1]/#\~\//$HOME/} prev=$words[CURRENT-1] command word
    local -i at operands
    local -a shelves told
    for ((at = 2; at < CURRENT; at++)); do
        word=$words[at]
        case $word in
            (--knowledge) ((++at < CURRENT)) && shelves+=(--knowledge ${${(Q)words[at]}/#\~\//$HOME/}) ;;
            (--knowledge=*) shelves+=(--knowledge ${${(Q)word#*=}/#\~\//$HOME/}) ;;
            (@VALUED@) ((at++)) ;;
            (-?*) ;;
            (*) if [[ -n $command ]]; then ((++operands)); else command=$word; fi ;;
        esac
    done
    if [[ $PREFIX == --*=* ]]; then
        prev=${PREFIX%%=*}
        compset -P '*='
    fi
    case $prev in
        @VALUES@
    esac
    case $command/$operands/$PREFIX in
        @FLAGS@
        @OPERANDS@
    esac
}
if [[ $funcstack[1] == _massage ]]; then _massage "$@"; else compdef _massage massage; fi
"""
_FISH = r"""
# Completes massage in fish: commands, flags, their values, ids of pages.
function __massage_read -d 'Print the command that is typed and the number of its operands, or the folders of pages'
    set -l command
    set -l operands 0
    set -l shelves
    set -l before
    for word in (commandline -opc)[2..-1]
        if test -n "$before"
            test $before = --knowledge; and set -a shelves --knowledge (string replace -r '^~/' "$HOME/" -- $word)
            set before
            continue
        end
        switch $word
            case @VALUED@
                set before $word
            case '--knowledge=*'
                set -a shelves (string replace '=~/' "=$HOME/" -- $word)
            case '-?*'
            case '*'
                if test -n "$command"
                    set operands (math $operands + 1)
                else
                    set command $word
                    contains -- $word @COMMANDS@; or set command ask
                end
        end
    end
    if test "$argv" = shelves
        set -q shelves[1]; and printf '%s\n' $shelves
    else
        echo "$command/$operands"
    end
end
function __massage_is
    string match -qr -- "^($argv)\$" (__massage_read)
end
function __massage_pages
    set -l massage (string replace -r '^~/' "$HOME/" -- (commandline -opc)[1])
    $massage (__massage_read shelves) list 2>/dev/null | cut -f1,3
end
complete -c massage -f
@FLAGS@
@OPERANDS@
"""


def script(shell: str) -> str:
    """Return the script that completes `massage` in bash, zsh or fish."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell]()


def _filled(template: str, **rows: Iterable[str]) -> str:
    """Return a template with rows in place of their name, each as far in as the name stands."""
    for name, found in rows.items():
        (indent,) = re.findall(rf"^( *).*@{name}@", template, re.MULTILINE)
        template = template.replace(f"@{name}@", f"\n{indent}".join(found))
    return template.strip()


def _flags(name: str) -> list[tuple[str, str]]:
    """Return flag and help of all that a command takes, or what takes none; a question is of `ask`."""
    arguments = (*COMMANDS[name or "ask"].arguments, *SHARED, *(() if name else (VERSION,)), HELP)
    return [(flag, how["help"]) for flag, how in arguments if flag.startswith("-")]


def _values() -> dict[str, str]:
    """Return flag → what its value is."""
    every = [argument for command in COMMANDS.values() for argument in (*command.arguments, *SHARED)]
    return {
        flag: " ".join(how["choices"]) if "choices" in how else _METAVARS.get(how["metavar"], _FREE)
        for flag, how in every
        if flag.startswith("-") and how.get("action") != "store_true"
    }


def _together(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield cases that have the same in store as one."""
    found: dict[str, list[str]] = {}
    for case, what in pairs:
        found.setdefault(what, []).append(case)
    return (("|".join(cases), what) for what, cases in found.items())


def _of_flags() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield how command/operands/word begins where it has flags, and the flags; any other word asks."""
    yield from ((f"{name}/*/-*", _flags(name)) for name in ("", *COMMANDS) if name != "ask")
    yield "*/-*", _flags("ask")


def _of_operands() -> Iterator[tuple[str, str]]:
    """Yield how command/operands/word begins where it has an operand, and what that is."""
    return ((f"{name}/{'*' if kind == _FILES else '0'}/*", kind) for name, kind in _OPERANDS.items())


def _bash() -> str:
    def rows(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
        return (f'{case}) words="{words}" ;;' for case, words in _together(pairs))

    return _filled(
        _BASH,
        VALUED=["|".join(_values())],
        VALUES=rows(_values().items()),
        FLAGS=rows((case, " ".join(flag for flag, _ in flags)) for case, flags in _of_flags()),
        OPERANDS=rows(_of_operands()),
    )


def _zsh() -> str:
    ways = {
        _FOLDERS: "_files -/",
        _FILES: "_files",
        _PAGES: r"""told=(${(f)"$($massage $shelves list 2>/dev/null | cut -f1,3 | tr '\t' :)"}); """
        + "_describe page told",
        _FREE: "_message value",
        _OPERANDS[""]: _described("command", ((name, command.help) for name, command in COMMANDS.items())),
    }

    def rows(pairs: Iterable[tuple[str, str]], end: str = "") -> Iterator[str]:
        return (f"({case}) {ways.get(kind, f'compadd -- {kind}')}{end} ;;" for case, kind in _together(pairs))

    return _filled(
        _ZSH,
        VALUED=["|".join(_values())],
        VALUES=rows(_values().items(), "; return"),
        FLAGS=(
            f"({case}) {told} ;;"
            for case, told in _together((case, _described("-o option", flags)) for case, flags in _of_flags())
        ),
        OPERANDS=rows(_of_operands()),
    )


def _described(what: str, pairs: Iterable[tuple[str, str]]) -> str:
    words = " ".join("'" + f"{name}:{about}".replace("'", r"'\''") + "'" for name, about in pairs)
    return f"told=({words}); _describe {what} told"


def _fish() -> str:
    ways = {_FOLDERS: "-x -a '(__fish_complete_directories)'", _FILES: "-r -F", _PAGES: "-a '(__massage_pages)'"}

    def row(where: str, *parts: str) -> str:
        return " ".join(filter(None, ("complete -c massage", where and f"-n '__massage_is {where}'", *parts)))

    def flag(where: str, name: str, about: str) -> str:
        kind = _values().get(name)
        value = "" if kind is None else ways.get(kind, f"-x -a '{kind}'" if kind else "-x")
        return row(where, f"-l {name[2:]}", value, "-d " + _quoted(about))

    def flags() -> Iterable[str]:
        for name, command in COMMANDS.items():
            where = f'"{name}/.*"' if name != "ask" else '"(ask)?/.*"'
            yield from (flag(where, key, how["help"]) for key, how in command.arguments if key.startswith("-"))
        yield flag("/0", VERSION[0], VERSION[1]["help"])
        yield from (flag("", key, how["help"]) for key, how in (*SHARED, HELP))

    def operands() -> Iterable[str]:
        yield from (row("/0", f"-a {name}", "-d " + _quoted(command.help)) for name, command in COMMANDS.items())
        for name, kind in _OPERANDS.items():
            if name:
                where = f'"{name}/.*"' if kind == _FILES else f"{name}/0"
                yield row(where, "-F" if kind == _FILES else ways.get(kind, f"-a '{kind}'"))

    return _filled(
        _FISH, VALUED=[" ".join(_values())], COMMANDS=[" ".join(COMMANDS)], FLAGS=flags(), OPERANDS=operands()
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", r"\\").replace("'", r"\'") + "'"
