"""A value on disk under a fingerprint.  Knows where such values lie and how to write one whole; not what they are.

Values are JSON, never a pickle: a file that anyone may have touched must not be able to run anything.
"""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def folder(kind: str, environ: Mapping[str, str] | None = None) -> Path:
    """Return the user's folder for "cache" or "state", by the platform's custom; it may not exist.

    XDG_CACHE_HOME and XDG_STATE_HOME are used wherever they are set (XDG Base Directory Specification).
    """
    environ = os.environ if environ is None else environ
    if base := environ.get(f"XDG_{kind.upper()}_HOME"):
        return Path(base) / "massage-assistant"
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "massage-assistant" / kind
    home = Path(environ.get("HOME") or "/nonexistent")
    if sys.platform == "darwin":
        return home / "Library" / {"cache": "Caches"}.get(kind, "Application Support") / "massage-assistant"
    return home / {"cache": ".cache", "state": ".local/state"}[kind] / "massage-assistant"


def read(path: Path, fingerprint: str) -> Any | None:
    """Return the value kept at `path` if it is whole and was written under this fingerprint, else None."""
    try:
        with path.open(encoding="utf-8") as file:
            return json.loads(file.read()) if file.readline() == fingerprint + "\n" else None
    except (OSError, ValueError, RecursionError):
        return None


def write(path: Path, fingerprint: str, value: Any) -> bool:
    """Keep a JSON value at `path`, whole or not at all; returns whether it could be kept."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            beside.write_text(f"{fingerprint}\n{text}", encoding="utf-8")
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError:
        return False
    return True
