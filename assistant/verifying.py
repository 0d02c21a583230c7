"""An earlier run, asked again: which answers would differ today.  Alone knows what of an answer makes it another."""

import contextlib
import json
from collections.abc import Iterable, Iterator
from typing import IO, Any, NamedTuple

from assistant import render
from assistant.columns import harmless
from assistant.dialogue import Assistant, Conversations
from assistant.model import KnowledgeError

#: What a person is told.  The score may move, what can be asked next may change, and the knowledge has: that is no
#: other answer.
COMPARED = ("status", "entry", "facet", "step", "answer", "cautions", "sources", "options")


class Old(NamedTuple):
    """An answer of an earlier run, and where it stands."""

    place: str
    """file and line"""
    told: dict[str, Any]
    errors: int = 0
    """how many lines so far got an error, and are not asked again"""


class Difference(NamedTuple):
    """A question that is answered otherwise today, what of the answer is other, and both answers as JSON objects."""

    place: str
    id: Any
    question: str
    differs: tuple[str, ...]
    was: dict[str, Any]
    now: dict[str, Any]


def lines_of(paths: list[str], stdin: IO[str]) -> Iterator[tuple[str, int, str]]:
    """Yield file, number and text of every line, - for standard input.

    Raises KnowledgeError where a file cannot be read.
    """
    for path in paths:
        try:
            with contextlib.nullcontext(stdin) if path == "-" else open(path, encoding="utf-8-sig") as file:
                for number, line in enumerate(file, 1):
                    yield path, number, line
        except (OSError, UnicodeDecodeError) as error:
            raise KnowledgeError(f"cannot read {path}: {getattr(error, 'strerror', '') or error}") from None


def answers(lines: Iterable[tuple[str, int, str]]) -> Iterator[Old]:
    """Yield the answers of an earlier run from (file, number, text) of its lines; lines that got an error are left out.

    Raises ValueError where a line is no answer.
    """
    errors = 0
    for path, number, line in lines:
        if not line.strip():
            continue
        try:
            told = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise ValueError(f"{path}:{number}: not JSON: {error}") from None
        if isinstance(told, dict) and told.get("status") == "error":
            errors += 1
            continue
        if not isinstance(told, dict) or not isinstance(told.get("question"), str) or "status" not in told:
            raise ValueError(f"{path}:{number}: not an answer, as massage ask --jsonl prints one a line")
        yield Old(f"{path}:{number}", told, errors)


class Again:
    """What asks anew; the answers of one session are one conversation again."""

    def __init__(self, assistant: Assistant) -> None:
        self.talks = Conversations(assistant)

    def difference(self, old: Old) -> Difference | None:
        """Return how the answer differs today, None where it does not."""
        was, session = old.told, old.told.get("session")
        answer = self.talks.ask(was["question"], None if session is None else str(session))
        now = render.as_json(answer, was.get("id"))
        differs = tuple(key for key in COMPARED if was.get(key) != now[key])
        return Difference(old.place, was.get("id"), was["question"], differs, was, now) if differs else None


def told(found: Difference) -> str:
    """Return a difference as three lines: the question, what it was told, what it is told now."""
    rows = (f"{word}  {_brief(answer)}" for word, answer in (("was", found.was), ("now", found.now)))
    return "\n".join(map(harmless, (f"{found.place}  {found.question}", *(f"  {row}" for row in rows))))


def _brief(answer: dict[str, Any]) -> str:
    place = " ".join(str(answer[key]) for key in ("status", "entry", "facet", "step") if answer.get(key))
    return f"{place}: " + " / ".join(str(answer.get("answer", "")).splitlines())
