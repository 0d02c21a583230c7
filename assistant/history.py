"""What was typed in earlier chats: a file of the person's own, read back whatever it holds, and added to."""

import os
import time
from collections.abc import Mapping

from assistant import cache
from assistant.columns import harmless

#: So much of the file is read: bytes at its end.
READ = 1_000_000


def path(environ: Mapping[str, str] | None = None) -> str:
    """Return where it is kept; the file need not exist."""
    return os.path.join(cache.folder("state", environ), "history")


def earlier(file: str) -> list[str]:
    """Return what was typed, the latest first; what else the file holds is passed over, and one that cannot be read.

    What was typed is rows that open with +, as prompt_toolkit writes them.
    """
    try:
        with open(file, "rb") as opened:
            opened.seek(max(0, os.fstat(opened.fileno()).st_size - READ))
            rows = opened.read().decode("utf-8", "replace").split("\n")
    except OSError:
        return []
    found: list[list[str]] = []
    before = ""
    for row in rows:
        if row.startswith("+"):
            if not before.startswith("+"):
                found.append([])
            found[-1].append(harmless(row[1:]))
        before = row
    return ["\n".join(one) for one in reversed(found) if any(part.strip() for part in one)]


def keep(file: str, typed: str = "") -> None:
    """Add what was typed, if anything, for its owner alone to read, the folder made.  Raises OSError."""
    os.makedirs(os.path.dirname(file), mode=0o700, exist_ok=True)
    with open(os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "ab") as opened:
        if hasattr(os, "fchmod"):  # it may be older than this care
            os.fchmod(opened.fileno(), 0o600)
        if typed:
            rows = "".join(f"+{row}\n" for row in typed.split("\n"))
            opened.write(f"\n# {time.strftime('%Y-%m-%d %H:%M:%S')}\n{rows}".encode("utf-8", "replace"))
