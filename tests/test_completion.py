"""Completion in the shells themselves, the manual page as troff reads it, and help whose examples run as they stand."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import completing, manual
from assistant.usage import COMMANDS, EXAMPLES, EXIT_CODES, SHARED, SHELLS
from tests.conftest import HERE, Massage
from tests.terminal import TAB, Chat

BAMBOO = "title: Bamboo massage\nwhat: Bamboo massage rolls canes over oiled muscle.\n"
#: What a shell reads before it is typed into, as README.md says, and what makes its prompt short.
RC = {
    "bash": "PS1='$ '\nbind 'set bell-style none'\n",
    "zsh": "PS1='$ '\nautoload -U compinit && compinit -u\n",
    "fish": "function fish_prompt; echo '$ '; end\nset -g fish_greeting\n",
}
START = {"bash": ("bash", "--noprofile", "--rcfile", "rc"), "zsh": ("zsh", "-f"), "fish": ("fish", "--no-config")}
LOADED = {
    shell: row.split("  # ")[0].strip()
    for shell, row in zip(SHELLS, COMMANDS["completion"].examples.split("\n"), strict=True)
}
#: What is typed before Tab, and what the line is then.
COMPLETED = (
    ("massage sh", "massage show "),
    ("massage --color never sh", "massage --color never show "),
    ("massage show effl", "massage show effleurage "),
    ("massage show --no-b", "massage show --no-builtin "),
    ("massage list --format j", "massage list --format json "),
    ("massage list --color=n", "massage list --color=never "),
    ("massage --knowledge our", r"massage --knowledge our\ pages/"),
    (r"massage --knowledge our\ pages show bam", r"massage --knowledge our\ pages show bamboo-massage "),
    ("massage show --knowledge='our pages' bam", "massage show --knowledge='our pages' bamboo-massage "),
    ("massage check questions.y", "massage check questions.yaml "),
    ("massage ask --jsonl < questions.j", "massage ask --jsonl < questions.jsonl "),
    ('massage show "effl', 'massage show "effleurage" '),
    ("massage schema an", "massage schema answer "),
    ("massage completion b", "massage completion bash "),
    ("massage what is", "massage what is"),
    ("massage what is sh", "massage what is sh"),
    ('massage ask "how lo', 'massage ask "how lo'),
    ("massage ask --jobs ", "massage ask --jobs "),
)


def run(shell: str, script: str, *argv: str, within: Path) -> "subprocess.CompletedProcess[str]":
    quiet = {"bash": ("--norc", "--noprofile"), "zsh": ("-f",), "fish": ("--no-config",), "sh": ()}[shell]
    return subprocess.run(
        [needed(shell), *quiet, "-c", script, *argv],
        cwd=within,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


def needed(program: str) -> str:
    return shutil.which(program) or pytest.skip(f"{program} is not installed")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a home of its own and `massage` on the path."""
    folder, bin_ = tmp_path / "work", tmp_path / "bin"
    for made in (folder / "our pages", folder / "my-pages", bin_):
        made.mkdir(parents=True)
    (folder / "our pages" / "bamboo-massage.yaml").write_text(BAMBOO)
    (folder / "my-pages" / "bamboo-massage.yaml").write_text(BAMBOO)
    (folder / "questions.yaml").write_text("- expect: kneading\n  ask: [what is kneading?]\n")
    (folder / "questions.jsonl").write_text('{"question": "what is kneading?"}\n')
    (bin_ / "massage").write_text(f'#!/bin/sh\nPYTHONPATH="{HERE.parent}" exec "{sys.executable}" -m assistant "$@"\n')
    (bin_ / "massage").chmod(0o755)
    monkeypatch.setenv("PATH", f"{bin_}:{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(tmp_path))
    return folder


@pytest.mark.parametrize("shell", SHELLS)
def test_keys_typed_in_a_shell_complete(place: Path, shell: str) -> None:
    needed(shell)
    (place.parent / "rc").write_text(RC[shell] + LOADED[shell])
    with Chat(place.parent, program=START[shell], within=place, columns=120) as terminal:
        terminal.ask(f" . {place.parent / 'rc'}; echo rea''dy")
        terminal.see(r"(?m)^ready\n\$$")
        for typed, line in COMPLETED:
            terminal.keys(f"{typed}{TAB}.")
            terminal.see(rf"(?m)^\$ {re.escape(line)}\.$")
            terminal.keys("\x15")
            terminal.lose(r"(?m)^\$ massage")


#: Asks the function of bash as bash does when Tab is pressed.
ASK_BASH = f"""{LOADED["bash"]}
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_massage "$1" "${{!#}}"
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


def bash(*words: str, within: Path) -> list[str]:
    ran = run("bash", ASK_BASH, "bash", *words, within=within)
    assert ran.stderr == ""
    return ran.stdout.split("\n")[:-1]


def fish(*words: str, within: Path) -> list[str]:
    ran = run("fish", f"{LOADED['fish']}; complete -C $argv[1]", " ".join(words), within=within)
    assert ran.stderr == ""
    return [row.split("\t")[0] for row in ran.stdout.splitlines()]


@pytest.mark.parametrize("completed", [bash, fish])
def test_what_is_offered_is_what_the_table_holds(place: Path, completed: Callable[..., list[str]]) -> None:
    def offered(*words: str) -> list[str]:
        return sorted(filter(None, completed("massage", *words, within=place)))

    shared = {name for name, _ in SHARED} | {"--help"}
    assert offered("") == sorted(COMMANDS)
    for name in COMMANDS:
        assert {*offered(name, "--")} == shared | {key for key, _ in COMMANDS[name].arguments if key.startswith("-")}
    assert {"--version", "--jsonl", "--knowledge"} <= {*offered("--")}
    assert "--version" not in offered("what", "is", "--")
    assert offered("list", "--format", "") == ["json", "md", "text"]
    assert offered("--color", "") == ["always", "auto", "never"]
    assert offered("completion", "") == sorted(SHELLS)
    assert offered("completion", "bash", "") == []
    assert offered("show", "bamboo-m") == []
    assert offered("--knowledge", "my-pages", "show", "bamboo-m") == ["bamboo-massage"]
    assert {"kneading", "effleurage", "back-massage"} <= {*offered("show", "")}
    assert offered("show", "kneading", "") == []
    assert [name.rstrip("/") for name in offered("--knowledge", "my-")] == ["my-pages"]
    assert offered("eval", "--save", "q") == offered("check", "q") == ["questions.jsonl", "questions.yaml"]
    assert offered("--knowledge", "no-such-folder", "show", "eff") == []
    for question in (["what", "is", ""], ["what", "is", "sh"], ["ask", "q"], ["list", ""]):
        assert offered(*question) == []


def test_the_script_for_bash_is_one_that_bash_3_reads() -> None:
    assert not re.search(r"mapfile|readarray|declare -A|local -[An]|\$\{\w+(,|\^)|&>>|\|&", completing.script("bash"))


def test_the_readme_tells_each_shell_its_line() -> None:
    readme = (HERE.parent / "README.md").read_text(encoding="utf-8").replace("\\|", "|")
    assert all(f"`{line}`" in readme for line in LOADED.values())


def test_zsh_finds_the_script_as_a_file_too(place: Path) -> None:
    (place / "_massage").write_text(completing.script("zsh"))
    ran = run("zsh", "fpath=($PWD $fpath); autoload -U compinit && compinit -u -D; echo $_comps[massage]", within=place)
    assert ran.stdout == "_massage\n"


def test_the_manual_page_is_roff_without_a_fault() -> None:
    page = manual.page(0)
    assert page.isascii()
    ran = subprocess.run([needed("mandoc"), "-T", "lint", "-W", "warning"], input=page, capture_output=True, text=True)
    assert (ran.stdout, ran.returncode) == ("", 0)


def test_the_manual_page_tells_every_command_flag_code_and_variable() -> None:
    shown = subprocess.run(
        [needed("mandoc"), "-T", "ascii", "-O", "width=80"], input=manual.page(), capture_output=True, text=True
    ).stdout
    bold = re.sub(r"(.)\x08\1", "\x01\\1", shown).replace("_\x08", "\x02")
    plain = re.sub(".\x08", "", shown)
    assert max(map(len, plain.splitlines())) <= 80
    assert (
        "".join(f"\x01{letter}" for letter in "--knowledge") + " " + "".join(f"\x02{letter}" for letter in "DIR")
        in bold
    )
    for name, command in COMMANDS.items():
        section = plain.split(f"\n   massage {name}")[1].split("\n   massage ")[0]
        assert all(row.strip() in section for row in command.examples.split("\n"))
        assert all(re.search(rf"(?m)^ {{7}}{key}\b", section) for key, _ in command.arguments if key.startswith("-"))
    for name in (*(key for key, _ in SHARED), "--help", "--version", "NO_COLOR", "MASSAGE_GHOST", "XDG_STATE_HOME"):
        assert re.search(rf"(?m)^ {{7}}{name}\b", plain)
    for code, told, _more in EXIT_CODES:
        assert re.search(rf"(?m)^ {{7}}{code} +{told}", plain)


def test_the_manual_page_tells_all_that_the_program_reads_of_the_environment() -> None:
    read = re.findall(
        r'environ(?:\.get\(|\[)"(\w+)"', "".join(path.read_text() for path in HERE.parent.glob("assistant/*.py"))
    )
    told = " ".join(name for name, _ in manual.ENVIRONMENT).replace(",", "").split()
    assert {*read} - {"HOME", "LOCALAPPDATA"} <= {*told}


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_opens_with_three_examples(massage: Massage, command: str) -> None:
    first, *examples = massage(*filter(None, [command]), "--help").out.split("\n\n")[0].split("\n")
    assert first == "examples:"
    assert len(examples) == 3
    assert sum(f" {command} " in f"{example} " for example in examples) >= 2


EVERY = [
    row.strip() for rows in (EXAMPLES, *(command.examples for command in COMMANDS.values())) for row in rows.split("\n")
]


@pytest.mark.parametrize("example", EVERY)
def test_an_example_runs_as_it_stands(place: Path, example: str) -> None:
    """In the shell that it is for; a chat ends with its input."""
    for program in re.findall(r"\| (\w+)", example):
        needed("fish" if program == "source" else program)
    (place / "before.json").write_text("{}")
    if "verify" in example:
        run("sh", "massage ask --jsonl < questions.jsonl > before.jsonl", within=place)
    shell = next((shell for shell in SHELLS if f"completion {shell}" in example), "sh")
    first = RC["zsh"] if shell == "zsh" else ""
    ran = run(shell, first + example, within=place)
    assert ran.returncode == 0, ran
    assert ran.stderr == ("massage: 0 of 1 answers differ\n" if "verify" in example else ""), ran
