"""What a person can set for a chat: a table, its values from the environment, else from a file of the user's own."""

import json
import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from assistant import cache


class Settings(NamedTuple):
    """The value of every setting; a row of SETTINGS tells what each may be."""

    history: str = "on"
    ghost: str = "on"
    theme: str = "auto"
    pager: str = "on"
    reload: str = "on"


class Setting(NamedTuple):
    """One setting: what it may be, and what it does."""

    name: str
    values: tuple[str, ...]
    help: str


_SWITCH = ("on", "off")
SETTINGS = (
    Setting("history", _SWITCH, "keep what is typed for the next chat"),
    Setting("ghost", _SWITCH, "show in grey how a line may go on"),
    Setting("theme", ("auto", "light", "dark", "contrast"), "colours for this background"),
    Setting("pager", _SWITCH, "show through $PAGER what is longer than the screen"),
    Setting("reload", _SWITCH, "answer from a page as soon as it is saved"),
)
_ROWS = {row.name: row for row in SETTINGS}
_SAME = dict.fromkeys(("1", "true", "yes"), "on") | dict.fromkeys(("0", "false", "no"), "off")


def allowed(name: str, value: object) -> str:
    """Return a value as the setting writes it ("yes" and true are on), "" where the setting cannot be that."""
    said = str(value).strip().lower()
    values = _ROWS[name].values if name in _ROWS else ()
    return next((one for one in (said, _SAME.get(said, "")) if one in values), "")


def path(environ: Mapping[str, str] | None = None) -> str:
    """Return where settings are kept; the file need not exist."""
    return os.path.join(cache.folder("config", environ), "settings.json")


def load(environ: Mapping[str, str], file: str) -> tuple[Settings, str]:
    """Return the settings, and one sentence on those that cannot be used.

    MASSAGE_<NAME> comes first, then the file, then what a setting is by itself.
    """
    kept, fault = _kept(file)
    found, faults = Settings(), [fault] if fault else []
    for row in SETTINGS:
        variable = f"MASSAGE_{row.name.upper()}"
        for place, value in ((variable, environ.get(variable)), (file, kept.get(row.name))):
            if value in (None, ""):
                continue
            if good := allowed(row.name, value):
                found = found._replace(**{row.name: good})
                break
            faults.append(f"{row.name} cannot be {str(value)[:40]!r}, only {' or '.join(row.values)}: {place}")
    return found, "; ".join(faults)


def keep(file: str, name: str, value: str) -> str:
    """Keep one setting beside the others of the file; returns what went wrong, "" when it is kept."""
    kept, _ = _kept(file)
    try:
        cache.replace(file, (json.dumps({**kept, name: value}, indent=2) + "\n").encode())
    except OSError as error:
        return f"{error.strerror or error}: {file}"
    return ""


def _kept(file: str) -> tuple[dict[str, Any], str]:
    """Return what the file holds, and what is wrong with it; a file that is not there is empty."""
    try:
        with open(file, encoding="utf-8") as opened:
            kept = json.load(opened)
    except FileNotFoundError:
        return {}, ""
    except OSError as error:
        return {}, f"the settings cannot be read: {error.strerror or error}: {file}"
    except (ValueError, RecursionError):
        kept = None
    if not isinstance(kept, dict):
        return {}, f"the settings are not JSON and were passed over: {file}"
    return kept, ""
