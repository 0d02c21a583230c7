"""What the tests share: the handbook's assistant, and the command line with streams of its own."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from assistant import cli, dialogue
from assistant.console import Console

HERE = Path(__file__).parent


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Massage = Callable[..., Ran]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or leaves anything in the home of who runs it."""
    home = tmp_path_factory.getbasetemp() / "home"
    for name in ("cache", "config", "state"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(home / name))


@pytest.fixture(scope="session")
def handbook() -> dialogue.Assistant:
    return dialogue.load(cached=False)


@pytest.fixture
def massage() -> Massage:
    def run(*argv: str, stdin: str = "", environ: Mapping[str, str] = {}, terminal: bool = False) -> Ran:
        out, err = Terminal() if terminal else io.StringIO(), io.StringIO()
        code = cli.main(argv, Console(io.StringIO(stdin), out, err, environ))
        return Ran(code, out.getvalue(), err.getvalue())

    return run


@pytest.fixture
def shelf(tmp_path: Path) -> Callable[..., Path]:
    """Write pages of YAML into a folder of their own: shelf(effleurage="title: …")."""

    def write(**pages: str) -> Path:
        folder = tmp_path / "shelf"
        folder.mkdir(exist_ok=True)
        for name, text in pages.items():
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        return folder

    return write
