"""All that the program meets outside itself: streams, environment, what the terminal can do."""

from collections.abc import Mapping
from typing import IO, NamedTuple


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
        return bool(self.environ.get("ACCESSIBLE")) or self.environ.get("TERM") == "dumb"

    def colour(self, wish: str) -> bool:
        """Return whether to colour the output: `--color`, then NO_COLOR and FORCE_COLOR, then what the terminal is."""
        if wish != "auto":
            return wish == "always"
        if self.environ.get("NO_COLOR"):
            return False
        if self.environ.get("FORCE_COLOR"):
            return True
        return self.stdout.isatty() and self.environ.get("TERM") != "dumb"

    def width(self) -> int:
        """Return the columns of the terminal, 80 where there is none."""
        import shutil  # 7 ms that only a terminal has to pay

        return shutil.get_terminal_size((80, 24)).columns

    def say(self, text: str) -> None:
        """Print a line at once, so that a reader has it before the next question is asked."""
        print(text, file=self.stdout, flush=True)

    def warn(self, text: str) -> None:
        """Print a line about the program itself, beside the output."""
        print(f"massage: {text}", file=self.stderr, flush=True)
