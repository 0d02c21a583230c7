"""All that the program meets outside itself: streams, environment, what the terminal can do."""

import contextlib
import os
import time
from collections.abc import Mapping
from typing import IO, NamedTuple


class Look(NamedTuple):
    """How an answer is to look on a terminal."""

    width: int = 80
    colour: bool = False
    theme: str = "dark"
    accessible: bool = False
    """for a screen reader: no colour, labels in words"""


#: Backgrounds by their number in COLORFGBG; any other number, or a word, is not known.
_BACKGROUNDS = dict.fromkeys("0 1 2 3 4 5 6 8".split(), "dark") | dict.fromkeys(
    "7 9 10 11 12 13 14 15".split(), "light"
)
#: What can be wished for; "any" is readable on a background that is not known.
THEMES = ("light", "dark", "contrast", "any")
_NO = ("", "0", "false")


class Console(NamedTuple):
    """All that the program meets outside itself, so that tests can bring their own."""

    stdin: IO[str]
    stdout: IO[str]
    stderr: IO[str]
    environ: Mapping[str, str]

    @property
    def interactive(self) -> bool:
        """Whether a person sits at both ends."""
        return self.stdin.isatty() and self.stdout.isatty()

    @property
    def plain(self) -> bool:
        """Whether nothing may be drawn anew: for a screen reader, or on a terminal that cannot."""
        return self.accessible or self.environ.get("TERM") == "dumb"

    @property
    def accessible(self) -> bool:
        """Whether a screen reader reads along."""
        return self.environ.get("ACCESSIBLE", "").lower() not in _NO

    def look(self, wish_color: str = "auto", theme: str = "auto") -> Look:
        """Return how an answer is to look: what is wished for, then the environment, then what the terminal is."""
        colour = self.colour(wish_color) and not self.accessible
        return Look(self.width(), colour, self.theme(theme), self.accessible)

    def colour(self, wish: str) -> bool:
        """Return whether to colour the output: `--color`, then NO_COLOR and FORCE_COLOR, then what the terminal is."""
        if wish != "auto":
            return wish == "always"
        if self.environ.get("NO_COLOR"):
            return False
        if force := self.environ.get("FORCE_COLOR"):
            return force.lower() not in _NO
        return self.stdout.isatty() and self.environ.get("TERM") != "dumb"

    def theme(self, wish: str) -> str:
        """Return the theme: the one wished for, then MASSAGE_THEME, then what COLORFGBG tells of the background."""
        wished = (one for one in (wish, self.environ.get("MASSAGE_THEME", "").lower()) if one in THEMES)
        background = self.environ.get("COLORFGBG", "").rpartition(";")[2]
        return next(wished, _BACKGROUNDS.get(background, "any"))

    def width(self) -> int:
        """Return the columns of the terminal, or of COLUMNS where that is set; 80 where there is no telling."""
        return self._size("COLUMNS", 80)

    def height(self) -> int:
        """Return the rows of the terminal, or of LINES where that is set; 24 where there is no telling."""
        return self._size("LINES", 24)

    def _size(self, name: str, otherwise: int) -> int:
        if (told := self.environ.get(name, "")).isdecimal() and int(told):
            return int(told)
        try:
            size = os.get_terminal_size(self.stdout.fileno())
        except (OSError, ValueError):  # no terminal, or no file at all
            return otherwise
        return (size.columns if name == "COLUMNS" else size.lines) or otherwise

    def say(self, text: str) -> None:
        """Print a line at once, so that a reader has it before the next question is asked."""
        print(text, file=self.stdout, flush=True)

    def warn(self, text: str) -> None:
        """Print a line about the program itself, beside the output."""
        self.beside(f"massage: {text}")

    def beside(self, text: str) -> None:
        """Print lines on standard error.  Where nobody can be told, the answer and the exit code still tell."""
        try:
            print(text, file=self.stderr, flush=True)
        except OSError:
            silence(self.stderr)


def silence(stream: IO[str]) -> None:
    """Let what is still in a stream's buffer go nowhere, so that leaving does not fail once more."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class Progress:
    """How far a long run is, on standard error: only where a person looks on, and it takes longer than a second."""

    def __init__(self, console: Console) -> None:
        self._stream = console.stderr
        self._begun = self._told = time.monotonic()
        self._silent = not console.stderr.isatty() or console.stdout.isatty()
        self._width = 0

    def told(self, count: int) -> None:
        """Tell how many are done, every now and then."""
        if self._silent or (now := time.monotonic()) - self._told < (0.25 if self._width else 1.0):
            return
        line = f"{count:,} answered, {count / (now - self._begun):,.0f} a second"
        self._told, self._width = now, max(self._width, len(line))
        print(f"\r{line:{self._width}}", end="", file=self._stream, flush=True)

    def over(self) -> None:
        """Take the line away again."""
        if self._width:
            print(f"\r{'':{self._width}}\r", end="", file=self._stream, flush=True)
