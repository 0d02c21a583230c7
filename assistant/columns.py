"""How many columns a text takes on a terminal, where it breaks into rows, and what of it is safe to send there."""

import re
import unicodedata

#: What joins the character before it to the one after it, and what makes the one before it an emoji two columns wide.
_JOINER, _EMOJI = "\u200d", "\ufe0f"
#: Invisible characters that letters of some scripts and emoji are made with; all other invisible ones are left out.
_KEPT = frozenset(("\u200c", _JOINER))
#: Scripts that put no space between words: a row may end after any of their characters.
_UNSPACED = "\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff"
#: What never opens a row: closing signs of those scripts, marks over the character before.
_CLOSING = (
    "\u3001\u3002\u3009\u300b\u300d\u300f\u3011\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f"
    "\u0300-\u036f\u3099\u309a\ufe00-\ufe0f"
)
_PIECE = f"(?:[{_UNSPACED}]|[^ {_UNSPACED}]+)[{_CLOSING}]*"  # compiled where it is needed: that takes 2 ms
#: What some terminals show two columns wide: signs that Unicode 16 made so, and half of a flag by itself.
_WIDENED = (
    ("\u2630", "\u2637"),
    ("\u268a", "\u268f"),
    ("\u4dc0", "\u4dff"),
    ("\U0001d300", "\U0001d376"),
    ("\U0001f1e6", "\U0001f1ff"),
)


def columns(text: str) -> int:
    """Return how many columns a text without control characters takes; what terminals differ in counts as the more."""
    if text.isascii():
        return len(text)
    return sum(_columns(char, before) for char, before in zip(text, " " + text, strict=False))


def _columns(char: str, before: str) -> int:
    if char.isascii():
        return 1
    if char == _EMOJI:
        return 1 if unicodedata.east_asian_width(before) not in "WF" else 0
    if unicodedata.category(char) in ("Mn", "Me", "Cf") or "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7ff":
        return 0
    if unicodedata.east_asian_width(char) in "WF" or any(first <= char <= last for first, last in _WIDENED):
        return 2
    return 1


def harmless(text: str) -> str:
    """Return a text that no terminal takes for a command: a space for a control character, no invisible ones.

    An escape sequence in a page, or in what was typed, is shown as letters; nothing turns the direction of writing.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_harmless(char) for char in text)


def _harmless(char: str) -> str:
    match unicodedata.category(char):
        case "Cc" | "Zl" | "Zp":
            return " "
        case "Cs":
            return "\ufffd"
        case "Cf":
            return char if char in _KEPT else ""
    return char


def rows(text: str, width: int, indent: int = 0) -> list[tuple[int, int]]:
    """Return where each row of a text starts and ends, broken at white space where it can be, within words else.

    Every row fits the width; those after the first leave `indent` columns of it free.
    """
    found: list[tuple[int, int]] = []
    start = end = 0
    room = width
    for piece in re.finditer(_PIECE if max(text, default="") >= _UNSPACED[0] else "[^ ]+", text):
        if end and _fitting(text, start, piece.end(), room) == piece.end():
            end = piece.end()
            continue
        if end:
            found.append((start, end))
            room = width - indent
        start, end = piece.span()
        while (cut := _fitting(text, start, end, room)) < end:
            found.append((start, cut))
            start, room = cut, width - indent
    return [*found, (start, end)] if end else found


def _fitting(text: str, start: int, end: int, room: int) -> int:
    """Return up to where a text fits a row of so many columns, no character parted from its marks; one always fits."""
    if end - start <= room and text.isascii():
        return end
    used, whole, before = 0, start, " "
    for at in range(start, end):
        char = text[at]
        wide = _columns(char, before)
        if wide and char != _EMOJI and before != _JOINER:
            whole = at
        used += wide
        if used > room and at > start:
            return whole if whole > start else at
        before = char
    return end
