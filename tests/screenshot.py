"""Makes the README's picture from the screen of a real run: python -m tests.screenshot [FILE] [THEME] [COLUMNS]."""

import re
import sys
import tempfile
from html import escape
from itertools import groupby
from pathlib import Path

import pyte
from pyte.screens import Char

from tests.terminal import Chat

#: What is typed, and what is waited for before the next.
TYPED = (
    ("what is efflurage?", "drag the"),
    ("what about if she is pregnant?", "[Pp]regnan"),
)
#: The row's last words, left unsent, with their ghost.
LEFT = "what is tapo"
#: The sixteen colours on each background, and the colours of text and background themselves.
DARK = {"default": "#d8dee9", "back": "#1c2128", "red": "#e06c75", "green": "#98c379", "brown": "#e5c07b"}
DARK |= {"blue": "#61afef", "magenta": "#c678dd", "cyan": "#56b6c2", "white": "#ffffff", "black": "#1c2128"}
LIGHT = {"default": "#24292f", "back": "#ffffff", "red": "#b31d28", "green": "#176f2c", "brown": "#e5c07b"}
LIGHT |= {"blue": "#0550ae", "magenta": "#6639ba", "cyan": "#1b7c83", "white": "#ffffff", "black": "#24292f"}
WIDE, HIGH, SIZE, EDGE = 8.4, 19, 14, 14


def picture(screen: pyte.Screen, theme: str) -> str:
    """Return a screen as SVG."""
    colours = LIGHT if theme == "light" else DARK
    width, height = screen.columns * WIDE + 2 * EDGE, screen.lines * HIGH + 2 * EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}" font-size="{SIZE}"'
        ' font-family="ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace">',
        f'<rect width="100%" height="100%" rx="8" fill="{colours["back"]}"/>',
    ]
    for number in range(screen.lines):
        cells = [(column, screen.buffer[number][column]) for column in range(screen.columns)]
        for style, run in groupby(cells, key=lambda cell: cell[1]._replace(data="")):
            some = list(run)
            parts += _run("".join(cell.data for _, cell in some), style, some[0][0], number, colours)
    return "\n".join([*parts, "</svg>", ""])


def _run(text: str, style: Char, column: int, row: int, colours: dict[str, str]) -> list[str]:
    """Return cells of one style as SVG: their background where they have one, then their text."""
    fore, back = _colour(style.fg, "default", colours), _colour(style.bg, "back", colours)
    fore, back = (back, fore) if style.reverse else (fore, back)
    x, y, width = EDGE + column * WIDE, EDGE + row * HIGH, len(text) * WIDE
    parts = []
    if back != colours["back"]:
        parts.append(f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{HIGH}" fill="{back}"/>')
    more = ' font-weight="bold"' if style.bold else ""
    more += ' text-decoration="underline"' if style.underscore else ""
    for word in re.finditer(r"\S+", text):  # each in its place, whatever font there is
        at = f'x="{x + word.start() * WIDE:.1f}" y="{y + SIZE}" textLength="{len(word[0]) * WIDE:.1f}"'
        parts.append(f'<text {at} fill="{fore}"{more}>{escape(word[0])}</text>')
    return parts


def _colour(name: str, otherwise: str, colours: dict[str, str]) -> str:
    name = otherwise if name == "default" else name.removeprefix("bright")
    return colours.get(name) or (f"#{name}" if len(name) == 6 else colours[otherwise])


def main(file: str = "tests/screenshot.svg", theme: str = "dark", columns: str = "80") -> None:
    """Talk for a while, and write the picture of what is on the screen then."""
    with tempfile.TemporaryDirectory() as home:
        environ = {"MASSAGE_THEME": theme, "XDG_CACHE_HOME": str(Path(home) / "cache")}
        with Chat(Path(home), columns=int(columns), rows=38, environ=environ) as chat:
            chat.see("\n>$")
            for typed, told in TYPED:
                chat.ask(typed)
                chat.see(rf"{told}[\s\S]*\n>$")
            chat.keys(LEFT)
            chat.see(f"{LEFT}\\S")
            Path(file).write_text(picture(chat.screen, theme), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
