"""A value on disk under a mark.  Knows where such values lie and how to write one whole; not what they are.

Values are bytes that their owner decodes as JSON, never a pickle: a file that anyone may have touched must not be able
to run anything.
"""

import os
import sys
from collections.abc import Mapping


def folder(kind: str, environ: Mapping[str, str] | None = None) -> str:
    """Return the user's folder for "cache", "config" or "state", by the platform's custom; it may not exist.

    XDG_CACHE_HOME, XDG_CONFIG_HOME, XDG_STATE_HOME are used wherever they are set (XDG Base Directory Specification).
    """
    environ = os.environ if environ is None else environ
    if base := environ.get(f"XDG_{kind.upper()}_HOME"):
        return os.path.join(base, "massage-assistant")
    home = environ.get("HOME") or os.path.expanduser("~")
    if sys.platform == "win32":
        return os.path.join(environ.get("LOCALAPPDATA") or home, "massage-assistant", kind)
    if sys.platform == "darwin":
        return os.path.join(
            home, "Library", "Caches" if kind == "cache" else "Application Support", "massage-assistant"
        )
    return os.path.join(home, {"cache": ".cache", "config": ".config"}.get(kind, ".local/state"), "massage-assistant")


def read(path: str) -> tuple[bytes, bytes] | None:
    """Return the mark and the value kept at `path`, or None when there is none that can be read."""
    try:
        with open(path, "rb") as file:
            return file.readline().rstrip(b"\n"), file.read()
    except OSError:
        return None


def write(path: str, mark: bytes, value: bytes) -> bool:
    """Keep a value under a mark of one line, whole or not at all; returns whether it could be kept."""
    try:
        replace(path, mark + b"\n" + value)
    except OSError:
        return False
    return True


def replace(path: str, data: bytes) -> None:
    """Put a file in place whole or not at all, its folder made, for its owner alone to read.  Raises OSError."""
    beside = f"{path}.{os.getpid()}.tmp"
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
        os.replace(beside, path)
    except OSError:
        if os.path.exists(beside):
            os.unlink(beside)
        raise
