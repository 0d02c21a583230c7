"""A real chat, or a shell, in a pseudo-terminal, the screen as an emulator shows it.  Waits for text, not time."""

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

import pexpect
import pyte

#: Seconds after which what did not come is not coming.
PATIENCE = 20.0
ENTER, TAB, UP, DOWN, RIGHT, ALT_ENTER = "\r", "\t", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b\r"
CTRL_A, CTRL_C, CTRL_D, CTRL_L, CTRL_R = "\x01", "\x03", "\x04", "\x0c", "\x12"


def pasted(text: str) -> str:
    """Return a text as a terminal sends it when it is pasted."""
    return f"\x1b[200~{text}\x1b[201~"


class _Screen(pyte.Screen):
    """The screen of a terminal that answers when it is asked where its cursor stands."""

    def __init__(self, columns: int, rows: int, answer: Callable[[str], None]) -> None:
        super().__init__(columns, rows)
        self._answer = answer

    def write_process_input(self, data: str) -> None:
        self._answer(data)


class Chat:
    """A chat (or another program) at a terminal of so many columns and rows, in a home of its own."""

    def __init__(
        self,
        home: Path,
        *argv: str,
        columns: int = 80,
        rows: int = 24,
        environ: Mapping[str, str] | None = None,
        program: tuple[str, ...] = (sys.executable, "-m", "assistant"),
        within: Path = Path(__file__).parent.parent,
    ) -> None:
        self.screen = _Screen(columns, rows, self.keys)
        self._stream = pyte.Stream(self.screen)
        self.sent = ""
        """all that the program has written, as it wrote it"""
        places = {f"XDG_{kind.upper()}_HOME": str(home / kind) for kind in ("config", "state")}
        own = {
            "PATH": os.environ["PATH"],
            "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", str(home / "cache")),  # compiled once for all
            "HOME": str(home),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "MASSAGE_PAGER": "off",
        }
        self._child = pexpect.spawn(
            program[0],
            [*program[1:], *argv],
            env={**own, **places, **(environ or {})},
            dimensions=(rows, columns),
            encoding="utf-8",
            codec_errors="replace",
            cwd=within,
        )
        self._child.delaybeforesend = None

    def __enter__(self) -> "Chat":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._child.close(force=True)

    def keys(self, typed: str) -> None:
        """Type: everything at once, as a terminal sends it."""
        self._child.send(typed)

    def ask(self, line: str) -> None:
        """Type a line and send it."""
        self.keys(line + ENTER)

    def see(self, text: str) -> str:
        """Wait until the screen shows a text (a regular expression), and return the screen."""
        return self._until(lambda: re.search(text, self.shown()) is not None, f"never saw {text!r}")

    def lose(self, text: str) -> str:
        """Wait until the screen no longer shows a text, and return the screen."""
        return self._until(lambda: re.search(text, self.shown()) is None, f"still saw {text!r}")

    def leave(self) -> int:
        """Wait until the chat is over, and return its exit code."""
        self._until(lambda: not self._child.isalive(), "never left")
        self._child.close()
        return int(self._child.exitstatus if self._child.exitstatus is not None else -1)

    def resize(self, columns: int, rows: int) -> None:
        """Make the terminal another size, as pulling at its window does."""
        self.screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)
        self._child.kill(signal.SIGWINCH)

    def shown(self) -> str:
        """Return the screen as text, rows without their white space at the end."""
        return "\n".join(row.rstrip() for row in self.screen.display).rstrip()

    def _until(self, come: Callable[[], bool], otherwise: str) -> str:
        last = time.monotonic() + PATIENCE
        while not come():
            assert time.monotonic() < last, f"{otherwise} on\n{self.shown()}"
            try:
                new = self._child.read_nonblocking(65_536, timeout=0.1)
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                self._child.wait()
                assert come(), f"{otherwise}: it ended on\n{self.shown()}"
                break
            self.sent += new
            self._stream.feed(new)
        return self.shown()
